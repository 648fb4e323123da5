/**
 * A packet of G.722 or Opus: decoded once for the recording, the room and the other leg, whoever is there; passed on as it
 * is where the other leg speaks the same.
 */
import { forwardAudio } from './bridge';
import { aLawOfLinear } from './codec/g711';
import type { EngineClock } from './clock';
import type { Leg } from './leg';
import { kind, ticksPerMsOf } from './kinds';
import type { AudioPlace } from './tap';
import type { Said } from './transcode';

const aLaw = new Uint8Array(960);

/** @param audio where its payload lies, of which kind, and when by its own clock */
export function receiveWide(clock: EngineClock, leg: Leg, packet: Buffer, audio: AudioPlace): void {
  const { peer, seat, tap } = leg;
  const isPassed = peer !== undefined && peer.outKind === audio.kind;
  if (tap !== undefined || seat !== undefined || (peer !== undefined && !isPassed)) {
    leg.wideEar(audio.kind).decode(packet, audio.start, audio.end);
    if (tap !== undefined) record(clock, leg, audio);
  }
  if (isPassed) forwardAudio(peer, packet, audio.start, audio.end, audio.kind, audio.ssrc);
  else if (peer !== undefined) hand(peer, saidBy(leg, peer, audio));
  else if (seat !== undefined) sit(leg, audio);
  else if (leg.echoes && leg.outKind === audio.kind)
    forwardAudio(leg, packet, audio.start, audio.end, audio.kind, audio.ssrc);
}

/** What a leg said in another codec goes to its peer, unless that hears something else now. */
export function hand(peer: Leg, said: Said): void {
  if (peer.out.port === 0) return;
  if (peer.player !== undefined || peer.digitsOut.isBusy) {
    peer.transcoder?.rest();
    peer.out.skip();
    return;
  }
  peer.transcodes().write(peer, said);
}

function saidBy(leg: Leg, peer: Leg, { kind: of, timestamp, ssrc }: AudioPlace): Said {
  const ear = leg.wideEar(of);
  const isWide = peer.outKind > kind.pcma;
  return {
    samples: isWide ? ear.wide : ear.narrow,
    length: isWide ? ear.wideLength : ear.narrowLength,
    isWide,
    timestamp,
    ssrc,
    ticksPerMs: ticksPerMsOf(of),
  };
}

/** A recording is A-law at 8 kHz, and counts time so. */
function record(clock: EngineClock, leg: Leg, audio: AudioPlace): void {
  const { narrow, narrowLength } = leg.wideEar(audio.kind);
  for (let i = 0; i < narrowLength; i++) aLaw[i] = aLawOfLinear(narrow[i] ?? 0);
  const timestamp = Math.floor((audio.timestamp * 8) / ticksPerMsOf(audio.kind));
  const place = { kind: kind.pcma, start: 0, end: narrowLength, timestamp, ssrc: audio.ssrc };
  leg.tap?.write(leg.side, aLaw, place, clock.nowMs());
}

function sit(leg: Leg, { kind: of, timestamp, ssrc }: AudioPlace): void {
  const { narrow, narrowLength } = leg.wideEar(of);
  leg.seat?.buffer.write(narrow, narrowLength, { timestamp, ssrc, ticks: ticksPerMsOf(of) / 8 });
}
