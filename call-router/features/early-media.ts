/**
 * Early media (RFC 3960): a trunk that sends a description before the answer wants to be heard ("the number has changed",
 * the network's own ringback). It is, when it is the only branch left: the caller's leg gets 183 with our answer and is
 * joined. That answer stands when the call is answered (RFC 3261 section 13.2.1). Nothing is recorded before the answer.
 *
 *   183 with SDP of the only branch ──▶ set its answer, accept the caller's offer ──▶ 183 to the caller, joined ──200──▶ talking
 *        └─it fails, another comes─▶ the caller, who expects to hear us now, hears our ringback or our words
 */
import type { PbxEffect } from '../effect';
import type { MediaEvent } from '../event';
import type { Call, Leg } from '../state/call';
import type { PbxView } from '../state/view';
import type { LegId, Sdp } from '../values/ids';
import { callerLegOf, type Decision, decided, isBeingCalled, isConnected } from './decision';
import { isOfficeSide } from './office-side';

/** This branch is the only one and of the outside, and the caller waits for what it says. */
function isHeardEarly(pbx: PbxView, call: Call, leg: Leg): boolean {
  if (call.state.in !== 'ringing' || leg.far.kind !== 'trunk' || isOfficeSide(pbx, leg)) return false;
  return [...call.legs.values()].filter(isBeingCalled).length === 1;
}

/** A description before the answer. `rings`: the call as it rings now. Undefined: the caller hears ringing as ever. */
export function heardEarly(
  pbx: PbxView,
  rings: Call,
  { leg, sdp }: { readonly leg: Leg; readonly sdp: Sdp },
): Decision | undefined {
  const caller = callerLegOf(rings);
  if (caller === undefined || !isHeardEarly(pbx, rings, leg)) return undefined;
  const described: PbxEffect = { to: 'media', do: 'set-answer', leg: leg.id, answer: sdp };
  // Another fork of the same call has another description; the caller's own answer stays.
  if (rings.early?.branch === leg.id) return decided(rings, [described]);
  const early: Call = { ...rings, early: { ...rings.early, branch: leg.id } };
  if (isConnected(caller) || early.early?.answer !== undefined) {
    return decided(early, [described, ...joined(caller.id, leg.id)]);
  }
  const hasOffered = caller.state.in === 'offered' && caller.state.ourOffer === undefined && caller.media === 'open';
  return hasOffered
    ? decided(early, [described, { to: 'media', do: 'accept-offer', leg: caller.id, like: leg.id }])
    : undefined;
}

const joined = (caller: LegId, branch: LegId): readonly PbxEffect[] => [
  { to: 'media', do: 'stop-playing', leg: caller },
  { to: 'media', do: 'join', a: caller, b: branch },
];

/** Our answer to the caller is ready, and the call is not answered yet: 183. Undefined: it is some other answer. */
export function earlyAccepted(
  pbx: PbxView,
  event: Extract<MediaEvent, { readonly type: 'offer-accepted' }>,
): Decision | undefined {
  const call = pbx.callOf(event.leg);
  const leg = call?.legs.get(event.leg);
  if (call?.early === undefined || leg?.id !== call.callerLeg || leg?.state.in !== 'offered') return undefined;
  const { branch } = call.early;
  const told: PbxEffect = { to: 'sip', do: 'progress', leg: leg.id, sdp: event.sdp };
  const known: Call = { ...call, early: { ...call.early, answer: event.sdp } };
  const isLive = branch !== undefined && isBeingCalledIn(call, branch);
  // The branch failed while the answer was made: they hear our ringback for what rings now.
  if (!isLive) return decided(known, [told, earlyRingback(pbx, leg.id)]);
  return decided(known, [told, ...joined(leg.id, branch)]);
}

const isBeingCalledIn = (call: Call, id: LegId): boolean => {
  const leg = call.legs.get(id);
  return leg !== undefined && isBeingCalled(leg);
};

/** Whether this waiting party hears us: it is on the line, or has our description in a 183. */
export const hearsUs = (call: Call, leg: Leg): boolean =>
  isConnected(leg) || (leg.id === call.callerLeg && call.early?.answer !== undefined);

export const earlyRingback = (pbx: PbxView, leg: LegId): PbxEffect => ({
  to: 'media',
  do: 'play',
  leg,
  tone: 'ringback',
  country: pbx.directory.country,
});

/** An early description that nobody can use: the call rings on, and its answer may be better. */
export const earlyRefused = (call: Call, leg: Leg): Decision | undefined => {
  if (call.early?.branch !== leg.id || !isBeingCalled(leg)) return undefined;
  const { branch: _unheard, ...early } = call.early;
  return decided({ ...call, early }, []);
};
