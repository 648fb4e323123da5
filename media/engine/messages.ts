/**
 * All that is said between the main thread and a media worker, and between a media worker and the recorder: plain
 * structured data, so that a thread could become a process. Legs and calls are named by their ids as strings.
 */
import type { MessagePort } from 'node:worker_threads';

export type Codec = 'PCMU' | 'PCMA' | 'G722' | 'opus';
/** The second one counts at 48 kHz, as an Opus stream does. */
export type EventCodec = 'telephone-event' | 'telephone-event/48000';
export type Tone = 'dial' | 'ringback' | 'busy' | 'congestion' | 'hold';
export type PromptsHow = 'played' | 'cut' | 'not-there';

/** `listens`: heard by nobody. `whispers`: heard by the leg `to` alone. */
export type SeatRole = { readonly kind: 'speaks' | 'listens' } | { readonly kind: 'whispers'; readonly to: string };

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** What the two descriptions of a leg came to (RFC 3264), as far as RTP must know it. */
export interface LegSetting {
  /** Where the far end wants RTP; undefined: not known yet, or an address that takes none (0.0.0.0). */
  readonly rtp?: Address;
  /** Where it wants RTCP (RFC 3605); undefined: the port above RTP's. */
  readonly rtcp?: Address;
  readonly rtcpMux: boolean;
  /** Addresses RTP may come from until the source is locked. */
  readonly plausible: readonly string[];
  /** Those of them that are ours: from a port that is lent there nothing is taken. */
  readonly own?: readonly string[];
  /** Payload types that may arrive. */
  readonly receives: readonly { readonly payloadType: number; readonly codec: Codec | EventCodec }[];
  /** What we send; undefined until there is an answer. */
  readonly sends?: { readonly payloadType: number; readonly codec: Codec };
  /** Payload type of telephone-event towards the far end; undefined: it takes none. */
  readonly digitsPayloadType?: number;
  /** Clock of that payload type; 8000 unless it says otherwise. */
  readonly digitsClockHz?: 48_000;
  /** It wants to hear us (sendrecv, recvonly). */
  readonly farHears: boolean;
  /** It will speak (sendrecv, sendonly). */
  readonly farSpeaks: boolean;
  /** A browser behind mediasoup: reports on this way are mediasoup's own, and keys are told by signalling, never as tones. */
  readonly isBrowser?: true;
}

export interface EngineStart {
  readonly type: 'start';
  /** Even ports of RTP, in the order of use. RTCP takes the port above each. */
  readonly rtpPorts: readonly number[];
  readonly portRestMs: number;
  readonly recorder?: MessagePort;
}

export type ToEngine =
  | EngineStart
  /** → opened | not-opened */
  | { readonly type: 'open'; readonly leg: string; readonly bindAddress: string }
  /** What a new description came to; the source may be another from now on. */
  | { readonly type: 'set'; readonly leg: string; readonly setting: LegSetting }
  | { readonly type: 'join'; readonly a: string; readonly b: string }
  | { readonly type: 'separate'; readonly a: string; readonly b: string }
  | { readonly type: 'play'; readonly leg: string; readonly tone: Tone; readonly country: string }
  /**
   * Sounds are A-law in memory that all threads share. With `prompt` they are heard once (→ prompts-ended) and `music`,
   * endless, behind them; without it `music` alone.
   */
  | {
      readonly type: 'play-sounds';
      readonly leg: string;
      readonly sounds: readonly Uint8Array[];
      readonly prompt?: { readonly tag: string; readonly untilDigit: boolean; readonly isWhole: boolean };
      readonly music?: Uint8Array;
    }
  /** The left channel of the first of these files that is there, until a digit. → prompts-ended */
  | {
      readonly type: 'play-recording';
      readonly leg: string;
      readonly files: readonly string[];
      readonly fromMs: number;
      readonly toMs: number;
      readonly tag: string;
    }
  | { readonly type: 'stop-playing'; readonly leg: string }
  | { readonly type: 'echo'; readonly leg: string; readonly is: 'on' | 'off' }
  /** What its far end says is silence for everybody; keys go on. */
  | { readonly type: 'mute'; readonly leg: string; readonly is: 'on' | 'off' }
  /** A key told by SIP INFO. What is no digit is left out. */
  | { readonly type: 'take-digit'; readonly leg: string; readonly digit: string; readonly durationMs: number }
  /** From its next `*` on, digits of this leg are told but kept from the other. */
  | { readonly type: 'gate-digits'; readonly leg: string }
  /** What was kept is forgotten, or sent to the other leg now. The next `*` opens the gate again. */
  | { readonly type: 'swallow-digits' | 'replay-digits'; readonly leg: string }
  /** Digits of ours to the far end of this leg; what is no digit is left out. */
  | { readonly type: 'send-digits'; readonly leg: string; readonly digits: string }
  /** The leg hears all who speak in the room but itself, and is joined to nobody. Again, with another role: changes it. */
  | { readonly type: 'enter-room'; readonly room: string; readonly leg: string; readonly role: SeatRole }
  | { readonly type: 'leave-room'; readonly room: string; readonly leg: string }
  /** As `record`: left this leg, right what it hears of its room, whether or not it is in one yet. */
  | { readonly type: 'record-room'; readonly call: string; readonly customer: string }
  /** Again while it runs: other legs on the same timeline. A side without a leg is silent. */
  | { readonly type: 'record'; readonly call: string; readonly customer: string; readonly ours?: string }
  /** Both sides are silent until the next `record`; the timeline goes on. */
  | { readonly type: 'pause-recording'; readonly call: string }
  | { readonly type: 'stop-recording'; readonly call: string }
  /** `rtp-alone`: its reports are no sign of life. */
  | { readonly type: 'watch'; readonly leg: string; readonly audioLostMs: number; readonly counts?: 'rtp-alone' }
  /** Its figures are told every five seconds from now on, or no more. → quality */
  | { readonly type: 'watch-quality'; readonly leg: string; readonly is: 'on' | 'off' }
  /** What a browser reported of us to mediasoup, since the last of these; loss also since the beginning. */
  | {
      readonly type: 'far-report';
      readonly leg: string;
      readonly fractionLost: number;
      readonly lossRatio: number;
      readonly roundTripMs?: number;
    }
  /** → closed */
  | { readonly type: 'close'; readonly leg: string }
  /** → counters */
  | { readonly type: 'count'; readonly question: number }
  /** Another recorder took the place of a dead one: audio goes to it from now on. */
  | { readonly type: 'recorder'; readonly recorder: MessagePort }
  /** Closes everything. → stopped */
  | { readonly type: 'stop' };

export interface Quality {
  readonly packetsReceived: number;
  readonly packetsSent: number;
  readonly receivedLossRatio: number;
  readonly receivedJitterMs: number;
  readonly sentLossRatio?: number;
  readonly sentJitterMs?: number;
  readonly roundTripMs?: number;
  readonly codec?: string;
  /** Five seconds at a time: what we heard, what the far end reported. */
  readonly received?: DirectionSummary;
  readonly sent?: DirectionSummary;
}

/** One direction in five seconds. Loss 0..1; `mos` by ITU-T G.107, 1 to 4.5. */
export interface DirectionNow {
  readonly lossRatio: number;
  /** Left out where the far end's reports do not say (a browser's to mediasoup). */
  readonly jitterMs?: number;
  readonly mos: number;
}

export interface QualityNow {
  readonly roundTripMs?: number;
  readonly received?: DirectionNow;
  readonly sent?: DirectionNow;
}

/** All five seconds of a direction; the lowest MOS is that of the worst of them. */
export interface DirectionSummary {
  readonly mosMin: number;
  readonly mosMean: number;
  readonly worst: DirectionNow;
}

export interface EngineCounters {
  readonly legs: number;
  readonly sockets: number;
  readonly portsFree: number;
  readonly portsResting: number;
  readonly recordings: number;
  readonly rooms: number;
  readonly packetsReceived: number;
  readonly packetsSent: number;
  /** From an address or SSRC that is not the leg's. */
  readonly strangers: number;
  /** No RTP, or a payload type nobody agreed on. */
  readonly malformed: number;
  /** Recording blocks dropped because the recorder did not keep up. */
  readonly blocksDropped: number;
}

export type FromEngine =
  | { readonly type: 'started' }
  | { readonly type: 'opened'; readonly leg: string; readonly rtpPort: number; readonly ssrc: number }
  | { readonly type: 'not-opened'; readonly leg: string }
  | { readonly type: 'first-packet'; readonly leg: string }
  | { readonly type: 'audio-lost'; readonly leg: string }
  /** The first RTP after audio-lost, unless it is watched anew meanwhile. */
  | { readonly type: 'audio-back'; readonly leg: string }
  /** Something of ours broke while this leg was worked on, and the leg is gone; undefined: no leg was lost by it. */
  | { readonly type: 'failed'; readonly leg?: string; readonly error: Error }
  /** A key came up. `withheld`: the gate kept it from the other leg. */
  | {
      readonly type: 'digit';
      readonly leg: string;
      readonly digit: string;
      readonly durationMs: number;
      readonly withheld: boolean;
    }
  /** `not-there`: what was to be had was played. Not told of a prompt that something else replaced or stopped. */
  | { readonly type: 'prompts-ended'; readonly leg: string; readonly tag: string; readonly how: PromptsHow }
  | { readonly type: 'quality'; readonly leg: string; readonly quality: QualityNow }
  | { readonly type: 'closed'; readonly leg: string; readonly quality: Quality }
  | { readonly type: 'recording-overflowed'; readonly call: string }
  | { readonly type: 'counters'; readonly question: number; readonly counters: EngineCounters }
  | { readonly type: 'stopped' };

/** To the recorder. A block is interleaved A-law (left the customer, right our side), 8,000 frames a second. */
export type ToRecorder =
  | {
      readonly type: 'block';
      readonly call: string;
      readonly sequence: number;
      readonly startSample: number;
      readonly stereo: Uint8Array<ArrayBuffer>;
      /** Blocks before this one were dropped. */
      readonly overflowed: boolean;
    }
  | { readonly type: 'end'; readonly call: string; readonly totalSamples: number };

/** From the recorder: the block is on disk, another may be in flight. */
export type FromRecorder = { readonly type: 'written'; readonly call: string; readonly sequence: number };
