/**
 * Queues (automatic call distribution): a caller joins, waits with music and announcements, and leaves for an agent, the
 * overflow, a callback or by hanging up.
 *
 *   enqueue ──our 200 is out──▶ queued ──an agent answers──▶ talking        (offer.ts)
 *      │                         │  └──waited too long, nobody logged in──▶ overflow, else the way goes on, else the end
 *      └──full, nobody there─────┘     (queue-callback.ts: the caller leaves, the call keeps its place)
 *
 * `since` and the cards of chosen clients make the place in line; it is looked up, never stored, so a client who becomes
 * known while waiting moves by itself.
 */
import type { Call, Leg } from '../state/call';
import type { Queue } from '../state/office';
import { newAgentWork } from '../state/person';
import type { Change, PbxView } from '../state/view';
import type { EndCause } from '../values/cause';
import type { EpochMs, LegId, QueueId, Sdp, UserId } from '../values/ids';
import { answeredNow, cancelOthers, talk } from './answer';
import { announceAndEnd, attend, type Attended } from './attend';
import { saveCall } from './call-record';
import { both, type Decision, decided, ignore, inState, isConnected, withLegs } from './decision';
import { endCall } from './hang-up';
import { offerCall, offerFirst, unoffered } from './offer';
import { leadNowhere, pathOf, withOnward } from './onward';
import { personOfFar } from './person-of';
import { sayingWhoTook } from './pickup';
import { announcement, greeting } from './queue-announce';
import { callBack } from './queue-callback';
import { counted, endOfAnswer, isOnLine, type Queued, queueTimer, queueTimerOff, withStayEnded } from './queue-wait';
import { ringTimerOff } from './ring-timer';
import { talkAgain } from './transfer';

export interface Enqueue {
  /** Who waits: a caller, answered or not, or the customer of a transfer. */
  readonly leg: LegId;
  readonly queue: QueueId;
  readonly at: EpochMs;
}

/** A caller who cannot wait here is passed on before the call is answered. */
export function enqueue(pbx: PbxView, call: Call, { leg: id, queue: queueId, at }: Enqueue): Decision {
  const leg = call.legs.get(id);
  const queue = pbx.directory.queues.get(queueId);
  if (leg === undefined) return ignore;
  if (queue === undefined) return leadNowhere(pbx, call, { leg, cause: 'unreachable', at });
  const why = whyNotNow(pbx, queue);
  if (why !== undefined) return overflow(pbx, call, { leg, queue, why, at });
  return attend(pbx, call, { leg: id, by: { kind: 'queue', queue: queueId }, at });
}

type Why = 'full' | 'nobody' | 'too-long';

const causeOfOverflow: Readonly<Record<Why, EndCause>> = {
  full: 'busy',
  nobody: 'unreachable',
  'too-long': 'no-answer',
};

function whyNotNow(pbx: PbxView, queue: Queue): Why | undefined {
  if (pbx.callsInQueue(queue.id).length >= queue.callsMax) return 'full';
  return isStaffed(pbx, queue) ? undefined : 'nobody';
}

/** Somebody is logged in, though they may talk or pause. */
const isStaffed = (pbx: PbxView, { id, members }: Queue): boolean =>
  members.some(({ userId }) => pbx.person(userId).agentOf.includes(id));

/** The caller is on the line with us: the wait begins. */
export function enterQueue(pbx: PbxView, call: Attended, at: EpochMs): Decision {
  const { leg: id, by } = call.state;
  const leg = call.legs.get(id);
  const queue = by.kind === 'queue' ? pbx.directory.queues.get(by.queue) : undefined;
  if (leg === undefined) return ignore;
  if (queue === undefined) return leadNowhere(pbx, call, { leg, cause: 'unreachable', at });
  const why = whyNotNow(pbx, queue);
  if (why !== undefined) return overflow(pbx, call, { leg, queue, why, at });
  const wait = { offered: [], tried: [], announcedAt: at, isPriority: isChosen(queue, call) };
  const queued: Queued = {
    ...call,
    state: { in: 'queued', leg: id, queue: queue.id, since: at, wait },
    queueStay: { queue: queue.id, since: at },
  };
  const first = [greeting(pbx, queued, queue), queueTimer(queued, queue, at), ...saveCall(queued, at)];
  return both(first, offerCall(pbx, queued, { at }) ?? decided(queued, []));
}

/** Chosen clients come first; by the card the call is on. */
function isChosen({ priorityCardIds }: Queue, { client }: Call): boolean {
  if (client.in !== 'known') return false;
  const { id, companyId } = client.card;
  return priorityCardIds.includes(id) || (companyId !== undefined && priorityCardIds.includes(companyId));
}

/** The CRM has told whose call it is. */
export function withPriority(pbx: PbxView, call: Call): Call {
  if (call.state.in !== 'queued') return call;
  const queue = pbx.directory.queues.get(call.state.queue);
  const isPriority = queue !== undefined && isChosen(queue, call);
  return { ...call, state: { ...call.state, wait: { ...call.state.wait, isPriority } } };
}

/** Every few seconds of a wait: too long, nobody there any more, an announcement, a second look for agents. */
export function queueTick(pbx: PbxView, call: Queued, at: EpochMs): Decision {
  const queue = pbx.directory.queues.get(call.state.queue);
  const leg = call.legs.get(call.state.leg);
  const why = queue === undefined ? 'nobody' : whyNoLonger(pbx, call, { queue, at });
  if (leg !== undefined && why !== undefined && isOnLine(call)) return leaveLine(pbx, call, { leg, queue, why, at });
  if (queue === undefined || why !== undefined)
    return endCall(pbx, { call, at, cause: causeOfOverflow[why ?? 'nobody'] });
  const isDue = isAnnouncementDue(call, queue, at);
  const said = isDue ? announcement(pbx, call, queue) : undefined;
  const announced = isDue ? withAnnounced(call, at) : call;
  const effects = [...(said === undefined ? [] : [said]), queueTimer(announced, queue, at)];
  // Whoever is first in line is offered, which need not be this call; it is the same view for both.
  const offer = offerFirst(pbx, queue.id, { at, newer: announced });
  if (offer === undefined) return decided(announced, effects);
  const isOffered = offer.changes.some((change) => change.set === 'call' && change.call.id === call.id);
  const changes: Change[] = isOffered ? [] : [{ set: 'call', call: announced }];
  return { changes: [...changes, ...offer.changes], effects: [...effects, ...offer.effects] };
}

interface Looked {
  readonly queue: Queue;
  readonly at: EpochMs;
}

/** Each offer adds legs to the call and its record: so many are enough of trying. */
const legsMax = 200;

/** Who is to be called back has all the time in the world. */
function whyNoLonger(pbx: PbxView, call: Queued, { queue, at }: Looked): Why | undefined {
  if (call.legs.size >= legsMax) return 'too-long';
  if (call.state.wait.callback !== undefined) return undefined;
  if (at - call.state.since >= queue.waitMaxS * 1000) return 'too-long';
  return isStaffed(pbx, queue) ? undefined : 'nobody';
}

function isAnnouncementDue(call: Queued, { announce }: Queue, at: EpochMs): boolean {
  const { callback, announcedAt } = call.state.wait;
  return callback === undefined && announce.everyS > 0 && at - announcedAt >= announce.everyS * 1000;
}

const withAnnounced = (call: Queued, at: EpochMs): Queued => ({
  ...call,
  state: { ...call.state, wait: { ...call.state.wait, announcedAt: at } },
});

interface Leaving {
  readonly leg: Leg;
  /** Undefined: it was removed while they waited. */
  readonly queue: Queue | undefined;
  readonly why: Why;
  readonly at: EpochMs;
}

/** Agents who ring for it are let go: an answer that is on its way now is too late. */
function leaveLine(pbx: PbxView, call: Queued, leaving: Leaving): Decision {
  const quiet = unoffered(call, 'no-answer', leaving.at);
  return both([...quiet.effects, queueTimerOff(call)], overflow(pbx, quiet.call, leaving));
}

/** Two queues that overflow into each other end after so many rounds. */
const roundsMax = 3;

/** To the queue's own overflow, else on along the route, else the end with a word. */
function overflow(pbx: PbxView, call: Call, { leg, queue, why, at }: Leaving): Decision {
  const cause = causeOfOverflow[why];
  const left = atDoor(leavesStay(call, queue, at), leg);
  if (queue === undefined) return leadNowhere(pbx, left, { leg, cause, at });
  const path = pathOf(left);
  const step = `queue ${queue.id}`;
  const rounds = path.steps.filter((one) => one === step).length;
  const walked: Call = { ...left, path: { ...path, steps: [...path.steps, step] } };
  const passed =
    queue.overflow === undefined || rounds >= roundsMax
      ? walked
      : withOnward(walked, { kind: 'route', route: queue.overflow });
  const isEnd = passed.path?.onward[0] === undefined && isConnected(leg);
  const then = isEnd
    ? announceAndEnd(pbx, passed, { leg: leg.id, prompts: [{ say: 'queue-full' }], cause, at })
    : leadNowhere(pbx, passed, { leg, cause, at });
  return { changes: [counted(pbx, queue.id, 'overflowed'), ...then.changes], effects: then.effects };
}

/** One who never came in has been here for no time. */
function leavesStay(call: Call, queue: Queue | undefined, at: EpochMs): Call {
  if (call.state.in === 'queued' || queue === undefined) return withStayEnded(call, 'overflowed', at);
  return { ...call, queueStay: { queue: queue.id, since: at, until: at, end: 'overflowed' } };
}

/** As it was before the queue: it is led on like any waiting call. */
const atDoor = (call: Call, leg: Leg): Call => ({
  ...call,
  state: call.answeredAt === undefined ? { in: 'ringing' } : { in: 'transferring', customer: leg.id, to: 'target' },
});

export interface AgentAnswered {
  readonly leg: Leg;
  readonly at: EpochMs;
  readonly answer: Sdp;
}

/** 200 of an agent, or of a colleague who was to pick it up: they talk at once, for the caller is on the line. */
export function agentAnswered(pbx: PbxView, call: Queued, { leg, at, answer }: AgentAnswered): Decision {
  const { losers, effects } = cancelOthers(call, leg.id, at);
  const alone: Queued = { ...withLegs(call, ...losers), state: call.state };
  const taken = isOnLine(alone) ? takenFromLine(pbx, alone, { leg, at }) : callBack(pbx, alone, { leg, at });
  return both(
    [{ to: 'media', do: 'set-answer', leg: leg.id, answer }, ...effects, ringTimerOff(call), queueTimerOff(call)],
    taken,
  );
}

/** A colleague has intercepted it, and their 200 is out: the agents' phones show who took it. */
export function pickedFromQueue(pbx: PbxView, call: Queued, { leg, at }: Taken): Decision {
  const { losers, effects } = cancelOthers(call, leg.id, at);
  const told = effects.map((effect) => sayingWhoTook(pbx, effect, leg));
  const alone: Queued = { ...withLegs(call, ...losers), state: call.state };
  const user = personOfFar(pbx, leg.far);
  const picked: Queued =
    user === undefined ? alone : { ...alone, ringsUsers: [...new Set([...alone.ringsUsers, user])] };
  return both([...told, ringTimerOff(call), queueTimerOff(call)], takenFromLine(pbx, picked, { leg, at }));
}

interface Taken {
  readonly leg: Leg;
  readonly at: EpochMs;
}

function takenFromLine(pbx: PbxView, call: Queued, { leg, at }: Taken): Decision {
  const caller = call.legs.get(call.state.leg);
  if (caller === undefined) return ignore;
  const user = personOfFar(pbx, leg.far);
  const end = endOfAnswer(call.state, pbx.directory.queues.get(call.state.queue), at);
  const won: Call = {
    ...withStayEnded(call, end, at),
    ...(call.answeredAt === undefined ? answeredNow(call, leg, at) : {}),
    ...(user === undefined ? {} : { answeredBy: user }),
  };
  const connected = withLegs(won, { ...inState(leg, { in: 'answered', since: at }), answeredAt: at });
  const talking =
    call.answeredAt === undefined
      ? both([{ to: 'media', do: 'stop-playing', leg: caller.id }], talk(pbx, connected, { caller, at }))
      : talkAgain(pbx, connected, { a: caller.id, b: leg.id, at });
  const work = workOfAnswer(pbx, { queue: call.state.queue, user, at });
  return { changes: [...talking.changes, counted(pbx, call.state.queue, end), ...work], effects: talking.effects };
}

/** Whoever answers works for the queue until their calls are over. */
export function workOfAnswer(
  pbx: PbxView,
  { queue, user, at }: { readonly queue: QueueId; readonly user: UserId | undefined; readonly at: EpochMs },
): readonly Change[] {
  if (user === undefined || !pbx.person(user).agentOf.includes(queue)) return [];
  const { wrapUpUntil: _rest, ...work } = pbx.agentWork(user) ?? newAgentWork;
  const taken = { ...work, callsTaken: work.callsTaken + 1, misses: 0, talksFor: { queue, since: at } };
  return [{ set: 'agent-work', user, work: taken }];
}
