/**
 * Which conversations are recorded, and which leg is which side of the file. Every conversation is recorded from the
 * answer on unless a rule of the office says never, or that the outside party hears so first; the customer is left, our side
 * right. Between colleagues the caller is left.
 */
import type { PbxEffect } from '../effect';
import type { RecordingEvent, MediaEvent } from '../event';
import type { Call } from '../state/call';
import type { Language, RecordingRule } from '../state/office';
import type { PbxView } from '../state/view';
import { type CallId, type EpochMs, type LegId, timerIdOf } from '../values/ids';
import { sidecarOf } from './client';
import { recordingOf } from './conference-mix';
import { type Decision, decided, ignore, isConnected } from './decision';
import { isOfficeSide } from './office-side';

export interface RecordingStart {
  readonly call: Call;
  readonly effects: readonly PbxEffect[];
}

export function recordingStart(pbx: PbxView, call: Call, at: EpochMs): RecordingStart {
  const rule = ruleFor(pbx, call);
  if (call.isUnrecorded === true || rule?.record === 'never') return { call, effects: [] };
  const started = startOf(call, at);
  return rule?.record === 'announced' ? announced(pbx, started) : started;
}

/** The first that fits: by the number called or shown, who of ours talks, and the direction. */
function ruleFor(pbx: PbxView, call: Call): RecordingRule | undefined {
  const ours = [call.answeredBy, call.callerUser].filter((user) => user !== undefined);
  return pbx.directory.recordingRules.find(({ numberIds, userIds, groupIds, direction }) => {
    if (direction !== undefined && direction !== (call.direction === 'transit' ? 'inbound' : call.direction))
      return false;
    if (numberIds.length > 0 && !(call.ourNumber !== undefined && numberIds.includes(call.ourNumber))) return false;
    if (userIds.length === 0 && groupIds.length === 0) return true;
    const inGroups = groupIds.flatMap((id) => pbx.directory.groups.get(id)?.userIds ?? []);
    return ours.some((user) => userIds.includes(user) || inGroups.includes(user));
  });
}

/** The file begins with silence: nothing is kept that was said before the outside party has heard that it is. */
function announced(pbx: PbxView, { call, effects }: RecordingStart): RecordingStart {
  const outside = [...call.legs.values()].find((leg) => isConnected(leg) && !isOfficeSide(pbx, leg));
  if (outside === undefined) return { call, effects };
  const awaitsConsent = call.language ?? pbx.directory.language;
  return {
    call: { ...call, recording: 'paused', awaitsConsent },
    effects: [
      ...effects,
      { to: 'media', do: 'pause-recording', call: call.id },
      ...announcement(call, outside.id, awaitsConsent),
    ],
  };
}

export const consentTag = 'consent';

/** What plays next may cut it short, and nobody tells: a timer asks whether it was heard. */
const heardWithinMs = 15_000;

const announcement = (call: Call, leg: LegId, language: Language): readonly PbxEffect[] => [
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
export function consentTold(pbx: PbxView, leg: LegId): Decision {
  const call = pbx.callOf(leg);
  if (call?.awaitsConsent === undefined || call.recording !== 'paused') return ignore; // it ended meanwhile
  const { awaitsConsent: _told, ...told } = call;
  const running: Call = { ...told, recording: 'running' };
  // In a transfer the next two who talk are recorded from then on.
  return decided(running, [consentTimerOff(call), ...recordingOf(running)]);
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
  const isDue = call.awaitsConsent !== undefined && call.recording === 'paused' && sides.ours !== undefined;
  if (isDue) return announcement(call, sides.customer, call.awaitsConsent);
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
