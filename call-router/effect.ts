/**
 * What is to be done: imperative, plain data, carried out at the edge by `run-*-effect.ts`. A runner starts the work,
 * returns at once, never throws, and answers with an event.
 */
import type { AudioCodec, RecordToMake } from './state/directory';
import type { CardRef } from './state/call';
import type { CallRecord } from './values/cdr';
import type { EndCause } from './values/cause';
import type { BindingId, CallId, EpochMs, LegId, Sdp, TimerId, TrunkId, UserId } from './values/ids';
import type { E164 } from './values/number';

/** Who the callee's phone shows. Empty `number` with `withheld` true: anonymous (RFC 3323). */
export interface ShownCaller {
  readonly number: string;
  readonly displayName?: string;
  readonly withheld: boolean;
}

/** Whom our INVITE goes to. */
export type InviteTarget =
  | { readonly kind: 'binding'; readonly binding: BindingId }
  /** `number` is written as the trunk wants it. */
  | { readonly kind: 'trunk'; readonly trunk: TrunkId; readonly number: string }
  /** An extension behind a pbx that registered at us. */
  | { readonly kind: 'trunk-binding'; readonly binding: BindingId; readonly number: string };

export type SipEffect =
  | { readonly to: 'sip'; readonly do: 'ring'; readonly leg: LegId } // 180 without a description
  | { readonly to: 'sip'; readonly do: 'progress'; readonly leg: LegId; readonly sdp: Sdp } // 183: we play something
  | { readonly to: 'sip'; readonly do: 'answer'; readonly leg: LegId; readonly sdp: Sdp } // 200
  | {
      readonly to: 'sip';
      readonly do: 'refuse'; // final response above 299 by causes[cause]
      readonly leg: LegId;
      readonly cause: EndCause;
      readonly retryAfterS?: number;
    }
  | {
      readonly to: 'sip';
      readonly do: 'invite';
      readonly leg: LegId;
      readonly target: InviteTarget;
      readonly shows: ShownCaller;
      readonly sdp: Sdp;
      /** Max-Forwards of our INVITE (RFC 3261 section 8.1.1.6), so that a call in circles ends; undefined: 70. */
      readonly maxForwards?: number;
    }
  /** Before the answer. The Reason header says "Call completed elsewhere" where that is the cause (RFC 3326). */
  | { readonly to: 'sip'; readonly do: 'cancel'; readonly leg: LegId; readonly cause: EndCause }
  | { readonly to: 'sip'; readonly do: 'bye'; readonly leg: LegId; readonly cause: EndCause }
  /** 200 to a re-INVITE or UPDATE. */
  | { readonly to: 'sip'; readonly do: 'accept-reoffer'; readonly leg: LegId; readonly sdp: Sdp }
  | { readonly to: 'sip'; readonly do: 'refuse-reoffer'; readonly leg: LegId; readonly cause: EndCause }
  /** 202 to the REFER, and NOTIFY `100 Trying` at once (RFC 3515 section 2.4.4). */
  | { readonly to: 'sip'; readonly do: 'accept-refer'; readonly leg: LegId }
  | { readonly to: 'sip'; readonly do: 'refuse-refer'; readonly leg: LegId; readonly cause: EndCause }
  /** NOTIFY with a sipfrag of this status; 200 and above end the subscription. */
  | { readonly to: 'sip'; readonly do: 'notify-refer'; readonly leg: LegId; readonly status: number };

/** Tones by country (ITU-T E.180 supplement 2); `hold` is a soft beep for who waits. */
export type Tone = 'ringback' | 'busy' | 'congestion' | 'hold';

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
  | { readonly to: 'media'; readonly do: 'stop-playing'; readonly leg: LegId }
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
  /** Watch for silence: audio-lost when nothing came for so long; 0 stops watching (held). */
  | { readonly to: 'media'; readonly do: 'watch'; readonly leg: LegId; readonly audioLostMs: number }
  /** → leg-closed */
  | { readonly to: 'media'; readonly do: 'close-leg'; readonly leg: LegId };

export type RecordingEffect =
  | {
      readonly to: 'recordings';
      readonly do: 'start';
      readonly call: CallId;
      readonly at: EpochMs;
      /** Written to the sidecar: after a crash it, not the database, links the file. */
      readonly sidecar: RecordingSidecar;
    }
  /** The card became known, or changed, after the start. */
  | { readonly to: 'recordings'; readonly do: 'update'; readonly call: CallId; readonly sidecar: RecordingSidecar }
  | { readonly to: 'recordings'; readonly do: 'finish'; readonly call: CallId; readonly at: EpochMs };

/** Ids only, no number and no name. */
export interface RecordingSidecar {
  readonly card?: CardRef;
  readonly companyId?: string;
  readonly userId?: UserId;
  readonly trunkId?: TrunkId;
  readonly numberId?: string;
  readonly direction: 'inbound' | 'outbound' | 'internal' | 'transit';
  readonly startedAt: EpochMs;
  readonly answeredAt: EpochMs;
}

export type CrmEffect = {
  readonly to: 'crm';
  readonly do: 'look-up';
  readonly call: CallId;
  readonly number: E164;
  /** As it was signalled or dialled; kept beside E.164. */
  readonly typed: string;
  readonly displayName?: string;
  /** What to make of an unknown number, in the same transaction. */
  readonly makes: RecordToMake;
  readonly source?: string;
  /** Becomes responsible for what is made. */
  readonly responsible?: UserId;
};

export type StoreEffect = { readonly to: 'store'; readonly do: 'save-call'; readonly record: CallRecord };

export type ClockEffect =
  | { readonly to: 'clock'; readonly do: 'set-timer'; readonly timer: TimerId; readonly afterMs: number }
  | { readonly to: 'clock'; readonly do: 'clear-timer'; readonly timer: TimerId };

export type PbxEffect = SipEffect | MediaEffect | RecordingEffect | CrmEffect | StoreEffect | ClockEffect;
