/**
 * Who may command a live call. An operator by a live leg of their own in it, and with that leg only: to have been rung, to
 * have answered or to have passed it on is enough to see a call, not to move it. The head of a group may what its people
 * may; managers and administrators command every call.
 */
import { isBeingCalled, isConnected, isEnded, otherLegOf } from '../../call-router/features/decision';
import type { Call, Leg } from '../../call-router/state/call';
import { type LegId, legIdFrom, type UserId } from '../../call-router/values/ids';
import { seenAs } from '../../prisma/who';
import { invalid, ProblemError } from './problems';
import { type Asker, viewerOf } from './who-asks';

/** An operator has a live leg in it; a ringing one is enough to decline. */
export const mayCommand = (asker: Asker, call: Call): boolean =>
  asker.role !== 'operator' || liveLegs(asker, call).length > 0;

/** The leg that is named in a command. 422: it is of another call, or somebody else's. */
export function legAsked(asker: Asker, call: Call, legId: string): LegId {
  const leg = legOf(call, legId);
  if (asker.role === 'operator' && !isOn(ownLegs(asker, call), leg.id)) throw notYours();
  return leg.id;
}

/** Keys are heard by the leg that is named: the other end of one's own, or one's own. */
export function digitsLegAsked(asker: Asker, call: Call, legId: string): LegId {
  const leg = legOf(call, legId);
  const other = otherLegOf(call, leg.id);
  if (asker.role !== 'operator' || isOn(talkingLegs(asker, call), leg.id)) return leg.id;
  if (other === undefined || !isOn(talkingLegs(asker, call), other)) throw notYours();
  return leg.id;
}

/** 409 for an operator who is not on the line, but rung or listening in. */
export function mustTalk(asker: Asker, call: Call): void {
  if (asker.role === 'operator' && talkingLegs(asker, call).length === 0)
    throw new ProblemError('conflict', { detail: 'You do not talk in this call.' });
}

/** For whom of the people an operator stands for: themself where they are on the line. */
export function talkerOf(asker: Asker, call: Call): UserId | undefined {
  const users = talkingLegs(asker, call).flatMap(({ far }) => far.user ?? []);
  return users.find((user) => user === asker.userId) ?? users[0];
}

/**
 * What a hang-up ends: the whole call (undefined), or a leg. The two who talk, a caller, whoever makes a transfer and whoever
 * made a conference end it for all; everybody else leaves it with their own leg.
 */
export function hangUpAsked(asker: Asker, call: Call, legId: string | undefined): LegId | undefined {
  const leg = legId === undefined ? undefined : legOf(call, legId);
  if (asker.role !== 'operator') return leg?.id;
  const own = liveLegs(asker, call);
  if (leg !== undefined && isOn(own, leg.id)) return leg.id;
  if (isTheirs(asker, call)) {
    if (leg?.isSupervisor === true) throw notYours();
    return leg?.id;
  }
  if (leg !== undefined) throw notYours();
  const meant = own.find(isConnected) ?? onlyOneRung(call);
  if (meant === undefined || !own.includes(meant))
    throw invalid('legId', 'is missing: name the leg of yours that rings');
  return meant.id;
}

/** The phone that is called, where no other is: to hang up can mean nothing else. */
function onlyOneRung(call: Call): Leg | undefined {
  const [first, ...more] = [...call.legs.values()].filter(isBeingCalled);
  return more.length === 0 ? first : undefined;
}

const notYours = (): ProblemError => invalid('legId', 'is not yours');

function legOf(call: Call, legId: string): Leg {
  const leg = call.legs.get(legIdFrom(legId));
  if (leg === undefined) throw invalid('legId', 'is no leg of this call');
  return leg;
}

function liveLegs(asker: Asker, call: Call): readonly Leg[] {
  const users = seenAs(viewerOf(asker));
  return [...call.legs.values()].filter((leg) => !isEnded(leg) && users.some((one) => one === leg.far.user));
}

const ownLegs = (asker: Asker, call: Call): readonly Leg[] =>
  liveLegs(asker, call).filter(({ isSupervisor }) => isSupervisor !== true);

const talkingLegs = (asker: Asker, call: Call): readonly Leg[] => ownLegs(asker, call).filter(isConnected);

const isOn = (legs: readonly Leg[], id: LegId | undefined): boolean => legs.some((leg) => leg.id === id);

/** Ending it for everybody is theirs to do. */
function isTheirs(asker: Asker, call: Call): boolean {
  const own = ownLegs(asker, call);
  const { state } = call;
  switch (state.in) {
    case 'talking':
      return isOn(own, state.caller) || isOn(own, state.callee);
    case 'consulting':
      return isOn(own, state.transferor);
    case 'conferring':
      return isOn(own, state.initiator);
    case 'attended':
    case 'queued':
      return isOn(own, state.leg);
    case 'reaching-caller':
      return own.some(({ far }) => far.user === call.callerUser);
    case 'ringing':
    case 'answering':
      return isOn(own, call.callerLeg);
    default:
      return false;
  }
}
