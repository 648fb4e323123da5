/**
 * Which conversations are recorded, and which leg is which side of the file. Every conversation is recorded from the
 * answer on unless a rule of the office says never, or that the outside party hears so first; the customer is left, our side
 * right. Between colleagues the caller is left.
 */
import type { PbxEffect } from '../effect';
import type { RecordingEvent, MediaEvent } from '../event';
import type { Call } from '../state/call';
import type { RecordingRule } from '../state/office';
import type { PbxView } from '../state/view';
import type { EpochMs, LegId, UserId } from '../values/ids';
import { sidecarOf } from './client';
import { recordingOf } from './conference-mix';
import { announced, announcement, consentOver, outsideOf } from './consent';
import { type Decision, decided, ignore, isConnected, talkersOf } from './decision';
import { personOfFar } from './person-of';

export interface RecordingStart {
  readonly call: Call;
  readonly effects: readonly PbxEffect[];
}

/**
 * What the rules say of those who talk now; asked when the first two do and whenever others talk than before. Undefined: it
 * stays as it is. A pause of somebody's own stays a pause, and a call has one recording: what is finished begins no more.
 */
export function recordingRuled(pbx: PbxView, call: Call, at: EpochMs): RecordingStart | undefined {
  const wanted = recordedNow(pbx, call);
  if (call.recording === 'none') {
    if (wanted === 'never' || call.recordingSince !== undefined) return undefined;
    const started = startOf(call, at);
    return wanted === 'announced' ? announced(pbx, started) : started;
  }
  if (call.recording === 'paused' && call.awaitsConsent !== undefined) return consentFollowed(pbx, call, wanted);
  if (call.recording === 'paused') return call.ruledOut === true ? ruledIn(pbx, call, wanted) : undefined;
  if (wanted === 'always') return undefined;
  const paused: PbxEffect = { to: 'media', do: 'pause-recording', call: call.id };
  return wanted === 'never'
    ? { call: { ...call, recording: 'paused', ruledOut: true }, effects: [paused] }
    : announced(pbx, { call, effects: [] });
}

/** Whoever was to hear of it has gone: another must, or nobody. */
function consentFollowed(pbx: PbxView, call: Call, wanted: Wanted): RecordingStart | undefined {
  if (wanted === 'announced' && isOnIt(call, call.awaitsConsent?.leg)) return undefined;
  return wanted === 'announced' ? announced(pbx, { call, effects: [] }) : consentOver(call, wanted);
}

const isOnIt = (call: Call, id: LegId | undefined): boolean => {
  const leg = id === undefined ? undefined : call.legs.get(id);
  return leg !== undefined && isConnected(leg);
};

/** Whoever may not be recorded has gone. */
function ruledIn(pbx: PbxView, call: Call, wanted: Wanted): RecordingStart | undefined {
  if (wanted === 'never') return undefined;
  const { ruledOut: _gone, ...rest } = call;
  if (wanted === 'announced') return announced(pbx, { call: rest, effects: [] });
  const running: Call = { ...rest, recording: 'running' };
  return { call: running, effects: recordingOf(running) };
}

/** As the rules have it, and who is on which side from now on. */
export function recordingNow(pbx: PbxView, call: Call, at: EpochMs): RecordingStart {
  return recordingRuled(pbx, call, at) ?? { call, effects: recordingOf(call) };
}

/** `announced`: somebody from outside has not heard of it yet. */
export type Wanted = 'always' | 'announced' | 'never';

export function recordedNow(pbx: PbxView, call: Call): Wanted {
  if (call.isUnrecorded === true || !pbx.directory.features.recording) return 'never';
  const record = ruleFor(pbx, call)?.record ?? 'always';
  if (record !== 'announced') return record;
  return outsideOf(pbx, call) === undefined ? 'always' : 'announced';
}

/** The first that fits: by the number called or shown, who of ours talks, and the direction. */
function ruleFor(pbx: PbxView, call: Call): RecordingRule | undefined {
  const ours = oursIn(pbx, call);
  return pbx.directory.recordingRules.find(({ numberIds, userIds, groupIds, direction }) => {
    if (direction !== undefined && direction !== (call.direction === 'transit' ? 'inbound' : call.direction))
      return false;
    if (numberIds.length > 0 && !(call.ourNumber !== undefined && numberIds.includes(call.ourNumber))) return false;
    if (userIds.length === 0 && groupIds.length === 0) return true;
    const inGroups = groupIds.flatMap((id) => pbx.directory.groups.get(id)?.userIds ?? []);
    return ours.some((user) => userIds.includes(user) || inGroups.includes(user));
  });
}

/** Who of ours talks now. */
function oursIn(pbx: PbxView, call: Call): readonly UserId[] {
  const { callerLeg, callerUser } = call;
  const talkers = talkersOf(call);
  const people = talkers.flatMap((id) => {
    const leg = call.legs.get(id);
    return (leg === undefined ? undefined : personOfFar(pbx, leg.far)) ?? [];
  });
  return callerUser !== undefined && callerLeg !== undefined && talkers.includes(callerLeg)
    ? [...people, callerUser]
    : people;
}

function startOf(call: Call, at: EpochMs): RecordingStart {
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
  // Another sound has cut the announcement short (ringback of a transfer): said again to those who talk now.
  const { awaitsConsent: due, recording } = call;
  if (due !== undefined && recording === 'paused' && sides.ours !== undefined)
    return due.leg === sides.customer || due.leg === sides.ours ? announcement(call, due) : [];
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
