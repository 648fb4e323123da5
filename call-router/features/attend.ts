/**
 * Our own voice on a leg that is with us alone: answers it if nobody has, then hands every end of a prompt, digit and timer
 * to the feature that speaks (state/attendant.ts). The call's record, card and recording are the same as in any call.
 *
 *   attend ──media open──▶ accept its offer ──200 out──▶ begin ──▶ the feature's own steps
 */
import type { PbxEffect } from '../effect';
import type { MediaEvent } from '../event';
import type { Attendant } from '../state/attendant';
import type { Call, Leg } from '../state/call';
import type { Prompt } from '../state/office';
import type { PbxView } from '../state/view';
import type { EndCause } from '../values/cause';
import { type EpochMs, type LegId, timerIdOf } from '../values/ids';
import { type Decision, both, decided, ignore, inState, isConnected, withLegs } from './decision';
import { endCall } from './hang-up';
import { isParked, slotTold } from './park';
import { beginMailbox, mailboxKey, mailboxSaid, mailboxTimeOver } from './mailbox';
import { beginGreeting, beginMenu, greetingDigit, greetingEnded, menuDigit, menuSaid, menuTimeOver } from './menu';
import { enterQueue } from './acd';
import { queuePromptsEnded } from './queue-callback';
import { isQueued } from './queue-wait';
import { beginCallThrough, callThroughDigit, typedWhole } from './call-through';
import { consentTag, consentTold } from './consent';
import { isScreening, questionEnded } from './screening';
import { ringTimerOff } from './ring-timer';
import { beginRoom, pinDigit, pinTimeOver } from './room';
import { beginVoicemail, messageDone, voicemailDigit, voicemailSaid } from './voicemail';

export type Attended = Call & { readonly state: Extract<Call['state'], { readonly in: 'attended' }> };
export const isAttended = (call: Call): call is Attended => call.state.in === 'attended';

/** Puts this leg of the call with us; every other leg is gone or goes by the caller's own doing. */
export function attend(
  pbx: PbxView,
  call: Call,
  { leg, by, at }: { readonly leg: LegId; readonly by: Attendant; readonly at: EpochMs },
): Decision {
  const attended: Attended = { ...call, state: { in: 'attended', leg, by } };
  const one = call.legs.get(leg);
  if (one === undefined) return ignore;
  // From one step with us to the next it is watched already.
  if (isAttended(call) && isConnected(one)) return speak(pbx, attended, at);
  if (isConnected(one)) return both([ringTimerOff(call)], begin(pbx, attended, at));
  // Its end of the media is still being made: attendedOpened goes on.
  return one.media === 'open'
    ? both([ringTimerOff(call)], answerForUs(attended, one))
    : decided(attended, [ringTimerOff(call)]);
}

/** The media engine has made our end of the leg. */
export function attendedOpened(call: Attended, leg: Leg): Decision {
  return leg.id === call.state.leg && leg.state.in === 'offered' ? answerForUs(call, leg) : decided(call, []);
}

function answerForUs(call: Call, leg: Leg): Decision {
  const ourOffer = leg.state.in === 'offered' ? leg.state.ourOffer : undefined;
  return decided(withLegs(call, inState(leg, { in: 'answering' })), [
    ourOffer === undefined
      ? { to: 'media', do: 'accept-offer', leg: leg.id }
      : { to: 'sip', do: 'answer', leg: leg.id, sdp: ourOffer },
  ]);
}

/** Its 200 is out, or its ACK brought the answer to our offer. */
export function attendedAnswered(
  pbx: PbxView,
  call: Attended,
  { leg, at }: { readonly leg: Leg; readonly at: EpochMs },
): Decision {
  const connected = withLegs(call, { ...inState(leg, { in: 'answered', since: at }), answeredAt: at });
  return isAttended(connected) ? begin(pbx, connected, at) : ignore;
}

/** The first words. */
function begin(pbx: PbxView, call: Attended, at: EpochMs): Decision {
  const { leg } = call.state;
  // Whoever holds says nothing; hold.ts watches again when they are back.
  const isHeld = call.legs.get(leg)?.state.in === 'held';
  const watch: PbxEffect[] = [
    ...(isHeld ? [] : [{ to: 'media', do: 'watch', leg, audioLostMs: pbx.limits.audioLostMs } as const]),
    { to: 'clock', do: 'set-timer', timer: timerIdOf(call.id, 'longest'), afterMs: pbx.limits.callMaxMs },
  ];
  return both(watch, speak(pbx, call, at));
}

function speak(pbx: PbxView, call: Attended, at: EpochMs): Decision {
  const { by } = call.state;
  switch (by.kind) {
    case 'announcement':
      return decided(call, [say(pbx, call, { prompts: by.prompts, tag: by.kind })]);
    case 'echo':
      return decided(call, [say(pbx, call, { prompts: [{ say: 'echo-test' }], tag: by.kind })]);
    case 'greeting':
      return beginGreeting(pbx, call);
    case 'menu':
      return beginMenu(pbx, call);
    case 'voicemail':
      return beginVoicemail(pbx, call);
    case 'mailbox':
      return beginMailbox(call);
    case 'call-through':
      return beginCallThrough(pbx, call);
    case 'queue':
      return enterQueue(pbx, call, at);
    case 'room-pin':
    case 'focus':
    case 'joins':
      return beginRoom(pbx, call, at);
    default:
      return endCall(pbx, { call, at, cause: 'internal-error' });
  }
}

/** Said to the attended leg in the call's language. `tag` comes back with its end. */
export function say(
  pbx: PbxView,
  call: Attended,
  {
    prompts,
    tag,
    untilDigit = false,
  }: { readonly prompts: Prompt; readonly tag: string; readonly untilDigit?: boolean },
): PbxEffect {
  const language = call.language ?? pbx.directory.language;
  return { to: 'media', do: 'play-prompts', leg: call.state.leg, prompts, language, tag, untilDigit };
}

export function promptsEnded(pbx: PbxView, event: Extract<MediaEvent, { readonly type: 'prompts-ended' }>): Decision {
  const call = pbx.callOf(event.leg);
  if (event.tag === consentTag) return consentTold(pbx, event);
  const screened = call?.legs.get(event.leg);
  if (screened !== undefined && isScreening(screened)) return questionEnded(pbx, event);
  if (call !== undefined && isQueued(call)) return queuePromptsEnded(call, event);
  if (call !== undefined && isParked(call) && call.state.told === event.leg) return slotTold(call, event.at);
  // It hung up or was led on while the last word was said.
  if (call === undefined || !isAttended(call) || call.state.leg !== event.leg) return ignore;
  const { by } = call.state;
  switch (by.kind) {
    case 'announcement':
      // Not the end of a menu that a digit has cut.
      return event.tag === by.kind ? endCall(pbx, { call, at: event.at, cause: by.cause }) : ignore;
    case 'echo':
      return decided(call, [{ to: 'media', do: 'echo', leg: call.state.leg }]);
    case 'greeting':
      return greetingEnded(pbx, call, event);
    case 'menu':
      return menuSaid(pbx, call, event);
    case 'voicemail':
      return voicemailSaid(pbx, call, event);
    case 'mailbox':
      return mailboxSaid(pbx, call, event);
    default:
      return ignore;
  }
}

/** A digit of an attended leg. */
export function attendedDigit(
  pbx: PbxView,
  call: Attended,
  pressed: { readonly digit: string; readonly at: EpochMs },
): Decision {
  switch (call.state.by.kind) {
    case 'greeting':
      return greetingDigit(pbx, call, pressed);
    case 'menu':
      return menuDigit(pbx, call, pressed);
    case 'voicemail':
      return voicemailDigit(pbx, call, pressed);
    case 'mailbox':
      return mailboxKey(pbx, call, pressed);
    case 'call-through':
      return callThroughDigit(pbx, call, pressed);
    case 'room-pin':
      return pinDigit(pbx, call, pressed);
    default:
      return ignore; // nothing is asked
  }
}

/** The timer of what is asked: `<call>/attendant`. */
export const attendantTimer = ({ id }: Call, afterMs: number): PbxEffect => ({
  to: 'clock',
  do: 'set-timer',
  timer: timerIdOf(id, 'attendant'),
  afterMs,
});

export const attendantTimerOff = ({ id }: Call): PbxEffect => ({
  to: 'clock',
  do: 'clear-timer',
  timer: timerIdOf(id, 'attendant'),
});

export function attendantTimeOver(pbx: PbxView, call: Attended, at: EpochMs): Decision {
  switch (call.state.by.kind) {
    case 'menu':
      return menuTimeOver(pbx, call, at);
    case 'voicemail':
      return messageDone(pbx, call, at);
    case 'mailbox':
      return mailboxTimeOver(pbx, call, at);
    case 'call-through':
      return typedWhole(pbx, call, at);
    case 'room-pin':
      return pinTimeOver(pbx, call, at);
    default:
      return ignore; // nothing waits
  }
}

/** Tells the leg why, then ends the call with that cause. */
export function announceAndEnd(
  pbx: PbxView,
  call: Call,
  {
    leg,
    prompts,
    cause,
    at,
  }: { readonly leg: LegId; readonly prompts: Prompt; readonly cause: EndCause; readonly at: EpochMs },
): Decision {
  return attend(pbx, call, { leg, by: { kind: 'announcement', prompts, cause }, at });
}
