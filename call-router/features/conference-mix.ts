/**
 * Who hears whom in a conference, what is recorded of it and which tones are heard: worked out from the call as it stands,
 * so that a change of the conference is told to the media engine as the difference between before and after.
 *
 * Everybody hears all others (N-1). Who holds is heard by nobody, so that a phone's own music never reaches the others.
 */
import type { PbxEffect } from '../effect';
import type { RoomRole } from '../media-effect';
import type { Call, Leg } from '../state/call';
import type { Conference, Supervisor } from '../state/conference';
import type { PbxView } from '../state/view';
import type { EpochMs, LegId, UserId } from '../values/ids';
import { saveCall } from './call-record';
import { type Decision, decided, talkersOf, withLegs } from './decision';
import { music, sayInCall } from './heard-in-call';
import { isHeldByCommand } from './hold-by-command';
import { gates, isOfficeSide } from './office-side';
import { leftOf, recordingRuled, recordRoom, recordSides } from './recording-rule';

export type Conferring = Call & { readonly state: { readonly in: 'conferring' } & Conference };
export const isConferring = (call: Call): call is Conferring => call.state.in === 'conferring';

export function conferring(call: Call, conference: Conference): Conferring {
  return { ...call, state: { in: 'conferring', ...conference } };
}

/** The conference with these things different. */
export function conferenceWith(call: Conferring, different: Partial<Conference>): Conferring {
  return { ...call, state: { ...call.state, ...different } };
}

/** The same with legs that are new or different. */
export function withConference(call: Conferring, different: Partial<Conference>, ...legs: readonly Leg[]): Conferring {
  return { ...conferenceWith(call, different), legs: withLegs(call, ...legs).legs };
}

/** From the call as it was to the conference as it is: roles, tones, recording, gates, watch, record. */
export function remixed(pbx: PbxView, before: Call, { call, at }: { call: Conferring; at: EpochMs }): Decision {
  // A talk was recorded before; a room has something to record from the second member on.
  const isDue = call.state.dialled === undefined || call.recordingSince !== undefined || call.state.members.length > 1;
  const ruled = isDue && !sameMembers(before, call) ? recordingRuled(pbx, call, at) : undefined;
  const now: Call = ruled?.call ?? call;
  return decided(now, [
    ...moving(pbx, before, call),
    ...newMembers(pbx, before, call),
    ...focusMarked(before, call),
    ...tones(pbx, before, call),
    ...(ruled?.effects ?? recordingTurned(before, call)),
    ...(sameMembers(before, call) ? [] : saveCall(now, at)),
  ]);
}

/** Everybody on it, supervisors too. */
export const onIt = ({ members, supervisors }: Conference): readonly LegId[] => [
  ...members,
  ...supervisors.map(({ leg }) => leg),
];

function rolesOf(pbx: PbxView, call: Call): ReadonlyMap<LegId, RoomRole> {
  if (!isConferring(call)) return new Map();
  // Who is held by a button hears nothing meanwhile, as in a talk; a phone that holds has its own way of not listening.
  const present = call.state.members.filter((id) => !isAway(call, id));
  const members = present.map((id) => [id, isHeld(call, id) ? silent : speaking] as const);
  return new Map([...members, ...call.state.supervisors.map((one) => [one.leg, roleOf(pbx, call, one)] as const)]);
}

const silent: RoomRole = { kind: 'listens' };
const speaking: RoomRole = { kind: 'speaks' };

function roleOf(pbx: PbxView, call: Conferring, { leg, user, how }: Supervisor): RoomRole {
  if (how === 'listen' || isHeld(call, leg)) return silent;
  if (how === 'barge') return speaking;
  const to = whisperedTo(pbx, call, user);
  return to === undefined ? silent : { kind: 'whispers', to };
}

/** Who is helped: somebody of a group this person leads, else whoever of the office is on it first. */
export function whisperedTo(pbx: PbxView, call: Conferring, supervisor: UserId): LegId | undefined {
  const ours = call.state.members.filter((id) => {
    const leg = call.legs.get(id);
    return leg !== undefined && isOfficeSide(pbx, leg);
  });
  return ours.find((id) => isLedBy(pbx, call.legs.get(id), supervisor)) ?? ours[0];
}

/** The leg is of somebody in a group of which this person is the head. */
export function isLedBy(pbx: Pick<PbxView, 'directory'>, leg: Leg | undefined, head: UserId): boolean {
  const user = leg?.far.user;
  if (user === undefined) return false;
  for (const group of pbx.directory.groups.values())
    if (group.headUserId === head && group.userIds.includes(user)) return true;
  return false;
}

const isHeld = (call: Call, id: LegId): boolean => call.legs.get(id)?.state.in === 'held';

/** Holds by a button: out of the room until resumed. */
export function isAway(call: Call, id: LegId): boolean {
  const leg = call.legs.get(id);
  return leg !== undefined && isHeldByCommand(leg);
}

/** Out of the room, and into it. Who is gone for good is closed by whoever let them go. */
function moving(pbx: PbxView, before: Call, call: Conferring): readonly PbxEffect[] {
  const [was, is] = [rolesOf(pbx, before), rolesOf(pbx, call)];
  const left = [...was.keys()].filter((leg) => !is.has(leg) && call.legs.get(leg)?.state.in !== 'ended');
  return [
    ...left.map((leg): PbxEffect => ({ to: 'media', do: 'leave-room', room: call.id, leg })),
    ...[...is]
      .filter(([leg, role]) => !sameRole(was.get(leg), role))
      .map(([leg, role]): PbxEffect => ({ to: 'media', do: 'enter-room', room: call.id, leg, role })),
  ];
}

function sameRole(a: RoomRole | undefined, b: RoomRole): boolean {
  if (a?.kind !== b.kind) return false;
  return a.kind !== 'whispers' || b.kind !== 'whispers' || a.to === b.to;
}

/** Phones of ours in a conference learn its name by our Contact; who is only listened to is told nothing. */
export function focusMarked(before: Call, after: Call): readonly PbxEffect[] {
  const [was, is] = [phonesOfFocus(before), phonesOfFocus(after)];
  const lives = (leg: LegId): boolean => after.legs.get(leg)?.state.in === 'answered' || isHeld(after, leg);
  return [
    ...is
      .filter((leg) => !was.includes(leg))
      .map((leg): PbxEffect => ({ to: 'sip', do: 'mark-focus', leg, conference: after.id })),
    ...was
      .filter((leg) => !is.includes(leg) && lives(leg))
      .map((leg): PbxEffect => ({ to: 'sip', do: 'mark-focus', leg })),
  ];
}

function phonesOfFocus(call: Call): readonly LegId[] {
  if (!isConferring(call) || (call.state.dialled === undefined && call.state.members.length < 3)) return [];
  return call.state.members.filter((id) => call.legs.get(id)?.far.kind === 'device');
}

/** Their silence ends their part, and their codes count. */
function newMembers(pbx: PbxView, before: Call, call: Conferring): readonly PbxEffect[] {
  const knew = new Set(talkersOf(before));
  const legs = call.state.members.flatMap((id) => (knew.has(id) ? [] : (call.legs.get(id) ?? [])));
  const { audioLostMs } = pbx.limits;
  return [
    ...gates(pbx, ...legs),
    ...legs
      .filter((leg) => leg.state.in === 'answered')
      .map((leg): PbxEffect => ({ to: 'media', do: 'watch', leg: leg.id, audioLostMs })),
  ];
}

/** Who waits stops waiting, and the other way round; who was there before hears that somebody came or went. */
function tones(pbx: PbxView, before: Call, call: Conferring): readonly PbxEffect[] {
  const [waited, waits] = [waitingIn(before), waitingIn(call)];
  return [
    ...waited
      .filter(({ leg }) => call.state.members.includes(leg) && !waits.some((now) => now.leg === leg))
      .map(({ leg }): PbxEffect => ({ to: 'media', do: 'stop-playing', leg })),
    ...(isConferring(before) ? comings(pbx, before, call) : []),
    ...waits
      .filter(({ leg }) => !waited.some((was) => was.leg === leg))
      .map(({ leg, hears }) => (hears === 'alone' ? aloneWords(pbx, call, leg) : music(leg))),
  ];
}

interface Waiting {
  readonly leg: LegId;
  readonly hears: 'music' | 'alone' | 'other';
}

/** Who hears nobody, and so something of ours: all the others hold, or there is nobody else in the room. */
function waitingIn(call: Call): readonly Waiting[] {
  const { state } = call;
  if (state.in === 'consulting') return heardOther(state.customer, state.transferor);
  const members = talkersOf(call);
  const first = members[0];
  if (isConferring(call) && members.length === 1 && first !== undefined)
    return call.state.dialled?.as === 'room' ? [{ leg: first, hears: 'alone' }] : [];
  if (isConferring(call) && call.state.supervisors.some(({ how, leg }) => how === 'barge' && !isHeld(call, leg)))
    return [];
  return members
    .filter((leg) => members.every((other) => other === leg || isHeld(call, other)))
    .map((leg) => ({ leg, hears: 'music' }));
}

/** In a consultation the customer hears music, and the transferor ringback. */
const heardOther = (...legs: readonly LegId[]): readonly Waiting[] => legs.map((leg) => ({ leg, hears: 'other' }));

function comings(pbx: PbxView, before: Conferring, call: Conferring): readonly PbxEffect[] {
  const [was, is] = [before.state.members, call.state.members];
  const came = is.some((leg) => !was.includes(leg));
  const went = was.some((leg) => !is.includes(leg));
  if (!came && !went) return [];
  return is
    .filter((leg) => was.includes(leg) && is.length > 1 && call.awaitsConsent?.leg !== leg) // nothing takes the place of that
    .map((leg) => saidIn(pbx, call, { leg, say: came ? 'join-tone' : 'leave-tone' }));
}

/** Heard by one member alone. Nothing waits for its end. */
export const saidIn = (
  pbx: PbxView,
  call: Call,
  { leg, say }: { readonly leg: LegId; readonly say: string },
): PbxEffect => sayInCall(pbx, call, { leg, prompts: [{ say }] });

function aloneWords(pbx: PbxView, call: Call, leg: LegId): PbxEffect {
  const words = sayInCall(pbx, call, { leg, prompts: [{ say: 'conference-alone' }] });
  return words.do === 'play-prompts' ? { ...words, thenMusic: 'own' } : words;
}

/** What is recorded of the call as it stands. */
export function recordingOf(call: Call): readonly PbxEffect[] {
  const { state } = call;
  if (state.in === 'talking') {
    const customer = leftOf(call, state.caller, state.callee);
    return recordTalk(call, { customer, ours: customer === state.caller ? state.callee : state.caller });
  }
  if (!isConferring(call) || call.state.customer === undefined) return [];
  const { members, customer, supervisors, dialled } = call.state;
  const other = members.find((leg) => leg !== customer);
  // Who listens or whispers is not in it: two legs are recorded as they always are.
  const isTalk = members.length === 2 && dialled === undefined && !supervisors.some(({ how }) => how === 'barge');
  return isTalk && other !== undefined ? recordTalk(call, { customer, ours: other }) : recordRoom(call, customer);
}

/** What is said by whoever holds by a button is not for the customer's file. */
function recordTalk(call: Call, { customer, ours }: { readonly customer: LegId; readonly ours: LegId }) {
  return recordSides(call, isAway(call, ours) ? { customer } : { customer, ours });
}

function recordingTurned(before: Call, call: Conferring): readonly PbxEffect[] {
  const now = recordingOf(call);
  return JSON.stringify(recordingOf(before)) === JSON.stringify(now) && before.recording === call.recording ? [] : now;
}

function sameMembers(before: Call, call: Conferring): boolean {
  const was = talkersOf(before);
  return was.length === call.state.members.length && was.every((leg) => call.state.members.includes(leg));
}
