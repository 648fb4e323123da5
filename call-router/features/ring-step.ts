/**
 * The `ring` step of a route plan: who rings in which round, and for how long. In order: one person a round; delayed: each
 * round joins those who ring already; all: one round. Groups are expanded here, and nobody rings twice.
 */
import type { Directory } from '../state/directory';
import type { RouteStep } from '../state/office';
import type { GroupId, UserId } from '../values/ids';

export type RingStep = Extract<RouteStep, { readonly kind: 'ring' }>;

export interface Round {
  readonly users: readonly UserId[];
  /** Until the next round, or the end of the step. */
  readonly ringS: number;
  /** Those who ring already ring on. */
  readonly along?: true;
}

/** Never a round of nobody; none at all: every target is gone. */
export function roundsOf(directory: Directory, step: RingStep): readonly Round[] {
  const targets = step.targets.map((target) => ({ users: usersOf(directory, target), delayS: target.delayS ?? 0 }));
  if (step.order === 'delayed') return delayedRounds(targets, step.ringS);
  const users = [...new Set(targets.flatMap((target) => target.users))];
  if (users.length === 0) return [];
  return step.order === 'all'
    ? [{ users, ringS: step.ringS }]
    : users.map((user) => ({ users: [user], ringS: step.ringS }));
}

function usersOf(directory: Directory, { userId, groupId }: RingStep['targets'][number]): readonly UserId[] {
  const group = groupId === undefined ? undefined : directory.groups.get(groupId);
  const users = [...(userId === undefined ? [] : [userId]), ...(group?.userIds ?? [])];
  return users.filter((user) => directory.users.has(user));
}

interface Delayed {
  readonly users: readonly UserId[];
  readonly delayS: number;
}

/** Who would start at the end or later never rings. */
function delayedRounds(targets: readonly Delayed[], ringS: number): readonly Round[] {
  const rung = new Set<UserId>();
  const starts = [...new Set(targets.map(({ delayS }) => delayS))].sort((a, b) => a - b);
  const rounds = starts.flatMap((start) => {
    const users = new Set(targets.filter(({ delayS }) => delayS === start).flatMap((target) => target.users));
    const fresh = [...users].filter((user) => !rung.has(user));
    for (const user of fresh) rung.add(user);
    return fresh.length === 0 || start >= ringS ? [] : [{ users: fresh, start }];
  });
  return rounds.map(({ users, start }, index) => ({
    users,
    ringS: (rounds[index + 1]?.start ?? ringS) - start,
    ...(index === 0 ? {} : { along: true as const }),
  }));
}

export const groupsOf = (step: RingStep): readonly GroupId[] => step.targets.flatMap(({ groupId }) => groupId ?? []);
