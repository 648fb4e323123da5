/**
 * Intercept (call pickup, RFC 5359 section 2.16): `*11` or `40` takes the call that rings longest in the office, `*11` and
 * an extension the one that rings there. The call keeps its identity: the picker's leg becomes one of its legs.
 *
 *   picker's INVITE → their leg is opened → the call still rings? → both are answered, the ringing phones are told
 *
 * Whoever comes second, to a call that was answered or picked up meanwhile, gets 404 and the call is not touched.
 */
import type { CommandEvent } from '../command';
import type { Call, Leg } from '../state/call';
import type { PbxView } from '../state/view';
import { type EpochMs, type UserId } from '../values/ids';
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
import { branchesToPeople, codecsFor, type InviteReceived, openBranch } from './ring';
import { isTransferring } from './transfer';
import { ringTimerOff } from './ring-timer';

type Pickup = Extract<Destination, { readonly kind: 'pickup' }>;

/** The picker's leg joins the call that rings longest, for now as one more that waits. */
export function pickUp(pbx: PbxView, event: InviteReceived, wanted: Pickup): Decision {
  const call = longestRinging(pbx, wanted.extension);
  if (call === undefined || event.offer === undefined || call.legs.size >= pbx.limits.legsPerCallMax) {
    return effectsOnly({ to: 'sip', do: 'refuse', leg: event.leg, cause: 'nothing-to-pick-up' });
  }
  const picker: Leg = { ...callerLegFor(event, callerUserOf(pbx, event)), call: call.id };
  const { leg, offer, towards } = event;
  return decided(withLegs(call, picker), [
    { to: 'media', do: 'open-answering-leg', leg, offer, codecs: codecsFor(pbx, picker), towards },
  ]);
}

/** Only what rings for people of the office: a call that is on its way out is nobody's to take. */
function longestRinging(pbx: PbxView, extension: string | undefined): Call | undefined {
  const user =
    extension === undefined ? undefined : [...pbx.directory.users.values()].find((one) => one.extension === extension);
  if (extension !== undefined && user === undefined) return undefined;
  let longest: Call | undefined;
  for (const call of pbx.calls.values()) {
    if (!ringsFor(call, user?.id)) continue;
    if (longest === undefined || call.startedAt < longest.startedAt) longest = call;
  }
  return longest;
}

function ringsFor(call: Call, user: UserId | undefined): boolean {
  if (call.state.in !== 'ringing' && call.state.in !== 'transferring') return false;
  return [...call.legs.values()].some(
    (leg) => isBeingCalled(leg) && leg.far.kind === 'device' && (user === undefined || leg.far.user === user),
  );
}

/** By button, too: it rings for people of the office and nobody has answered. */
export const canBePickedUp = (call: Call): boolean => call.state.in === 'ringing' && ringsFor(call, undefined);

export const isPicker = (call: Call, leg: Leg): boolean => leg.direction === 'incoming' && leg.id !== call.callerLeg;

/** The picker's end is ready: the call is theirs if it still rings. */
export function pickerOpened(call: Call, leg: Leg, at: EpochMs): Decision {
  const caller = callerLegOf(call);
  const isStillRinging = isTransferring(call) || (call.state.in === 'ringing' && caller !== undefined);
  if (!isStillRinging) return pickerLate(call, leg, at);
  const { losers, effects } = cancelOthers(call, leg.id, at);
  const user = leg.far.kind === 'device' ? leg.far.user : undefined;
  const picked = withLegs({ ...call, ...pickedBy(call, user) }, ...losers, inState(leg, { in: 'answering' }));
  if (isTransferring(call)) {
    return decided(picked, [{ to: 'media', do: 'accept-offer', leg: leg.id, like: call.state.customer }, ...effects]);
  }
  return settleBoth(picked, { leg, caller, at }, effects);
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
  if (call === undefined || !canBePickedUp(call)) return ignore;
  const rung = new Set(
    [...call.legs.values()]
      .filter((leg) => !isEnded(leg))
      .map(({ far }) => (far.kind === 'device' ? far.binding : undefined)),
  );
  const branches = branchesToPeople(pbx, call, [event.user]);
  if (typeof branches === 'string') return ignore;
  const more = branches.filter(({ far }) => far.kind !== 'device' || !rung.has(far.binding));
  const grown = withLegs({ ...call, nextLeg: call.nextLeg + branches.length, ...pickedBy(call, event.user) }, ...more);
  const { answeredBy: _nobodyYet, ...ringing } = grown;
  return decided(
    call.answeredBy === undefined ? ringing : grown,
    more.map((branch) => openBranch(pbx, branch, call.callerLeg)),
  );
}
