/**
 * The microphone of the phone: asked for when a call wants it, closed when none does. A call never ends for want of one: an
 * incoming one rings on, a talk stays and takes the next one that is there.
 */
import type { PhoneEvent, PhoneNews } from './phone-event';
import { type HeadsetCall, type PhoneState, wantsMicrophone } from './phone-state';
import { type Step, stay, andThen, withCall, withoutCall } from './step';

type EventOf<Type extends PhoneEvent['type']> = Extract<PhoneEvent, { readonly type: Type }>;

/** The call that is to be answered or begun has what it needs, or it is asked for. */
export function askMicrophone(state: PhoneState): Step {
  const { microphone } = state;
  if (microphone.in === 'live') return proceed(state);
  if (microphone.in === 'asking') return stay(state);
  return stay({ ...state, microphone: { in: 'asking' } }, { do: 'open-microphone' });
}

export function microphoneOpened(state: PhoneState, { label }: EventOf<'microphone-opened'>): Step {
  // Late: the call ended while the browser asked the person.
  if (!state.calls.some(wantsMicrophone))
    return stay({ ...state, microphone: { in: 'idle' } }, { do: 'close-microphone' });
  // Something was plugged in, but it is the same one.
  if (state.microphone.in === 'live' && state.microphone.label === label) return stay(state);
  const talks = state.calls.some(hasTrack);
  const step = proceed({ ...state, microphone: { in: 'live', label } });
  if (!talks) return step;
  const news: PhoneNews = { kind: 'microphone-changed', label };
  return { ...step, effects: [{ do: 'replace-track' }, { do: 'tell', what: news }, ...step.effects] };
}

/** Who rings goes on ringing; who was to be called is not called; a lost leg is taken up again in silence: they at least hear. */
export function microphoneFailed(state: PhoneState, { problem }: EventOf<'microphone-failed'>): Step {
  const told = stay(
    { ...state, microphone: { in: 'wrong', problem } },
    { do: 'tell', what: { kind: 'no-microphone', problem } },
  );
  return state.calls.reduce((step, call) => andThen(step, (before) => withoutMicrophone(before, call)), told);
}

function withoutMicrophone(state: PhoneState, { id, state: was }: HeadsetCall): Step {
  if (was.in === 'answering') return stay(withCall(state, id, { in: 'ringing' }));
  if (was.in !== 'starting') return stay(state);
  if (was.wish.kind === 'number') return stay(withoutCall(state, id));
  return stay(withCall(state, id, { in: 'dialling' }), { do: 'dial', id, wish: was.wish });
}

/** Unplugged, or taken away by the system: any other one will do. */
export function microphoneEnded(state: PhoneState): Step {
  if (!state.calls.some(wantsMicrophone)) return stay({ ...state, microphone: { in: 'idle' } });
  return stay({ ...state, microphone: { in: 'wrong', problem: 'unplugged' } }, { do: 'open-microphone' });
}

export function devicesChanged(state: PhoneState): Step {
  const { microphone, calls } = state;
  // A problem that is not a call's is forgotten: the next call asks anew.
  if (!calls.some(wantsMicrophone)) return stay({ ...state, microphone: { in: 'idle' } });
  return microphone.in === 'asking' ? stay(state) : stay(state, { do: 'open-microphone' });
}

/** After each event. */
export function closedWhenUnused(state: PhoneState): Step {
  const { microphone, calls } = state;
  if (calls.some(wantsMicrophone)) return stay(state);
  if (microphone.in === 'live') return stay({ ...state, microphone: { in: 'idle' } }, { do: 'close-microphone' });
  return microphone.in === 'asking' ? stay({ ...state, microphone: { in: 'idle' } }) : stay(state);
}

function proceed(state: PhoneState): Step {
  const answered = state.calls.filter((call) => call.state.in === 'answering');
  const begun = state.calls.flatMap((call) => (call.state.in === 'starting' ? [{ id: call.id, ...call.state }] : []));
  const accepted = answered.reduce((before, { id }) => withCall(before, id, { in: 'accepted' }), state);
  const next = begun.reduce((before, { id }) => withCall(before, id, { in: 'dialling' }), accepted);
  return stay(
    next,
    ...answered.map(({ id }) => ({ do: 'accept', id }) as const),
    ...begun.map(({ id, wish }) => ({ do: 'dial', id, wish }) as const),
  );
}

const hasTrack = ({ state }: HeadsetCall): boolean =>
  ['accepted', 'dialling', 'alerting', 'talking', 'held'].includes(state.in);
