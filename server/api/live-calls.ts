/** Live calls as REST shows them: a projection of the router's state, and who may see which. */
import { canAnswerWhenTold } from '../../call-router/features/answer-by-command';
import { type Conferring, isConferring } from '../../call-router/features/conference-mix';
import { isConnected } from '../../call-router/features/decision';
import { isSupervisedTalk } from '../../call-router/features/supervise';
import type { Call, FarEnd, Leg } from '../../call-router/state/call';
import type { EpochMs, UserId } from '../../call-router/values/ids';
import { seenAs, type Viewer } from '../../prisma/who';
import type { LiveCall, LiveLeg } from './messages';

/** An operator sees the calls they, or people of a group they head, made, answered or were rung by; the others see all. */
export function maySee(viewer: Viewer, call: Call): boolean {
  if (viewer.role !== 'operator') return true;
  const on: ReadonlySet<string> = usersOn(call);
  return seenAs(viewer).some((user) => on.has(user));
}

/** Everybody of ours whom it touched: who made, answered or was rung by it. */
export function usersOn({ callerUser, answeredBy, ringsUsers, legs }: Call): ReadonlySet<UserId> {
  const users = new Set(ringsUsers);
  for (const user of [callerUser, answeredBy, ...[...legs.values()].map(({ far }) => far.user)])
    if (user !== undefined) users.add(user);
  return users;
}

/** That somebody listens in is for managers, administrators and whoever does it. */
export const isToldOfSupervisors = (viewer: Viewer, call: Call): boolean =>
  viewer.role !== 'operator' || legsOf(call).some((leg) => leg.isSupervisor && leg.far.user === viewer.userId);

/** As this viewer may see it; the same to all to whom `isToldOfSupervisors` says the same. */
export function liveCallOf(viewer: Viewer, call: Call): LiveCall {
  const { caller, callee, client, ourNumber, trunk, answeredBy } = call;
  const isTold = isToldOfSupervisors(viewer, call);
  const hidesConference = !isTold && isSupervisedTalk(call);
  return {
    id: call.id,
    direction: call.direction,
    state: hidesConference ? 'talking' : call.state.in,
    startedAt: isoOf(call.startedAt),
    ...(call.answeredAt === undefined ? {} : { answeredAt: isoOf(call.answeredAt) }),
    caller: {
      typed: caller.typed,
      ...(caller.number === undefined ? {} : { number: caller.number }),
      ...(caller.displayName === undefined ? {} : { name: caller.displayName }),
      ...(call.callerUser === undefined ? {} : { userId: call.callerUser }),
    },
    callee: { typed: callee.typed, ...(callee.number === undefined ? {} : { number: callee.number }) },
    ...(ourNumber === undefined ? {} : { numberId: ourNumber }),
    ...(trunk === undefined ? {} : { trunkId: trunk }),
    rangUserIds: call.ringsUsers,
    ...(answeredBy === undefined ? {} : { answeredByUserId: answeredBy }),
    ...(client.in === 'known' ? { card: { kind: client.card.kind, id: client.card.id, name: client.card.name } } : {}),
    recording: call.recording,
    ...standing(call.state),
    ...(isConferring(call) && !hidesConference ? { members: call.state.members } : {}),
    ...(isConferring(call) && isTold ? supervisorsOf(call) : {}),
    legs: legsOf(call)
      .filter((leg) => isTold || leg.isSupervisor !== true)
      .map(liveLegOf),
  };
}

/** What its state alone knows. */
function standing(state: Call['state']): Pick<LiveCall, 'queueId' | 'slot' | 'transferorLegId'> {
  switch (state.in) {
    case 'queued':
    case 'calling-back':
      return { queueId: state.queue };
    case 'parked':
      return { slot: state.slot };
    case 'consulting':
      return { transferorLegId: state.transferor };
    default:
      return {};
  }
}

const legsOf = ({ legs }: Call): readonly Leg[] => [...legs.values()];

function supervisorsOf({ state }: Conferring): Pick<LiveCall, 'supervisors'> {
  const supervisors = state.supervisors.map(({ leg, user, how }) => ({ legId: leg, userId: user, how }));
  return supervisors.length === 0 ? {} : { supervisors };
}

function liveLegOf(leg: Leg): LiveLeg {
  const { id, direction, state, far } = leg;
  return {
    id,
    direction,
    state: state.in,
    ...endOf(far),
    ...(leg.isMuted === true && isConnected(leg) ? { muted: true } : {}),
    ...(canAnswerWhenTold(leg) ? { canAnswer: true } : {}),
    ...(leg.lost?.in === 'awaited' && isConnected(leg) ? { isAwaited: true } : {}),
  };
}

function endOf(far: FarEnd): Pick<LiveLeg, 'userId' | 'deviceId' | 'trunkId' | 'number'> {
  if (far.kind === 'device') return { userId: far.user, deviceId: far.device };
  const { trunk: trunkId, number, user } = far;
  return { trunkId, ...(number === '' ? {} : { number }), ...(user === undefined ? {} : { userId: user }) };
}

function isoOf(at: EpochMs): string {
  return new Date(at).toISOString();
}
