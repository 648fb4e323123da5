/**
 * All that `decide` may look at, and the changes it may ask for. An event costs the same with 10 or 10,000 live calls:
 * `changes` names only what is different now, and server/switchboard.ts alone applies it.
 */
import type { Call } from './call';
import type { Directory } from './directory';
import type { AgentWork, MailboxCount, Person, QueueWork } from './person';
import type {
  BindingId,
  CallId,
  DeviceId,
  EpochMs,
  LegId,
  MailboxId,
  QueueId,
  RoomId,
  TrunkId,
  UserId,
} from '../values/ids';

/** Where a device can be reached now: one REGISTER contact (RFC 3261 section 10.2.1), or a pbx that registered. */
export interface Binding {
  readonly id: BindingId;
  readonly of:
    | { readonly kind: 'device'; readonly device: DeviceId }
    | { readonly kind: 'trunk'; readonly trunk: TrunkId };
  /** The host the registration came from. */
  readonly host: string;
  /** What speaks there: a browser, where the REGISTER came over WebSocket (RFC 7118), or a phone. */
  readonly media: 'rtp' | 'webrtc';
  readonly expiresAt: EpochMs;
}

export type TrunkState = 'unknown' | 'up' | 'down' | 'refused';

export interface Limits {
  /** Calls at once in the whole service; above it 503 with Retry-After. */
  readonly callsMax: number;
  readonly legsPerCallMax: number;
  /** Members of one conference, those who are rung to join it included. */
  readonly conferenceMembersMax: number;
  readonly ringTimeoutMs: number;
  /** Somebody outside who is called directly. */
  readonly outsideRingTimeoutMs: number;
  /** The route waits this long at the most for who is calling, where it needs to know. */
  readonly lookUpWaitMs: number;
  /** No RTP from one side for so long while it should speak ends the call. */
  readonly audioLostMs: number;
  /** The same for a browser whose connection has closed: so long its audio may stay away before the others hear music. */
  readonly flowLostAudioMs: number;
  /** A browser that is gone in a call may come back so long. */
  readonly resumeWaitMs: number;
  readonly callMaxMs: number;
  /** An ended call waits so long at the most for the last words of media and CRM before its record is closed. */
  readonly lingerMs: number;
  readonly retryAfterS: number;
}

/** One call out: what it counts in the limits of the fraud guard. */
export interface Spent {
  readonly leg: LegId;
  readonly startedAt: EpochMs;
  readonly answeredAt?: EpochMs;
  /** Undefined: it runs. */
  readonly endedAt?: EpochMs;
}

export interface PbxView {
  readonly directory: Directory;
  readonly limits: Limits;
  /** When the event that is decided happened. */
  readonly at: EpochMs;
  /** True from the moment we shut down: new calls are refused. */
  readonly draining: boolean;
  readonly calls: ReadonlyMap<CallId, Call>;
  /** The call this leg belongs to now; of the leg that was made for it, or taken over. */
  callOf(leg: LegId): Call | undefined;
  readonly bindings: ReadonlyMap<BindingId, Binding>;
  bindingsOfUser(user: UserId): readonly Binding[];
  bindingsOfTrunk(trunk: TrunkId): readonly Binding[];
  readonly trunkStates: ReadonlyMap<TrunkId, TrunkState>;
  /** Calls that hold a channel of the trunk now. */
  callsOnTrunk(trunk: TrunkId): number;
  /** INVITEs sent to the trunk since then (at most a second ago). */
  startsOnTrunk(trunk: TrunkId, since: EpochMs): number;
  /** Calls out on this account in the last day (server/spending.ts), and those that run. */
  spendingOf(spender: string): readonly Spent[];
  /** What the person has set; the defaults for who has set nothing. */
  person(user: UserId): Person;
  /** A browser of theirs has asked to be told of calls while its page is closed. */
  isToldWhenClosed(user: UserId): boolean;
  /** Undefined: has taken no call of a queue since the start. */
  agentWork(user: UserId): AgentWork | undefined;
  /** The defaults for a queue that has taken no call since the start. */
  queueWork(queue: QueueId): QueueWork;
  /** Live calls with a leg of this person that is not over. */
  callsOfUser(user: UserId): readonly Call[];
  /** Calls that wait in this queue, in order of arrival. */
  callsInQueue(queue: QueueId): readonly Call[];
  /** The conference in this room now. */
  inRoom(room: RoomId): Call | undefined;
  /** The call parked in this slot. */
  parkedIn(slot: string): Call | undefined;
  readonly mailboxCounts: ReadonlyMap<MailboxId, MailboxCount>;
}

export type Change =
  | { readonly set: 'call'; readonly call: Call }
  | { readonly set: 'call-gone'; readonly call: CallId }
  | { readonly set: 'directory'; readonly directory: Directory }
  | { readonly set: 'bindings'; readonly of: Binding['of']; readonly bindings: readonly Binding[] }
  | { readonly set: 'trunk-state'; readonly trunk: TrunkId; readonly state: TrunkState }
  | { readonly set: 'person'; readonly user: UserId; readonly person: Person }
  | { readonly set: 'agent-work'; readonly user: UserId; readonly work: AgentWork }
  | { readonly set: 'queue-work'; readonly queue: QueueId; readonly work: QueueWork }
  | { readonly set: 'mailbox-count'; readonly count: MailboxCount }
  | { readonly set: 'spending'; readonly spender: string; readonly calls: readonly Spent[] }
  | { readonly set: 'told-when-closed'; readonly users: ReadonlySet<UserId> }
  | { readonly set: 'draining' };
