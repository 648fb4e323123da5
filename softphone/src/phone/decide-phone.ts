/** What the phone in the page does about what happens: (state, event) to (state, effects). Pure; only dispatches. */
import { assertNever } from '../../../call-router/values/assert';
import { audioBack, audioLost, restartDue, restartFailed, unholdRefused } from './audio-steps';
import {
  askedAnswer,
  askedDial,
  askedDigits,
  askedHangUp,
  askedHold,
  askedMute,
  askedReject,
  askedResume,
  askedUnmute,
  callAlerting,
  callArrived,
  callEnded,
  callEstablished,
  callNamed,
  holdRefused,
  legsTold,
  pressedHook,
  pressedMute,
  resumeOffered,
  takeUpAll,
} from './call-steps';
import {
  accountGiven,
  accountGone,
  leadWon,
  loggedOut,
  networkChanged,
  pathDoubted,
  registerAccepted,
  registerRefused,
  retryDue,
  socketClosed,
  socketOpened,
} from './line-steps';
import {
  closedWhenUnused,
  devicesChanged,
  microphoneEnded,
  microphoneFailed,
  microphoneOpened,
} from './microphone-steps';
import type { PhoneEvent } from './phone-event';
import type { PhoneState } from './phone-state';
import { type Step, andThen } from './step';

export function decidePhone(state: PhoneState, event: PhoneEvent): Step {
  return andThen(stepOf(state, event), closedWhenUnused);
}

function stepOf(state: PhoneState, event: PhoneEvent): Step {
  switch (event.type) {
    case 'lead-won':
      return leadWon(state);
    case 'account-given':
      return accountGiven(state, event);
    case 'account-gone':
      return accountGone(state);
    case 'logged-out':
      return loggedOut(state);
    case 'socket-opened':
      return socketOpened(state);
    case 'socket-closed':
      return socketClosed(state, event);
    case 'network-changed':
      return networkChanged(state);
    case 'path-doubted':
      return pathDoubted(state);
    case 'register-accepted':
      return andThen(registerAccepted(state), (after) => takeUpAll(after, event));
    case 'register-refused':
      return registerRefused(state);
    case 'retry-due':
      return retryDue(state);
    case 'microphone-opened':
      return microphoneOpened(state, event);
    case 'microphone-failed':
      return microphoneFailed(state, event);
    case 'microphone-ended':
      return microphoneEnded(state);
    case 'devices-changed':
      return devicesChanged(state);
    default:
      return callStepOf(state, event);
  }
}

type LineEvent = Extract<
  PhoneEvent['type'],
  | 'lead-won'
  | `account-${string}`
  | 'logged-out'
  | `socket-${string}`
  | 'network-changed'
  | 'path-doubted'
  | `register-${string}`
  | 'retry-due'
  | `microphone-${string}`
  | 'devices-changed'
>;

function callStepOf(state: PhoneState, event: Exclude<PhoneEvent, { readonly type: LineEvent }>): Step {
  switch (event.type) {
    case 'call-arrived':
      return callArrived(state, event);
    case 'call-named':
      return callNamed(state, event);
    case 'legs-told':
      return legsTold(state, event);
    case 'call-alerting':
      return callAlerting(state, event);
    case 'call-established':
      return callEstablished(state, event);
    case 'call-ended':
      return callEnded(state, event);
    case 'hold-refused':
      return holdRefused(state, event);
    case 'unhold-refused':
      return unholdRefused(state, event);
    case 'audio-lost':
      return audioLost(state, event);
    case 'audio-back':
      return audioBack(state, event);
    case 'restart-failed':
      return restartFailed(state, event);
    case 'restart-due':
      return restartDue(state, event);
    case 'resume-offered':
      return resumeOffered(state, event);
    case 'asked-dial':
      return askedDial(state, event);
    case 'asked-answer':
      return askedAnswer(state, event);
    case 'asked-reject':
      return askedReject(state, event);
    case 'asked-hang-up':
      return askedHangUp(state, event);
    case 'asked-hold':
      return askedHold(state, event);
    case 'asked-resume':
      return askedResume(state, event);
    case 'asked-mute':
      return askedMute(state, event);
    case 'asked-unmute':
      return askedUnmute(state, event);
    case 'asked-digits':
      return askedDigits(state, event);
    case 'pressed-hook':
      return pressedHook(state);
    case 'pressed-mute':
      return pressedMute(state);
    default:
      return assertNever(event);
  }
}
