/** Branches that fail: refused, not opened, or nobody answered in time. The caller hears the cause that says most. */
import type { PbxEffect, ShownCaller } from '../effect';
import type { MediaEvent, MediaProblem, SipEvent } from '../event';
import type { Call, Leg } from '../state/call';
import { numberById } from '../state/directory-index';
import type { PbxView } from '../state/view';
import { attendedOpened, isAttended } from './attend';
import { isPicker, pickerLate, pickerOpened } from './pickup';
import { type EndCause, causeOfDeviceStatus, causeOfTrunkStatus } from '../values/cause';
import type { CallId, EpochMs } from '../values/ids';
import { cancelBranch } from './cancel-branch';
import { joinFailed, joinOtherwise } from './conference-joining';
import { isConferring } from './conference-mix';
import { targetFailed } from './consult';
import { type Decision, decided, ignore, inState, isBeingCalled, isEnded, withLegs, both } from './decision';
import { endCall, endedLeg } from './hang-up';
import { failOver } from './fail-over';
import { offerFailed, offerTimeOver } from './offer';
import { divertedBy, failedForwardingAlarm, shownOutside } from './forwarding';
import { outgoingAlarms, withAlarm } from './guard-alarm';
import { goOnward } from './onward';
import { calledBackInVain, isCallingBack } from './queue-callback';
import { isQueued } from './queue-wait';

type Sip<Type> = Extract<SipEvent, { readonly type: Type }>;
type Media<Type> = Extract<MediaEvent, { readonly type: Type }>;

/** Our end of a leg is ready: the INVITE leaves, or the caller's delayed offer is kept for its answer. */
export function legOpened(pbx: PbxView, event: Media<'leg-opened'>): Decision {
  const call = pbx.callOf(event.leg);
  const leg = call?.legs.get(event.leg);
  // The call is over and forgotten; the engine was told to close the leg.
  if (call === undefined || leg === undefined) return ignore;
  const open: Leg = { ...leg, media: 'open' };
  if (isEnded(leg)) return decided(withLegs(call, open), []);
  if (isPicker(call, leg)) return pickerOpened(pbx, withLegs(call, open), { leg: open, at: event.at });
  if (leg.direction === 'incoming') {
    const offered = event.sdp === undefined ? open : inState(open, { in: 'offered', ourOffer: event.sdp });
    const known = withLegs(call, offered);
    return isAttended(known) ? attendedOpened(known, offered) : decided(known, []);
  }
  if (leg.target === undefined || leg.target.kind === 'closed-page' || event.sdp === undefined) return ignore;
  const dialling = inState(open, { in: 'dialling', since: event.at });
  const diverted = divertedBy(pbx, call, leg);
  return decided(withLegs(call, dialling), [
    {
      to: 'sip',
      do: 'invite',
      leg: leg.id,
      target: leg.target,
      shows: shownOn(pbx, call, leg),
      sdp: event.sdp,
      ...(call.maxForwards === undefined ? {} : { maxForwards: call.maxForwards - 1 }),
      ...(diverted === undefined ? {} : { divertedBy: diverted }),
      ...calledName(pbx, call, leg),
    },
    ...outgoingAlarms(pbx, call, { leg, at: event.at }),
  ]);
}

/** Several numbers may ring one phone: it shows which was called, where that one has a name. */
function calledName({ directory }: PbxView, call: Call, { far }: Leg): { readonly calledName?: string } {
  if (far.kind !== 'device' || call.direction !== 'inbound') return {};
  const name = numberById(directory, call.ourNumber)?.name;
  return name === undefined ? {} : { calledName: name };
}

/** While click-to-call rings its own caller, the phone shows who will be called. */
function shownOn(pbx: PbxView, call: Call, leg: Leg): ShownCaller {
  // Help calls back, and must reach who called it: never a customer whose call it was dialled from.
  if (leg.isEmergency === true && leg.shown !== undefined) return shownOutside(pbx, leg);
  // A colleague whom somebody has forwarded to outside, or who calls a mobile: no network takes an extension for a caller.
  if (call.direction === 'internal' && leavesOffice(pbx, leg)) return shownOutside(pbx, leg);
  if (call.state.in !== 'reaching-caller' || call.state.says !== undefined) return call.shows;
  return { number: call.callee.number ?? call.callee.typed, withheld: false };
}

const leavesOffice = ({ directory }: PbxView, { far }: Leg): boolean =>
  far.kind === 'trunk' && directory.trunks.get(far.trunk)?.kind !== 'pbx';

const causeOfMedia: Readonly<Record<MediaProblem, EndCause>> = {
  'no-common-codec': 'no-common-codec',
  'bad-description': 'bad-request',
  'no-free-port': 'overloaded',
  'engine-lost': 'internal-error',
};

export function legNotOpened(pbx: PbxView, event: Media<'leg-not-opened' | 'offer-refused'>): Decision {
  const call = pbx.callOf(event.leg);
  const leg = call?.legs.get(event.leg);
  // Ended in the same moment; nothing was opened that would need closing.
  if (call === undefined || leg === undefined) return ignore;
  const closed: Leg = event.type === 'leg-not-opened' ? { ...leg, media: 'closed' } : leg;
  const known = withLegs(call, closed);
  if (isEnded(leg)) return decided(known, []);
  if (isPicker(call, leg) && (call.state.in !== 'talking' || leg.takes !== undefined))
    return pickerLate(known, closed, event.at);
  const cause = causeOfMedia[event.problem];
  const retry = cause === 'overloaded' ? { retryAfterS: pbx.limits.retryAfterS } : {};
  if (leg.direction === 'incoming' || !isBeingCalled(leg))
    return endCall(pbx, { call: known, at: event.at, cause, ...retry });
  return branchFailed(pbx, known, { leg: closed, cause, at: event.at });
}

/** Made by the engine where nothing can be sent or nothing comes, and by a proxy (RFC 5626 section 11.1). */
const ofLostFlow: ReadonlySet<number> = new Set([408, 430, 500, 503]);

export function branchRefused(pbx: PbxView, event: Sip<'leg-refused'>): Decision {
  const call = pbx.callOf(event.leg);
  const leg = call?.legs.get(event.leg);
  // 487 to our own CANCEL, or a late word after its 200, which stands.
  if (call === undefined || leg === undefined || !isBeingCalled(leg) || leg.state.in === 'screening') return ignore;
  // Nothing of its browser: the connection it was sent on is gone (lost-leg.ts).
  if (leg.lost !== undefined && ofLostFlow.has(event.status)) return ignore;
  const cause = leg.far.kind === 'trunk' ? causeOfTrunkStatus(event.status) : causeOfDeviceStatus(event.status);
  return branchFailed(pbx, call, { leg: { ...leg, sipStatus: event.status }, cause, at: event.at });
}

interface Failure {
  readonly leg: Leg;
  readonly cause: EndCause;
  readonly at: EpochMs;
}

export function branchFailed(pbx: PbxView, call: Call, { leg, cause, at }: Failure): Decision {
  const effects: PbxEffect[] = leg.media === 'closed' ? [] : [{ to: 'media', do: 'close-leg', leg: leg.id }];
  if (isConferring(call)) {
    const failed = { leg, cause, at };
    return both(effects, joinOtherwise(pbx, call, failed) ?? joinFailed(pbx, call, failed));
  }
  // Reject on one phone means "not me" on all phones of that person; others of the group ring on.
  const alsoMine = cause === 'rejected' ? branchesOfSamePerson(call, leg) : [];
  const failed = withLegs(call, endedLeg(leg, cause, at), ...alsoMine.map((other) => endedLeg(other, 'rejected', at)));
  effects.push(...alsoMine.flatMap((other) => cancelBranch(other, 'rejected')));
  const next = failOver(pbx, failed, { leg, cause });
  if (next !== undefined) return decided(next.call, [...effects, ...next.effects]);
  if (isQueued(failed)) return both(effects, offerFailed(pbx, failed, { leg, at }));
  if ([...failed.legs.values()].some(isBeingCalled)) return decided(failed, effects);
  if (isCallingBack(failed)) return both(effects, calledBackInVain(pbx, failed, { cause, at }));
  return both(effects, nobodyRings(pbx, failed, { cause: mostTelling(failed), at }));
}

function nobodyRings(pbx: PbxView, call: Call, why: Pick<Failure, 'cause' | 'at'>): Decision {
  const passedOn = goOnward(pbx, call, why) ?? targetFailed(pbx, call, why);
  // Whoever asked for the call did not pick up their own phone.
  const because = call.state.in === 'reaching-caller' ? 'caller-gave-up' : why.cause;
  const next = passedOn ?? endCall(pbx, { call, at: why.at, cause: because });
  return withAlarm(next, failedForwardingAlarm(pbx, call, why));
}

function branchesOfSamePerson(call: Call, leg: Leg): readonly Leg[] {
  const { far } = leg;
  if (far.kind !== 'device') return [];
  return [...call.legs.values()].filter(
    (other) =>
      other.id !== leg.id && isBeingCalled(other) && other.far.kind === 'device' && other.far.user === far.user,
  );
}

/** What a person did says more than what a device could not. */
const byWeight: readonly EndCause[] = [
  'rejected',
  'busy',
  'no-answer',
  'number-unknown',
  'no-common-codec',
  'trunk-failed',
  'overloaded',
];

function mostTelling(call: Call): EndCause {
  const causes = new Set<EndCause>();
  for (const { state, direction } of call.legs.values()) {
    if (direction === 'outgoing' && state.in === 'ended') causes.add(state.cause);
  }
  return byWeight.find((cause) => causes.has(cause)) ?? 'unreachable';
}

/** It rang long enough. */
export function ringTimeOver(pbx: PbxView, id: CallId, at: EpochMs): Decision {
  const call = pbx.calls.get(id);
  // Answered or ended as the timer fired.
  if (call?.state.in === 'reaching-caller') return endCall(pbx, { call, at, cause: 'caller-gave-up' });
  if (call !== undefined && isQueued(call)) return offerTimeOver(pbx, call, at);
  if (call !== undefined && isCallingBack(call)) return calledBackInVain(pbx, call, { cause: 'no-answer', at });
  if (call === undefined) return ignore;
  const dead = call.state.in === 'ringing' ? silentTrunk(call) : undefined;
  if (dead !== undefined) return trunkSilent(pbx, call, { leg: dead, at });
  const cause = call.state.in === 'ringing' && call.ringingAt === undefined ? 'unreachable' : 'no-answer';
  const passedOn = goOnward(pbx, call, { cause, at }) ?? targetFailed(pbx, call, { cause, at });
  const next = passedOn ?? (call.state.in === 'ringing' ? endCall(pbx, { call, at, cause }) : ignore);
  return withAlarm(next, failedForwardingAlarm(pbx, call, { cause, at }));
}

/** The only branch is a trunk that has said nothing at all, and there is another. A mobile that rings along has no time of its own. */
function silentTrunk(call: Call): Leg | undefined {
  const [leg, ...others] = [...call.legs.values()].filter(isBeingCalled);
  if (leg === undefined || others.length > 0 || leg.mustAccept === true) return undefined;
  return leg.state.in === 'dialling' && leg.waysLeft !== undefined ? leg : undefined;
}

/** It is called off, and the failure is its own. */
function trunkSilent(pbx: PbxView, call: Call, { leg, at }: Omit<Failure, 'cause'>): Decision {
  const calledOff: PbxEffect = { to: 'sip', do: 'cancel', leg: leg.id, cause: 'trunk-failed' };
  return both([calledOff], branchFailed(pbx, call, { leg, cause: 'trunk-failed', at }));
}
