/**
 * Whose turn it is: the free agents of a queue in the order in which they are rung. Nothing but the strategy; who is free is
 * agent-status.ts. Whoever was offered this call already and did not take it comes after all others.
 */
import type { AgentWork } from '../state/person';
import type { Queue, QueueMember } from '../state/office';
import type { UserId } from '../values/ids';

/** A free member of the queue. */
export interface Candidate {
  readonly member: QueueMember;
  readonly work: AgentWork;
}

export interface Turn {
  readonly candidates: readonly Candidate[];
  /** Offered this call before. */
  readonly tried: readonly UserId[];
  /** The last one this queue rang. */
  readonly lastOffered?: UserId;
}

export function pickAgents(queue: Queue, { candidates, tried, lastOffered }: Turn): readonly UserId[] {
  const able = queue.strategy === 'skills' ? candidates.filter(({ member }) => hasSkill(queue, member)) : candidates;
  const ordered =
    queue.strategy === 'round-robin' ? fromNext(queue, able, lastOffered) : [...able].sort(orders[queue.strategy]);
  const users = ordered.map(({ member }) => member.userId);
  return [...users.filter((user) => !tried.includes(user)), ...users.filter((user) => tried.includes(user))];
}

const hasSkill = ({ skill }: Queue, { skills }: QueueMember): boolean => skill === undefined || skills.includes(skill);

type Order = (a: Candidate, b: Candidate) => number;

const byIdle: Order = (a, b) => a.work.idleSince - b.work.idleSince;
const byCalls: Order = (a, b) => a.work.callsTaken - b.work.callsTaken;
const byLevel: Order = (a, b) => a.member.level - b.member.level;
/** Sorting is stable: with equals the list of members decides. */
const asListed: Order = () => 0;

const orders: Readonly<Record<Exclude<Queue['strategy'], 'round-robin'>, Order>> = {
  all: asListed,
  'longest-idle': byIdle,
  'fewest-calls': (a, b) => byCalls(a, b) || byIdle(a, b),
  'in-order': byLevel,
  skills: (a, b) => byLevel(a, b) || byIdle(a, b),
};

/** In the order of the list, from whoever stands behind the last one on. */
function fromNext(
  { members }: Queue,
  candidates: readonly Candidate[],
  lastOffered: UserId | undefined,
): readonly Candidate[] {
  const placeOf = (user: UserId | undefined): number => members.findIndex(({ userId }) => userId === user);
  const last = placeOf(lastOffered);
  const isBehind = ({ member }: Candidate): boolean => placeOf(member.userId) > last;
  return [...candidates.filter(isBehind), ...candidates.filter((one) => !isBehind(one))];
}
