/**
 * Which conversations are recorded, and which leg is which side of the file. Every conversation is recorded from the
 * answer on; the customer is left, our side right. Between colleagues the caller is left.
 */
import type { PbxEffect } from '../effect';
import type { RecordingEvent, MediaEvent } from '../event';
import type { Call } from '../state/call';
import type { PbxView } from '../state/view';
import type { EpochMs, LegId } from '../values/ids';
import { sidecarOf } from './client';
import { type Decision, decided, ignore } from './decision';

export interface RecordingStart {
  readonly call: Call;
  readonly effects: readonly PbxEffect[];
}

export function recordingStart(call: Call, at: EpochMs): RecordingStart {
  if (call.isUnrecorded === true) return { call, effects: [] };
  if (call.state.in === 'conferring' && call.state.customer !== undefined)
    return roomStart(call, call.state.customer, at);
  if (call.state.in !== 'talking') return { call, effects: [] };
  const { caller, callee } = call.state;
  const recorded: Call = { ...call, recording: 'running', recordingSince: at };
  return {
    call: recorded,
    effects: [
      { to: 'recordings', do: 'start', call: call.id, at, sidecar: sidecarOf(call) },
      ...recordLegs(recorded, { customer: caller, ours: callee }),
    ],
  };
}

function roomStart(call: Call, customer: LegId, at: EpochMs): RecordingStart {
  const recorded: Call = { ...call, recording: 'running', recordingSince: at };
  const start = { to: 'recordings', do: 'start', call: call.id, at, sidecar: sidecarOf(call) } as const;
  return { call: recorded, effects: [start, ...recordRoom(recorded, customer)] };
}

/** The conversation that is recorded is over. */
export function recordingEnd(call: Call, at: EpochMs): readonly PbxEffect[] {
  if (call.recording === 'none') return [];
  return [
    { to: 'media', do: 'stop-recording', call: call.id },
    { to: 'recordings', do: 'finish', call: call.id, at },
  ];
}

interface Sides {
  readonly customer: LegId;
  readonly ours?: LegId;
}

/** Who is in which channel from now on. `ours` undefined: what our side says now is not for this file (consulting). */
export function recordLegs(call: Call, now: Sides): readonly PbxEffect[] {
  const isRight = now.ours === undefined || isClient(call, now.customer);
  return recordSides(call, isRight ? now : { customer: now.ours, ours: now.customer });
}

/** As they stand. */
export function recordSides(call: Call, sides: Sides): readonly PbxEffect[] {
  return isRunning(call) ? [{ to: 'media', do: 'record', call: call.id, ...sides }] : [];
}

/** Left this leg, right all others of the conference. */
export function recordRoom(call: Call, customer: LegId): readonly PbxEffect[] {
  return isRunning(call) ? [{ to: 'media', do: 'record-room', call: call.id, room: call.id, customer }] : [];
}

const isRunning = ({ recording }: Call): boolean => recording !== 'none' && recording !== 'paused';

/** Of two who talk with each other: whose voice is left. */
export const leftOf = (call: Call, a: LegId, b: LegId): LegId => (isClient(call, a) ? a : b);

/** The outside party of a call out is whom we called; of any other call, and between colleagues, the caller. */
function isClient(call: Call, leg: LegId): boolean {
  const caller = call.callerLeg === leg;
  const isOutside = call.legs.get(leg)?.far.kind === 'trunk';
  if (call.direction === 'outbound') return isOutside && !caller;
  return call.direction === 'internal' ? caller : isOutside && (caller || !call.legs.has(call.callerLeg ?? leg));
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
