/**
 * Agents: log in and out, pause and resume, by code, button or program; who is free to be rung; and the work after a call.
 *
 *   out ──log in──▶ free ◀──▶ ringing ──answer──▶ talking ──all calls over──▶ wrap-up ──time over, resume──▶ free
 *                    ▲ ▼ pause, too many misses
 *                   paused
 *
 * Whoever is freed is not told by the features that end calls (there are many): the switchboard tells it from the changes
 * it applies, as an event of its own (`agent-freed`), and only of people who are logged in. So a call of nobody's queue
 * costs nothing here, and the decision that offers the next caller sees a view in which the agent is free.
 */
import type { PbxEffect } from '../effect';
import type { AgentEvent } from '../event';
import type { CommandEvent } from '../command';
import type { Leg } from '../state/call';
import type { Queue } from '../state/office';
import { officeNumbers } from '../state/directory-index';
import { type AgentWork, newAgentWork, type Person } from '../state/person';
import type { Change, PbxView } from '../state/view';
import { type EpochMs, type QueueId, timerIdOf, type UserId } from '../values/ids';
import { both, type Decision, ignore, isBeingCalled, isConnected } from './decision';
import { mobilesOf } from './mobile';
import { offerFirst, withdrawOffers } from './offer';
import { personOfFar } from './person-of';
import { byPlace, inLine, type Queued } from './queue-wait';

export type Standing =
  | 'out'
  | 'paused'
  | 'do-not-disturb'
  | 'unreachable' // no phone is registered
  | 'wrap-up'
  | 'ringing'
  | 'talking'
  | 'free';

export interface Asked {
  readonly user: UserId;
  readonly at: EpochMs;
}

/** Wherever they take calls. */
export function standingOf(pbx: PbxView, { user, at }: Asked): Standing {
  const person = pbx.person(user);
  if (person.agentOf.length === 0) return 'out';
  if (pbx.callsOfUser(user).length > 0) return talks(pbx, user) ? 'talking' : 'ringing';
  if (person.pause !== undefined) return 'paused';
  if (person.doNotDisturb) return 'do-not-disturb';
  if ((pbx.agentWork(user)?.wrapUpUntil ?? 0) > at) return 'wrap-up';
  return hasPhone(pbx, user) ? 'free' : 'unreachable';
}

const talks = (pbx: PbxView, user: UserId): boolean => legsOfPerson(pbx, user).some(isConnected);
const isRung = (pbx: PbxView, user: UserId): boolean => legsOfPerson(pbx, user).some(isBeingCalled);

/** Of all their calls, ended legs too. */
export const legsOfPerson = (pbx: PbxView, user: UserId): readonly Leg[] =>
  pbx.callsOfUser(user).flatMap(({ legs }) => [...legs.values()].filter(({ far }) => personOfFar(pbx, far) === user));

/** Registered, behind the office PBX, or a mobile that rings along. */
function hasPhone(pbx: PbxView, user: UserId): boolean {
  if (pbx.bindingsOfUser(user).length > 0 || mobilesOf(pbx, user).length > 0) return true;
  return officeNumbers(pbx.directory, pbx.directory.users.get(user)?.extension).length > 0;
}

/** May be rung for this queue now. */
export function isFreeFor(pbx: PbxView, queue: Queue, asked: Asked): boolean {
  const person = pbx.person(asked.user);
  if (!person.agentOf.includes(queue.id)) return false;
  // As most of them stand in a busy hour, seen at once.
  if (!queue.ringsBusy && pbx.callsOfUser(asked.user).length > 0) return false;
  const standing = standingOf(pbx, asked);
  if (standing === 'free') return true;
  if (standing !== 'talking' || !queue.ringsBusy || isRung(pbx, asked.user)) return false;
  return person.pause === undefined && !person.doNotDisturb;
}

/** No call is left to this agent, or they stand otherwise than before. */
export function agentFreed(pbx: PbxView, { user, at }: AgentEvent): Decision {
  const work = pbx.agentWork(user);
  if (work?.talksFor !== undefined && pbx.callsOfUser(user).length === 0) return wrapUp(pbx, user, { work, at });
  return offerToAgent(pbx, { user, at });
}

interface AfterWork {
  readonly work: AgentWork;
  readonly at: EpochMs;
}

/** What a call takes, talk and wrap-up, is averaged over about eight of them. */
const weight = 8;

function wrapUp(pbx: PbxView, user: UserId, { work, at }: AfterWork): Decision {
  const { talksFor, wrapUpUntil: _past, ...rest } = work;
  const queue = talksFor === undefined ? undefined : pbx.directory.queues.get(talksFor.queue);
  const wrapUpMs = (queue?.wrapUpS ?? 0) * 1000;
  const after: AgentWork = {
    ...rest,
    idleSince: (at + wrapUpMs) as EpochMs,
    ...(wrapUpMs === 0 ? {} : { wrapUpUntil: (at + wrapUpMs) as EpochMs }),
  };
  const changes: Change[] = [{ set: 'agent-work', user, work: after }];
  if (talksFor !== undefined && queue !== undefined)
    changes.push(handled(pbx, queue.id, Math.max(0, at - talksFor.since) + wrapUpMs));
  return { changes, effects: [{ to: 'clock', do: 'set-timer', timer: wrapUpTimer(user), afterMs: wrapUpMs }] };
}

function handled(pbx: PbxView, queue: QueueId, ms: number): Change {
  const work = pbx.queueWork(queue);
  const before = work.handlingMs ?? ms;
  return { set: 'queue-work', queue, work: { ...work, handlingMs: before + (ms - before) / weight } };
}

const wrapUpTimer = (user: UserId) => timerIdOf(user, 'wrap-up');

/** Wrap-up is over, or the rest after an offer that was missed. */
export const wrapUpOver = (pbx: PbxView, asked: Asked): Decision => offerToAgent(pbx, asked);

/** Of all queues this agent is in, the caller who comes first is offered to whoever's turn it is there. */
function offerToAgent(pbx: PbxView, asked: Asked): Decision {
  for (const queue of queuesInTurn(pbx, asked)) {
    const decision = offerFirst(pbx, queue.id, { at: asked.at });
    if (decision !== undefined) return decision;
  }
  return ignore; // nobody waits, or the agent is not free
}

function queuesInTurn(pbx: PbxView, asked: Asked): readonly Queue[] {
  const heads: { readonly queue: Queue; readonly first: Queued }[] = [];
  for (const id of pbx.person(asked.user).agentOf) {
    const queue = pbx.directory.queues.get(id);
    if (queue === undefined || !isFreeFor(pbx, queue, asked)) continue;
    const first = inLine(pbx, id)[0];
    if (first !== undefined) heads.push({ queue, first });
  }
  return heads.sort((a, b) => byPlace(a.first, b.first)).map(({ queue }) => queue);
}

export type AgentAsked = Extract<CommandEvent, { readonly type: 'agent-asked' }>;
export type AgentPrompt = 'agent-in' | 'agent-out' | 'agent-paused' | 'agent-resumed' | 'not-an-agent';

/** Why it cannot be, in a word for the interface; undefined: it can. */
export function whyNotAgent(
  pbx: PbxView,
  { user, queue }: Pick<AgentAsked, 'user' | 'queue'>,
): 'not-an-agent' | undefined {
  return queuesOf(pbx, user, queue).length === 0 ? 'not-an-agent' : undefined;
}

function queuesOf(pbx: PbxView, user: UserId, only: QueueId | undefined): readonly QueueId[] {
  const queues = only === undefined ? [...pbx.directory.queues.values()] : [pbx.directory.queues.get(only)];
  return queues.flatMap((queue) => (queue?.members.some(({ userId }) => userId === user) ? [queue.id] : []));
}

export function agentAsked(pbx: PbxView, event: AgentAsked): Decision {
  // The interface has answered 409 from the same view.
  if (whyNotAgent(pbx, event) !== undefined) return ignore;
  const { user, at } = event;
  const before = pbx.person(user);
  const person = askedOf(pbx, before, event);
  const changes: Change[] = [{ set: 'person', user, person }];
  const effects: PbxEffect[] = [{ to: 'store', do: 'save-person', user, person }];
  const work = workFrom(pbx, event, { before, after: person });
  if (work !== undefined) {
    changes.push({ set: 'agent-work', user, work });
    effects.push({ to: 'clock', do: 'clear-timer', timer: wrapUpTimer(user) });
  }
  const isLeaving = event.what === 'log-out' || event.what === 'pause';
  const then = isLeaving ? withdrawOffers(pbx, user, at) : ignore;
  return both(effects, { changes: [...changes, ...then.changes], effects: then.effects });
}

function askedOf(pbx: PbxView, before: Person, { user, queue, what, reason, at }: AgentAsked): Person {
  const { pause: _pause, ...unpaused } = before;
  const queues = queuesOf(pbx, user, queue);
  switch (what) {
    case 'log-in':
      return { ...unpaused, agentOf: [...new Set([...before.agentOf, ...queues])] };
    case 'log-out': {
      const left = before.agentOf.filter((id) => !queues.includes(id));
      return left.length === 0 ? { ...unpaused, agentOf: left } : { ...before, agentOf: left };
    }
    case 'pause':
      return { ...before, pause: { reason: reason ?? '', since: at } };
    default:
      return unpaused;
  }
}

interface Turned {
  readonly before: Person;
  readonly after: Person;
}

/** Who logs in is idle from now on; who resumes has done with the last call. Undefined: nothing is different. */
function workFrom(pbx: PbxView, { user, what, at }: AgentAsked, { before, after }: Turned): AgentWork | undefined {
  const work = pbx.agentWork(user) ?? newAgentWork;
  const { wrapUpUntil, ...rested } = work;
  if (what === 'log-in' && before.agentOf.length === 0) return { ...rested, idleSince: at, misses: 0 };
  if (what === 'resume' && wrapUpUntil !== undefined) return { ...rested, idleSince: at, misses: 0 };
  if (what !== 'log-out' || after.agentOf.length > 0) return undefined;
  // The end of a call they still talk in is no queue's any more.
  const { talksFor: _gone, ...gone } = rested;
  return gone;
}

export interface ByCode {
  readonly user: UserId;
  /** The pause code of who is paused resumes. */
  readonly what: 'log-in' | 'log-out' | 'pause';
  readonly at: EpochMs;
}

/** `*51`, `*52`, `*53`: in all queues of which the person is a member. `prompt`: what the phone hears. */
export function agentByCode(pbx: PbxView, { user, what, at }: ByCode): Decision & { readonly prompt: AgentPrompt } {
  if (whyNotAgent(pbx, { user }) !== undefined) return { ...ignore, prompt: 'not-an-agent' };
  const isPaused = pbx.person(user).pause !== undefined;
  const asked = what === 'pause' && isPaused ? 'resume' : what;
  return { ...agentAsked(pbx, { from: 'api', type: 'agent-asked', user, what: asked, at }), prompt: said[asked] };
}

const said: Readonly<Record<AgentAsked['what'], AgentPrompt>> = {
  'log-in': 'agent-in',
  'log-out': 'agent-out',
  pause: 'agent-paused',
  resume: 'agent-resumed',
};
