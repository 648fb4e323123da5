/**
 * A call and its legs, as they stand. Read-only to everyone; only server/switchboard.ts applies changes.
 *
 * Leg (ours towards one far end, RFC 3261 dialog inside):
 *
 *   incoming   offered ──answer──▶ answering ──sdp ready──▶ answered ◀──▶ held
 *   outgoing   opening ──local sdp──▶ dialling ──180──▶ ringing ──200──▶ answered ◀──▶ held
 *   any state ──▶ ended(cause)
 *
 * Call:  [reaching-caller ──their phone answers──▶] ringing ──first 200──▶ answering ──caller's 200 out──▶ talking; any state ──▶ ended(cause)
 * In a transfer: talking ──▶ consulting | transferring ──▶ talking (features/transfer.ts).
 * An ended call stays until its legs' media have reported and the look-up has answered (at most lingerMs), for the record.
 */
import type {
  BindingId,
  CallId,
  DeviceId,
  EpochMs,
  LegId,
  MailboxId,
  NumberId,
  QueueId,
  Sdp,
  TrunkId,
  UserId,
} from '../values/ids';
import type { InviteTarget, ShownCaller } from '../effect';
import type { LegQuality } from '../event';
import type { EndCause } from '../values/cause';
import type { E164 } from '../values/number';
import type { Attendant, CallPath, Callback, QueueStay, QueueWait } from './attendant';
import type { Conference } from './conference';
import type { RecordToMake } from './directory';
import type { Language, Prompt } from './office';

/** Whose leg it is. */
export type FarEnd =
  | { readonly kind: 'device'; readonly device: DeviceId; readonly user: UserId; readonly binding?: BindingId }
  /** `user`: whose extension behind the office PBX, or whose own mobile it is. */
  | { readonly kind: 'trunk'; readonly trunk: TrunkId; readonly number: string; readonly user?: UserId };

export type LegState =
  | { readonly in: 'opening' } // the media engine is making our end of it
  | { readonly in: 'offered'; readonly ourOffer?: Sdp } // INVITE received, no final response yet; ourOffer: it had no SDP
  | { readonly in: 'dialling'; readonly since: EpochMs } // INVITE sent, nothing heard yet
  | { readonly in: 'ringing'; readonly since: EpochMs } // 180 received
  | { readonly in: 'screening'; readonly since: EpochMs; readonly answer: Sdp } // 200 received; asked to press 1
  | { readonly in: 'answering' } // a 200 is being made or settled
  | { readonly in: 'answered'; readonly since: EpochMs }
  /** RFC 3264 section 8.4, or a button of ours; `andByPhone`: the phone does so too, and goes on when the button resumes. */
  | { readonly in: 'held'; readonly since: EpochMs; readonly byCommand?: true; readonly andByPhone?: true }
  | { readonly in: 'ended'; readonly cause: EndCause };

/** No INVITE: the person is told, and the page that opens gets a leg of its own (features/closed-page.ts). */
export interface ClosedPage {
  readonly kind: 'closed-page';
}

export interface Leg {
  readonly id: LegId;
  readonly call: CallId;
  readonly far: FarEnd;
  /** `incoming`: their INVITE; `outgoing`: ours. */
  readonly direction: 'incoming' | 'outgoing';
  /** Incoming with Replaces: it takes the place of the far end of this leg (features/replaces.ts). */
  readonly takes?: LegId;
  /** Outgoing: where our INVITE goes. */
  readonly target?: InviteTarget | ClosedPage;
  /** The host its signalling comes from or goes to; decides which of our addresses is written in SDP. */
  readonly towards: string;
  /** Outgoing: to a browser, which is offered DTLS-SRTP; absent: plain RTP. */
  readonly over?: 'webrtc';
  readonly state: LegState;
  /** Our end of it in the media engine. */
  readonly media: 'opening' | 'open' | 'closed';
  readonly quality?: LegQuality;
  /** Digits behind a `*` that no feature has taken yet (DESIGN section 4). */
  readonly typed?: string;
  /** Outgoing to outside: further trunks for the same call, should this one fail. */
  readonly waysLeft?: readonly WayLeft[];
  /** The number of ours it shows. */
  readonly shown?: NumberId;
  /** Whoever answers must press 1: it may be a mailbox (features/screening.ts). */
  readonly mustAccept?: boolean;
  /** On whose account it goes out (features/fraud-guard.ts). */
  readonly spender?: string;
  /** Calls for help: no limit of ours stops it. */
  readonly isEmergency?: true;
  readonly startedAt: EpochMs;
  readonly ringingAt?: EpochMs;
  readonly answeredAt?: EpochMs;
  readonly endedAt?: EpochMs;
  /** SIP status that ended an attempt, as received. */
  readonly sipStatus?: number;
  /** What it says is heard by nobody (features/mute.ts). */
  readonly isMuted?: true;
  /** Rings, and answers when told to (`Event: talk`). */
  readonly answersWhenTold?: true;
  /** The connection of its browser has closed (features/lost-leg.ts). */
  readonly lost?: LostFlow;
  /** Listens in (features/supervise.ts): shown to managers and administrators only. */
  readonly isSupervisor?: true;
}

/**
 * `watched`: its audio may go on all the same. `awaited`: it does not, the others hear music, and whoever calls with the token
 * takes the leg up again; `heldBefore`: it held by itself before.
 */
export type LostFlow =
  | { readonly in: 'watched'; readonly token: string }
  | { readonly in: 'awaited'; readonly token: string; readonly until: EpochMs; readonly heldBefore: boolean };

/** A way of an outside call that was not tried yet. */
export interface WayLeft {
  readonly trunk: TrunkId;
  readonly number: string;
  readonly shown?: NumberId;
}

/** A number as it came and as we understand it. */
export interface Party {
  /** Digits or name as signalled, empty if withheld. */
  readonly typed: string;
  readonly number?: E164;
  readonly displayName?: string;
  readonly withheld: boolean;
}

export type CardKind = 'contact' | 'company' | 'lead';

/** The client's card a call lands on. */
export interface CardRef {
  readonly kind: CardKind;
  readonly id: string;
}

export interface MatchedCard extends CardRef {
  readonly name: string;
  /** The person responsible for this client. */
  readonly responsibleUserId?: UserId;
  /** Made by this very call. */
  readonly isNew: boolean;
  /** A contact's company: the call shows on both cards. */
  readonly companyId?: string;
}

export type Client =
  | { readonly in: 'not-looked-up' } // internal, withheld, or not asked yet
  | { readonly in: 'looking-up'; readonly number: E164 }
  | { readonly in: 'known'; readonly card: MatchedCard; readonly others: readonly CardRef[] }
  | { readonly in: 'unknown' } // no record, and none is to be made
  | { readonly in: 'failed' }; // the CRM did not answer; the store links it later by number

export type CallDirection = 'inbound' | 'outbound' | 'internal' | 'transit';

export type CallState =
  /** Click-to-call: the phones of whoever asked ring first; then `dialled` is called for them. */
  | {
      readonly in: 'reaching-caller';
      readonly dialled: string;
      /** Nobody is dialled: this is said to whoever answers. */
      readonly says?: Prompt;
    }
  | { readonly in: 'ringing' } // from the arrival; the caller hears it from the first 180
  | { readonly in: 'answering'; readonly callee: LegId; readonly since: EpochMs } // one answered; the caller is told
  | { readonly in: 'talking'; readonly since: EpochMs; readonly caller: LegId; readonly callee: LegId }
  /** Transfer with announcement: the customer hears music; the transferor waits for the target, then talks to it. */
  | { readonly in: 'consulting'; readonly customer: LegId; readonly transferor: LegId; readonly target?: LegId }
  /** The customer hears ringback: the target rings, or (`to: transferor`) whoever passed the call on is rung again. */
  | {
      readonly in: 'transferring';
      readonly customer: LegId;
      readonly to: 'target' | 'transferor';
      /** Whom the call returns to when the target does not answer. */
      readonly transferor?: FarEnd;
      /** The transferor's leg, where its phone waits for the outcome of its REFER. */
      readonly referrer?: LegId;
    }
  /** One leg is with us alone: announcement, menu, mailbox, echo test (attendant.ts). Its 200 may still be under way. */
  | { readonly in: 'attended'; readonly leg: LegId; readonly by: Attendant }
  /** The caller waits for an agent and hears music; agents that are rung are branches. */
  | {
      readonly in: 'queued';
      readonly leg: LegId;
      readonly queue: QueueId;
      readonly since: EpochMs;
      readonly wait: QueueWait;
    }
  /** The caller kept the place and left: an agent is on the line, hears ringback, and the caller is rung. */
  | {
      readonly in: 'calling-back';
      readonly agent: LegId;
      readonly queue: QueueId;
      readonly callback: Callback;
      readonly since: EpochMs;
    }
  /** The customer hears music until somebody dials the slot, or the time is over and who parked it is rung. */
  | {
      readonly in: 'parked';
      readonly leg: LegId;
      readonly slot: string;
      readonly by: FarEnd;
      readonly since: EpochMs;
      /** The leg of who parked it, while it hears the slot. */
      readonly told?: LegId;
    }
  /** In the room named like the call (features/conference.ts). Legs may still ring to join. */
  | ({ readonly in: 'conferring' } & Conference)
  | { readonly in: 'ended'; readonly at: EpochMs; readonly cause: EndCause };

export interface Call {
  readonly id: CallId;
  readonly direction: CallDirection;
  readonly startedAt: EpochMs;
  readonly state: CallState;
  readonly legs: ReadonlyMap<LegId, Leg>;
  /** The caller's leg; none while click-to-call still reaches for the caller. */
  readonly callerLeg?: LegId;
  /** Numbers the next leg. */
  readonly nextLeg: number;
  readonly caller: Party;
  readonly callee: Party;
  /** The number of ours it came in on or shows. */
  readonly ourNumber?: NumberId;
  readonly trunk?: TrunkId;
  readonly client: Client;
  /** What our phones and the far trunk show of the caller. */
  readonly shows: ShownCaller;
  readonly makes: RecordToMake;
  /** Where a card made of it comes from: our number's name. */
  readonly source?: string;
  /** Who becomes responsible for it. */
  readonly responsible?: UserId;
  /** Nobody is responsible yet: the rule that decides, its group's people, who is on duty (features/lead-owner.ts). */
  readonly lead?: { readonly ruleId?: string; readonly groupUsers?: readonly UserId[]; readonly duty?: UserId };
  readonly callerUser?: UserId;
  /** Hops the caller's INVITE had left (RFC 3261 section 20.22); ours have one less, so that a loop ends. */
  readonly maxForwards?: number;
  /** Who is rung (inside). */
  readonly ringsUsers: readonly UserId[];
  readonly answeredBy?: UserId;
  /** 180 was seen from any device: when ringing began for the caller. */
  readonly ringingAt?: EpochMs;
  readonly answeredAt?: EpochMs;
  /** Spoken to the caller; undefined: the office's. */
  readonly language?: Language;
  /** What the call was led through and what comes when the present ringing or waiting ends without an answer. */
  readonly path?: CallPath;
  /** Dialled with the code that keeps it so, or the client whose recording it was to be has gone. */
  readonly isUnrecorded?: boolean;
  /** The queue it waits in, or the last it waited in: for the record. */
  readonly queueStay?: QueueStay;
  /** Before the answer: the trunk's leg that is heard, and our answer to the caller in the 183 (features/early-media.ts). */
  readonly early?: { readonly branch?: LegId; readonly answer?: Sdp };
  /** The recording is paused until this party from outside has heard that there is one. */
  readonly awaitsConsent?: { readonly leg: LegId; readonly language: Language };
  /** Who has. */
  readonly heardOfRecording?: readonly LegId[];
  /** The recording is paused because of who talks now (features/recording-rule.ts), not by anybody's key. */
  readonly ruledOut?: true;
  /** A code dialled, not a conversation: no call record is kept. */
  readonly isService?: boolean;
  /** `paused`: by code or command; `incomplete`: not all of it is on disk. */
  readonly recording: 'none' | 'running' | 'paused' | 'incomplete';
  /** Calls that were one conference with this one: joined to it here, or mixed in a phone. */
  readonly conferenceWith?: readonly CallId[];
  /** When the file began. Stays when it is finished: a call has one recording. */
  readonly recordingSince?: EpochMs;
  /** The caller has left a message here. */
  readonly messageIn?: MailboxId;
}
