/**
 * The end of a call and of its legs: who hung up, who must still be told, and when the record is closed.
 * An ended call lingers until its media legs have reported their quality and the CRM has answered, at most
 * limits.lingerMs, so that one last save holds everything.
 */
import type { PbxEffect } from '../effect';
import type { MediaEvent, SipEvent } from '../event';
import type { Call, Leg } from '../state/call';
import type { PbxView } from '../state/view';
import type { EndCause } from '../values/cause';
import { type CallId, type EpochMs, timerIdOf } from '../values/ids';
import { saveCall } from './call-record';
import { isClosedPage } from './closed-page';
import { isPicker, pickerGaveUp } from './pickup';
import { joinTimerOff } from './conference';
import { memberDropped } from './conference-members';
import { isConferring } from './conference-mix';
import { partyLeft } from './consult';
import { both, type Decision, decided, effectsOnly, ignore, isConnected, isEnded, withLegs } from './decision';
import { resumeTimerOff } from './lost-leg';
import { lookUpTimerOff } from './responsible';
import { waitEnded } from './queue-wait';
import { acceptTimerOff, isScreening, screeningLeft } from './screening';
import { consentTimerOff } from './consent';
import { ringTimerOff } from './ring-timer';
import { messageLeft } from './voicemail';

type Of<Union, Type> = Extract<Union, { readonly type: Type }>;

/** BYE from one side, or its dialog was lost. */
export function legHungUp(pbx: PbxView, event: Of<SipEvent, 'leg-hung-up'>): Decision {
  const call = pbx.callOf(event.leg);
  const leg = call?.legs.get(event.leg);
  // Our BYE crossed theirs: both sides know already.
  if (call === undefined || leg === undefined || isEnded(leg)) return ignore;
  if (isScreening(leg)) return screeningLeft(pbx, call, { leg, at: event.at });
  const goesOn = partyLeft(pbx, call, { leg, at: event.at });
  if (goesOn !== undefined) return goesOn;
  return endCall(pbx, {
    call,
    at: event.at,
    cause: event.why === 'bye' ? causeOfBye(call, leg) : 'signalling-lost',
    told: leg,
  });
}

/** Before the answer only a caller who was called back can send BYE. */
function causeOfBye(call: Call, leg: Leg): EndCause {
  if (leg.id !== call.callerLeg) return 'callee-hung-up';
  return call.answeredAt === undefined ? 'caller-gave-up' : 'caller-hung-up';
}

/** CANCEL: the engine has already answered it, and the INVITE with 487. */
export function callerGaveUp(pbx: PbxView, event: Of<SipEvent, 'leg-cancelled'>): Decision {
  const call = pbx.callOf(event.leg);
  const leg = call?.legs.get(event.leg);
  // We refused in the same moment; of an INVITE of our own there is no CANCEL but ours.
  if (call === undefined || leg === undefined || isEnded(leg) || leg.direction === 'outgoing') return ignore;
  // It crossed our 200, which never left: as if they had hung up.
  const goesOn = isConnected(leg) ? partyLeft(pbx, call, { leg, at: event.at }) : undefined;
  if (goesOn !== undefined) return goesOn;
  if (isPicker(call, leg) && !isConnected(leg)) return pickerGaveUp(call, leg, event.at);
  return endCall(pbx, { call, at: event.at, cause: 'caller-gave-up', told: leg });
}

/** RTP stayed away: the BYE was lost, or the network. */
export function audioLost(pbx: PbxView, event: Of<MediaEvent, 'audio-lost'>): Decision {
  const call = pbx.callOf(event.leg);
  const leg = call?.legs.get(event.leg);
  // Held or ended while the engine counted.
  if (call === undefined || leg?.state.in !== 'answered') return ignore;
  return legDropped(pbx, call, { leg, cause: 'audio-lost', at: event.at });
}

/** Of no use any more: taken out of a transfer, a queue or a conference as if it had hung up; in a talk the call ends. */
export function legDropped(
  pbx: PbxView,
  call: Call,
  { leg, cause, at }: { readonly leg: Leg; readonly cause: EndCause; readonly at: EpochMs },
): Decision {
  if (isConferring(call)) return memberDropped(pbx, call, { leg, cause, at });
  const goesOn = partyLeft(pbx, call, { leg, at });
  return goesOn === undefined
    ? endCall(pbx, { call, at, cause })
    : both([{ to: 'sip', do: 'bye', leg: leg.id, cause }], goesOn);
}

export interface Ending {
  readonly call: Call;
  readonly at: EpochMs;
  readonly cause: EndCause;
  /** This leg ended by itself: nothing more is sent on it. */
  readonly told?: Leg;
  /** In the refusal of the caller's INVITE. */
  readonly retryAfterS?: number;
}

/** Ends each leg that still lives, stops the recording, and starts the wait for the last reports. */
export function endCall(pbx: PbxView, ending: Ending): Decision {
  const { at } = ending;
  const left = messageLeft(pbx, ending.call, at);
  const waited = waitEnded(pbx, left.call, ending);
  const { call } = waited;
  // Whoever left a message did not give up.
  const cause = call.messageIn !== undefined && call.answeredAt === undefined ? 'voicemail' : ending.cause;
  const effects: PbxEffect[] = [...left.effects];
  const legs = new Map(call.legs);
  for (const leg of call.legs.values()) {
    if (isEnded(leg)) continue;
    if (leg.id !== ending.told?.id) effects.push(...farewell(leg, { ...ending, cause }));
    if (leg.media !== 'closed') effects.push({ to: 'media', do: 'close-leg', leg: leg.id });
    legs.set(
      leg.id,
      endedLeg(leg, leg.direction === 'outgoing' && !isConnected(leg) ? causeOfBranch(cause) : cause, at),
    );
  }
  if (call.recording !== 'none') {
    effects.unshift({ to: 'media', do: 'stop-recording', call: call.id });
    effects.push({ to: 'recordings', do: 'finish', call: call.id, at });
  }
  effects.push(...timersOff(call), ...waited.effects);
  const ended: Call = { ...call, legs, state: { in: 'ended', at, cause } };
  const closing = closeIfSettled(ended, at);
  if (!isSettled(ended)) effects.push(lingerTimer(pbx, call.id));
  return { changes: [...waited.changes, ...closing.changes], effects: [...effects, ...closing.effects] };
}

function lingerTimer(pbx: PbxView, call: CallId): PbxEffect {
  return { to: 'clock', do: 'set-timer', timer: timerIdOf(call, 'linger'), afterMs: pbx.limits.lingerMs };
}

/** A branch that never answered did not end for the call's reason: the caller's hanging up was a giving up to it. */
function causeOfBranch(cause: EndCause): EndCause {
  return cause === 'caller-hung-up' ? 'caller-gave-up' : cause;
}

export function endedLeg(leg: Leg, cause: EndCause, at: EpochMs): Leg {
  return { ...leg, state: { in: 'ended', cause }, endedAt: at };
}

/** What tells the far end, by what stands between us (RFC 3261 sections 9, 13.3 and 15). */
function farewell(leg: Leg, { cause, retryAfterS }: Ending): readonly PbxEffect[] {
  if (isConnected(leg)) return [{ to: 'sip', do: 'bye', leg: leg.id, cause }];
  if (leg.direction === 'incoming') {
    return [{ to: 'sip', do: 'refuse', leg: leg.id, cause, ...(retryAfterS === undefined ? {} : { retryAfterS }) }];
  }
  if (isClosedPage(leg)) return [];
  switch (leg.state.in) {
    case 'dialling':
    case 'ringing':
      return [{ to: 'sip', do: 'cancel', leg: leg.id, cause }];
    case 'screening':
      return [acceptTimerOff(leg), { to: 'sip', do: 'bye', leg: leg.id, cause }];
    case 'answering': // its 200 is here and acknowledged
      return [{ to: 'sip', do: 'bye', leg: leg.id, cause }];
    default: // opening: no INVITE has left
      return [];
  }
}

function timersOff(call: Call): readonly PbxEffect[] {
  return [
    ringTimerOff(call),
    { to: 'clock', do: 'clear-timer', timer: timerIdOf(call.id, 'longest') },
    ...(call.state.in === 'attended'
      ? [{ to: 'clock', do: 'clear-timer', timer: timerIdOf(call.id, 'attendant') } as const]
      : []),
    ...(call.state.in === 'parked'
      ? [{ to: 'clock', do: 'clear-timer', timer: timerIdOf(call.id, 'park') } as const]
      : []),
    ...(call.awaitsConsent === undefined ? [] : [consentTimerOff(call)]),
    ...(call.path?.waitsFor === undefined ? [] : [lookUpTimerOff(call)]),
    ...(call.state.in === 'conferring' ? call.state.joining.map(joinTimerOff) : []),
    ...[...call.legs.values()].filter((leg) => leg.typed !== undefined).map(digitsOff),
    ...[...call.legs.values()].filter((leg) => leg.lost !== undefined).map(resumeTimerOff),
  ];
}

/** Nothing waits for a further digit of this leg. */
export const digitsOff = (leg: Leg): PbxEffect => ({
  to: 'clock',
  do: 'clear-timer',
  timer: timerIdOf(leg.id, 'digits'),
});

/** The last word of a leg's media. */
export function legClosed(pbx: PbxView, event: Of<MediaEvent, 'leg-closed'>): Decision {
  const call = pbx.callOf(event.leg);
  const leg = call?.legs.get(event.leg);
  // The record was closed without it (lingerMs).
  if (call === undefined || leg === undefined) return ignore;
  const { lost, ...rest } = leg;
  const known = withLegs(call, { ...rest, media: 'closed', quality: event.quality });
  const closed = known.state.in === 'ended' ? closeIfSettled(known, event.at) : decided(known, []);
  return lost === undefined ? closed : both([resumeTimerOff(leg)], closed);
}

/** The wait is over: what is known now is the record. */
export function lingerOver(pbx: PbxView, id: CallId, at: EpochMs): Decision {
  const call = pbx.calls.get(id);
  return call === undefined ? ignore : close(call, at);
}

export function closeIfSettled(call: Call, at: EpochMs): Decision {
  return isSettled(call) ? close(call, at) : decided(call, []);
}

function isSettled(call: Call): boolean {
  return call.client.in !== 'looking-up' && [...call.legs.values()].every((leg) => leg.media === 'closed');
}

function close(call: Call, at: EpochMs): Decision {
  return {
    changes: [{ set: 'call-gone', call: call.id }],
    effects: [{ to: 'clock', do: 'clear-timer', timer: timerIdOf(call.id, 'linger') }, ...saveCall(call, at)],
  };
}

/** A leg that answered or failed after nobody wanted it any more. */
export function endLateLeg(leg: Leg['id']): Decision {
  return effectsOnly({ to: 'sip', do: 'bye', leg, cause: 'answered-elsewhere' });
}
