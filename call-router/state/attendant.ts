/**
 * What our own voice does with a leg that is with us alone, and the way a call was led. Each feature that speaks has one
 * member here and one file in features/ that moves it.
 *
 *   attended: (200 under way) ──leg answered──▶ first words ──prompts-ended, digit, timer──▶ next words … ──▶ led on, or ended
 */
import type { Prompt, Route } from './office';
import type { KeptMessage } from './person';
import type { EndCause } from '../values/cause';
import type { CallId, EpochMs, GroupId, MailboxId, QueueId, RoomId, RoutePlanId, UserId } from '../values/ids';

export type Attendant =
  /** Said once, then the call ends with `cause`. */
  | { readonly kind: 'announcement'; readonly prompts: Prompt; readonly cause: EndCause }
  /** A greeting of a plan, then its next step. */
  | { readonly kind: 'greeting'; readonly step: string }
  /** `tries`: how often it has been said. */
  | { readonly kind: 'menu'; readonly step: string; readonly typed: string; readonly tries: number }
  | {
      readonly kind: 'voicemail';
      readonly mailbox: MailboxId;
      readonly phase: 'greeting' | 'beep';
    }
  | { readonly kind: 'voicemail'; readonly mailbox: MailboxId; readonly phase: 'message'; readonly since: EpochMs }
  /** `*97`: a person listens to messages; the list is asked from the store. */
  | {
      readonly kind: 'mailbox';
      readonly mailbox: MailboxId;
      /** Undefined: the store has not answered yet. */
      readonly messages?: readonly KeptMessage[];
      /** The message that is played, or was last. */
      readonly index: number;
      /** How many things were said: names the last. */
      readonly said: number;
      /** `opening`: the list is asked for. `menu`: the message was played, and a key is waited for. */
      readonly phase: 'opening' | 'intro' | 'playing' | 'menu';
    }
  | { readonly kind: 'echo' }
  /** Its 200 is under way; then it waits in the queue (features/acd.ts). */
  | { readonly kind: 'queue'; readonly queue: QueueId }
  | { readonly kind: 'room-pin'; readonly room: RoomId; readonly typed: string; readonly tries: number }
  /** A conference of one's own making, and the way into one that lives (RFC 4579). */
  | { readonly kind: 'focus' }
  | { readonly kind: 'joins'; readonly conference: CallId }
  /** Somebody's own mobile called in: PIN, then the office's dial tone. */
  | {
      readonly kind: 'call-through';
      readonly user: UserId;
      readonly phase: 'pin' | 'number';
      readonly typed: string;
      readonly tries: number;
    };

export interface QueueWait {
  /** Rung now, with when; empty: waits for a free agent. */
  readonly offered: readonly { readonly user: UserId; readonly since: EpochMs }[];
  /** Whoever was offered this call and did not take it comes last. */
  readonly tried: readonly UserId[];
  /** The last announcement, or the greeting. */
  readonly announcedAt: EpochMs;
  readonly isPriority: boolean;
  /** The place is kept while the caller has hung up, or hears that they may. */
  readonly callback?: Callback;
}

export interface Callback {
  /** As it is dialled for the agent who answers. */
  readonly number: string;
  /** How often the caller was rung in vain. */
  readonly tries: number;
  /** No agent is rung for it before. */
  readonly notBefore: EpochMs;
}

/** From joining a queue to leaving it. */
export interface QueueStay {
  readonly queue: QueueId;
  readonly since: EpochMs;
  readonly until?: EpochMs;
  /** Undefined while it waits. In time: within the queue's service level. */
  readonly end?: QueueEnd;
}

export type QueueEnd = 'answered-in-time' | 'answered-late' | 'overflowed' | 'abandoned';

export interface CallPath {
  /** The plan and step the call is at. */
  readonly plan?: RoutePlanId;
  readonly step?: string;
  /** The plan's steps behind it, for the record and against circles. */
  readonly steps: readonly string[];
  /** When nobody answers what rings now, in this order. */
  readonly onward: readonly Onward[];
  /** The step needs to know who is calling, and the CRM has not said yet: `<call>/look-up` ends the wait. */
  readonly waitsFor?: 'client';
  /** Groups that were rung by a step. */
  readonly rangGroups?: readonly GroupId[];
  /** People who forwarded it, so that a forwarding to them again ends. */
  readonly forwardedBy: readonly UserId[];
  /** The one person who rings now: their forwardings hold when they do not answer. */
  readonly called?: UserId;
}

export type Onward =
  | { readonly kind: 'step'; readonly plan: RoutePlanId; readonly step: string }
  | { readonly kind: 'route'; readonly route: Route }
  /** The rest of a step's ring order. `along`: those who ring already ring on. */
  | { readonly kind: 'ring'; readonly users: readonly UserId[]; readonly ringS: number; readonly along?: true }
  | { readonly kind: 'dial'; readonly number: string; readonly by: UserId }
  | { readonly kind: 'mailbox'; readonly mailbox: MailboxId };
