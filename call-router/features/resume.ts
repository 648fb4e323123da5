/**
 * A browser that is back takes its leg up again: INVITE to `resume-<token>` from a device of the same person, as INVITE with
 * Replaces does it for phones (replaces.ts), and in a transfer or a conference too. The token is good for one answer; a wrong,
 * used or late one gets 404, and the leg goes on waiting. A button's hold and mute stay as they were.
 */
import type { PbxEffect } from '../effect';
import type { Call, Leg, LegState } from '../state/call';
import type { Joining } from '../state/conference';
import type { PbxView } from '../state/view';
import type { EpochMs, LegId } from '../values/ids';
import { type Conferring, isConferring, remixed, withConference } from './conference-mix';
import { both, type Decision, decided, isConnected, withLegs } from './decision';
import { endedLeg } from './hang-up';
import { music } from './heard-in-call';
import { isHeldByCommand } from './hold-by-command';
import { canBeAwaited, isBeingTaken } from './lost-leg';
import { callerUserOf } from './new-call';
import { gates } from './office-side';
import { joinToTake, nothingToTake } from './pickup';
import { recordLegs } from './recording-rule';
import type { InviteReceived } from './ring';
import { type Consulting, isConsulting, ringback, talkAgain } from './transfer';

const prefix = 'resume-';

/** Undefined: it is no such call. Of a provider it is a number like any other. */
export function resumeDialled(pbx: PbxView, event: InviteReceived): Decision | undefined {
  if (event.origin.kind !== 'device' || !event.dialled.startsWith(prefix)) return undefined;
  const user = callerUserOf(pbx, event)?.id;
  const token = event.dialled.slice(prefix.length);
  for (const call of user === undefined ? [] : pbx.callsOfUser(user)) {
    const leg = [...call.legs.values()].find(({ far, lost }) => far.user === user && lost?.token === token);
    if (leg !== undefined && isConnected(leg) && canBeAwaited(call, leg) && !isBeingTaken(call, leg))
      return joinToTake(pbx, event, { call, takes: leg.id });
  }
  return nothingToTake(event);
}

export interface TakenUp {
  readonly leg: Leg;
  readonly lost: Leg;
  readonly at: EpochMs;
  /** The 200 of the new leg. */
  readonly ok: PbxEffect;
}

/** Whom the new leg is to speak like. */
export function partnerOf(call: Call, id: LegId): LegId | undefined {
  const { state } = call;
  if (state.in === 'talking') return state.caller === id ? state.callee : state.caller;
  if (state.in !== 'consulting') return undefined;
  if (state.transferor === id) return state.target ?? state.customer;
  return state.transferor;
}

/** The new leg is in the place of the lost one. Undefined: that place is no more. */
export function takenUp(pbx: PbxView, call: Call, taken: TakenUp): Decision | undefined {
  const { leg: taker, lost, at, ok } = taken;
  if (!isConnected(lost) || !canBeAwaited(call, lost)) return undefined;
  const { takes: _done, ...rest } = taker;
  const mute = lost.isMuted === true ? ({ isMuted: true } as const) : {};
  const leg: Leg = { ...rest, ...mute, state: stateAfter(lost, at), answeredAt: at };
  const inPlace = call.callerLeg === lost.id ? { callerLeg: leg.id } : {};
  const swapped = withLegs({ ...call, ...inPlace }, endedLeg(lost, 'transferred', at), leg);
  const farewell: readonly PbxEffect[] = [
    ok,
    ...(lost.isMuted === true ? [{ to: 'media', do: 'mute-leg', leg: leg.id } as const] : []),
    { to: 'sip', do: 'bye', leg: lost.id, cause: 'transferred' },
    { to: 'media', do: 'close-leg', leg: lost.id },
  ];
  return both(farewell, goesOn(pbx, { before: call, swapped, leg, lost: lost.id, at }));
}

function stateAfter(lost: Leg, at: EpochMs): LegState {
  return isHeldByCommand(lost) ? { in: 'held', since: at, byCommand: true } : { in: 'answered', since: at };
}

interface Swap {
  readonly before: Call;
  readonly swapped: Call;
  readonly leg: Leg;
  readonly lost: LegId;
  readonly at: EpochMs;
}

function goesOn(pbx: PbxView, swap: Swap): Decision {
  const { before, swapped } = swap;
  if (isConferring(before) && isConferring(swapped)) return conferenceGoesOn(pbx, before, { ...swap, swapped });
  if (isConsulting(swapped)) return consultationGoesOn(pbx, swapped, swap);
  return swapped.state.in === 'talking' ? talkGoesOn(pbx, swapped, swap) : ringingGoesOn(pbx, swap);
}

function talkGoesOn(pbx: PbxView, call: Call, { leg, lost, at }: Swap): Decision {
  if (call.state.in !== 'talking') return decided(call, []);
  const { caller, callee } = call.state;
  const [a, b] = caller === lost ? [leg.id, callee] : [caller, leg.id];
  if (!isHeldByCommand(leg)) return talkAgain(pbx, call, { a, b, at });
  // The far end goes on hearing its music, alone in the recording.
  const state = { ...call.state, caller: a, callee: b };
  const other = a === leg.id ? b : a;
  return decided({ ...call, state }, [...gates(pbx, leg), ...recordLegs(call, { customer: other })]);
}

/** Click-to-call: its far end rings still. */
function ringingGoesOn(pbx: PbxView, { swapped, leg }: Swap): Decision {
  const early = swapped.early?.branch;
  if (early !== undefined) return decided(swapped, [{ to: 'media', do: 'join', a: leg.id, b: early }]);
  return decided(swapped, swapped.ringingAt === undefined ? [] : [ringback(pbx, leg.id)]);
}

function consultationGoesOn(pbx: PbxView, call: Consulting, { leg, lost }: Swap): Decision {
  const put = (id: LegId): LegId => (id === lost ? leg.id : id);
  const { customer, transferor, target } = call.state;
  const places = { in: 'consulting', customer: put(customer), transferor: put(transferor) } as const;
  const state = target === undefined ? places : { ...places, target: put(target) };
  const watch: PbxEffect = { to: 'media', do: 'watch', leg: leg.id, audioLostMs: pbx.limits.audioLostMs };
  return decided({ ...call, state }, [
    ...(customer === lost ? waitsAgain(call, leg) : talksAgain(pbx, { ...call, state }, leg)),
    ...gates(pbx, leg),
    ...(leg.state.in === 'answered' ? [watch] : []),
  ]);
}

const waitsAgain = (call: Call, { id }: Leg): readonly PbxEffect[] => [
  music(id),
  ...recordLegs(call, { customer: id }),
];

/** The two colleagues; while the target rings, its ringback. */
function talksAgain(pbx: PbxView, { state, legs }: Consulting, { id }: Leg): readonly PbxEffect[] {
  const { transferor, target } = state;
  if (target === undefined)
    return [...legs.values()].some((leg) => leg.state.in === 'ringing') ? [ringback(pbx, id)] : [];
  const other = transferor === id ? target : transferor;
  const joined: readonly PbxEffect[] = [
    { to: 'media', do: 'stop-playing', leg: other },
    { to: 'media', do: 'join', a: transferor, b: target },
  ];
  return legs.get(other)?.state.in === 'held' ? [...joined, music(id)] : joined;
}

function conferenceGoesOn(
  pbx: PbxView,
  before: Conferring,
  { swapped, leg, lost, at }: Swap & { readonly swapped: Conferring },
): Decision {
  const put = (id: LegId): LegId => (id === lost ? leg.id : id);
  const { members, customer, initiator, joining } = swapped.state;
  const call = withConference(swapped, {
    members: members.map(put),
    joining: joining.map((one) => askedBy(one, put)),
    ...(customer === undefined ? {} : { customer: put(customer) }),
    ...(initiator === undefined ? {} : { initiator: put(initiator) }),
  });
  return remixed(pbx, before, { call, at });
}

const askedBy = (one: Joining, put: (id: LegId) => LegId): Joining =>
  one.as.kind === 'member' && one.as.by !== undefined ? { ...one, as: { ...one.as, by: put(one.as.by) } } : one;
