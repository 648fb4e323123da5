/**
 * Conference rooms: `*60` and the number of the room, a PIN where it has one. Whoever comes first waits with music; each
 * further caller's leg joins the call of the first, which is the conference. With nobody left it ends.
 *
 * The same way a phone reaches a conference of its own making (RFC 4579): it calls the factory, and brings its calls by
 * REFER (refer-to-conference.ts); others call the focus it names.
 */
import type { PbxEffect } from '../effect';
import type { Attendant } from '../state/attendant';
import type { Call, Leg } from '../state/call';
import type { Conference } from '../state/conference';
import type { Room } from '../state/office';
import type { PbxView } from '../state/view';
import type { CallId, EpochMs } from '../values/ids';
import { placesTaken } from './conference';
import { announceAndEnd, type Attended, attend, attendantTimer, attendantTimerOff, say } from './attend';
import { type Conferring, conferring, isConferring, remixed, withConference } from './conference-mix';
import { type Decision, both, decided, ignore, effectsOnly } from './decision';
import type { CodeRun } from './dialled-codes';
import { endCall } from './hang-up';
import { callerLegFor, callerUserOf, newCallOf } from './new-call';
import { isOfficeSide } from './office-side';
import { type InviteReceived, openCallerLeg } from './ring';
import { rungWith } from './transfer';

type At<Kind> = Extract<Attendant, { readonly kind: Kind }>;

/** Dialled alone (`*60`): a new conference of one's own. It is also what a phone's conference factory is called. */
export const conferenceFactory = 'conference';
const pinTriesMax = 3;
const pinDigitsMax = 12;
const pinWaitMs = 10_000;

/** `*60` and what was dialled behind it; alone, and by the factory's name: a conference of one's own. */
export function roomDialled(pbx: PbxView, call: Call, { leg, tail, at }: CodeRun): Decision {
  if (tail === '') {
    // In the 200 already, so that the phone can refer its calls to it.
    const mark: PbxEffect = { to: 'sip', do: 'mark-focus', leg, conference: call.id };
    return both([mark], attend(pbx, call, { leg, by: { kind: 'focus' }, at }));
  }
  const room = [...pbx.directory.rooms.values()].find(({ number }) => number === tail);
  if (room === undefined) return refused(pbx, call, { leg, why: 'room-unknown', at });
  return attend(pbx, call, { leg, by: { kind: 'room-pin', room: room.id, typed: '', tries: 0 }, at });
}

/** INVITE to the focus of a conference that lives, by its Contact: for the office alone, and a room's PIN is asked here too. */
export function callFocus(pbx: PbxView, event: InviteReceived, conference: CallId): Decision {
  if (!isOfficeSide(pbx, callerLegFor(event, callerUserOf(pbx, event)))) {
    return effectsOnly({ to: 'sip', do: 'refuse', leg: event.leg, cause: 'not-allowed' });
  }
  const { call } = newCallOf(pbx, event, { kind: 'code', code: 'room', tail: '' });
  const service: Call = { ...call, isService: true, client: { in: 'not-looked-up' } };
  const by = wayIn(pbx, conference);
  return both([openCallerLeg(pbx, service, event)], attend(pbx, service, { leg: event.leg, by, at: event.at }));
}

function wayIn(pbx: PbxView, conference: CallId): Attendant {
  const focus = pbx.calls.get(conference);
  const dialled = focus !== undefined && isConferring(focus) ? focus.state.dialled : undefined;
  const room = dialled?.as === 'room' ? pbx.directory.rooms.get(dialled.room) : undefined;
  if (room?.pin === undefined) return { kind: 'joins', conference };
  return { kind: 'room-pin', room: room.id, typed: '', tries: 0 };
}

interface Refused {
  readonly leg: Leg['id'];
  readonly why: 'room-unknown' | 'wrong-pin' | 'conference-full';
  readonly at: EpochMs;
}

const causeOf = {
  'room-unknown': 'number-unknown',
  'wrong-pin': 'not-allowed',
  'conference-full': 'overloaded',
} as const;

function refused(pbx: PbxView, call: Call, { leg, why, at }: Refused): Decision {
  const told = announceAndEnd(pbx, call, { leg, prompts: [{ say: why }], cause: causeOf[why], at });
  return both([attendantTimerOff(call)], told);
}

/** The leg is answered: straight in, or the PIN first. */
export function beginRoom(pbx: PbxView, call: Attended, at: EpochMs): Decision {
  const { by, leg } = call.state;
  switch (by.kind) {
    case 'focus':
      return opened(pbx, call, { as: { as: 'focus' }, at });
    case 'joins': {
      const focus = pbx.calls.get(by.conference);
      return focus !== undefined && isConferring(focus)
        ? entered(pbx, call, { conference: focus, membersMax: pbx.limits.conferenceMembersMax, at })
        : refused(pbx, call, { leg, why: 'room-unknown', at });
    }
    default: {
      const room = roomOf(pbx, call);
      if (room === undefined) return refused(pbx, call, { leg, why: 'room-unknown', at });
      return room.pin === undefined ? letIn(pbx, call, { room, at }) : askPin(pbx, call, 'conference-pin');
    }
  }
}

function roomOf(pbx: PbxView, { state }: Attended): Room | undefined {
  return state.by.kind === 'room-pin' ? pbx.directory.rooms.get(state.by.room) : undefined;
}

function askPin(pbx: PbxView, call: Attended, word: string): Decision {
  const prompts = word === 'conference-pin' ? [{ say: word }] : [{ say: word }, { say: 'conference-pin' }];
  return decided(call, [
    say(pbx, call, { prompts, tag: 'room-pin', untilDigit: true }),
    attendantTimer(call, pinWaitMs),
  ]);
}

/** `#` ends the PIN; so does its last digit. */
export function pinDigit(
  pbx: PbxView,
  call: Attended,
  { digit, at }: { readonly digit: string; readonly at: EpochMs },
): Decision {
  const { by } = call.state;
  const room = roomOf(pbx, call);
  if (by.kind !== 'room-pin' || room === undefined) return ignore;
  const typed = digit === '#' ? by.typed : (by.typed + digit).slice(0, pinDigitsMax);
  const isWhole = digit === '#' || typed.length >= (room.pin?.length ?? 0);
  if (!isWhole) return decided(withPin(call, { ...by, typed }), [attendantTimer(call, pinWaitMs)]);
  return typed === room.pin ? letIn(pbx, call, { room, at }) : wrongPin(pbx, call, { by, at });
}

/** Nothing more was pressed: what there is counts as a try. */
export function pinTimeOver(pbx: PbxView, call: Attended, at: EpochMs): Decision {
  const { by } = call.state;
  return by.kind === 'room-pin' ? wrongPin(pbx, call, { by, at }) : ignore;
}

const withPin = (call: Attended, by: At<'room-pin'>): Attended => ({ ...call, state: { ...call.state, by } });

function wrongPin(
  pbx: PbxView,
  call: Attended,
  { by, at }: { readonly by: At<'room-pin'>; readonly at: EpochMs },
): Decision {
  const tries = by.tries + 1;
  if (tries >= pinTriesMax) return refused(pbx, call, { leg: call.state.leg, why: 'wrong-pin', at });
  return askPin(pbx, withPin(call, { ...by, typed: '', tries }), 'wrong-pin');
}

function letIn(pbx: PbxView, call: Attended, { room, at }: { readonly room: Room; readonly at: EpochMs }): Decision {
  const timerOff = attendantTimerOff(call);
  const conference = pbx.inRoom(room.id);
  if (conference === undefined || !isConferring(conference))
    return both([timerOff], opened(pbx, call, { as: { as: 'room', room: room.id }, at }));
  const membersMax = Math.min(room.membersMax, pbx.limits.conferenceMembersMax);
  return both([timerOff], entered(pbx, call, { conference, membersMax, at }));
}

interface Opening {
  readonly as: Required<Conference>['dialled'];
  readonly at: EpochMs;
}

/** The first one: their call is the conference. From now on it is a conversation, with a record. */
function opened(pbx: PbxView, call: Attended, { as, at }: Opening): Decision {
  const { isService: _code, ...rest } = call;
  const { leg } = call.state;
  const member = call.legs.get(leg);
  const user = member?.far.user;
  const first = conferring(
    { ...rest, answeredAt: at, ringingAt: call.ringingAt ?? at, ...(user === undefined ? {} : { answeredBy: user }) },
    { since: at, members: [leg], joining: [], supervisors: [], customer: leg, initiator: leg, dialled: as },
  );
  return both([{ to: 'media', do: 'stop-playing', leg }], remixed(pbx, call, { call: first, at }));
}

interface Entering {
  readonly conference: Conferring;
  readonly membersMax: number;
  readonly at: EpochMs;
}

/** The others: their leg joins, and the call they dialled with is gone. */
function entered(pbx: PbxView, call: Attended, { conference, membersMax, at }: Entering): Decision {
  const { leg: id } = call.state;
  const leg = call.legs.get(id);
  if (leg === undefined) return ignore;
  const taken = placesTaken(conference);
  if (taken >= membersMax || !isOfficeSide(pbx, leg))
    return refused(pbx, call, { leg: id, why: taken >= membersMax ? 'conference-full' : 'room-unknown', at });
  const others = new Map([...call.legs].filter(([other]) => other !== id));
  const emptied = endCall(pbx, { call: { ...call, legs: others }, at, cause: 'transferred' });
  const mine: Leg = { ...leg, call: conference.id };
  const grown = withConference(conference, { members: [...conference.state.members, id] }, mine);
  const mixed = remixed(pbx, conference, {
    call: { ...grown, ringsUsers: rungWith(grown, [mine]) },
    at,
  });
  return {
    changes: [...emptied.changes, ...mixed.changes],
    effects: [{ to: 'media', do: 'stop-playing', leg: id }, ...emptied.effects, ...mixed.effects],
  };
}
