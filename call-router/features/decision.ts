/** What `decide` answers, and the few ways in which features put one together. */
import type { PbxEffect } from '../effect';
import type { Call, Leg, LegState } from '../state/call';
import type { Change } from '../state/view';
import type { LegId } from '../values/ids';

export interface Decision {
  readonly changes: readonly Change[];
  readonly effects: readonly PbxEffect[];
}

/** The event is late or repeated and asks for nothing. Each use says why in a comment. */
export const ignore: Decision = { changes: [], effects: [] };

export function decided(call: Call, effects: readonly PbxEffect[]): Decision {
  return { changes: [{ set: 'call', call }], effects };
}

export function effectsOnly(...effects: readonly PbxEffect[]): Decision {
  return { changes: [], effects };
}

/** These effects, and then all of another decision. */
export function both(first: readonly PbxEffect[], then: Decision): Decision {
  return { changes: then.changes, effects: [...first, ...then.effects] };
}

export function withLegs(call: Call, ...legs: readonly Leg[]): Call {
  const all = new Map(call.legs);
  for (const leg of legs) all.set(leg.id, leg);
  return { ...call, legs: all };
}

export function inState(leg: Leg, state: LegState): Leg {
  return { ...leg, state };
}

export const isEnded = (leg: Leg): boolean => leg.state.in === 'ended';
export const isConnected = (leg: Leg): boolean => leg.state.in === 'answered' || leg.state.in === 'held';
/** The two who talk, or the members of a conference. */
export function talkersOf({ state }: Call): readonly LegId[] {
  if (state.in === 'conferring') return state.members;
  return state.in === 'talking' ? [state.caller, state.callee] : [];
}
export const talkingLegs = (call: Call): readonly Leg[] => talkersOf(call).flatMap((id) => call.legs.get(id) ?? []);

/** Our INVITE is out, or soon will be, and nobody has taken the call by it. */
export const isBeingCalled = (leg: Leg): boolean =>
  leg.direction === 'outgoing' &&
  (leg.state.in === 'opening' ||
    leg.state.in === 'dialling' ||
    leg.state.in === 'ringing' ||
    leg.state.in === 'screening');

/** Who of ours has answered with this leg. */
export const answeredBy = ({ far }: Leg): Partial<Pick<Call, 'answeredBy'>> =>
  far.user === undefined ? {} : { answeredBy: far.user };

export function callerLegOf(call: Call): Leg | undefined {
  return call.callerLeg === undefined ? undefined : call.legs.get(call.callerLeg);
}

export function otherLegOf(call: Call, leg: LegId): LegId | undefined {
  if (call.state.in !== 'talking') return undefined;
  return call.state.caller === leg ? call.state.callee : call.state.caller;
}
