/** What always holds of the router's state. Tests run it after each event; it costs too much for live calls. */
import { invariant } from '../values/assert';
import type { QueueWait } from './attendant';
import type { Conference } from './conference';
import type { Call, Leg } from './call';
import type { PbxView } from './view';

export function checkPbx(pbx: PbxView): void {
  for (const call of pbx.calls.values()) checkCall(pbx, call);
  checkAgents(pbx);
  for (const trunk of pbx.directory.trunks.values())
    invariant(pbx.callsOnTrunk(trunk.id) >= 0, 'channels of a trunk are counted');
}

/** A queue rings an agent for one call at a time. */
function checkAgents(pbx: PbxView): void {
  const offered = [...pbx.calls.values()].flatMap(({ state }) =>
    state.in === 'queued' ? state.wait.offered.map(({ user }) => user) : [],
  );
  invariant(new Set(offered).size === offered.length, 'an agent is offered one call at a time');
}

function checkCall(pbx: PbxView, call: Call): void {
  const legs = [...call.legs.values()];
  invariant(
    legs.every((leg) => leg.call === call.id),
    'a leg belongs to its call',
  );
  if (call.state.in === 'ended') {
    invariant(
      legs.every((leg) => leg.state.in === 'ended'),
      'an ended call has no live leg',
    );
    return;
  }
  const connected = legs.filter((leg) => leg.state.in === 'answered' || leg.state.in === 'held');
  checkConnected(call, connected.length);
  invariant(legs.some((leg) => leg.state.in !== 'ended') || keepsPlace(call), 'a live call has a live leg');
  checkAsked(call, legs);
  checkEarly(call);
  if (call.state.in === 'queued') checkOffers(call, call.state.wait);
  for (const leg of connected) invariant(pbx.callOf(leg.id) === call, 'a connected leg is found by its call');
  if (call.state.in === 'talking') {
    invariant(
      call.legs.has(call.state.caller) && call.legs.has(call.state.callee),
      'those who talk are legs of the call',
    );
    invariant(call.answeredAt !== undefined, 'a talking call was answered');
  } else if (call.answeredAt === undefined) {
    invariant(
      call.recording === 'none' || call.state.in === 'attended',
      'nothing but a message is recorded before the answer',
    );
  }
}

/** Whoever must press 1 is asked only while the call may still be theirs, and has not taken it by being connected. */
function checkAsked(call: Call, legs: readonly Leg[]): void {
  const isTaken = call.state.in === 'talking' || call.state.in === 'attended' || call.state.in === 'parked';
  for (const leg of legs) {
    if (leg.state.in !== 'screening') continue;
    invariant(leg.mustAccept === true && leg.direction === 'outgoing', 'only a mobile that was called is asked');
    invariant(leg.media !== 'closed', 'whoever is asked hears the question');
    invariant(!isTaken, 'nobody is asked to take a call that somebody has');
  }
}

/** What is heard before the answer comes from a trunk; who hears it has our description, or is on the line. */
function checkEarly({ early, legs, callerLeg, state }: Call): void {
  if (early === undefined || state.in !== 'ringing') return;
  const branch = early.branch === undefined ? undefined : legs.get(early.branch);
  invariant(early.branch === undefined || branch?.far.kind === 'trunk', 'early media comes from a trunk');
  invariant(branch?.mustAccept !== true || branch.state.in === 'ended', 'whoever must press 1 is not heard early');
  const caller = callerLeg === undefined ? undefined : legs.get(callerLeg);
  invariant(caller !== undefined && caller.media !== 'closed', 'early media has a listener');
}

/** Its caller has hung up to be called back. */
const keepsPlace = ({ state }: Call): boolean => state.in === 'queued' && state.wait.callback !== undefined;

function checkOffers(call: Call, { offered }: QueueWait): void {
  for (const { user } of offered) {
    invariant(
      [...call.legs.values()].some((leg) => leg.far.user === user && isRung(leg)),
      'whoever is offered a call is rung for it',
    );
  }
  invariant(new Set(offered.map(({ user }) => user)).size === offered.length, 'nobody is offered a call twice');
}

const isRung = ({ direction, state }: Leg): boolean =>
  direction === 'outgoing' && ['opening', 'dialling', 'ringing', 'screening'].includes(state.in);

function checkConnected(call: Call, connected: number): void {
  switch (call.state.in) {
    case 'talking':
      return invariant(connected === 2, 'two legs talk');
    case 'consulting':
      return invariant(
        connected === (call.state.target === undefined ? 2 : 3),
        'customer, transferor and target are there',
      );
    case 'transferring':
      return invariant(connected === (call.state.referrer === undefined ? 1 : 2), 'the customer waits');
    case 'parked':
      return invariant(connected <= (call.state.told === undefined ? 1 : 2), 'one leg is parked, one may hear where');
    case 'attended':
      return invariant(connected <= 1, 'one leg is with us alone');
    case 'queued':
      return invariant(connected <= 1, 'one leg waits');
    case 'calling-back':
      return invariant(connected === 1, 'an agent waits for the caller');
    case 'conferring':
      return checkConference(call, call.state, connected);
    default:
      return invariant(connected <= 1, 'nobody talks before the answer');
  }
}

function checkConference(call: Call, conference: Conference, connected: number): void {
  const { members, supervisors, joining, customer, dialled } = conference;
  const onIt = [...members, ...supervisors.map(({ leg }) => leg)];
  invariant(
    new Set(onIt).size === onIt.length && onIt.length === connected,
    'who is connected is in the conference once',
  );
  invariant(
    onIt.every((id) => call.legs.has(id)),
    'who is in a conference is a leg of the call',
  );
  const isMore = members.length > 2 || joining.length + supervisors.length > 0;
  invariant(dialled === undefined ? members.length > 1 && isMore : members.length > 0, 'two talk, more confer');
  invariant(customer === undefined || members.includes(customer), 'the left channel is of somebody in the conference');
  const rung = joining.flatMap(({ legs }) => legs);
  const ringing = [...call.legs.values()].filter(isRung).map(({ id }) => id);
  invariant(
    ringing.every((id) => rung.includes(id)),
    'whoever rings is to join',
  );
  invariant(
    joining.every(({ legs }) => legs.some((id) => ringing.includes(id))),
    'for whoever is to join something rings',
  );
}
