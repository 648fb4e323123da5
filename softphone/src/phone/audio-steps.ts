/**
 * The audio of a call that stops on the way: new candidates are offered (ICE restart) once the line is there, and again until
 * it is back or the server knows the call no more.
 */
import { takeUp } from './call-steps';
import type { PhoneEffect, PhoneEvent } from './phone-event';
import { isEstablished, type PhoneState } from './phone-state';
import { callOf, type Step, stay, withCall, withoutCall } from './step';

type EventOf<Type extends PhoneEvent['type']> = Extract<PhoneEvent, { readonly type: Type }>;

const restartAgainMs = 1_500;
/** Call or transaction does not exist: the other end has none of it (RFC 3261 section 12.2.1.2). */
const gone = 481;
/** Nobody answered, or the connection was gone (RFC 3261 section 8.1.3.1): nothing is refused yet. */
const unanswered: readonly number[] = [408, 503];

export function audioLost(state: PhoneState, { id }: EventOf<'audio-lost'>): Step {
  const call = callOf(state, id);
  if (call === undefined || !isEstablished(call) || call.state.audio === 'lost') return stay(state);
  const lost = withCall(state, id, { ...call.state, audio: 'lost' });
  // Without a line it is offered when the registration is back. With one, it may have died on the same path.
  return state.line.in === 'registered' ? stay(lost, { do: 'probe' }, { do: 'restart-ice', id }) : stay(lost);
}

export function audioBack(state: PhoneState, { id }: EventOf<'audio-back'>): Step {
  const call = callOf(state, id);
  if (call === undefined || !isEstablished(call)) return stay(state);
  const offers = state.offers.filter(({ callId }) => callId !== call.callId);
  return stay(withCall({ ...state, offers }, id, { ...call.state, audio: 'flows' }));
}

export function restartFailed(state: PhoneState, { id, status, at }: EventOf<'restart-failed'>): Step {
  const call = callOf(state, id);
  if (call === undefined) return stay(state);
  if (status === gone) {
    const { state: after, effects } = takeUp(withoutCall(state, id), { callId: call.callId, id, at });
    const isTaken = after.calls.length === state.calls.length;
    const told: readonly PhoneEffect[] = isTaken ? effects : [{ do: 'tell', what: { kind: 'call-lost' } }];
    return stay(after, { do: 'forget', id }, ...told);
  }
  return stay(state, { do: 'restart-later', id, afterMs: restartAgainMs });
}

export function restartDue(state: PhoneState, { id }: EventOf<'restart-due'>): Step {
  const call = callOf(state, id);
  const isWanted = call !== undefined && isEstablished(call) && call.state.audio === 'lost';
  return isWanted && state.line.in === 'registered' ? stay(state, { do: 'restart-ice', id }) : stay(state);
}

/** The server holds it on: so it is here, and the person knows. Unanswered: said again with the line's next restart. */
export function unholdRefused(state: PhoneState, { id, at, status }: EventOf<'unhold-refused'>): Step {
  const call = callOf(state, id);
  if (status === gone) return restartFailed(state, { type: 'restart-failed', id, at, status });
  // Held again meanwhile, or over.
  if (call?.state.in !== 'talking' || unanswered.includes(status)) return stay(state);
  return stay(withCall(state, id, { ...call.state, in: 'held' }), { do: 'tell', what: { kind: 'still-held' } });
}
