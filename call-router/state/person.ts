/**
 * What a person has set for themselves, by code or page, and how they stand as an agent. The first is kept by the store;
 * the second lives in memory and begins anew with the process.
 */
import { type CallId, type EpochMs, epochMs, type MailboxId, type QueueId, type UserId } from '../values/ids';

export interface Forwards {
  readonly always?: string;
  readonly busy?: string;
  readonly noAnswer?: string;
  readonly unreachable?: string;
}

/** A kind of phone of one person: in the browser, on the desk (here or behind the office PBX), their own mobile. */
export type Way = 'headset' | 'desk-phone' | 'mobile';
export const ways: readonly Way[] = ['headset', 'desk-phone', 'mobile'];

/** Kept: one JSON row a person. */
export interface Person {
  readonly doNotDisturb: boolean;
  /** Numbers as dialled; `voicemail` for the person's own mailbox. */
  readonly forwards: Forwards;
  /** Rings so long before `noAnswer`; undefined: limits.ringTimeoutMs. */
  readonly noAnswerS?: number;
  /** Answers on these; undefined: all. Where none of them can be reached, the others ring all the same. */
  readonly ringsOn?: readonly Way[];
  /** Queues in which the person takes calls now. */
  readonly agentOf: readonly QueueId[];
  readonly block?: CallBlock;
  /** Wrong PINs since the last right one (call-through.ts). */
  readonly pinFailures?: number;
  readonly pause?: { readonly reason: string; readonly since: EpochMs };
}

/** Kept with the person: no calls out until an administrator lifts it; what was spent before does not count again. */
export interface CallBlock {
  readonly since: EpochMs;
  readonly isLifted: boolean;
}

export const newPerson: Person = { doNotDisturb: false, forwards: {}, agentOf: [] };

/** How an agent has worked since the start; `features/acd*` change it. */
export interface AgentWork {
  readonly callsTaken: number;
  readonly idleSince: EpochMs;
  readonly wrapUpUntil?: EpochMs;
  /** Offers in a row that went unanswered. */
  readonly misses: number;
  /** Talks for this queue: when that is over, its wrap-up begins. */
  readonly talksFor?: { readonly queue: QueueId; readonly since: EpochMs };
}

export const newAgentWork: AgentWork = { callsTaken: 0, idleSince: epochMs(0), misses: 0 };

/** How a queue has worked since the start; `features/acd*` change it. */
export interface QueueWork {
  readonly answered: number;
  /** Of those, within the service level. */
  readonly inTime: number;
  readonly abandoned: number;
  readonly overflowed: number;
  /** Talk and wrap-up of a call, averaged over the last few; undefined: none was taken yet. */
  readonly handlingMs?: number;
  /** Whose turn was the last (round robin). */
  readonly lastOffered?: UserId;
}

export const newQueueWork: QueueWork = { answered: 0, inTime: 0, abandoned: 0, overflowed: 0 };

/** Lamp of a mailbox (RFC 3842). */
export interface MailboxCount {
  readonly mailbox: MailboxId;
  readonly newMessages: number;
  readonly oldMessages: number;
}

/** A message of a mailbox: from `fromMs` to `toMs` of the recording of `inCall`. */
export interface KeptMessage {
  readonly id: string;
  readonly inCall: CallId;
  readonly fromMs: number;
  readonly toMs: number;
  readonly leftAt: EpochMs;
  /** As it was signalled; undefined: withheld. */
  readonly callerNumber?: string;
  readonly isNew: boolean;
}

/** Shorter is no message: a receiver put down, a breath. */
export const messageMinMs = 2000;

/** More than anybody listens to in one call. */
export const messagesListedMax = 100;
