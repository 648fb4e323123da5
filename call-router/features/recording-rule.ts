/**
 * Which conversations are recorded, and which leg is which side of the file. Every conversation is recorded from the
 * answer on; the customer is left, our side right. Between colleagues the caller is left.
 */
import type { PbxEffect } from '../effect';
import type { RecordingEvent, MediaEvent } from '../event';
import type { Call } from '../state/call';
import type { PbxView } from '../state/view';
import type { EpochMs } from '../values/ids';
import { sidecarOf } from './client';
import { type Decision, decided, ignore } from './decision';

export interface RecordingStart {
  readonly call: Call;
  readonly effects: readonly PbxEffect[];
}

export function recordingStart(call: Call, at: EpochMs): RecordingStart {
  if (call.state.in !== 'talking') return { call, effects: [] };
  const { caller, callee } = call.state;
  const customer = call.direction === 'outbound' ? callee : caller;
  const ours = customer === caller ? callee : caller;
  return {
    call: { ...call, recording: 'running' },
    effects: [
      { to: 'recordings', do: 'start', call: call.id, at, sidecar: sidecarOf(call) },
      { to: 'media', do: 'record', call: call.id, customer, ours },
    ],
  };
}

/** The disk is full or the recorder could not follow: the call goes on, its recording is marked. */
export function recordingIncomplete(
  pbx: PbxView,
  event:
    | Extract<RecordingEvent, { type: 'recording-incomplete' }>
    | Extract<MediaEvent, { type: 'recording-overflowed' }>,
): Decision {
  const call = pbx.calls.get(event.call);
  // After the end the recorder's own report carries it.
  if (call === undefined || call.recording !== 'running') return ignore;
  return decided({ ...call, recording: 'incomplete' }, []);
}
