/**
 * One leg: our end of the RTP with one far end. Holds what must be known for each packet; what is done with a packet
 * stands in receive-rtp.ts. All fields exist from the start, so that the hot path always sees one shape of object.
 */
import type { EngineClock } from './clock';
import { DigitGate } from './digit-gate';
import { DigitSender } from './digit-sender';
import { DigitTwins } from './digit-twins';
import { DigitReceiver } from './dtmf';
import { kind, kindOf, ticksPerMsOf } from './kinds';
import type { Address, LegSetting } from './messages';
import { OutStream } from './out-stream';
import type { Player } from './player';
import { QualityWindows } from './quality-window';
import { Reception } from './reception';
import { ReportState } from './rtcp';
import type { Seat } from './room';
import type { SocketPair } from './sockets';
import { SourceLock } from './source-lock';
import type { Tap } from './tap';
import { ToneDigits } from './tone-digits';
import { Transcoder } from './transcode';
import { WideEar, WideVoice } from './wide';

/** Counted over all legs of a worker. */
export interface Totals {
  packetsReceived: number;
  packetsSent: number;
  strangers: number;
  malformed: number;
  blocksDropped: number;
}

export class Leg {
  readonly id: string;
  readonly sockets: SocketPair;
  readonly lock: SourceLock;
  readonly reception = new Reception();
  readonly digitsIn = new DigitReceiver();
  readonly digitsOut = new DigitSender();
  readonly digitTwins = new DigitTwins();
  /** Hears keys as tones: there where the far end sends no events. */
  tones: ToneDigits | undefined = undefined;
  /** The gate keeps a tone that sounds now: the other leg does not hear it. */
  isToneKept = false;
  /** Between its digits and the other leg. */
  readonly gate = new DigitGate();
  readonly reports = new ReportState();
  readonly quality = new QualityWindows();
  readonly out: OutStream;
  /** Meaning of each payload type that may arrive. */
  readonly kinds = new Uint8Array(128);
  /** What we send. */
  outKind: number = kind.unknown;
  /** The other leg of a join. */
  peer: Leg | undefined = undefined;
  /** Its far end hears itself, unless it is joined. */
  echoes = false;
  /** What it says is silence for everybody. */
  isMuted = false;
  /** Something plays; the other leg or the room is not heard meanwhile. */
  player: Player | undefined = undefined;
  /** In a room. */
  seat: Seat | undefined = undefined;
  room = '';
  /** Towards it, from a codec that it does not speak. */
  transcoder: Transcoder | undefined = undefined;
  private ear: WideEar | undefined = undefined;
  private voice: WideVoice | undefined = undefined;
  tap: Tap | undefined = undefined;
  /** Gets what this leg hears of its room, as the right side of a recording. */
  mixTap: Tap | undefined = undefined;
  /** Side of the recording: 0 left (customer), 1 right (ours). */
  side = 0;
  /** Where the far end is: as described at first, then where its RTP really comes from. */
  target: Address | undefined = undefined;
  farSpeaks = true;
  farHears = true;
  heardAtMs = 0;
  isHeard = false;
  /** 0: nobody watches for silence. */
  audioLostMs = 0;
  /** Its reports are no sign of life. */
  countsRtpAlone = false;
  /** audio-lost was told, and nothing has come since. */
  isSilent = false;
  setting: LegSetting | undefined = undefined;

  /** @param engine the thread's clock, and which ports its legs hold. */
  constructor(
    id: string,
    sockets: SocketPair,
    engine: { readonly clock: EngineClock; readonly isLent: (port: number) => boolean },
  ) {
    this.id = id;
    this.lock = new SourceLock(engine.isLent);
    this.sockets = sockets;
    this.out = new OutStream(sockets.rtp, engine.clock);
  }

  /** Decoder of what its far end says. */
  wideEar(of: number): WideEar {
    if (this.ear?.of === of) return this.ear;
    this.ear?.close();
    this.ear = new WideEar(of);
    return this.ear;
  }

  /** Encoder of what it is told. */
  wideVoice(): WideVoice {
    if (this.voice?.of === this.outKind) return this.voice;
    this.voice?.close();
    this.voice = new WideVoice(this.outKind);
    return this.voice;
  }

  transcodes(): Transcoder {
    this.transcoder ??= new Transcoder();
    return this.transcoder;
  }

  /** Codecs have memory of their own. */
  closeCodecs(): void {
    this.ear?.close();
    this.voice?.close();
    this.ear = undefined;
    this.voice = undefined;
    this.transcoder = undefined;
  }
}

/** Takes what a new description came to. */
export function applySetting(leg: Leg, setting: LegSetting): void {
  const codec = setting.sends?.codec;
  leg.kinds.fill(kind.unknown);
  // The static types (RFC 3551 table 4) are understood even from who was not told of them.
  leg.kinds[0] = kind.pcmu;
  leg.kinds[8] = kind.pcma;
  leg.kinds[9] = kind.g722;
  // Some send it unasked in silence (RFC 3389): a sign of life, no more.
  leg.kinds[13] = kind.comfortNoise;
  for (const row of setting.receives) leg.kinds[row.payloadType & 0x7f] = kindOf[row.codec];
  const outKind = codec === undefined ? kind.unknown : kindOf[codec];
  if (outKind !== leg.outKind) leg.closeCodecs();
  leg.outKind = outKind;
  leg.out.setClock(ticksPerMsOf(outKind));
  leg.reception.ticksPerMs = ticksPerMsOf(outKind);
  leg.digitsOut.ticksPerMs = setting.digitsClockHz === 48_000 ? 48 : 8;
  leg.out.payloadType = setting.sends?.payloadType ?? 0;
  leg.digitsOut.payloadType = setting.digitsPayloadType;
  // Who was not told of events, or takes none, sends keys as tones.
  const hasTones = codec !== undefined && setting.digitsPayloadType === undefined && !setting.isBrowser;
  if (!hasTones) leg.tones = undefined;
  else leg.tones ??= new ToneDigits();
  leg.isToneKept = false;
  leg.farSpeaks = setting.farSpeaks;
  leg.farHears = setting.farHears;
  // An unchanged description of a far end behind NAT must not send us back to its private address.
  if (!isSameAddress(leg.setting?.rtp, setting.rtp)) leg.target = setting.rtp;
  leg.setting = setting;
  leg.lock.open(setting.plausible, setting.rtp, setting.own);
  aim(leg);
}

/** The far end's RTP really comes from here: ours goes there too (RFC 4961). */
export function aimAtSource(leg: Leg): void {
  leg.target = { host: leg.lock.host, port: leg.lock.port };
  aim(leg);
}

function aim(leg: Leg): void {
  const maySpeak = leg.farHears && leg.outKind !== kind.unknown;
  leg.out.host = leg.target?.host ?? '';
  leg.out.port = maySpeak ? (leg.target?.port ?? 0) : 0;
}

function isSameAddress(one: LegSetting['rtp'], other: LegSetting['rtp']): boolean {
  return one?.host === other?.host && one?.port === other?.port;
}
