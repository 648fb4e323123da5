/**
 * A call that waits in a queue: its place among the others, its timers, and how its stay is counted. Ringing agents for it
 * is offer.ts, joining and leaving is acd.ts.
 *
 * `<call>/queue` fires every few seconds while a call waits: for the longest wait, the announcements, and as a second look
 * for agents whose phone has come back. `<call>/ring` is the time of the present offer.
 */
import type { PbxEffect } from '../effect';
import type { QueueEnd } from '../state/attendant';
import type { Call } from '../state/call';
import type { Queue } from '../state/office';
import type { Change, PbxView } from '../state/view';
import type { EndCause } from '../values/cause';
import { type EpochMs, type QueueId, timerIdOf } from '../values/ids';
import { isConnected } from './decision';

export type Queued = Call & { readonly state: Extract<Call['state'], { readonly in: 'queued' }> };
export const isQueued = (call: Call): call is Queued => call.state.in === 'queued';

/** A second look for free agents at the latest after so long. */
const lookAgainMs = 5000;
const soonestMs = 100;

/** The caller is on the line; who is to be called back is not. */
export function isOnLine(call: Queued): boolean {
  const leg = call.legs.get(call.state.leg);
  return leg !== undefined && isConnected(leg);
}

/** Everybody who waits, whoever comes first first: chosen clients, then by time. */
export function inLine(pbx: PbxView, queue: QueueId): readonly Queued[] {
  return [...pbx.callsInQueue(queue)].filter(isQueued).sort(byPlace);
}

export const byPlace = ({ state: a }: Queued, { state: b }: Queued): number =>
  a.wait.isPriority === b.wait.isPriority ? a.since - b.since : a.wait.isPriority ? -1 : 1;

export function queueTimer(call: Queued, queue: Queue, at: EpochMs): PbxEffect {
  const afterMs = call.state.wait.callback === undefined ? dueInMs(call, queue, at) : lookAgainMs;
  return {
    to: 'clock',
    do: 'set-timer',
    timer: timerIdOf(call.id, 'queue'),
    afterMs: Math.max(soonestMs, afterMs),
  };
}

/** Until the longest wait, the next announcement or the next look, whichever comes first. */
function dueInMs({ state: { since, wait } }: Queued, { waitMaxS, announce: { everyS } }: Queue, at: EpochMs): number {
  const announceMs = everyS === 0 ? lookAgainMs : wait.announcedAt + everyS * 1000 - at;
  return Math.min(lookAgainMs, since + waitMaxS * 1000 - at, announceMs);
}

export const queueTimerOff = ({ id }: Call): PbxEffect => ({
  to: 'clock',
  do: 'clear-timer',
  timer: timerIdOf(id, 'queue'),
});

/** The wait is over: what the record says of it. */
export function withStayEnded(call: Call, end: QueueEnd, at: EpochMs): Call {
  const stay = call.queueStay;
  return stay === undefined || stay.until !== undefined ? call : { ...call, queueStay: { ...stay, until: at, end } };
}

export function endOfAnswer({ since }: { readonly since: EpochMs }, queue: Queue | undefined, at: EpochMs): QueueEnd {
  return queue !== undefined && at - since > queue.serviceLevelS * 1000 ? 'answered-late' : 'answered-in-time';
}

/** One more of its kind since the start. */
export function counted(pbx: PbxView, queue: QueueId, end: QueueEnd): Change {
  const work = pbx.queueWork(queue);
  const more = {
    'answered-in-time': { answered: work.answered + 1, inTime: work.inTime + 1 },
    'answered-late': { answered: work.answered + 1 },
    overflowed: { overflowed: work.overflowed + 1 },
    abandoned: { abandoned: work.abandoned + 1 },
  } as const;
  return { set: 'queue-work', queue, work: { ...work, ...more[end] } };
}

/** Not the caller's doing: such an end says nothing about the queue. */
const ours: ReadonlySet<EndCause> = new Set<EndCause>(['service-stopped', 'ended-by-command', 'internal-error']);

export interface WaitEnded {
  readonly call: Call;
  readonly changes: readonly Change[];
  readonly effects: readonly PbxEffect[];
}

/** The call ends (hang-up.ts): one that waited, or kept its place, was abandoned. */
export function waitEnded(
  pbx: PbxView,
  call: Call,
  { cause, at }: { readonly cause: EndCause; readonly at: EpochMs },
): WaitEnded {
  if (call.state.in !== 'queued' && call.state.in !== 'calling-back') return { call, changes: [], effects: [] };
  const { queue } = call.state;
  const effects = [queueTimerOff(call)];
  if (ours.has(cause)) return { call, changes: [], effects };
  return { call: withStayEnded(call, 'abandoned', at), changes: [counted(pbx, queue, 'abandoned')], effects };
}
