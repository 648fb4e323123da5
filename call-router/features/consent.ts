/**
 * "This call is recorded": said to each party from outside, one after the other, where a rule wants it. Until it is heard the file keeps silence; what cuts
 * it short, it is said again; a prompt that is not there leaves the call unrecorded, and the administrators hear of it.
 */
import type { PbxEffect } from '../effect';
import type { MediaEvent } from '../event';
import type { Call, Leg } from '../state/call';
import type { PbxView } from '../state/view';
import { type CallId, timerIdOf } from '../values/ids';
import { recordingOf } from './conference-mix';
import { type Decision, decided, ignore, isConnected } from './decision';
import { isOfficeSide } from './office-side';
import { recordedNow, type RecordingStart, type Wanted } from './recording-rule';

/** Who must hear it next. Undefined: everybody from outside has, or colleagues are among themselves. */
export const outsideOf = (pbx: PbxView, { legs, heardOfRecording }: Call): Leg | undefined =>
  [...legs.values()].find(
    (leg) => isConnected(leg) && !isOfficeSide(pbx, leg) && heardOfRecording?.includes(leg.id) !== true,
  );

/** Nothing is kept of what is said before each party from outside has heard that it is. */
export function announced(pbx: PbxView, { call, effects }: RecordingStart): RecordingStart {
  const outside = outsideOf(pbx, call);
  if (outside === undefined) return { call, effects };
  const awaitsConsent = { leg: outside.id, language: call.language ?? pbx.directory.language };
  return {
    call: { ...call, recording: 'paused', awaitsConsent },
    effects: [
      ...effects,
      ...(call.recording === 'paused' ? [] : [{ to: 'media', do: 'pause-recording', call: call.id } as const]),
      ...announcement(call, awaitsConsent),
    ],
  };
}

export const consentTag = 'consent';

/** What plays next may cut it short, and nobody tells: a timer asks whether it was heard. */
const heardWithinMs = 15_000;

export const announcement = (
  call: Call,
  { leg, language }: NonNullable<Call['awaitsConsent']>,
): readonly PbxEffect[] => [
  {
    to: 'media',
    do: 'play-prompts',
    leg,
    prompts: [{ say: 'recording-announcement' }],
    language,
    tag: consentTag,
    untilDigit: false,
  },
  { to: 'clock', do: 'set-timer', timer: timerIdOf(call.id, consentTag), afterMs: heardWithinMs },
];

export const consentTimerOff = ({ id }: Call): PbxEffect => ({
  to: 'clock',
  do: 'clear-timer',
  timer: timerIdOf(id, consentTag),
});

/** It was cut short: said again to who has not heard it, as long as somebody talks with them. */
export function consentTimeOver(pbx: PbxView, id: CallId): Decision {
  const call = pbx.calls.get(id);
  if (call?.awaitsConsent === undefined || call.recording !== 'paused' || call.state.in === 'ended') return ignore;
  const outside = outsideOf(pbx, call);
  // Whoever was to hear it has gone.
  if (outside === undefined) return allHave(pbx, call);
  const isHeard = call.state.in === 'talking' || call.state.in === 'conferring';
  if (outside.state.in === 'answered' && isHeard) return tell(pbx, call);
  const again: PbxEffect = { to: 'clock', do: 'set-timer', timer: timerIdOf(id, consentTag), afterMs: heardWithinMs };
  return decided(call, [again]);
}

/** They have heard it; whoever talks with them by now is recorded, once all from outside have. */
export function consentTold(
  pbx: PbxView,
  { leg, how, at }: Extract<MediaEvent, { readonly type: 'prompts-ended' }>,
): Decision {
  const call = pbx.callOf(leg);
  if (call?.awaitsConsent === undefined || call.recording !== 'paused') return ignore; // it ended meanwhile
  // No sound of ours in that language: they have heard nothing, so nothing is recorded, and somebody must see to it.
  if (how === 'not-there')
    return decided(call, [
      consentTimerOff(call),
      { to: 'store', do: 'raise-alarm', kind: 'prompt-missing', at, call: call.id },
    ]);
  const heard: Call = { ...call, heardOfRecording: [...(call.heardOfRecording ?? []), leg] };
  return outsideOf(pbx, heard) === undefined ? allHave(pbx, heard) : tell(pbx, heard);
}

function tell(pbx: PbxView, call: Call): Decision {
  const { call: told, effects } = announced(pbx, { call, effects: [] });
  return decided(told, effects);
}

function allHave(pbx: PbxView, call: Call): Decision {
  const over = consentOver(call, recordedNow(pbx, call));
  return decided(over.call, over.effects);
}

/** Nobody has to hear of it any more: those who talk are recorded from now on, if the rules let them. */
export function consentOver(call: Call, wanted: Wanted): RecordingStart {
  const { awaitsConsent: _told, ...told } = call;
  const now: Call = wanted === 'never' ? { ...told, ruledOut: true } : { ...told, recording: 'running' };
  // In a transfer the next two who talk are recorded from then on.
  return { call: now, effects: [consentTimerOff(call), ...recordingOf(now)] };
}
