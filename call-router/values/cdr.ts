/**
 * The call record: what stays of a call. Saved when it arrives, when it is answered and when it ends (the same id, the
 * newer row wins), so that a crash loses nothing but its last state. Ring, talk and total time stand apart.
 */
import type { QueueEnd } from '../state/attendant';
import type { CardRef, CallDirection } from '../state/call';
import type { RecordToMake } from '../state/directory';
import type { LegQuality } from '../event';
import type { EndCause, Fault } from './cause';
import type { CallId, DeviceId, EpochMs, GroupId, LegId, NumberId, QueueId, TrunkId, UserId } from './ids';
import type { E164 } from './number';

export interface CallRecord {
  readonly id: CallId;
  readonly direction: CallDirection;
  readonly startedAt: EpochMs;
  readonly answeredAt?: EpochMs;
  readonly endedAt?: EpochMs;
  /** From the first 180 (or the arrival) to the answer or the end. */
  readonly ringMs: number;
  readonly talkMs: number;
  readonly totalMs: number;
  /** Undefined while it lives. */
  readonly cause?: EndCause;
  readonly fault?: Fault;
  readonly callerTyped: string;
  readonly callerNumber?: E164;
  readonly callerName?: string;
  readonly calleeTyped: string;
  readonly calleeNumber?: E164;
  readonly numberId?: NumberId;
  readonly trunkId?: TrunkId;
  readonly callerUserId?: UserId;
  /** Everybody of ours it rang; they may see it. */
  readonly rangUserIds: readonly UserId[];
  readonly answeredByUserId?: UserId;
  /** The last queue it waited in, how long, and how that ended; undefined `queueEnd`: it waits, or the service stopped. */
  readonly queueId?: QueueId;
  readonly queueWaitMs?: number;
  readonly queueEnd?: QueueEnd;
  /** Nobody answered it at all: these were rung. Never of an answered call. */
  readonly missedBy?: readonly UserId[];
  readonly missedGroupIds?: readonly GroupId[];
  readonly missedNumberId?: NumberId;
  /** Becomes responsible for a card this call made that has nobody yet. */
  readonly responsibleIfNone?: UserId;
  /** The rule that said who owns what this call made: the lead passes on by it. */
  readonly leadRuleId?: string;
  readonly card?: CardRef;
  readonly companyId?: string;
  /** Other cards with the same number. */
  readonly otherCards: readonly CardRef[];
  /** The CRM has not said who the client is: with this the store asks again when the call ends, so that no client is lost. */
  readonly ifUnknown?: UnknownClient;
  readonly recording: 'none' | 'running' | 'incomplete' | 'finished';
  /** Other calls that were one conference with this one. */
  readonly conferenceWith?: readonly CallId[];
  readonly legs: readonly LegRecord[];
}

/** The client's number and what is made of it where nobody has it, as the look-up said. */
export interface UnknownClient {
  readonly number: E164;
  readonly typed: string;
  readonly makes: RecordToMake;
  readonly source?: string;
  readonly responsible?: UserId;
  readonly displayName?: string;
}

export interface LegRecord {
  readonly id: LegId;
  readonly direction: 'incoming' | 'outgoing';
  readonly kind: 'device' | 'trunk';
  readonly deviceId?: DeviceId;
  readonly userId?: UserId;
  readonly trunkId?: TrunkId;
  /** On whose account a call out went. */
  readonly spender?: string;
  readonly startedAt: EpochMs;
  readonly answeredAt?: EpochMs;
  readonly endedAt?: EpochMs;
  readonly cause?: EndCause;
  readonly sipStatus?: number;
  readonly quality?: LegQuality;
  /** Listened in. */
  readonly isSupervisor?: true;
}
