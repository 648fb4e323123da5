/** The answer of each step of the phone, and the small changes that all steps are made of. Pure. */
import type { PhoneEffect } from './phone-event';
import type { HeadsetCall, HeadsetCallState, PhoneState } from './phone-state';

export interface Step {
  readonly state: PhoneState;
  readonly effects: readonly PhoneEffect[];
}

export const stay = (state: PhoneState, ...effects: readonly PhoneEffect[]): Step => ({ state, effects });

export const callOf = (state: PhoneState, id: string): HeadsetCall | undefined =>
  state.calls.find((call) => call.id === id);

export const withCall = (state: PhoneState, id: string, next: HeadsetCallState): PhoneState => ({
  ...state,
  calls: state.calls.map((call) => (call.id === id ? { ...call, state: next } : call)),
});

export const withoutCall = (state: PhoneState, id: string): PhoneState => ({
  ...state,
  calls: state.calls.filter((call) => call.id !== id),
});

/** One after the other. */
export function andThen({ state, effects }: Step, next: (state: PhoneState) => Step): Step {
  const after = next(state);
  return { state: after.state, effects: [...effects, ...after.effects] };
}
