/**
 * What is to be done: imperative, plain data, carried out at the edge by `run-*-effect.ts`. A runner starts the work,
 * returns at once, never throws, and answers with an event.
 */
import type { MediaEffect } from './media-effect';
import type { QualityNow } from './event';
import type { RecordToMake } from './state/directory';
import type { CardRef } from './state/call';
import type { Calendar } from './state/office';
import type { Person } from './state/person';
import type { CallRecord } from './values/cdr';
import type { EndCause } from './values/cause';
import type {
  BindingId,
  CalendarId,
  CallId,
  EpochMs,
  LegId,
  MailboxId,
  Sdp,
  TimerId,
  TrunkId,
  UserId,
} from './values/ids';
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
      /** Who passed the call on to this target: written as Diversion and History-Info (RFC 5806, RFC 7044). */
      readonly divertedBy?: ShownCaller;
      /** Offered as this number of ours: the phone shows which was called (Alert-Info and the display name say it). */
      readonly calledName?: string;
    }
  /** Before the answer. The Reason header says "Call completed elsewhere" where that is the cause (RFC 3326). */
  | {
      readonly to: 'sip';
      readonly do: 'cancel';
      readonly leg: LegId;
      readonly cause: EndCause;
      /** Who took it, in the text of the Reason. */
      readonly takenBy?: string;
    }
  | { readonly to: 'sip'; readonly do: 'bye'; readonly leg: LegId; readonly cause: EndCause }
  /** 200 to a re-INVITE or UPDATE. */
  | { readonly to: 'sip'; readonly do: 'accept-reoffer'; readonly leg: LegId; readonly sdp: Sdp }
  | { readonly to: 'sip'; readonly do: 'refuse-reoffer'; readonly leg: LegId; readonly cause: EndCause }
  /** re-INVITE with an offer of ours, as soon as the dialog may carry one. → reoffer-answered | reoffer-refused */
  | { readonly to: 'sip'; readonly do: 'reoffer'; readonly leg: LegId; readonly sdp: Sdp }
  /** 202 to the REFER, and NOTIFY `100 Trying` at once (RFC 3515 section 2.4.4). */
  | { readonly to: 'sip'; readonly do: 'accept-refer'; readonly leg: LegId }
  | { readonly to: 'sip'; readonly do: 'refuse-refer'; readonly leg: LegId; readonly cause: EndCause }
  /** NOTIFY `Event: talk` in the early dialog: its phone is to answer, hands-free. It answers with its 200. */
  | { readonly to: 'sip'; readonly do: 'talk'; readonly leg: LegId }
  /** What the lamps of everyone who watches this entity show from now on (RFC 4235). An entity with none is idle. */
  | {
      readonly to: 'sip';
      readonly do: 'publish-dialogs';
      /** An extension, or a park slot as it is dialled (`*7001`). */
      readonly entity: string;
      readonly dialogs: readonly LampDialog[];
    }
  /** Message lamp of the phones of these people (RFC 3842). */
  | {
      readonly to: 'sip';
      readonly do: 'publish-messages';
      readonly users: readonly UserId[];
      readonly newMessages: number;
      readonly oldMessages: number;
    }
  /**
   * This phone of ours is in a conference: our Contact on its leg names the focus, with `isfocus` (RFC 4579 section 5.2), from
   * the next message on; where it is answered already it is told by UPDATE. Undefined: it is in a plain call again.
   */
  | { readonly to: 'sip'; readonly do: 'mark-focus'; readonly leg: LegId; readonly conference?: CallId }
  /** NOTIFY with a sipfrag of this status; 200 and above end the subscription. */
  | { readonly to: 'sip'; readonly do: 'notify-refer'; readonly leg: LegId; readonly status: number };

/** What the person's desk is told by the router itself (server/api/desk-messages.ts has the words). */
export type DeskEffect =
  | {
      readonly to: 'desk';
      /** Their browser lost this leg: calling `resume-<token>` within the time takes it up again, once. */
      readonly do: 'offer-resume';
      readonly user: UserId;
      readonly call: CallId;
      readonly leg: LegId;
      readonly token: string;
      readonly forMs: number;
    }
  /** How a leg of this call sounded in the last five seconds, for who watches the call. */
  | {
      readonly to: 'desk';
      readonly do: 'show-quality';
      readonly call: CallId;
      readonly leg: LegId;
      readonly quality: QualityNow;
    }
  /** The person's browsers are told of this call while their page is closed. → page-told | page-not-told */
  | {
      readonly to: 'desk';
      readonly do: 'wake';
      readonly user: UserId;
      readonly call: CallId;
      readonly leg: LegId;
    };

/** One call of a watched phone; `id` is the leg's. A watcher who may pick it up does so by its Replaces. */
export interface LampDialog {
  readonly id: LegId;
  readonly state: 'early' | 'confirmed';
  readonly direction: 'initiator' | 'recipient';
  /** Whom the phone talks to or is called by; left out where the watcher is not to know. */
  readonly remote?: { readonly number: string; readonly displayName?: string };
}

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
  /** Somebody leaves a message from here on (features/voicemail.ts): after a crash it is kept as far as it goes. */
  readonly message?: MessageBegun;
}

export interface MessageBegun {
  readonly mailbox: MailboxId;
  readonly since: EpochMs;
  /** Where in the recording. */
  readonly fromMs: number;
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

export type StoreEffect =
  | { readonly to: 'store'; readonly do: 'save-call'; readonly record: CallRecord }
  | { readonly to: 'store'; readonly do: 'save-person'; readonly user: UserId; readonly person: Person }
  /** Turned by its code; the router's directory has it already. */
  | {
      readonly to: 'store';
      readonly do: 'save-calendar-switch';
      readonly calendar: CalendarId;
      readonly switch: Calendar['switch'];
    }
  /** A message is in this call's recording, from `fromMs` to `toMs` of it. → mailbox-counted */
  | {
      readonly to: 'store';
      readonly do: 'save-message';
      readonly mailbox: MailboxId;
      readonly call: CallId;
      readonly at: EpochMs;
      readonly fromMs: number;
      readonly toMs: number;
    }
  /** → messages-listed */
  | { readonly to: 'store'; readonly do: 'list-messages'; readonly mailbox: MailboxId; readonly leg: LegId }
  /** → mailbox-counted */
  | {
      readonly to: 'store';
      readonly do: 'mark-message';
      readonly mailbox: MailboxId;
      readonly message: string;
      readonly as: 'heard' | 'removed';
    }
  /** Something an administrator or manager must hear of (fraud guard, trunk down): kept, shown, counted, e-mailed. */
  | {
      readonly to: 'store';
      readonly do: 'raise-alarm';
      readonly kind:
        | 'wrong-pin'
        | 'fraud-limit'
        | 'forbidden-number'
        | 'emergency-call'
        | 'many-calls-out'
        | 'prompt-missing';
      readonly at: EpochMs;
      readonly user?: UserId;
      readonly call?: CallId;
    };

export type ClockEffect =
  | { readonly to: 'clock'; readonly do: 'set-timer'; readonly timer: TimerId; readonly afterMs: number }
  | { readonly to: 'clock'; readonly do: 'clear-timer'; readonly timer: TimerId };

export type PbxEffect = SipEffect | MediaEffect | RecordingEffect | CrmEffect | StoreEffect | DeskEffect | ClockEffect;
