/**
 * Offers of a waiting call to agents: who is rung, what becomes of an offer that nobody takes, and the talk when one does.
 * Agents that are rung are outgoing legs of the call; the first answer wins (answer.ts), the others hear "answered
 * elsewhere".
 *
 *   waits ──an agent is free──▶ offered ──answer──▶ talking
 *     ▲                           └──refused, ring time over, agent gone──┐
 *     └──────── the agent rests a moment, a miss is counted ◀─────────────┘
 *
 * A person is rung for one call only: whoever has a live leg is not free (agent-status.ts), and the view that decides has
 * every leg of the events before.
 */
import type { PbxEffect } from '../effect';
import type { Call, Leg } from '../state/call';
import type { Queue } from '../state/office';
import { newAgentWork } from '../state/person';
import type { Change, PbxView } from '../state/view';
import type { EndCause } from '../values/cause';
import { type EpochMs, type QueueId, timerIdOf, type UserId } from '../values/ids';
import { isFreeFor } from './agent-status';
import { cancelBranch } from './cancel-branch';
import { both, type Decision, decided, ignore, isBeingCalled, withLegs } from './decision';
import { endedLeg } from './hang-up';
import { personOfFar } from './person-of';
import { pickAgents } from './pick-agent';
import { inLine, isOnLine, isQueued, type Queued } from './queue-wait';
import { branchesToPeople, openBranch } from './ring';
import { ringTimer, ringTimerOff } from './ring-timer';
import { addBranches, withoutBranches } from './transfer';

/** An agent who did not take an offer is left alone for so long. */
const restAfterMissMs = 5000;

export interface Offering {
  readonly at: EpochMs;
  /** Not free any more, though the view does not know it yet. */
  readonly without?: readonly UserId[];
  /** Stands in the same place as the view's, and is newer. */
  readonly newer?: Queued;
}

/** Rings whose turn it is. Undefined: nobody is free, or somebody is being rung already. */
export function offerCall(pbx: PbxView, call: Queued, { at, without = [] }: Offering): Decision | undefined {
  const queue = pbx.directory.queues.get(call.state.queue);
  if (queue === undefined || !isWaiting(call, queue, at)) return undefined;
  const turn = turnOf(pbx, call, { queue, at, without });
  const { users, branches } = branchesInTurn(pbx, call, { turn, queue });
  const last = users.at(-1);
  if (last === undefined) return undefined;
  const { wait } = call.state;
  const offered = [...wait.offered, ...users.map((user) => ({ user, since: at }))];
  const rung: Call = {
    ...addBranches(call, branches),
    state: { ...call.state, wait: { ...wait, offered, tried: [...new Set([...wait.tried, ...users])] } },
  };
  const like = isOnLine(call) ? call.state.leg : undefined;
  return {
    changes: [
      { set: 'call', call: rung },
      { set: 'queue-work', queue: queue.id, work: { ...pbx.queueWork(queue.id), lastOffered: last } },
    ],
    effects: [
      ...branches.map((branch) => openBranch(pbx, branch, like)),
      ...(wait.offered.length > 0 ? [] : [ringTimer(pbx, call, queue.ringS * 1000)]),
    ],
  };
}

/** With strategy `all`, whoever becomes free joins those who are rung. */
function isWaiting(call: Queued, { strategy }: Queue, at: EpochMs): boolean {
  const { offered, callback } = call.state.wait;
  if (callback !== undefined && callback.notBefore > at) return false;
  return offered.length === 0 || strategy === 'all';
}

interface Turn {
  readonly queue: Queue;
  readonly at: EpochMs;
  readonly without: readonly UserId[];
}

function turnOf(pbx: PbxView, call: Queued, { queue, at, without }: Turn): readonly UserId[] {
  const { offered, tried } = call.state.wait;
  const candidates = queue.members
    .filter(({ userId }) => !without.includes(userId) && !offered.some(({ user }) => user === userId))
    .filter(({ userId }) => isFreeFor(pbx, queue, { user: userId, at }))
    .map((member) => ({ member, work: pbx.agentWork(member.userId) ?? newAgentWork }));
  const { lastOffered } = pbx.queueWork(queue.id);
  return pickAgents(queue, { candidates, tried, ...(lastOffered === undefined ? {} : { lastOffered }) });
}

interface Rung {
  readonly users: readonly UserId[];
  readonly branches: readonly Leg[];
}

/** The first who has a phone; with `all` everybody who has, as many as a call has room for. */
function branchesInTurn(
  pbx: PbxView,
  call: Queued,
  { turn, queue }: { readonly turn: readonly UserId[]; readonly queue: Queue },
): Rung {
  const users: UserId[] = [];
  const branches: Leg[] = [];
  const room = pbx.limits.legsPerCallMax - 1 - [...call.legs.values()].filter(isBeingCalled).length;
  for (const user of turn) {
    const legs = branchesToPeople(pbx, { ...call, nextLeg: call.nextLeg + branches.length }, [user]);
    if (typeof legs === 'string') continue;
    if (users.length > 0 && branches.length + legs.length > room) break;
    users.push(user);
    branches.push(...legs);
    if (queue.strategy !== 'all') break;
  }
  return { users, branches };
}

/** The first in line that waits for an agent is offered. Undefined: nobody waits, or nobody is free. */
export function offerFirst(pbx: PbxView, queue: QueueId, offering: Offering): Decision | undefined {
  const { newer } = offering;
  for (const call of inLine(pbx, queue)) {
    const decision = offerCall(pbx, newer?.id === call.id ? newer : call, offering);
    if (decision !== undefined) return decision;
  }
  return undefined;
}

interface Missed {
  readonly users: readonly UserId[];
  readonly at: EpochMs;
}

/** The last phone of an agent has refused or failed; the leg has ended. */
export function offerFailed(
  pbx: PbxView,
  call: Queued,
  { leg, at }: { readonly leg: Leg; readonly at: EpochMs },
): Decision {
  const user = personOfFar(pbx, leg.far);
  // A colleague who was to pick the call up is no agent of this offer.
  if (user === undefined || !isOfferedTo(call, user) || branchesOf(pbx, call, user).length > 0)
    return decided(call, []);
  return passOn(pbx, call, { users: [user], at });
}

/** By button: this phone stops ringing; for an agent's last one it counts as a miss, and the caller waits on. */
export function offerTakenBack(
  pbx: PbxView,
  call: Queued,
  { leg, at }: { readonly leg: Leg; readonly at: EpochMs },
): Decision {
  const gone = { ...withLegs(call, endedLeg(leg, 'ended-by-command', at)), state: call.state };
  return both(cancelBranch(leg, 'ended-by-command'), offerFailed(pbx, gone, { leg, at }));
}

const isOfferedTo = (call: Queued, user: UserId): boolean =>
  call.state.wait.offered.some((offer) => offer.user === user);

const branchesOf = (pbx: PbxView, call: Queued, user: UserId): readonly Leg[] =>
  [...call.legs.values()].filter((leg) => isBeingCalled(leg) && personOfFar(pbx, leg.far) === user);

/** They rang long enough. Who joined late (`all`) has missed nothing. */
export function offerTimeOver(pbx: PbxView, call: Queued, at: EpochMs): Decision {
  const ringMs = (pbx.directory.queues.get(call.state.queue)?.ringS ?? 0) * 1000;
  const users = call.state.wait.offered.filter(({ since }) => at - since >= ringMs).map(({ user }) => user);
  const quiet = unoffered(call, 'no-answer', at);
  return both(quiet.effects, passOn(pbx, quiet.call, { users, at }));
}

/** No phone rings for it any more. */
export function unoffered(call: Queued, cause: EndCause, at: EpochMs): Unoffered {
  const quiet = withoutBranches(call, cause, at);
  const wait = { ...call.state.wait, offered: [] };
  return { call: { ...quiet.call, state: { ...call.state, wait } }, effects: [...quiet.effects, ringTimerOff(call)] };
}

export interface Unoffered {
  readonly call: Queued;
  readonly effects: readonly PbxEffect[];
}

/** Takes the offer back from these: their phones stop ringing. */
function withdrawn(
  pbx: PbxView,
  call: Queued,
  { users, cause, at }: { readonly users: readonly UserId[]; readonly cause: EndCause; readonly at: EpochMs },
): Unoffered {
  const branches = users.flatMap((user) => branchesOf(pbx, call, user));
  const quiet = withLegs(call, ...branches.map((leg) => endedLeg(leg, cause, at)));
  const offered = call.state.wait.offered.filter(({ user }) => !users.includes(user));
  return {
    call: { ...quiet, state: { ...call.state, wait: { ...call.state.wait, offered } } },
    effects: [
      ...branches.flatMap((leg) => cancelBranch(leg, cause)),
      ...(offered.length === 0 && call.state.wait.offered.length > 0 ? [ringTimerOff(call)] : []),
    ],
  };
}

/** These have missed it: they rest, and after too many misses they are paused. The next in turn is rung. */
function passOn(pbx: PbxView, call: Queued, { users, at }: Missed): Decision {
  const queue = pbx.directory.queues.get(call.state.queue);
  const missed = users.map((user) => missedBy(pbx, queue, { user, at }));
  const { call: rest, effects } = withdrawn(pbx, call, { users, cause: 'no-answer', at });
  const next = rest.state.wait.offered.length > 0 ? undefined : offerCall(pbx, rest, { at, without: users });
  const then = next ?? decided(rest, []);
  return {
    changes: [...missed.flatMap(({ changes }) => changes), ...then.changes],
    effects: [...effects, ...missed.flatMap((one) => one.effects), ...then.effects],
  };
}

function missedBy(
  pbx: PbxView,
  queue: Queue | undefined,
  { user, at }: { readonly user: UserId; readonly at: EpochMs },
): Decision {
  const work = pbx.agentWork(user) ?? newAgentWork;
  const misses = work.misses + 1;
  const isTooMany = queue !== undefined && queue.missesMax > 0 && misses >= queue.missesMax;
  const wrapUpUntil = (at + restAfterMissMs) as EpochMs;
  const rests: Change = {
    set: 'agent-work',
    user,
    work: { ...work, misses: isTooMany ? 0 : misses, wrapUpUntil },
  };
  const rest: PbxEffect = { to: 'clock', do: 'set-timer', timer: timerIdOf(user, 'wrap-up'), afterMs: restAfterMissMs };
  if (!isTooMany) return { changes: [rests], effects: [rest] };
  const person = { ...pbx.person(user), pause: { reason: 'missed', since: at } };
  return {
    changes: [rests, { set: 'person', user, person }],
    effects: [rest, { to: 'store', do: 'save-person', user, person }],
  };
}

/** The agent logged out or paused while being rung: no miss, the next in turn is rung. */
export function withdrawOffers(pbx: PbxView, user: UserId, at: EpochMs): Decision {
  for (const call of pbx.callsOfUser(user)) {
    if (!isQueued(call) || !isOfferedTo(call, user)) continue;
    const quiet = withdrawn(pbx, call, { users: [user], cause: 'ended-by-command', at });
    const next =
      quiet.call.state.wait.offered.length > 0 ? undefined : offerCall(pbx, quiet.call, { at, without: [user] });
    return both(quiet.effects, next ?? decided(quiet.call, []));
  }
  return ignore;
}
