/**
 * The calls of the headset: several at once, one of them talks. Whoever answers or dials holds the one they talk with; who is
 * held stays held until somebody resumes it. What the server knows of a call (recording, transfer, park) is not here.
 */
import { askMicrophone } from './microphone-steps';
import type { PhoneEvent, PhoneNews } from './phone-event';
import {
  type HeadsetCall,
  isEstablished,
  isMadeIn,
  type KeptSound,
  keptSoundOf,
  type PhoneState,
  type TalkingCall,
} from './phone-state';
import { callOf, type Step, stay, andThen, withCall, withoutCall } from './step';

type EventOf<Type extends PhoneEvent['type']> = Extract<PhoneEvent, { readonly type: Type }>;

/** Calls of one headset at once; a further one is told that we are busy. */
const callsMax = 4;

export function callArrived(state: PhoneState, { call }: EventOf<'call-arrived'>): Step {
  if (!state.leads || state.calls.length >= callsMax) return stay(state, { do: 'refuse-busy', id: call.id });
  const madeIn = call.callId === undefined ? {} : { madeIn: call.callId };
  return stay({ ...state, calls: [...state.calls, { ...call, ...madeIn, state: { in: 'ringing' } }] });
}

export function askedAnswer(state: PhoneState, { id }: EventOf<'asked-answer'>): Step {
  // Late: it stopped ringing, or another tab was faster.
  if (callOf(state, id)?.state.in !== 'ringing') return stay(state);
  return andThen(holdTalk(state), (held) => askMicrophone(withCall(held, id, { in: 'answering' })));
}

export function askedReject(state: PhoneState, { id }: EventOf<'asked-reject'>): Step {
  const what = callOf(state, id)?.state.in;
  return what === 'ringing' || what === 'answering' ? stay(withoutCall(state, id), { do: 'reject', id }) : stay(state);
}

export function askedDial(state: PhoneState, { id, wish }: EventOf<'asked-dial'>): Step {
  if (!state.leads) return stay(state); // the leading tab dials
  // The line went, or the last place was taken, since the button was shown.
  if (state.line.in !== 'registered') return stay(state, { do: 'tell', what: { kind: 'not-dialled', why: 'no-line' } });
  if (state.calls.length >= callsMax)
    return stay(state, { do: 'tell', what: { kind: 'not-dialled', why: 'too-many-calls' } });
  const call: HeadsetCall = { id, number: wish.to, state: { in: 'starting', wish } };
  return andThen(holdTalk(state), (held) => askMicrophone({ ...held, calls: [...held.calls, call] }));
}

export function callNamed(state: PhoneState, { id, callId: madeIn }: EventOf<'call-named'>): Step {
  const named = (call: HeadsetCall): HeadsetCall => ({ ...call, madeIn, callId: call.callId ?? madeIn });
  return stay({ ...state, calls: state.calls.map((call) => (call.id === id ? named(call) : call)) });
}

/** A leg keeps the name of the call it was made in (`<call>.<n>`), whichever call it is in now. */
export function legsTold(state: PhoneState, { callId, legIds }: EventOf<'legs-told'>): Step {
  const isThere = ({ madeIn }: HeadsetCall): boolean =>
    madeIn !== undefined && legIds.some((legId) => isMadeIn(legId, madeIn));
  const moved = state.calls.filter((call) => isThere(call) && call.callId !== callId);
  if (moved.length === 0) return stay(state);
  return stay({ ...state, calls: state.calls.map((call) => (moved.includes(call) ? { ...call, callId } : call)) });
}

export function callAlerting(state: PhoneState, { id, hears }: EventOf<'call-alerting'>): Step {
  const what = callOf(state, id)?.state.in;
  return what === 'dialling' || what === 'alerting'
    ? stay(withCall(state, id, { in: 'alerting', hears }))
    : stay(state);
}

export function callEstablished(state: PhoneState, { id, at }: EventOf<'call-established'>): Step {
  const call = callOf(state, id);
  // The 200 crossed our hanging up (the edge acknowledges and ends it), or it is told twice.
  if (call === undefined || isEstablished(call)) return stay(state);
  const offers = state.offers.filter(({ callId }) => callId !== call.callId);
  // In that call again: as another leg than the one that was hung up.
  const hungUp = state.hungUp.filter((madeIn) => madeIn !== call.madeIn);
  // Another one was resumed while this one rang there: it is held again.
  const next = { ...state, offers, hungUp };
  const talks = { in: 'talking', since: at, muted: call.was?.muted === true, audio: 'flows' } as const;
  // It was on hold when its leg was lost: it stays so, and whoever talks talks on.
  if (call.was?.held === true) return stay(withCall(next, id, { ...talks, in: 'held' }), { do: 'hold', id });
  return andThen(holdTalk(next), (held) => stay(withCall(held, id, talks)));
}

export function callEnded(state: PhoneState, { id, status, at }: EventOf<'call-ended'>): Step {
  const call = callOf(state, id);
  if (call === undefined) return stay(state);
  const gone = withoutCall(state, id);
  const told = newsOfEnd(call, status).map((what) => ({ do: 'tell', what }) as const);
  return andThen(stay(gone, ...told), (after) =>
    isEstablished(call) ? takeUp(after, { callId: call.callId, id, at, was: keptSoundOf(call) }) : stay(after),
  );
}

/** Of an outgoing call that came to nothing; one whose name was known before it was answered was a lost leg. */
function newsOfEnd({ state, number, callId }: HeadsetCall, status: number | undefined): readonly PhoneNews[] {
  if (state.in !== 'dialling' && state.in !== 'alerting') return [];
  if (status === undefined || status === requestTerminated) return [];
  return number === '' && callId !== undefined ? [{ kind: 'call-lost' }] : [{ kind: 'call-refused', number, status }];
}
/** We cancelled it ourselves. */
const requestTerminated = 487;

export function askedHangUp(state: PhoneState, { id }: EventOf<'asked-hang-up'>): Step {
  const call = callOf(state, id);
  if (call === undefined) return stay(state);
  if (call.state.in === 'ringing' || call.state.in === 'answering')
    return askedReject(state, { type: 'asked-reject', id });
  // Nothing was sent yet.
  if (call.state.in === 'starting') return stay(withoutCall(state, id));
  return stay(withHungUp(withoutCall(state, id), call), { do: 'end', id });
}

/** Remembered for the offer of its leg: where the line is gone, or dead with nobody knowing it yet, no BYE arrives. */
function withHungUp(state: PhoneState, { madeIn }: HeadsetCall): PhoneState {
  return madeIn === undefined ? state : { ...state, hungUp: [...state.hungUp, madeIn].slice(-callsMax) };
}

export function askedHold(state: PhoneState, { id }: EventOf<'asked-hold'>): Step {
  const call = callOf(state, id);
  return call?.state.in === 'talking'
    ? stay(withCall(state, id, { ...call.state, in: 'held' }), { do: 'hold', id })
    : stay(state);
}

export function askedResume(state: PhoneState, { id }: EventOf<'asked-resume'>): Step {
  const call = callOf(state, id);
  if (call?.state.in !== 'held') return stay(state);
  const talks = { ...call.state, in: 'talking' } as const;
  return andThen(holdTalk(state), (held) => stay(withCall(held, id, talks), { do: 'unhold', id }));
}

/** The server would not: here it is as if held (no sound either way) while another one talks, else they talk on. */
export function holdRefused(state: PhoneState, { id }: EventOf<'hold-refused'>): Step {
  const call = callOf(state, id);
  if (call?.state.in !== 'held' || talkOf(state) !== undefined) return stay(state);
  return stay(withCall(state, id, { ...call.state, in: 'talking' }));
}

export function askedMute(state: PhoneState, { id }: { readonly id: string }): Step {
  const call = callOf(state, id);
  if (call === undefined || !isEstablished(call) || call.state.muted) return stay(state);
  return stay(withCall(state, id, { ...call.state, muted: true }));
}

export function askedUnmute(state: PhoneState, { id }: { readonly id: string }): Step {
  const call = callOf(state, id);
  if (call === undefined || !isEstablished(call) || !call.state.muted) return stay(state);
  return stay(withCall(state, id, { ...call.state, muted: false }));
}

export function askedDigits(state: PhoneState, { id, digits }: EventOf<'asked-digits'>): Step {
  return callOf(state, id)?.state.in === 'talking' ? stay(state, { do: 'send-digits', id, digits }) : stay(state);
}

/** The key in the cord: takes who rings, else hangs up whom one talks with or dials. */
export function pressedHook(state: PhoneState): Step {
  const ringing = state.calls.find((call) => call.state.in === 'ringing');
  const current =
    talkOf(state) ?? state.calls.find(({ state: { in: what } }) => what === 'dialling' || what === 'alerting');
  if (ringing !== undefined) return askedAnswer(state, { type: 'asked-answer', id: ringing.id });
  return current === undefined ? stay(state) : askedHangUp(state, { type: 'asked-hang-up', id: current.id });
}

export function pressedMute(state: PhoneState): Step {
  const talk = talkOf(state);
  if (talk === undefined) return stay(state);
  return talk.state.muted ? askedUnmute(state, talk) : askedMute(state, talk);
}

/**
 * The server holds the place of a leg that this browser lost. A page that still has the call (its network changed) repairs it
 * itself; one that has it no more (it was loaded anew) calls in, and one in which it was hung up says so. Another browser of this
 * person leaves it alone: nobody may sit there.
 */
export function resumeOffered(state: PhoneState, { offer, of, id, at }: EventOf<'resume-offered'>): Step {
  const { callId: inCall, legId } = offer;
  if (state.hungUp.some((madeIn) => isMadeIn(legId, madeIn)))
    return stay(state, { do: 'hang-up-lost', callId: inCall, legId });
  if (of === 'another') return stay(state);
  const offers = [...state.offers.filter(({ callId }) => callId !== offer.callId), offer];
  const next = { ...state, offers };
  return state.calls.some(({ callId }) => callId === offer.callId)
    ? stay(next)
    : takeUp(next, { callId: offer.callId, id, at });
}

/** Offers that came before the line was there. */
export function takeUpAll(state: PhoneState, event: { readonly id: string; readonly at: number }): Step {
  return state.offers.reduce(
    (step, { callId }) =>
      andThen(step, (before) => takeUp(before, { callId, id: `${event.id}-${callId}`, at: event.at })),
    stay(state),
  );
}

interface Lost {
  readonly callId: string | undefined;
  /** As the person hears it here, where the call was not lost with the page. */
  readonly was?: KeptSound;
  readonly id: string;
  readonly at: number;
}

/** Calls in by the token of a lost leg, if there is one that is still good. */
export function takeUp(state: PhoneState, { callId, id, at, was }: Lost): Step {
  const offer = state.offers.find((one) => one.callId === callId);
  const isThere = state.calls.some((call) => call.callId !== undefined && call.callId === callId);
  if (offer === undefined || isThere || !state.leads || state.line.in !== 'registered') return stay(state);
  const offers = state.offers.filter((one) => one !== offer);
  if (offer.until <= at) return stay({ ...state, offers });
  const wish = { kind: 'resume', token: offer.token } as const;
  const kept = was ?? offer.was;
  const call: HeadsetCall = {
    ...{ id: `${id}-again`, callId: offer.callId, number: '', ...(kept === undefined ? {} : { was: kept }) },
    state: { in: 'starting', wish },
  };
  return askMicrophone({ ...state, offers, calls: [...state.calls, call] });
}

const talkOf = (state: PhoneState): TalkingCall | undefined =>
  state.calls.filter(isEstablished).find((call) => call.state.in === 'talking');

function holdTalk(state: PhoneState): Step {
  const talk = talkOf(state);
  return talk === undefined ? stay(state) : askedHold(state, { type: 'asked-hold', id: talk.id });
}
