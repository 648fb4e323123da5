/** Pausing and resuming a recording by code, by button or by program. A pause is silence in the file; hold and transfer do not end it. */
import type { Call } from '../state/call';
import type { PbxView } from '../state/view';
import type { LegId } from '../values/ids';
import { announced, consentTimerOff } from './consent';
import { isConferring, recordingOf } from './conference-mix';
import { type Decision, decided } from './decision';
import { sayInCall } from './heard-in-call';
import { recordedNow } from './recording-rule';

/** Why nothing turns: nothing is recorded, or it is so already; a rule says so; the outside party has not heard of it yet. */
export type RecordingStays = 'as-it-is' | 'never' | 'not-heard';

interface Turn {
  readonly to: 'paused' | 'running';
}

export function turnRecording(pbx: PbxView, call: Call, { to }: Turn): Decision | RecordingStays {
  if ((call.state.in !== 'talking' && !isConferring(call)) || call.recording === 'none') return 'as-it-is';
  if (to === 'paused') return paused(call);
  if (call.recording !== 'paused') return 'as-it-is';
  if (call.awaitsConsent !== undefined) return 'not-heard';
  const wanted = recordedNow(pbx, call);
  if (wanted === 'never') return 'never';
  // Paused before the announcement was over: it is said first.
  if (wanted === 'announced') {
    const told = announced(pbx, { call, effects: [] });
    return decided(told.call, told.effects);
  }
  const running: Call = { ...call, recording: 'running' };
  return decided(running, recordingOf(running));
}

/** While the announcement is said nothing is recorded yet, and then nothing will be. */
function paused(call: Call): Decision | RecordingStays {
  if (call.awaitsConsent !== undefined) {
    const { awaitsConsent: _noMore, ...stays } = call;
    return decided(stays, [consentTimerOff(call)]);
  }
  if (call.recording === 'paused') return 'as-it-is';
  const { ruledOut: _theirOwnNow, ...rest } = call;
  return decided({ ...rest, recording: 'paused' }, [{ to: 'media', do: 'pause-recording', call: call.id }]);
}

/** `*1#`: who pressed it hears what it did. Undefined: nothing is recorded, and the digits are for the far end. */
export function pressedRecording(pbx: PbxView, call: Call, leg: LegId): Decision | undefined {
  const to = call.recording === 'paused' ? 'running' : 'paused';
  const turned = turnRecording(pbx, call, { to });
  if (turned === 'as-it-is') return undefined;
  const said = (say: string) => sayInCall(pbx, call, { leg, prompts: [{ say }] });
  if (turned === 'never') return decided(call, [said('not-allowed')]);
  if (turned === 'not-heard') return decided(call, [said('recording-paused')]);
  const isRunning = turned.changes.some((change) => change.set === 'call' && change.call.recording === 'running');
  return { ...turned, effects: [...turned.effects, said(isRunning ? 'recording-resumed' : 'recording-paused')] };
}
