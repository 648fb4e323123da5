/**
 * What happened: everything the world can tell the router. Past tense. Made in `receive-*.ts` and in effect runners
 * (the outcome of an effect is an event), posted to server/switchboard.ts.
 */
import type { CommandEvent } from './command';
import type { Binding, Spent, TrunkState } from './state/view';
import type { CardRef, MatchedCard } from './state/call';
import type { Directory } from './state/directory';
import type { KeptMessage, MailboxCount, Person } from './state/person';
import type { CallId, DeviceId, EpochMs, LegId, NumberId, Sdp, TimerId, TrunkId, UserId } from './values/ids';

export interface Happened {
  readonly at: EpochMs;
}
interface OnLeg extends Happened {
  /** The call the leg was made in. A leg that was taken over (pickup, transfer) belongs to another now: `pbx.callOf(leg)`. */
  readonly call: CallId;
  readonly leg: LegId;
}

/** Who the gateway proved the sender of an INVITE to be. */
export type Origin =
  | { readonly kind: 'device'; readonly device: DeviceId }
  | { readonly kind: 'trunk'; readonly trunk: TrunkId };

/** P-Asserted-Identity before From (RFC 3325), as signalled; `withheld` by Privacy: id or an anonymous From. */
export interface SignalledCaller {
  readonly user: string;
  readonly displayName?: string;
  readonly withheld: boolean;
}

export type SipEvent =
  | (OnLeg & {
      readonly from: 'sip';
      readonly type: 'invite-received';
      readonly origin: Origin;
      readonly caller: SignalledCaller;
      /** What was dialled, decoded: user part of Request-URI, To or P-Called-Party-ID as the trunk says. */
      readonly dialled: string;
      /** Undefined: the INVITE had no body; we offer (RFC 3264 section 4). */
      readonly offer?: Sdp;
      /** Host the INVITE came from. */
      readonly towards: string;
      /** It came over a WebSocket, from a browser: what decides how we offer where it did not. Absent: plain RTP. */
      readonly over?: 'webrtc';
      /** Max-Forwards as received, at least 1: the call may go on with one less. Undefined: the caller's INVITE had none. */
      readonly maxForwards?: number;
      /**
       * Replaces (RFC 3891): the INVITE takes the place of our far end of this leg of ours. `earlyOnly`: only while it rings.
       * Names a dialog we do not have: the gateway has refused with 481.
       */
      readonly replaces?: { readonly leg: LegId; readonly earlyOnly: boolean };
      /** Who passed the call on to us, the latest first: Diversion (RFC 5806), else History-Info (RFC 7044). */
      readonly divertedFrom?: readonly string[];
      /** The number of ours that a browser of ours asks to show (X-Trunkline-Number), as it was written. */
      readonly shows?: NumberId;
      /** Call-Info or Alert-Info of a conference: the INVITE wants the focus of this conference (RFC 4579), by its Contact. */
      readonly focusOf?: CallId;
    })
  /** 180 or another provisional above 100 without a description. `answersWhenTold`: its phone takes `Event: talk`. */
  | (OnLeg & { readonly from: 'sip'; readonly type: 'leg-ringing'; readonly answersWhenTold?: true })
  /** A provisional with a description: early media (RFC 3960). */
  | (OnLeg & {
      readonly from: 'sip';
      readonly type: 'leg-progressed';
      readonly sdp: Sdp;
      readonly answersWhenTold?: true;
    })
  | (OnLeg & { readonly from: 'sip'; readonly type: 'leg-answered'; readonly sdp: Sdp })
  /** 3xx to our INVITE: the user parts of its Contacts, decoded, in their order (RFC 3261 section 8.1.3.4). */
  | (OnLeg & { readonly from: 'sip'; readonly type: 'leg-redirected'; readonly contacts: readonly string[] })
  /** A key pressed, told by INFO (application/dtmf-relay): media counts it once with RFC 4733 (`take-digit`). */
  | (OnLeg & {
      readonly from: 'sip';
      readonly type: 'info-digit-received';
      readonly digit: string;
      readonly durationMs: number;
    })
  /** The final response to our INVITE above 299, or none came (408, 503 of our own). */
  | (OnLeg & { readonly from: 'sip'; readonly type: 'leg-refused'; readonly status: number })
  /** CANCEL from the caller (RFC 3261 section 9): the engine has answered it and the INVITE. */
  | (OnLeg & { readonly from: 'sip'; readonly type: 'leg-cancelled' })
  /** ACK to our 200; with a description where we had to offer. */
  | (OnLeg & { readonly from: 'sip'; readonly type: 'ack-received'; readonly sdp?: Sdp })
  /** BYE from the far end, or the dialog was lost (no ACK, session timer). */
  | (OnLeg & { readonly from: 'sip'; readonly type: 'leg-hung-up'; readonly why: 'bye' | 'no-ack' | 'session-expired' })
  /** The connection that carries this leg's dialog has closed: a hint. The dialog stands, and its phone may come back on another. */
  | (OnLeg & {
      readonly from: 'sip';
      readonly type: 'flow-lost';
      /** 128 random bits, lower-case hex: whoever calls `resume-<token>` takes the leg up again (features/lost-leg.ts). */
      readonly token: string;
    })
  /** re-INVITE or UPDATE with an offer; undefined: it asks us to offer. */
  | (OnLeg & { readonly from: 'sip'; readonly type: 'reoffer-received'; readonly offer?: Sdp })
  /** The far end's answer to our re-INVITE; `status`: it was refused, or no description came with the answer. */
  | (OnLeg & { readonly from: 'sip'; readonly type: 'reoffer-answered'; readonly sdp: Sdp })
  | (OnLeg & { readonly from: 'sip'; readonly type: 'reoffer-refused'; readonly status: number })
  /**
   * REFER in the dialog of this leg (RFC 3515): its phone wants its far end to talk to `target` instead. `replaces`: to the
   * far end of another call of this phone (RFC 3891), named by our leg of it.
   */
  | (OnLeg & {
      readonly from: 'sip';
      readonly type: 'refer-received';
      /** User part of the Refer-To, decoded. */
      readonly target: string;
      readonly replaces?: LegId;
      /** Refer-To is the focus of one of our conferences (RFC 4579 section 5.5): its phone joins it by this call. */
      readonly conference?: CallId;
    })
  | (Happened & {
      readonly from: 'sip';
      readonly type: 'bindings-changed';
      readonly of: Binding['of'];
      readonly bindings: readonly Binding[];
    })
  | (Happened & {
      readonly from: 'sip';
      readonly type: 'trunk-state-changed';
      readonly trunk: TrunkId;
      readonly state: TrunkState;
    });

export type MediaProblem = 'no-common-codec' | 'bad-description' | 'no-free-port' | 'engine-lost';

export type MediaEvent =
  /** Our end of a leg is ready. `sdp`: our offer, where we offer. */
  | (OnLeg & { readonly from: 'media'; readonly type: 'leg-opened'; readonly sdp?: Sdp })
  | (OnLeg & { readonly from: 'media'; readonly type: 'leg-not-opened'; readonly problem: MediaProblem })
  /** Answer to the far end's offer, first or later. `far`: what it wants now (RFC 3264 section 8.4). */
  | (OnLeg & {
      readonly from: 'media';
      readonly type: 'offer-accepted';
      readonly sdp: Sdp;
      readonly far: 'speaks-and-hears' | 'holds';
    })
  | (OnLeg & { readonly from: 'media'; readonly type: 'offer-refused'; readonly problem: MediaProblem })
  /** Our new offer, for a re-INVITE that came without one. */
  | (OnLeg & { readonly from: 'media'; readonly type: 'offer-made'; readonly sdp: Sdp })
  /** Our end of a browser's leg had to be made anew (its worker died): it is silent until it has answered this new offer. */
  | (OnLeg & { readonly from: 'media'; readonly type: 'leg-remade'; readonly sdp: Sdp })
  | (OnLeg & { readonly from: 'media'; readonly type: 'answer-set'; readonly far: 'speaks-and-hears' | 'holds' })
  | (OnLeg & { readonly from: 'media'; readonly type: 'answer-refused'; readonly problem: MediaProblem })
  | (OnLeg & { readonly from: 'media'; readonly type: 'first-packet' })
  /** No RTP came from a leg that should speak, for as long as `limits.audioLostMs`. */
  | (OnLeg & { readonly from: 'media'; readonly type: 'audio-lost' })
  /** The first RTP after audio-lost. */
  | (OnLeg & { readonly from: 'media'; readonly type: 'audio-back' })
  | (OnLeg & {
      readonly from: 'media';
      readonly type: 'digit-received';
      readonly digit: string;
      readonly durationMs: number;
      /** The other side has not heard it: the gate of this leg is open (gate-digits). */
      readonly withheld?: boolean;
    })
  /** All parts of `play-prompts` with this tag were heard, or `cut` by a digit. Not said of one that another replaced. */
  | (OnLeg & {
      readonly from: 'media';
      readonly type: 'prompts-ended';
      readonly tag: string;
      readonly how: 'played' | 'cut' | 'not-there';
    })
  /** Of a leg that is watched (`watch-quality`), every five seconds. */
  | (OnLeg & { readonly from: 'media'; readonly type: 'quality-measured'; readonly quality: QualityNow })
  /** Last word of a leg; its port rests now. */
  | (OnLeg & { readonly from: 'media'; readonly type: 'leg-closed'; readonly quality: LegQuality })
  | (Happened & { readonly from: 'media'; readonly type: 'recording-overflowed'; readonly call: CallId });

/** Summary of one leg. Loss as ratio 0..1, jitter by RFC 3550 section 6.4.1. `sent` is as the far end reports by RTCP. */
export interface LegQuality {
  readonly packetsReceived: number;
  readonly packetsSent: number;
  readonly receivedLossRatio: number;
  readonly receivedJitterMs: number;
  readonly sentLossRatio?: number;
  readonly sentJitterMs?: number;
  readonly roundTripMs?: number;
  readonly codec?: string;
  /** Five seconds at a time: what we heard of the far end, what it reported of us. Absent: nothing went that way. */
  readonly received?: DirectionSummary;
  readonly sent?: DirectionSummary;
}

/** One direction in five seconds. Loss 0..1; `mos` is estimated by ITU-T G.107, 1 to 4.5. */
export interface DirectionNow {
  readonly lossRatio: number;
  /** Left out where the far end's reports do not say: a browser's. */
  readonly jitterMs?: number;
  readonly mos: number;
}

export interface QualityNow {
  readonly roundTripMs?: number;
  readonly received?: DirectionNow;
  readonly sent?: DirectionNow;
}

/** All five seconds of one direction; the lowest MOS is that of the worst of them. */
export interface DirectionSummary {
  readonly mosMin: number;
  readonly mosMean: number;
  readonly worst: DirectionNow;
}

export type CrmEvent =
  | (Happened & {
      readonly from: 'crm';
      readonly type: 'client-found';
      readonly call: CallId;
      readonly card: MatchedCard;
      readonly others: readonly CardRef[];
    })
  | (Happened & { readonly from: 'crm'; readonly type: 'client-unknown'; readonly call: CallId })
  | (Happened & { readonly from: 'crm'; readonly type: 'look-up-failed'; readonly call: CallId });

export type RecordingEvent =
  | (Happened & { readonly from: 'recordings'; readonly type: 'recording-incomplete'; readonly call: CallId })
  /** The file is whole and stays as it is. `sizeBytes` 0: nobody was heard, so no file was kept. */
  | (Happened & {
      readonly from: 'recordings';
      readonly type: 'recording-finished';
      readonly call: CallId;
      readonly durationMs: number;
      readonly sizeBytes: number;
      /** Loudness of each channel, dB of full scale (root mean square); undefined: nothing was heard. */
      readonly leftRmsDb?: number;
      readonly rightRmsDb?: number;
      /** Audio is missing from it: a full disk, or more than the recorder could take. */
      readonly incomplete?: boolean;
    });

export interface AccountSpent {
  readonly spender: string;
  readonly calls: readonly Spent[];
}

export type StoreEvent =
  /** At the start: calls out of the last day, for the fraud guard. */
  | (Happened & {
      readonly from: 'store';
      readonly type: 'spending-loaded';
      readonly accounts: readonly AccountSpent[];
    })
  | (Happened & { readonly from: 'store'; readonly type: 'directory-loaded'; readonly directory: Directory })
  /** At the start, before the first call. */
  | (Happened & {
      readonly from: 'store';
      readonly type: 'persons-loaded';
      readonly persons: readonly (readonly [UserId, Person])[];
    })
  /** Answer to list-messages: the new ones first, each kind from the oldest on; at most messagesListedMax. */
  | (OnLeg & { readonly from: 'store'; readonly type: 'messages-listed'; readonly messages: readonly KeptMessage[] })
  /** Whose browsers have asked to be told of calls while their page is closed, all of them. */
  | (Happened & { readonly from: 'store'; readonly type: 'closed-pages-known'; readonly users: readonly UserId[] })
  /** A message came, was heard or was removed; and at the start. */
  | (Happened & { readonly from: 'store'; readonly type: 'mailbox-counted'; readonly count: MailboxCount });

/** A push service has taken the word for at least one browser of the leg's person, or none has. */
export type DeskEvent = OnLeg & { readonly from: 'desk'; readonly type: 'page-told' | 'page-not-told' };

export type ClockEvent = Happened & { readonly from: 'clock'; readonly type: 'timer-fired'; readonly timer: TimerId };

/** `drain-asked`: no new calls from now on; `shut-down-asked`: the live ones end too. */
export type ProcessEvent = Happened & { readonly from: 'process'; readonly type: 'drain-asked' | 'shut-down-asked' };

/**
 * What the switchboard tells from the changes it has just applied, as the next event: this agent has no call left, or
 * stands otherwise than before (log-in, pause). So no feature that ends a leg need think of the queues.
 */
export type AgentEvent = Happened & { readonly from: 'agents'; readonly type: 'agent-freed'; readonly user: UserId };

export type PbxEvent =
  | SipEvent
  | MediaEvent
  | CrmEvent
  | RecordingEvent
  | CommandEvent
  | StoreEvent
  | DeskEvent
  | AgentEvent
  | ClockEvent
  | ProcessEvent;
