/**
 * Conferences (RFC 4579): a talk or a consultation becomes one by `*3#`, by page or by the phone's keys, and further parties
 * are dialled into it. The call keeps its identity, card and recording: left the client, right everybody else.
 * Who comes and goes is in conference-members.ts, who hears whom in conference-mix.ts.
 */
import type { CommandEvent } from '../command';
import type { PbxEffect } from '../effect';
import type { Call, Leg } from '../state/call';
import type { PbxView } from '../state/view';
import type { EndCause } from '../values/cause';
import { type EpochMs, type LegId, type TimerId, timerIdOf, type UserId } from '../values/ids';
import type { Joining } from '../state/conference';
import { isSameEnd, mergeByCode } from './conference-merge';
import {
  type Conferring,
  conferenceWith,
  conferring,
  isConferring,
  onIt,
  remixed,
  withConference,
} from './conference-mix';
import { type Decision, both, decided, ignore, isBeingCalled, isConnected, isEnded } from './decision';
import { transferAlarm } from './guard-alarm';
import { isOfficeSide } from './office-side';
import { leftOf } from './recording-rule';
import { openBranch } from './ring';
import { ringTimerOff } from './ring-timer';
import { type Consulting, isConsulting, rungWith, targetBranches } from './transfer';

interface Pressed {
  readonly leg: Leg;
  readonly at: EpochMs;
}

/** `*3#`: all of a consultation together, or this call and the one the same phone has on hold. Undefined: nothing to join. */
export function conferenceByCode(pbx: PbxView, call: Call, { leg, at }: Pressed): Decision | undefined {
  if (isConsulting(call)) return call.state.transferor === leg.id ? joinAll(pbx, call, at) : undefined;
  const merged = mergeByCode(pbx, call, { leg, at });
  if (merged !== undefined) return merged;
  return isConferring(call) ? decided(call, []) : undefined; // they are together already
}

/** A target that still rings comes in when it answers. */
export function joinAll(pbx: PbxView, call: Consulting, at: EpochMs): Decision {
  const { customer, transferor, target } = call.state;
  const legs = [...call.legs.values()].filter(isBeingCalled).map(({ id }) => id);
  const joining: Joining[] = joiningBy(legs, { kind: 'member', by: transferor });
  const all = conferring(call, {
    since: at,
    members: target === undefined ? [customer, transferor] : [customer, transferor, target],
    joining,
    supervisors: [],
    customer: leftOf(call, transferor, customer),
    initiator: transferor,
  });
  return both(
    [ringTimerOff(call), ...joining.map((one) => joinTimer(pbx, one))],
    remixed(pbx, call, { call: all, at }),
  );
}

/** A talk as a conference of two, for whoever is to come in. Undefined: nobody talks. */
export function asConference(pbx: PbxView, call: Call, at: EpochMs): Conferring | undefined {
  if (isConferring(call)) return call;
  if (call.state.in !== 'talking') return undefined;
  const { caller, callee } = call.state;
  const initiator = [callee, caller].find((id) => {
    const leg = call.legs.get(id);
    return leg !== undefined && isOfficeSide(pbx, leg);
  });
  return conferring(call, {
    since: at,
    members: [caller, callee],
    joining: [],
    supervisors: [],
    customer: leftOf(call, caller, callee),
    ...(initiator === undefined ? {} : { initiator }),
  });
}

export interface Adding {
  readonly call: Call;
  /** Dialled for this leg: it hears why nobody came. */
  readonly by: Leg;
  readonly target: string;
  readonly at: EpochMs;
  readonly referred?: true;
}

/** Dials a further party, who rings while the others talk. */
export function addParty(pbx: PbxView, { call, by, target, at, referred }: Adding): Decision | EndCause {
  const before = asConference(pbx, call, at);
  if (before === undefined) return 'not-allowed';
  const branches = branchesToAdd(pbx, { call, by, target, at });
  if (typeof branches === 'string') return branches;
  const as = { kind: 'member', by: by.id, ...(referred === undefined ? {} : { referred }) } as const;
  const initiated = isConferring(call) ? before : conferenceWith(before, { initiator: by.id });
  return ringToJoin(pbx, call, { conference: initiated, branches, as, at });
}

/** The phones that would ring, or why there are none: the conference is full, or they are all in it. */
export function branchesToAdd(pbx: PbxView, { call, by, target, at }: Adding): readonly Leg[] | EndCause {
  if (placesTaken(call) >= pbx.limits.conferenceMembersMax) return 'overloaded';
  const branches = targetBranches(pbx, { call, transferor: by, target, at });
  if (typeof branches === 'string') return branches;
  const free = notInCall(call, branches);
  return free.length === 0 ? 'busy' : free;
}

/** Whoever is rung to join has a place already. */
export function placesTaken(call: Call): number {
  return isConferring(call) ? call.state.members.length + call.state.joining.length : 2;
}

/** Without phones that are in the call or ring for it already. */
export function notInCall(call: Call, branches: readonly Leg[]): readonly Leg[] {
  const taken = [...call.legs.values()].filter((leg) => !isEnded(leg));
  return branches.filter(({ far }) => !taken.some((leg) => isSameEnd(leg.far, far)));
}

export interface RingToJoin {
  readonly conference: Conferring;
  readonly branches: readonly Leg[];
  readonly as: Joining['as'];
  readonly at: EpochMs;
}

export function ringToJoin(pbx: PbxView, before: Call, { conference, branches, as, at }: RingToJoin): Decision {
  const added = joiningBy(
    branches.map(({ id }) => id),
    as,
  );
  const grown = withConference(conference, { joining: [...conference.state.joining, ...added] }, ...branches);
  const ringing: Conferring = {
    ...grown,
    nextLeg: Math.max(grown.nextLeg, ...branches.map(({ id }) => legNumberOf(id) + 1)),
    ringsUsers: as.kind === 'supervisor' ? grown.ringsUsers : rungWith(grown, branches),
  };
  const mixed = remixed(pbx, before, { call: ringing, at });
  const like = ringing.state.members[0];
  return {
    changes: mixed.changes,
    effects: [
      ...mixed.effects,
      ...branches.map((branch) => openBranch(pbx, branch, like)),
      ...added.map((one) => joinTimer(pbx, one)),
    ],
  };
}

const legNumberOf = (id: LegId): number => Number(id.slice(id.lastIndexOf('.') + 1));

function joiningBy(legs: readonly LegId[], as: Joining['as']): Joining[] {
  const [timer] = legs;
  return timer === undefined ? [] : [{ legs, timer, as }];
}

/** How long one party rings to join. */
export function joinTimer(pbx: PbxView, one: Joining): PbxEffect {
  return { to: 'clock', do: 'set-timer', timer: joinTimerOf(one), afterMs: pbx.limits.ringTimeoutMs };
}

export function joinTimerOff(one: Joining): PbxEffect {
  return { to: 'clock', do: 'clear-timer', timer: joinTimerOf(one) };
}

const joinTimerOf = ({ timer }: Joining): TimerId => timerIdOf(timer, 'join');

/** By button: server/conference-commands.ts has looked at the same view. */
export function conferenceAsked(
  pbx: PbxView,
  event: Extract<CommandEvent, { readonly type: 'conference-asked' }>,
): Decision {
  const call = pbx.calls.get(event.call);
  if (call === undefined) return ignore;
  const { at, add } = event;
  const by = askerOf(pbx, call, event.by);
  if (by === undefined) return ignore; // left meanwhile
  const other = (event.legs ?? []).find((leg) => !call.legs.has(leg));
  if (other !== undefined) return mergeByCode(pbx, call, { leg: by, at, other }) ?? ignore;
  if (isConsulting(call)) return add === undefined ? joinAll(pbx, call, at) : ignore;
  if (add === undefined) return ignore;
  const added = addParty(pbx, { call, by, target: add, at });
  return typeof added === 'string' ? transferAlarm(pbx, { call, transferor: by, target: add, at }) : added;
}

/** The leg of whoever asks, else of whoever of the office is on it. */
export function askerOf(pbx: PbxView, call: Call, user: UserId | undefined): Leg | undefined {
  const ids: readonly LegId[] = isConferring(call) ? onIt(call.state) : [...call.legs.keys()];
  const ours = ids
    .flatMap((id) => call.legs.get(id) ?? [])
    .filter((leg) => isConnected(leg) && leg.isSupervisor !== true && isOfficeSide(pbx, leg));
  const initiator = isConferring(call) ? call.state.initiator : undefined;
  return (
    ours.find(({ far }) => user !== undefined && far.user === user) ??
    ours.find(({ id }) => id === initiator) ??
    ours[ours.length - 1]
  );
}
