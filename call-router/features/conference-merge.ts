/**
 * Two calls of one phone become one conference: `*3#` while another is on hold, or by page. The client's call stays, with its
 * card and recording; the legs of the other come to it, and its record says with which call it was a conference.
 */
import type { PbxEffect } from '../effect';
import type { Call, FarEnd, Leg } from '../state/call';
import type { PbxView } from '../state/view';
import type { CallId, EpochMs, LegId } from '../values/ids';
import { asConference } from './conference';
import { withoutSupervisors } from './conference-members';
import { type Conferring, isConferring, onIt, remixed, withConference, isAway } from './conference-mix';
import { type Decision, isConnected, talkingLegs } from './decision';
import { endCall, endedLeg } from './hang-up';
import { rungWith } from './transfer';

interface Asked {
  /** The leg that stays: it was pressed on. */
  readonly leg: Leg;
  readonly at: EpochMs;
  /** A leg of the other call; undefined: the one that the same phone holds. */
  readonly other?: LegId;
}

/** Undefined: this phone has no other call that could be joined, or there is no room for all. */
export function mergeByCode(pbx: PbxView, call: Call, { leg, at, other }: Asked): Decision | undefined {
  const idle = idleLegOf(pbx, call, { leg, other });
  const otherCall = idle === undefined ? undefined : pbx.callOf(idle.id);
  if (idle === undefined || otherCall === undefined) return undefined;
  const [kept, given] = isKept(call, otherCall) ? [call, otherCall] : [otherCall, call];
  const both = [asConference(pbx, kept, at), asConference(pbx, given, at)] as const;
  if (both[0] === undefined || both[1] === undefined) return undefined;
  const people = [...both[0].state.members, ...both[1].state.members].length - 1;
  if (people > pbx.limits.conferenceMembersMax) return undefined;
  // By page the phone may hold the call it was asked for, and be on the line in the other.
  const [active, gone] = leg.state.in === 'held' && idle.state.in === 'answered' ? [idle, leg] : [leg, idle];
  return merged(pbx, { kept, keeps: both[0], given, gives: both[1], active, idle: gone, at });
}

/** The leg of the same phone in another call: the named one, else the one held last. */
export function idleLegOf(
  pbx: PbxView,
  call: Call,
  { leg, other }: { readonly leg: Leg; readonly other: LegId | undefined },
): Leg | undefined {
  const { user } = leg.far;
  if (user === undefined || !isJoinable(call)) return undefined;
  const held = pbx
    .callsOfUser(user)
    .filter((one) => one.id !== call.id && isJoinable(one))
    .flatMap(talkingLegs)
    .filter((one) => isConnected(one) && isSameEnd(one.far, leg.far))
    .filter((one) => (other === undefined ? one.state.in === 'held' : one.id === other));
  return held.sort((a, b) => sinceOf(b) - sinceOf(a))[0];
}

/** Two talk, or more of them made it a conference. A room of the office stays what it is. */
const isJoinable = (call: Call): boolean =>
  call.state.in === 'talking' || (isConferring(call) && call.state.dialled === undefined);

export function isSameEnd(a: FarEnd, b: FarEnd): boolean {
  if (a.kind === 'device') return b.kind === 'device' && a.device === b.device;
  return b.kind === 'trunk' && a.trunk === b.trunk && a.number === b.number;
}

const sinceOf = ({ state }: Leg): number => ('since' in state ? state.since : 0);

/** A client's call before a colleague's, then the older one. */
function isKept(call: Call, other: Call): boolean {
  const [mine, theirs] = [call.direction === 'internal', other.direction === 'internal'];
  return mine === theirs ? call.startedAt <= other.startedAt : theirs;
}

interface Merge {
  readonly kept: Call;
  readonly keeps: Conferring;
  readonly given: Call;
  readonly gives: Conferring;
  readonly active: Leg;
  readonly idle: Leg;
  readonly at: EpochMs;
}

function merged(pbx: PbxView, merge: Merge): Decision {
  const { kept, keeps, given, gives, active, idle, at } = merge;
  const quiet = withoutSupervisors(gives, at);
  const moved = [...quiet.call.state.members, ...quiet.call.state.joining.flatMap(({ legs }) => legs)]
    .filter((id) => id !== idle.id)
    .flatMap((id) => given.legs.get(id) ?? []);
  const emptied = endCall(pbx, { call: emptiedOf(quiet.call, { moved, kept }), at, cause: 'transferred' });
  const isIdleKept = kept.legs.has(idle.id);
  const all = joinedTo(keeps, { gives: quiet.call, moved, active, idle });
  const left = isIdleKept ? withConference(all, {}, endedLeg(idle, 'transferred', at)) : all;
  const mixed = remixed(pbx, kept, { call: { ...left, conferenceWith: alsoWith(kept, given) }, at });
  return {
    changes: [...emptied.changes, ...mixed.changes],
    effects: [
      ...quiet.effects,
      ...outOfRoom(given, moved),
      ...emptied.effects,
      ...(isIdleKept ? letGo(idle) : []),
      ...mixed.effects,
    ],
  };
}

/** What is left of the other call: its record, and the leg that is let go. */
function emptiedOf(gives: Conferring, { moved, kept }: { readonly moved: readonly Leg[]; readonly kept: Call }): Call {
  const legs = new Map([...gives.legs].filter(([id]) => !moved.some((leg) => leg.id === id)));
  const empty = withConference(gives, { members: [], joining: [], supervisors: [] });
  return { ...empty, legs, conferenceWith: alsoWith(gives, kept) };
}

interface Joined {
  readonly gives: Conferring;
  readonly moved: readonly Leg[];
  readonly active: Leg;
  readonly idle: Leg;
}

function joinedTo(keeps: Conferring, { gives, moved, active, idle }: Joined): Conferring {
  const members = [...keeps.state.members, ...gives.state.members].filter((id) => id !== idle.id);
  const mine = moved.map((leg): Leg => ({ ...leg, call: keeps.id }));
  const customer = keeps.state.customer === idle.id ? active.id : keeps.state.customer;
  const all = withConference(
    keeps,
    {
      members,
      joining: [...keeps.state.joining, ...gives.state.joining],
      initiator: active.id,
      ...(customer === undefined ? {} : { customer }),
    },
    ...mine,
  );
  return { ...all, ringsUsers: rungWith(all, mine) };
}

/** Out of the room of the other call, and off its hold tone. */
function outOfRoom(given: Call, moved: readonly Leg[]): readonly PbxEffect[] {
  const connected = moved.filter(isConnected);
  // Who holds by a button is out of it already.
  const room = isConferring(given) ? onIt(given.state).filter((id) => !isAway(given, id)) : [];
  return connected.flatMap(({ id }): readonly PbxEffect[] => [
    ...(room.includes(id) ? [{ to: 'media', do: 'leave-room', room: given.id, leg: id } as const] : []),
    { to: 'media', do: 'stop-playing', leg: id },
  ]);
}

const letGo = ({ id }: Leg): readonly PbxEffect[] => [
  { to: 'sip', do: 'bye', leg: id, cause: 'transferred' },
  { to: 'media', do: 'close-leg', leg: id },
];

/** The calls this one was a conference with, and this one more. */
export function alsoWith({ conferenceWith = [] }: Call, { id }: Call): readonly CallId[] {
  return conferenceWith.includes(id) ? conferenceWith : [...conferenceWith, id];
}
