/**
 * Who comes into a conference and who goes: a party that was rung answers or does not, a member hangs up, holds or loses its
 * audio. Each takes only that one out; with two left and nobody on the way they talk as any two, and nothing is mixed.
 */
import type { PbxEffect } from '../effect';
import type { Call, Leg, LegState } from '../state/call';
import type { PbxView } from '../state/view';
import type { EndCause } from '../values/cause';
import type { EpochMs, LegId } from '../values/ids';
import { cancelBranch } from './cancel-branch';
import { joinTimerOff } from './conference';
import { joinFailed, notJoining, phonesOf } from './conference-joining';
import { type Conferring, conferenceWith, focusMarked, isAway, remixed, withConference } from './conference-mix';
import { type Decision, both, decided, inState, isBeingCalled } from './decision';
import { endCall, endedLeg } from './hang-up';
import { isOfficeSide } from './office-side';
import { recordingEnd, recordLegs } from './recording-rule';
import { ringTimer } from './ring-timer';
import { ringback, talkAgain } from './transfer';

export interface Leaving {
  readonly leg: Leg;
  readonly cause: EndCause;
  readonly at: EpochMs;
}

/** Somebody hung up, or lost the way: the others go on. Whoever calls this has said goodbye where it is due. */
export function memberLeft(pbx: PbxView, call: Conferring, { leg, cause, at }: Leaving): Decision {
  const { members, supervisors } = call.state;
  const close: PbxEffect[] = [{ to: 'media', do: 'close-leg', leg: leg.id }];
  // Its dialog was lost before it answered.
  if (isBeingCalled(leg)) return both(close, joinFailed(pbx, call, { leg, cause: 'unreachable', at }));
  const gone = withConference(
    call,
    { members: members.filter((id) => id !== leg.id), supervisors: supervisors.filter((one) => one.leg !== leg.id) },
    endedLeg(leg, cause, at),
  );
  const unrecorded = customerGone(gone, { leg, at });
  return both([...close, ...unrecorded.effects], goOn(pbx, call, { call: unrecorded.call, at, cause, leaver: leg }));
}

/** Taken out by us: its far end is told. */
export function memberDropped(pbx: PbxView, call: Conferring, leaving: Leaving): Decision {
  const bye: PbxEffect = { to: 'sip', do: 'bye', leg: leaving.leg.id, cause: leaving.cause };
  return both([bye], memberLeft(pbx, call, leaving));
}

/** As in any call: what the end is called if it ends with this one. */
export const causeOfLeaving = ({ callerLeg }: Call, { id }: Leg): EndCause =>
  id === callerLeg ? 'caller-hung-up' : 'callee-hung-up';

/** The client's recording ends with the client; between colleagues whoever is there longest takes the left channel. */
function customerGone(
  call: Conferring,
  { leg, at }: { readonly leg: Leg; readonly at: EpochMs },
): { call: Conferring; effects: readonly PbxEffect[] } {
  if (call.state.customer !== leg.id) return { call, effects: [] };
  const { customer: _left, ...others } = call.state;
  const next = call.state.members[0];
  if (call.direction === 'internal' && next !== undefined)
    return { call: conferenceWith(call, { customer: next }), effects: [] };
  // What a talk goes on as is not the client's; a room may begin its own recording later.
  const unrecorded = call.state.dialled === undefined ? { isUnrecorded: true } : {};
  return { call: { ...call, ...unrecorded, state: others, recording: 'none' }, effects: recordingEnd(call, at) };
}

interface GoingOn {
  readonly call: Conferring;
  readonly at: EpochMs;
  readonly cause: EndCause;
  readonly leaver?: Leg;
}

/** What the conference is after somebody left or came not: a conference, a talk, a transfer, or over. */
export function goOn(pbx: PbxView, before: Conferring, { call, at, cause, leaver }: GoingOn): Decision {
  const { members, joining, supervisors } = call.state;
  const isOver = members.length === 0 || !members.some((id) => isOurs(pbx, call.legs.get(id)));
  if (isOver && !waitsFor(call, leaver)) return endCall(pbx, { call, at, cause });
  if (isRoom(call) || members.length > 2) return remixed(pbx, before, { call, at });
  if (members.length < 2) {
    return waitsFor(call, leaver) ? waitAlone(pbx, call, { leaver, at }) : endCall(pbx, { call, at, cause });
  }
  if (joining.length + supervisors.length > 0) return remixed(pbx, before, { call, at });
  const talking = talkOn(pbx, call, at);
  const change = talking.changes[0];
  return change?.set === 'call' ? both(focusMarked(before, change.call), talking) : talking;
}

/** Who is alone in a room of the office, or has just made a conference, waits for others. */
const isRoom = ({ state: { dialled, members, joining } }: Conferring): boolean =>
  dialled?.as === 'room' || (dialled?.as === 'focus' && members.length + joining.length > 1);

const isOurs = (pbx: PbxView, leg: Leg | undefined): boolean => leg !== undefined && isOfficeSide(pbx, leg);

/** One is left, and somebody is rung for whoever has just gone: that is a transfer. */
function waitsFor({ state }: Conferring, leaver: Leg | undefined): boolean {
  const isAwaited = state.joining.some(({ as }) => as.kind === 'member' && as.by === leaver?.id);
  return leaver !== undefined && state.dialled === undefined && state.members.length === 1 && isAwaited;
}

/** Two are left: they talk as any two. */
export function talkOn(pbx: PbxView, call: Conferring, at: EpochMs): Decision {
  const { members } = call.state;
  const [a, b] = members;
  if (a === undefined || b === undefined) return endCall(pbx, { call, at, cause: 'internal-error' });
  const present = members.filter((id) => !isAway(call, id));
  const talking = talkAgain(pbx, call, { a, b, at });
  return {
    changes: talking.changes,
    effects: [
      ...present.map((leg): PbxEffect => ({ to: 'media', do: 'leave-room', room: call.id, leg })),
      ...talking.effects,
      ...(present.length < 2 ? stillApart(call, { a, b, present }) : []),
    ],
  };
}

/** One of them holds by a button: as hold-by-command.ts has it, until they resume. */
function stillApart(
  call: Call,
  { a, b, present }: { readonly a: LegId; readonly b: LegId; readonly present: readonly LegId[] },
): readonly PbxEffect[] {
  const [customer = a] = present;
  return [{ to: 'media', do: 'separate', a, b }, ...recordLegs(call, { customer })];
}

/** The initiator hung up while a third rang: the one who is left waits for it with ringback, and returns to them if need be. */
function waitAlone(
  pbx: PbxView,
  call: Conferring,
  { leaver, at }: { readonly leaver: Leg | undefined; readonly at: EpochMs },
): Decision {
  const quiet = withoutSupervisors(call, at);
  const customer = quiet.call.state.members[0];
  if (customer === undefined || leaver === undefined) return endCall(pbx, { call, at, cause: 'internal-error' });
  const waiting: Call = {
    ...quiet.call,
    state: { in: 'transferring', customer, to: 'target', transferor: leaver.far },
  };
  return decided(waiting, [
    ...quiet.effects,
    ...(isAway(call, customer) ? [] : [{ to: 'media', do: 'leave-room', room: call.id, leg: customer } as const]),
    ...quiet.call.state.joining.map(joinTimerOff),
    ringback(pbx, customer),
    ...recordLegs(waiting, { customer }),
    ringTimer(pbx, call),
  ]);
}

/** Whoever listens in, or is rung to, is let go. */
export function withoutSupervisors(call: Conferring, at: EpochMs): { call: Conferring; effects: readonly PbxEffect[] } {
  const { supervisors, joining } = call.state;
  const legs = supervisors.flatMap(({ leg }) => call.legs.get(leg) ?? []);
  const rung = joining.filter(({ as }) => as.kind === 'supervisor');
  const phones = rung.flatMap((one) => phonesOf(call, one));
  const gone = [...legs, ...phones].map((leg) => endedLeg(leg, 'transferred', at));
  return {
    call: withConference(call, { supervisors: [], joining: joining.filter((one) => !rung.includes(one)) }, ...gone),
    effects: [
      ...legs.flatMap((leg): readonly PbxEffect[] => [
        { to: 'sip', do: 'bye', leg: leg.id, cause: 'transferred' },
        { to: 'media', do: 'close-leg', leg: leg.id },
      ]),
      ...phones.flatMap((leg) => cancelBranch(leg, 'transferred')),
      ...rung.map(joinTimerOff),
    ],
  };
}

/** A member's phone holds or is back: its own music, or its silence, is for nobody. */
export function memberTurned(
  pbx: PbxView,
  call: Conferring,
  { leg, to }: { readonly leg: Leg; readonly to: Extract<LegState, { readonly in: 'held' | 'answered' }> },
): Decision {
  const turned = withConference(call, {}, inState(leg, to));
  const audioLostMs = to.in === 'held' ? 0 : pbx.limits.audioLostMs;
  const isMember = call.state.members.includes(leg.id);
  const watch: PbxEffect[] = isMember ? [{ to: 'media', do: 'watch', leg: leg.id, audioLostMs }] : [];
  return both(watch, remixed(pbx, call, { call: turned, at: to.since }));
}

/** Let go by the initiator (`*0#`): who rings, else who came last. Undefined: there is nobody to drop. */
export function dropLast(pbx: PbxView, call: Conferring, at: EpochMs): Decision | undefined {
  const { joining, members, initiator, customer } = call.state;
  const ringing = joining.filter(({ as }) => as.kind === 'member').at(-1);
  if (ringing !== undefined) return notJoining(pbx, call, { one: ringing, cause: 'transferred', at });
  const last = members.filter((id) => id !== initiator && id !== customer).at(-1);
  const leg = last === undefined || members.length < 3 ? undefined : call.legs.get(last);
  if (leg === undefined) return undefined;
  return memberDropped(pbx, call, { leg, cause: 'transferred', at });
}
