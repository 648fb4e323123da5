/**
 * Intercept (call pickup, RFC 5359 section 2.16): `*11` or `40` takes the call that rings longest for one's pickup groups,
 * `*11` and an extension the one that rings there (pickup-rights.ts). The call keeps its identity: the picker's leg becomes one of its legs.
 *
 *   picker's INVITE → their leg is opened → the call still rings? → both are answered, the ringing phones are told
 *
 * Whoever comes second, to a call that was answered or picked up meanwhile, gets 404 and the call is not touched.
 */
import type { CommandEvent } from '../command';
import type { PbxEffect } from '../effect';
import type { Call, FarEnd, Leg } from '../state/call';
import type { PbxView } from '../state/view';
import type { EndCause } from '../values/cause';
import type { EpochMs, LegId, UserId } from '../values/ids';
import { cancelOthers } from './answer';
import {
  callerLegOf,
  type Decision,
  decided,
  effectsOnly,
  ignore,
  inState,
  isBeingCalled,
  isEnded,
  withLegs,
} from './decision';
import type { Destination } from './dial-plan';
import { endedLeg } from './hang-up';
import { callerLegFor, callerUserOf } from './new-call';
import { pathWalked } from './onward';
import { isOfficeSide } from './office-side';
import { personOfFar } from './person-of';
import { mayIntercept, mayPickUp } from './pickup-rights';
import { takerOpened } from './replaces';
import { branchesToPeople, codecsFor, type InviteReceived, openBranch } from './ring';
import { isOnLine, isQueued } from './queue-wait';
import { ringTimerOff } from './ring-timer';

type Pickup = Extract<Destination, { readonly kind: 'pickup' }>;

/** The picker's leg joins the call that rings longest, for now as one more that waits. */
export function pickUp(pbx: PbxView, event: InviteReceived, wanted: Pickup): Decision {
  const call = longestRinging(pbx, wanted.extension, callerUserOf(pbx, event)?.id);
  return call === undefined ? nothingToTake(event) : joinToTake(pbx, event, { call });
}

export const nothingToTake = ({ leg }: InviteReceived, cause: EndCause = 'nothing-to-pick-up'): Decision =>
  effectsOnly({ to: 'sip', do: 'refuse', leg, cause });

interface Taking {
  readonly call: Call;
  /** The leg of ours whose far end this one takes the place of (Replaces). */
  readonly takes?: LegId;
}

/** The leg of an INVITE that takes a call over belongs to that call from now on; it is answered when its end is ready. */
export function joinToTake(pbx: PbxView, event: InviteReceived, { call, takes }: Taking): Decision {
  const { leg, offer, towards } = event;
  const live = [...call.legs.values()].filter((one) => !isEnded(one)).length;
  // What is taken over leaves as the other comes.
  const room = pbx.limits.legsPerCallMax + (takes === undefined ? 0 : 1);
  if (offer === undefined || live >= room) return nothingToTake(event);
  const own = callerLegFor(event, callerUserOf(pbx, event));
  const picker: Leg = { ...own, call: call.id, ...(takes === undefined ? {} : { takes }) };
  return decided(withLegs(call, picker), [
    { to: 'media', do: 'open-answering-leg', leg, offer, codecs: codecsFor(pbx, picker), towards },
  ]);
}

/** Only what rings for people of the office: a call that is on its way out is nobody's to take. */
function longestRinging(pbx: PbxView, extension: string | undefined, picker: UserId | undefined): Call | undefined {
  let longest: Call | undefined;
  for (const call of pbx.calls.values()) {
    if (!ringsForPicker(pbx, call, { extension, picker })) continue;
    if (longest === undefined || call.startedAt < longest.startedAt) longest = call;
  }
  return longest;
}

interface Wanted {
  readonly extension: string | undefined;
  readonly picker: UserId | undefined;
}

function ringsForPicker(pbx: PbxView, call: Call, { extension, picker }: Wanted): boolean {
  if (!isWaiting(call)) return false;
  return [...call.legs.values()].some((leg) => {
    if (!isBeingCalled(leg) || !isOfficeSide(pbx, leg)) return false;
    const rung = personOfFar(pbx, leg.far);
    if (extension === undefined) return mayPickUp(pbx, picker, rung);
    return extensionOf(pbx, leg.far, rung) === extension && mayIntercept(pbx, picker, rung);
  });
}

/** Somebody waits for an answer: a caller, the customer of a transfer, whoever is in a queue. */
const isWaiting = (call: Call): boolean =>
  call.state.in === 'ringing' || call.state.in === 'transferring' || (isQueued(call) && isOnLine(call));

function extensionOf(pbx: PbxView, far: FarEnd, person: UserId | undefined): string | undefined {
  const user = person === undefined ? undefined : pbx.directory.users.get(person);
  return user?.extension ?? (far.kind === 'trunk' ? far.number : undefined);
}

/** By button, too: it rings for people of the office and nobody has answered. */
export const canBePickedUp = (pbx: PbxView, call: Call, user: UserId): boolean =>
  isWaiting(call) &&
  [...call.legs.values()].some(
    (leg) => isBeingCalled(leg) && isOfficeSide(pbx, leg) && mayIntercept(pbx, user, personOfFar(pbx, leg.far)),
  );

export const isPicker = (call: Call, leg: Leg): boolean => leg.direction === 'incoming' && leg.id !== call.callerLeg;

/** The picker's end is ready: the call is theirs if somebody still waits there. */
export function pickerOpened(
  pbx: PbxView,
  call: Call,
  { leg, at }: { readonly leg: Leg; readonly at: EpochMs },
): Decision {
  if (leg.takes !== undefined) return takerOpened(call, { leg, takes: leg.takes, at });
  const waiting = waitingLegOf(call);
  const caller = callerLegOf(call);
  const isStillRinging = waiting !== undefined || (call.state.in === 'ringing' && caller !== undefined);
  if (!isStillRinging) return pickerLate(call, leg, at);
  // The agents ring on until the picker's own 200 is out.
  if (isQueued(call)) {
    const joining = withLegs(call, inState(leg, { in: 'answering' }));
    return decided(joining, [{ to: 'media', do: 'accept-offer', leg: leg.id, like: call.state.leg }]);
  }
  const { losers, effects } = cancelOthers(call, leg.id, at);
  const { user } = leg.far;
  const picked = withLegs({ ...call, ...pickedBy(call, user) }, ...losers, inState(leg, { in: 'answering' }));
  const told = effects.map((effect) => sayingWhoTook(pbx, effect, leg));
  if (waiting !== undefined) {
    return decided(picked, [{ to: 'media', do: 'accept-offer', leg: leg.id, like: waiting }, ...told]);
  }
  return settleBoth(picked, { leg, caller, at }, told);
}

/** Who is connected and waits: for them the picker's own 200 is enough. */
export function waitingLegOf(call: Call): LegId | undefined {
  const { state } = call;
  if (state.in === 'transferring') return state.customer;
  if (isQueued(call)) return isOnLine(call) ? call.state.leg : undefined;
  return state.in === 'parked' ? state.leg : undefined;
}

/** The phones that rang show who took it: RFC 3326 leaves the text of a Reason free. */
export function sayingWhoTook(pbx: PbxView, effect: PbxEffect, { far }: Leg): PbxEffect {
  if (effect.to !== 'sip' || effect.do !== 'cancel') return effect;
  const person = personOfFar(pbx, far);
  const takenBy = person === undefined ? undefined : pbx.directory.users.get(person)?.name;
  return takenBy === undefined ? effect : { ...effect, takenBy };
}

function pickedBy(call: Call, user: UserId | undefined): Partial<Call> {
  if (user === undefined) return {};
  return {
    answeredBy: user,
    ringsUsers: call.ringsUsers.includes(user) ? call.ringsUsers : [...call.ringsUsers, user],
  };
}

interface Settling {
  readonly leg: Leg;
  readonly caller: Leg | undefined;
  readonly at: EpochMs;
}

/** The picker's 200 first; the caller's follows when its answer is made (answer.ts), and both talk. */
function settleBoth(call: Call, { leg, caller, at }: Settling, effects: Decision['effects']): Decision {
  const answering: Call = {
    ...call,
    state: { in: 'answering', callee: leg.id, since: at },
    answeredAt: at,
    ringingAt: call.ringingAt ?? at,
    ...pathWalked(call),
  };
  const isWaiting = caller?.state.in === 'offered';
  const settling = isWaiting ? withLegs(answering, inState(caller, { in: 'answering' })) : answering;
  const ourOffer = caller?.state.in === 'offered' ? caller.state.ourOffer : undefined;
  const answerCaller: Decision['effects'] =
    !isWaiting || caller === undefined
      ? []
      : ourOffer === undefined
        ? [{ to: 'media', do: 'accept-offer', leg: caller.id, like: leg.id }]
        : [{ to: 'sip', do: 'answer', leg: caller.id, sdp: ourOffer }];
  return decided(settling, [
    { to: 'media', do: 'accept-offer', leg: leg.id },
    ...answerCaller,
    ...effects,
    ringTimerOff(call),
  ]);
}

/** Somebody was faster, the caller gave up, or the picker's phone speaks no codec of ours. */
export function pickerLate(call: Call, leg: Leg, at: EpochMs): Decision {
  return decided(withLegs(call, endedLeg(leg, 'nothing-to-pick-up', at)), [
    { to: 'sip', do: 'refuse', leg: leg.id, cause: 'nothing-to-pick-up' },
    ...(leg.media === 'closed' ? [] : [{ to: 'media', do: 'close-leg', leg: leg.id } as const]),
  ]);
}

/** CANCEL of a picker who changed their mind: the call rings on. */
export function pickerGaveUp(call: Call, leg: Leg, at: EpochMs): Decision {
  return decided(withLegs(call, endedLeg(leg, 'caller-gave-up', at)), [{ to: 'media', do: 'close-leg', leg: leg.id }]);
}

/** By button: the phones of this person ring for the call too; picking up takes it. */
export function pickupAsked(pbx: PbxView, event: Extract<CommandEvent, { type: 'pickup-asked' }>): Decision {
  const call = pbx.calls.get(event.call);
  // Answered or ended while the command was on its way.
  if (call === undefined || !canBePickedUp(pbx, call, event.user)) return ignore;
  const rung = new Set(
    [...call.legs.values()]
      .filter((leg) => !isEnded(leg))
      .map(({ far }) => (far.kind === 'device' ? far.binding : undefined)),
  );
  const branches = branchesToPeople(pbx, call, [event.user]);
  if (typeof branches === 'string') return ignore;
  const more = branches.filter(({ far }) => far.kind !== 'device' || !rung.has(far.binding));
  const { ringsUsers = call.ringsUsers } = pickedBy(call, event.user);
  const grown = withLegs({ ...call, nextLeg: call.nextLeg + branches.length, ringsUsers }, ...more);
  const like = waitingLegOf(call) ?? call.callerLeg;
  return decided(
    grown,
    more.map((branch) => openBranch(pbx, branch, like)),
  );
}
