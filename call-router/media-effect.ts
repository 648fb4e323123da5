/** What the media engine is asked to do; carried out by media/run-media-effect.ts. Each outcome is an event (event.ts). */
import type { AudioCodec } from './state/directory';
import type { Language, Prompt } from './state/office';
import type { CallId, LegId, Sdp, SoundId } from './values/ids';

/** Tones by country (ITU-T E.180 supplement 2); `hold` is a soft beep for who waits. */
export type Tone = 'dial' | 'ringback' | 'busy' | 'congestion' | 'hold';

/** `listens`: is heard by nobody. `whispers`: is heard by `to` alone, and hears all. */
export type RoomRole =
  | { readonly kind: 'speaks' }
  | { readonly kind: 'listens' }
  | { readonly kind: 'whispers'; readonly to: LegId };

export type MediaEffect =
  /** Makes our end of an incoming leg from its offer; answered later by `accept-offer`. → leg-opened | leg-not-opened */
  | {
      readonly to: 'media';
      readonly do: 'open-answering-leg';
      readonly leg: LegId;
      readonly offer: Sdp;
      readonly codecs: readonly AudioCodec[];
      readonly towards: string;
    }
  /** Makes our end of a leg where we offer: codecs of `like` in its order first, then `codecs`. → leg-opened with sdp */
  | {
      readonly to: 'media';
      readonly do: 'open-offering-leg';
      readonly leg: LegId;
      /** How its far end speaks: plain RTP (phones, trunks) or as a browser does. An offer of theirs tells by itself. */
      readonly over: 'rtp' | 'webrtc';
      readonly like?: LegId;
      readonly codecs: readonly AudioCodec[];
      readonly towards: string;
    }
  /** Answers the far end's open offer, with the codec `like` speaks if it can. → offer-accepted | offer-refused */
  | { readonly to: 'media'; readonly do: 'accept-offer'; readonly leg: LegId; readonly like?: LegId }
  /** A later offer of the far end. → offer-accepted | offer-refused (the old state stays) */
  | { readonly to: 'media'; readonly do: 'take-reoffer'; readonly leg: LegId; readonly offer: Sdp }
  /** Our description again as an offer. → offer-made */
  | { readonly to: 'media'; readonly do: 'offer-again'; readonly leg: LegId }
  /** The far end's answer to our offer. → answer-set | answer-refused */
  | { readonly to: 'media'; readonly do: 'set-answer'; readonly leg: LegId; readonly answer: Sdp }
  | { readonly to: 'media'; readonly do: 'join'; readonly a: LegId; readonly b: LegId }
  | { readonly to: 'media'; readonly do: 'separate'; readonly a: LegId; readonly b: LegId }
  | { readonly to: 'media'; readonly do: 'play'; readonly leg: LegId; readonly tone: Tone; readonly country: string }
  /** Takes the place of whatever plays; the joined leg or room is not heard meanwhile. → prompts-ended */
  | {
      readonly to: 'media';
      readonly do: 'play-prompts';
      readonly leg: LegId;
      readonly prompts: Prompt;
      readonly language: Language;
      /** Comes back in prompts-ended, so that a late end is known. */
      readonly tag: string;
      /** The first digit ends it at once. */
      readonly untilDigit: boolean;
      /** Music goes on behind it when it ends (queue announcements). */
      readonly thenMusic?: SoundId | 'own';
    }
  /**
   * Part of a finished recording (A-law stereo WAV): its left channel, as prompts are played, and cut by the first digit.
   * → prompts-ended; `not-there` where the file is gone.
   */
  | {
      readonly to: 'media';
      readonly do: 'play-recording';
      readonly leg: LegId;
      readonly call: CallId;
      readonly fromMs: number;
      readonly toMs: number;
      readonly tag: string;
    }
  /** Music on hold, endless; `own`: ours. */
  | { readonly to: 'media'; readonly do: 'play-music'; readonly leg: LegId; readonly music: SoundId | 'own' }
  | { readonly to: 'media'; readonly do: 'stop-playing'; readonly leg: LegId }
  /** The far end hears itself. Ended by stop-echo or close-leg. */
  | { readonly to: 'media'; readonly do: 'echo' | 'stop-echo'; readonly leg: LegId }
  /** What its far end says is heard by nobody and recorded as silence; its keys go on. Until `unmute-leg`. */
  | { readonly to: 'media'; readonly do: 'mute-leg' | 'unmute-leg'; readonly leg: LegId }
  /** A key told by SIP INFO: goes the way of an RFC 4733 key (gate, digit-received, the other side), once. */
  | {
      readonly to: 'media';
      readonly do: 'take-digit';
      readonly leg: LegId;
      readonly digit: string;
      readonly durationMs: number;
    }
  /**
   * Mixing: each member hears all others but itself (N−1). A room is there from the first `enter-room` to the last leave.
   * The leg is separated from whoever it was joined to. Again with another role: changes it.
   */
  | {
      readonly to: 'media';
      readonly do: 'enter-room';
      readonly room: CallId;
      readonly leg: LegId;
      readonly role: RoomRole;
    }
  | { readonly to: 'media'; readonly do: 'leave-room'; readonly room: CallId; readonly leg: LegId }
  /** As `record`: left is this leg's own voice, right all others of the room. */
  | {
      readonly to: 'media';
      readonly do: 'record-room';
      readonly call: CallId;
      readonly room: CallId;
      readonly customer: LegId;
    }
  /** Audio of the call goes to the recorder: what comes from `customer` left, from `ours` right. */
  | {
      readonly to: 'media';
      readonly do: 'record';
      readonly call: CallId;
      readonly customer: LegId;
      /** Undefined: our side is silent in the file (they consult a colleague). Again while it runs: the same timeline. */
      readonly ours?: LegId;
    }
  /** From now on a `*` of this leg opens the gate: digits are told and kept from the far end until one of the next two. */
  | { readonly to: 'media'; readonly do: 'gate-digits'; readonly leg: LegId }
  | { readonly to: 'media'; readonly do: 'swallow-digits'; readonly leg: LegId }
  /** What was kept goes to the joined leg, with its durations. */
  | { readonly to: 'media'; readonly do: 'replay-digits'; readonly leg: LegId }
  /** Digits of ours to the far end of this leg (RFC 4733), 100 ms each. */
  | { readonly to: 'media'; readonly do: 'send-digits'; readonly leg: LegId; readonly digits: string }
  /** Both channels are silence until `record` comes again. */
  | { readonly to: 'media'; readonly do: 'pause-recording'; readonly call: CallId }
  | { readonly to: 'media'; readonly do: 'stop-recording'; readonly call: CallId }
  /**
   * Watch for silence: audio-lost when nothing came for so long, and audio-back when something comes after that; 0 stops
   * watching (held). `rtp-alone`: a report is no sign of life, since mediasoup writes them for a browser that has gone.
   */
  | {
      readonly to: 'media';
      readonly do: 'watch';
      readonly leg: LegId;
      readonly audioLostMs: number;
      readonly counts?: 'rtp-alone';
    }
  /** Its quality is told every five seconds from now on (quality-measured), or no more. */
  | { readonly to: 'media'; readonly do: 'watch-quality' | 'unwatch-quality'; readonly leg: LegId }
  /** → leg-closed */
  | { readonly to: 'media'; readonly do: 'close-leg'; readonly leg: LegId };
