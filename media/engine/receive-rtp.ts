/**
 * What is done with each packet that arrives: the hot path, once for each 20 ms of each leg. Nothing is allocated and
 * nothing is copied but the audio of a recording; the packet is rewritten where it lies and sent on (out-stream.ts).
 */
import type { RemoteInfo } from 'node:dgram';
import { forwardAudio, forwardDigits } from './bridge';
import type { EngineClock } from './clock';
import { linearOfALaw, linearOfMuLaw } from './codec/g711';
import type { DigitWay } from './digit-twins';
import { type Heard, digitOf } from './dtmf';
import { type Leg, type Totals, aimAtSource } from './leg';
import { kind, ticksPerMsOf } from './kinds';
import type { FromEngine } from './messages';
import { headerBytes, readU16, readU32 } from './out-stream';
import type { Pacer } from './play';
import { receiveWide } from './receive-wide';
import type { Seat } from './room';
import { sayNothing, silenceOf } from './mute';
import { isReport, receiveReport } from './rtcp';
import type { AudioPlace } from './tap';

export interface ReceiveContext {
  readonly clock: EngineClock;
  readonly pacer: Pacer;
  readonly totals: Totals;
  readonly post: (message: FromEngine) => void;
}

/** Reused for each packet: the tap reads it and keeps nothing of it. */
const place: AudioPlace = { kind: 0, start: 0, end: 0, timestamp: 0, ssrc: 0 };

const linear = new Int16Array(2048);

/** A packet came to the RTP port of a leg. */
export function receiveRtp(context: ReceiveContext, leg: Leg, packet: Buffer, from: RemoteInfo): void {
  const first = packet[0] ?? 0;
  if (packet.length < headerBytes || (first & 0xc0) !== 0x80) {
    context.totals.malformed++;
    return;
  }
  if (isReport(packet)) {
    receiveRtcp(context, leg, packet, from);
    return;
  }
  const payloadKind = leg.kinds[(packet[1] ?? 0) & 0x7f] ?? 0;
  const start = first === 0x80 ? headerBytes : payloadStart(packet);
  const end = first & 0x20 ? packet.length - (packet[packet.length - 1] ?? 0) : packet.length;
  if (payloadKind === kind.unknown || end <= start) {
    context.totals.malformed++;
    return;
  }
  // Nobody can be answered there.
  if (from.port === 0) {
    context.totals.strangers++;
    return;
  }
  const now = context.clock.nowMs();
  const ssrc = readU32(packet, 8);
  const verdict = leg.lock.judge(from.address, from.port, ssrc, now);
  if (verdict !== 'known' && !greet(context, leg, verdict)) return;
  context.totals.packetsReceived++;
  leg.heardAtMs = now;
  if (leg.isSilent) hearAgain(context, leg);
  leg.reception.count(readU16(packet, 2));
  if (payloadKind > kind.pcma) {
    receiveOther(context, leg, packet, { kind: payloadKind, start, end, timestamp: readU32(packet, 4), ssrc });
    return;
  }
  const timestamp = readU32(packet, 4);
  leg.reception.arrive(now, timestamp);
  if (leg.isMuted) packet.fill(silenceOf(payloadKind), start, end);
  if (leg.tap !== undefined) {
    put(payloadKind, start, end, timestamp, ssrc);
    leg.tap.write(leg.side, packet, place, now);
  }
  if (leg.tones !== undefined && keepsTone(context, leg, packet, { kind: payloadKind, start, end })) return;
  if (leg.peer !== undefined) forwardAudio(leg.peer, packet, start, end, payloadKind, ssrc);
  else if (leg.seat !== undefined) {
    put(payloadKind, start, end, timestamp, ssrc);
    hear(leg.seat, packet, place);
  } else if (leg.echoes) forwardAudio(leg, packet, start, end, payloadKind, ssrc);
}

function hearAgain(context: ReceiveContext, leg: Leg): void {
  leg.isSilent = false;
  context.post({ type: 'audio-back', leg: leg.id });
}

function put(of: number, start: number, end: number, timestamp: number, ssrc: number): void {
  place.kind = of;
  place.start = start;
  place.end = end;
  place.timestamp = timestamp;
  place.ssrc = ssrc;
}

/** What is not G.711: a key, a sign of life, or a codec with a state of its own. */
function receiveOther(context: ReceiveContext, leg: Leg, packet: Buffer, audio: AudioPlace): void {
  const now = context.clock.nowMs();
  if (audio.kind < kind.event) {
    leg.reception.arrive(now, audio.timestamp);
    if (leg.isMuted) return sayNothing(leg.peer);
    receiveWide(context.clock, leg, packet, audio);
    return;
  }
  if (audio.kind !== kind.comfortNoise) {
    tell(context, leg, leg.digitsIn.receive(packet, audio.start, now, ticksPerMsOf(audio.kind)));
  }
  leg.peer?.out.skip();
}

/** A packet came to the RTCP port, or a report to the RTP port (RFC 5761). */
export function receiveRtcp(context: ReceiveContext, leg: Leg, packet: Buffer, from: RemoteInfo): void {
  const isFarEnd = from.address === leg.target?.host || from.address === leg.setting?.rtcp?.host;
  if (!isFarEnd || from.port === 0 || leg.lock.isOwn(from.address, from.port)) {
    context.totals.strangers++;
    return;
  }
  if (from.address === leg.target?.host) leg.reports.farPort = from.port;
  // A muted phone, or one that sends nothing while nobody speaks, still reports: it is there.
  if (!leg.countsRtpAlone && !leg.setting?.isBrowser) leg.heardAtMs = context.clock.nowMs();
  receiveReport(leg, packet, context.clock);
}

/** What a leg in a room says, for the next beats of the room. */
function hear(seat: Seat, packet: Buffer, audio: AudioPlace): void {
  const table = audio.kind === kind.pcmu ? linearOfMuLaw : linearOfALaw;
  const samples = Math.min(audio.end - audio.start, linear.length);
  for (let i = 0; i < samples; i++) linear[i] = table[packet[audio.start + i] ?? 0] ?? 0;
  seat.buffer.write(linear, samples, { timestamp: audio.timestamp, ssrc: audio.ssrc, ticks: 1 });
}

/** Tells of presses and hands them to the other leg, unless the gate keeps them. */
export function tell(context: ReceiveContext, leg: Leg, heard: readonly Heard[], way: DigitWay = 'event'): void {
  for (const one of heard) {
    if (!isFirstOfTwins(context, leg, one, way)) continue;
    if (one.type === 'began') context.pacer.cut(leg);
    const passing = leg.gate.hear(one);
    if (way === 'tone') passTone(context, leg, one, passing);
    else forwardDigits(leg.peer, passing, context.pacer);
    if (one.type === 'began') continue;
    const withheld = passing.length === 0;
    const digit = digitOf(one.press.event);
    context.post({ type: 'digit', leg: leg.id, digit, durationMs: one.durationMs, withheld });
  }
}

/** The other leg hears the tone itself, so it is not made anew for it; one that the gate keeps is not heard either. */
function passTone({ pacer }: ReceiveContext, leg: Leg, one: Heard, passing: readonly Heard[]): void {
  leg.isToneKept = one.type === 'began' && passing.length === 0;
  forwardDigits(
    leg.peer,
    passing.filter((other) => other !== one),
    pacer,
  );
  // The gate may have been closed while it sounded, and its beginning passed on.
  if (one.type === 'ended') leg.peer?.digitsOut.release(one.durationMs);
}

/** Listens for keys. True: one sounds that the other leg is not to hear. */
function keepsTone(
  context: ReceiveContext,
  leg: Leg,
  packet: Buffer,
  audio: { kind: number; start: number; end: number },
): boolean {
  const table = audio.kind === kind.pcmu ? linearOfMuLaw : linearOfALaw;
  const heard = leg.tones?.receive(packet, audio, table, context.clock.nowMs()) ?? [];
  if (heard.length > 0) tell(context, leg, heard, 'tone');
  if (leg.isToneKept) leg.peer?.out.skip();
  return leg.isToneKept;
}

function isFirstOfTwins({ clock }: ReceiveContext, leg: Leg, one: Heard, way: DigitWay): boolean {
  if (one.type === 'began') return leg.digitTwins.began(way, one.press.event, clock.nowMs(), one.press.durationMs);
  // INFO comes with the key's beginning or with its end: it may be down as long again.
  return leg.digitTwins.ended(way, clock.nowMs() + (way === 'info' ? one.durationMs : 0));
}

/** The first packet of a source, or a stranger's. Returns false for the stranger. */
function greet(context: ReceiveContext, leg: Leg, verdict: 'locked' | 'new-source' | 'stranger'): boolean {
  if (verdict === 'stranger') {
    context.totals.strangers++;
    return false;
  }
  aimAtSource(leg);
  if (verdict === 'new-source') {
    leg.reception.newSource();
    tell(context, leg, leg.digitsIn.reset());
  }
  if (!leg.isHeard) {
    leg.isHeard = true;
    context.post({ type: 'first-packet', leg: leg.id });
  }
  return true;
}

/** Behind contributing sources and header extension, which we do not pass on (RFC 3550 sections 5.1 and 5.3.1). */
function payloadStart(packet: Buffer): number {
  const first = packet[0] ?? 0;
  const start = headerBytes + (first & 0x0f) * 4;
  if ((first & 0x10) === 0) return start;
  return start + 4 + readU16(packet, start + 2) * 4;
}
