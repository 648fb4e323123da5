/**
 * Callback that keeps the place: a caller who waits presses a key, hangs up, and the call waits on without them, under the
 * same identity, so that record, card and recording stay one. When it is its turn an agent is rung first, then the caller.
 *
 *   queued ──key──▶ queued (callback) ──says so, hangs up──▶ queued (callback, no leg)
 *                     └──an agent is faster: they talk            │ an agent answers
 *                                                                 ▼
 *   talking ◀──the caller answers── calling-back ──no answer, agent leaves──▶ queued (callback), at most three times
 *
 * It goes out by the same rules as if the agent had dialled it (dial-plan.ts): what may not be called is not called back.
 */
import type { MediaEvent } from '../event';
import type { PbxEffect } from '../effect';
import type { Callback } from '../state/attendant';
import type { Call, Leg } from '../state/call';
import type { Queue } from '../state/office';
import type { PbxView } from '../state/view';
import type { EndCause } from '../values/cause';
import type { EpochMs, UserId } from '../values/ids';
import { type AgentAnswered, workOfAnswer } from './acd';
import { answeredNow, cancelOthers, talk } from './answer';
import { saveCall } from './call-record';
import { both, type Decision, decided, ignore, inState, isConnected, isEnded, withLegs } from './decision';
import { type Destination, destinationOf } from './dial-plan';
import { endCall, endedLeg } from './hang-up';
import { inCallTag } from './heard-in-call';
import { forwarderFor, personOfFar } from './person-of';
import { sayInLine } from './queue-announce';
import { counted, endOfAnswer, isQueued, type Queued, queueTimer, withStayEnded } from './queue-wait';
import { branchesOf, openBranch } from './ring';
import { ringTimer, ringTimerOff } from './ring-timer';
import { addBranches, ringback, withoutBranches } from './transfer';

export type CallingBack = Call & { readonly state: Extract<Call['state'], { readonly in: 'calling-back' }> };
export const isCallingBack = (call: Call): call is CallingBack => call.state.in === 'calling-back';

const triesMax = 3;
/** The caller was busy or away: not at once again. */
const retryAfterMs = 120_000;
/** No agent could be kept on the line, which says nothing about the caller. */
const soonAgainMs = 5000;
const takenTag = 'queue-callback-taken';

/** A key of a caller who waits. */
export function queueDigit(
  pbx: PbxView,
  call: Queued,
  { leg, digit, at }: { readonly leg: Leg; readonly digit: string; readonly at: EpochMs },
): Decision {
  const queue = pbx.directory.queues.get(call.state.queue);
  const isWanted = queue?.callbackDigit === digit && leg.id === call.state.leg && leg.id === call.callerLeg;
  // It was asked for before.
  if (queue === undefined || !isWanted || call.state.wait.callback !== undefined) return ignore;
  const number = numberToCall(pbx, call, { queue, at });
  if (number === undefined) return ignore;
  const prompts = [{ say: 'queue-callback-taken' }];
  // One place a number: they will be called back once, and may wait on with this call.
  if (hasPlace(pbx, call, number)) return decided(call, [sayInLine(pbx, call, { queue, prompts, tag: inCallTag })]);
  const language = call.language ?? pbx.directory.language;
  const callback: Callback = { number, tries: 0, notBefore: at };
  return decided({ ...call, state: { ...call.state, wait: { ...call.state.wait, callback } } }, [
    { to: 'media', do: 'play-prompts', leg: leg.id, prompts, language, untilDigit: false, tag: takenTag },
  ]);
}

const hasPlace = (pbx: PbxView, { id, state }: Queued, number: string): boolean =>
  pbx
    .callsInQueue(state.queue)
    .some((other) => other.id !== id && isQueued(other) && other.state.wait.callback?.number === number);

/** Undefined: withheld, or nobody in the queue may call it; the caller waits on. */
function numberToCall(
  pbx: PbxView,
  call: Queued,
  { queue, at }: { readonly queue: Queue; readonly at: EpochMs },
): string | undefined {
  const { caller, callerUser } = call;
  const number = caller.number ?? (callerUser === undefined ? '' : caller.typed);
  const agent = queue.members.find(({ userId }) => pbx.person(userId).agentOf.includes(queue.id));
  if (caller.withheld || number === '' || agent === undefined) return undefined;
  const { kind } = destinationFor(pbx, call, { user: agent.userId, number, at });
  // A number of ours that comes from outside is forged.
  return kind === 'outside' || (kind === 'people' && callerUser !== undefined) ? number : undefined;
}

/** They have heard that they will be called back: their leg ends, the call waits on. */
export function queuePromptsEnded(
  call: Queued,
  { leg: id, tag, at }: Extract<MediaEvent, { readonly type: 'prompts-ended' }>,
): Decision {
  const leg = call.legs.get(id);
  if (tag !== takenTag || call.state.wait.callback === undefined || leg === undefined || isEnded(leg)) return ignore;
  return both([{ to: 'sip', do: 'bye', leg: leg.id, cause: 'keeps-place' }], keepPlace(call, { leg, at }));
}

interface Left {
  readonly leg: Leg;
  readonly at: EpochMs;
}

function keepPlace(call: Queued, { leg, at }: Left): Decision {
  const alone = withLegs(call, endedLeg(leg, 'keeps-place', at));
  return decided(alone, [{ to: 'media', do: 'close-leg', leg: leg.id }, ...saveCall(alone, at)]);
}

/** BYE while waiting or while the caller is rung; undefined: the call simply ends. */
export function queuePartyLeft(pbx: PbxView, call: Call, { leg, at }: Left): Decision | undefined {
  if (isQueued(call) && call.state.wait.callback !== undefined && leg.id === call.state.leg)
    return keepPlace(call, { leg, at });
  if (!isCallingBack(call) || leg.id !== call.state.agent) return undefined;
  const alone: CallingBack = { ...withLegs(call, endedLeg(leg, 'callee-hung-up', at)), state: call.state };
  const again = backInLine(pbx, alone, { at, callback: { ...call.state.callback, notBefore: later(at, soonAgainMs) } });
  return both([{ to: 'media', do: 'close-leg', leg: leg.id }], again);
}

const later = (at: EpochMs, ms: number): EpochMs => (at + ms) as EpochMs;

/** An agent has answered and hears ringback; the caller is rung. */
export function callBack(pbx: PbxView, call: Queued, { leg, at }: Left): Decision {
  const { queue, since, wait } = call.state;
  const { callback } = wait;
  if (callback === undefined) return endCall(pbx, { call, at, cause: 'internal-error' });
  const agent = { ...inState(leg, { in: 'answered', since: at }), answeredAt: at } as const;
  const destination = destinationFor(pbx, call, { user: personOfFar(pbx, leg.far), number: callback.number, at });
  const calling: CallingBack = {
    ...withLegs(call, agent),
    state: { in: 'calling-back', agent: leg.id, queue, callback, since },
    shows: shownBy(call, destination),
  };
  const branches = branchesOf(pbx, calling, destination);
  if (typeof branches === 'string') return inVain(pbx, calling, { cause: branches, at });
  return decided(addBranches(calling, branches), [
    ringback(pbx, leg.id),
    ...branches.map((branch) => openBranch(pbx, branch, leg.id)),
    ringTimer(pbx, call),
  ]);
}

interface Dialled {
  readonly user: UserId | undefined;
  readonly number: string;
  readonly at: EpochMs;
}

/** As the agent would dial it, showing the number that was called. */
function destinationFor(pbx: PbxView, { ourNumber }: Call, { user, number, at }: Dialled): Destination {
  const dialler = user === undefined ? undefined : forwarderFor(pbx, user, at);
  if (dialler === undefined) return { kind: 'no-trunk' };
  return destinationOf(pbx, { ...dialler, ...(ourNumber === undefined ? {} : { number: ourNumber }) }, number);
}

/** The number that was called; a colleague sees what they dialled. */
function shownBy({ callee }: Call, destination: Destination): Call['shows'] {
  if (destination.kind === 'people') return { number: callee.number ?? callee.typed, withheld: false };
  const match = destination.kind === 'outside' ? destination.shown?.match : undefined;
  return match?.kind === 'exact' ? { number: match.number, withheld: false } : { number: '', withheld: true };
}

/** What agents see of the caller, as it was when the call came. */
function shownAgain({ caller }: Call): Call['shows'] {
  const { displayName, withheld } = caller;
  const number = caller.number ?? caller.typed;
  return { number, withheld, ...(displayName === undefined ? {} : { displayName }) };
}

/** The caller does not answer, is busy, or cannot be called. */
export function calledBackInVain(
  pbx: PbxView,
  call: CallingBack,
  failed: { readonly cause: EndCause; readonly at: EpochMs },
): Decision {
  const quiet = withoutBranches(call, failed.cause, failed.at);
  return both(quiet.effects, inVain(pbx, { ...quiet.call, state: call.state }, failed));
}

function inVain(
  pbx: PbxView,
  call: CallingBack,
  { cause, at }: { readonly cause: EndCause; readonly at: EpochMs },
): Decision {
  const callback = { ...call.state.callback, tries: call.state.callback.tries + 1, notBefore: later(at, retryAfterMs) };
  if (callback.tries >= triesMax) return endCall(pbx, { call, at, cause });
  const agent = call.legs.get(call.state.agent);
  if (agent === undefined || !isConnected(agent)) return backInLine(pbx, call, { at, callback });
  const alone: CallingBack = { ...withLegs(call, endedLeg(agent, cause, at)), state: call.state };
  const farewell: PbxEffect[] = [
    { to: 'sip', do: 'bye', leg: agent.id, cause },
    { to: 'media', do: 'close-leg', leg: agent.id },
  ];
  return both(farewell, backInLine(pbx, alone, { at, callback }));
}

/** In its old place. */
function backInLine(
  pbx: PbxView,
  call: CallingBack,
  { at, callback }: { readonly at: EpochMs; readonly callback: Callback },
): Decision {
  const { queue: id, since } = call.state;
  const queue = pbx.directory.queues.get(id);
  if (queue === undefined || call.callerLeg === undefined) return endCall(pbx, { call, at, cause: 'unreachable' });
  const quiet = withoutBranches(call, 'no-answer', at);
  const wait = { offered: [], tried: [], announcedAt: at, isPriority: false, callback };
  const queued: Queued = {
    ...quiet.call,
    state: { in: 'queued', leg: call.callerLeg, queue: id, since, wait },
    shows: shownAgain(call),
  };
  return decided(queued, [
    ...quiet.effects,
    ringTimerOff(call),
    queueTimer(queued, queue, at),
    ...saveCall(queued, at),
  ]);
}

/** The caller has answered: both talk, and the recording begins. */
export function callerCalledBack(pbx: PbxView, call: CallingBack, { leg, at, answer }: AgentAnswered): Decision {
  const { agent: agentId, queue } = call.state;
  const agent = call.legs.get(agentId);
  if (agent === undefined) return ignore;
  const { losers, effects } = cancelOthers(call, leg.id, at);
  const end = endOfAnswer(call.state, pbx.directory.queues.get(queue), at);
  const user = personOfFar(pbx, agent.far);
  const reached: Call = {
    ...withStayEnded(withLegs(call, ...losers, leg), end, at),
    ...answeredNow(call, agent, at),
    ...(user === undefined ? {} : { answeredBy: user }),
    callerLeg: leg.id,
    shows: shownAgain(call),
  };
  const talking = talk(pbx, reached, { caller: leg, at });
  return {
    changes: [...talking.changes, counted(pbx, queue, end), ...workOfAnswer(pbx, { queue, user, at })],
    effects: [
      { to: 'media', do: 'set-answer', leg: leg.id, answer },
      { to: 'media', do: 'stop-playing', leg: agent.id },
      ...effects,
      ringTimerOff(call),
      ...talking.effects,
    ],
  };
}
