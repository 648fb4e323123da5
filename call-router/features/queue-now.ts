/** How queues and agents stand at this moment: what a wallboard shows. Looks, and changes nothing. */
import type { PbxView } from '../state/view';
import type { CallId, EpochMs, QueueId, UserId } from '../values/ids';
import { type Standing, standingOf } from './agent-status';
import { waitEstimateMs } from './queue-announce';
import { inLine } from './queue-wait';

export interface QueueNow {
  readonly queue: QueueId;
  /** In line, the next one first; who keeps the place to be called back among them. */
  readonly calls: readonly {
    readonly call: CallId;
    readonly since: EpochMs;
    readonly isPriority: boolean;
    readonly isCallback: boolean;
    /** Rung for it. */
    readonly offeredTo: readonly UserId[];
  }[];
  /** What a caller who came now would wait; undefined: nobody is logged in. */
  readonly estimateMs?: number;
  /** Members by how they stand for this queue: `out` is logged out of it. */
  readonly agents: Readonly<Record<Standing, number>>;
  /** Since the service started. */
  readonly answered: number;
  readonly answeredInTime: number;
  readonly abandoned: number;
  readonly overflowed: number;
}

interface Asked {
  readonly queue: QueueId;
  readonly at: EpochMs;
}

/** Undefined: there is no such queue. */
export function queueNow(pbx: PbxView, { queue: id, at }: Asked): QueueNow | undefined {
  const queue = pbx.directory.queues.get(id);
  if (queue === undefined) return undefined;
  const calls = inLine(pbx, id).map(({ id: call, state: { since, wait } }) => ({
    call,
    since,
    isPriority: wait.isPriority,
    isCallback: wait.callback !== undefined,
    offeredTo: wait.offered.map(({ user }) => user),
  }));
  const estimateMs = waitEstimateMs(pbx, queue, calls.length + 1);
  const { answered, inTime, abandoned, overflowed } = pbx.queueWork(id);
  return {
    queue: id,
    calls,
    ...(estimateMs === undefined ? {} : { estimateMs }),
    agents: standings(
      queue.members.map(({ userId: user }) =>
        pbx.person(user).agentOf.includes(id) ? standingOf(pbx, { user, at }) : 'out',
      ),
    ),
    answered,
    answeredInTime: inTime,
    abandoned,
    overflowed,
  };
}

const nobody: Readonly<Record<Standing, number>> = {
  out: 0,
  paused: 0,
  'do-not-disturb': 0,
  unreachable: 0,
  'wrap-up': 0,
  ringing: 0,
  talking: 0,
  free: 0,
};

function standings(all: readonly Standing[]): QueueNow['agents'] {
  const counts = { ...nobody };
  for (const one of all) counts[one] += 1;
  return counts;
}

export interface AgentNow {
  readonly user: UserId;
  readonly standing: Standing;
  /** Of which queues the person is a member, and in which they take calls. */
  readonly memberOf: readonly QueueId[];
  readonly agentOf: readonly QueueId[];
  readonly pause?: { readonly reason: string; readonly since: EpochMs };
  readonly wrapUpUntil?: EpochMs;
  /** Of queues, since the service started. */
  readonly callsTaken: number;
}

/** Everybody who is a member of a queue. */
export function agentsNow(pbx: PbxView, at: EpochMs): readonly AgentNow[] {
  const queuesOf = new Map<UserId, QueueId[]>();
  for (const { id, members } of pbx.directory.queues.values())
    for (const { userId } of members) queuesOf.set(userId, [...(queuesOf.get(userId) ?? []), id]);
  return [...queuesOf].map(([user, memberOf]) => agentNow(pbx, { user, memberOf, at }));
}

interface Member {
  readonly user: UserId;
  readonly memberOf: readonly QueueId[];
  readonly at: EpochMs;
}

function agentNow(pbx: PbxView, { user, memberOf, at }: Member): AgentNow {
  const { agentOf, pause } = pbx.person(user);
  const work = pbx.agentWork(user);
  const standing = standingOf(pbx, { user, at });
  return {
    user,
    standing,
    memberOf,
    agentOf: agentOf.filter((queue) => memberOf.includes(queue)),
    ...(pause === undefined ? {} : { pause }),
    ...(standing !== 'wrap-up' || work?.wrapUpUntil === undefined ? {} : { wrapUpUntil: work.wrapUpUntil }),
    callsTaken: work?.callsTaken ?? 0,
  };
}
