/**
 * "This call is recorded": said to the outside party where a rule wants it. Until it is heard the file keeps silence; what cuts
 * it short, it is said again; a prompt that is not there leaves the call unrecorded, and the administrators hear of it.
 */
import type { PbxEffect } from '../effect';
import type { MediaEvent } from '../event';
import type { Call, Leg } from '../state/call';
import type { Language } from '../state/office';
import type { PbxView } from '../state/view';
import { type CallId, type LegId, timerIdOf } from '../values/ids';
import { recordingOf } from './conference-mix';
import { type Decision, decided, ignore, isConnected } from './decision';
import { isOfficeSide } from './office-side';
import type { RecordingStart } from './recording-rule';

/** Who must hear it. Undefined: colleagues among themselves. */
export const outsideOf = (pbx: PbxView, { legs }: Call): Leg | undefined =>
  [...legs.values()].find((leg) => isConnected(leg) && !isOfficeSide(pbx, leg));

/** Nothing is kept of what is said before the outside party has heard that it is. */
export function announced(pbx: PbxView, { call, effects }: RecordingStart): RecordingStart {
  const outside = outsideOf(pbx, call);
  if (outside === undefined) return { call, effects };
  const awaitsConsent = call.language ?? pbx.directory.language;
  return {
    call: { ...call, recording: 'paused', awaitsConsent },
    effects: [
      ...effects,
      ...(call.recording === 'paused' ? [] : [{ to: 'media', do: 'pause-recording', call: call.id } as const]),
      ...announcement(call, outside.id, awaitsConsent),
    ],
  };
}

export const consentTag = 'consent';

/** What plays next may cut it short, and nobody tells: a timer asks whether it was heard. */
const heardWithinMs = 15_000;

export const announcement = (call: Call, leg: LegId, language: Language): readonly PbxEffect[] => [
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

/** It was cut short: said again to the outside party, as long as somebody talks with it. */
export function consentTimeOver(pbx: PbxView, id: CallId): Decision {
  const call = pbx.calls.get(id);
  if (call?.awaitsConsent === undefined || call.recording !== 'paused' || call.state.in === 'ended') return ignore;
  const outside = [...call.legs.values()].find((leg) => leg.state.in === 'answered' && !isOfficeSide(pbx, leg));
  const isHeard = call.state.in === 'talking' || call.state.in === 'conferring';
  if (outside !== undefined && isHeard) return decided(call, announcement(call, outside.id, call.awaitsConsent));
  const again: PbxEffect = { to: 'clock', do: 'set-timer', timer: timerIdOf(id, consentTag), afterMs: heardWithinMs };
  return decided(call, [again]);
}

/** They have heard it; whoever talks with them by now is recorded. */
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
  const { awaitsConsent: _told, ...told } = call;
  const running: Call = { ...told, recording: 'running', hasHeardOfRecording: true };
  // In a transfer the next two who talk are recorded from then on.
  return decided(running, [consentTimerOff(call), ...recordingOf(running)]);
}
