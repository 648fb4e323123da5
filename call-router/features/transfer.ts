/**
 * Transfer, blind and with announcement (RFC 5589): by code, by REFER and by command. The call keeps its identity, card
 * and recording; the customer is never left in silence and the target sees the customer's number.
 *
 *   talking ──blind──▶ transferring ──target answers──▶ talking (customer, target)
 *                          └─nobody answers─▶ the transferor is rung again ──▶ talking, or the call ends
 *   talking ──announced──▶ consulting ──transferor hangs up──▶ talking (customer, target), or transferring while it rings
 *                          └─target fails, *0#─▶ talking as before
 */
import type { PbxEffect, ShownCaller } from '../effect';
import type { Call, Leg } from '../state/call';
import type { PbxView } from '../state/view';
import type { EndCause } from '../values/cause';
import { type EpochMs, type LegId, type UserId } from '../values/ids';
import { saveCall } from './call-record';
import { type Decision, decided, isBeingCalled, otherLegOf, withLegs } from './decision';
import { destinationOf } from './dial-plan';
import { type Followed, followed, ringMsOf } from './forwarding';
import { withAlarm } from './guard-alarm';
import { endedLeg } from './hang-up';
import { gates } from './office-side';
import { pathWalked } from './onward';
import { music } from './heard-in-call';
import { resumed } from './hold-by-command';
import { passToUs } from './pass-on';
import { recordingNow, recordLegs } from './recording-rule';
import { branchesOf, openBranch } from './ring';
import { diallerOf } from './person-of';
import { ringTimer, ringTimerOff } from './ring-timer';
import { cancelBranch } from './cancel-branch';

export interface TransferAsked {
  readonly call: Call;
  readonly transferor: Leg;
  readonly target: string;
  readonly at: EpochMs;
}

type State<In> = Extract<Call['state'], { readonly in: In }>;
export type Consulting = Call & { readonly state: State<'consulting'> };
export type Transferring = Call & { readonly state: State<'transferring'> };
export const isConsulting = (call: Call): call is Consulting => call.state.in === 'consulting';
export const isTransferring = (call: Call): call is Transferring => call.state.in === 'transferring';

/** The legs that will ring for the target, or why there are none. The customer's own leg is never one of them. */
export function targetBranches(pbx: PbxView, asked: TransferAsked): readonly Leg[] | EndCause {
  const { call, destination } = targetOf(pbx, asked);
  return branchesOf(pbx, call, destination);
}

/** Where the target's own forwardings lead. */
export function targetOf(pbx: PbxView, { call, transferor, target, at }: TransferAsked): Followed {
  return followed(pbx, call, { destination: destinationOf(pbx, { ...diallerOf(transferor), at }, target), at });
}

interface Ready {
  /** With the call as the target's forwardings have led it. */
  readonly led: TransferAsked;
  readonly branches: readonly Leg[];
  /** The guard has refused a forwarding of the target. */
  readonly alarm: Decision | undefined;
}

function readyToRing(pbx: PbxView, asked: TransferAsked): Ready | EndCause {
  const { call, destination, alarm } = targetOf(pbx, asked);
  const branches = branchesOf(pbx, call, destination);
  return typeof branches === 'string' ? branches : { led: { ...asked, call }, branches, alarm };
}

/** Blind by code or command: the transferor's leg ends at once. */
export function transferBlind(pbx: PbxView, asked: TransferAsked): Decision | EndCause {
  const served = passToUs(pbx, { ...asked, by: 'code' });
  if (served !== undefined) return served;
  const ready = readyToRing(pbx, asked);
  if (typeof ready === 'string') return ready;
  const { transferor, at } = asked;
  const passed = startRinging(pbx, ready.led, { branches: ready.branches, stays: false });
  const left = withLegs(passed.call, endedLeg(transferor, 'transferred', at));
  const bye: PbxEffect = { to: 'sip', do: 'bye', leg: transferor.id, cause: 'transferred' };
  const close: PbxEffect = { to: 'media', do: 'close-leg', leg: transferor.id };
  return withAlarm(decided(left, [bye, close, ...passed.effects]), ready.alarm);
}

/** Blind by REFER: the phone stays until it has heard the outcome (RFC 3515) or hangs up. */
export function transferByRefer(pbx: PbxView, asked: TransferAsked): Decision | EndCause {
  const served = passToUs(pbx, { ...asked, by: 'refer' });
  if (served !== undefined) return served;
  const ready = readyToRing(pbx, asked);
  if (typeof ready === 'string') return ready;
  const passed = startRinging(pbx, ready.led, { branches: ready.branches, stays: true });
  const accepted: PbxEffect = { to: 'sip', do: 'accept-refer', leg: asked.transferor.id };
  return withAlarm(decided(passed.call, [accepted, ...passed.effects]), ready.alarm);
}

interface Ringing {
  readonly branches: readonly Leg[];
  readonly stays: boolean;
}

function startRinging(
  pbx: PbxView,
  { call, transferor, at }: TransferAsked,
  { branches, stays }: Ringing,
): { call: Call; effects: readonly PbxEffect[] } {
  const customer = otherLegOf(call, transferor.id) ?? transferor.id;
  const state = {
    in: 'transferring',
    customer,
    to: 'target',
    transferor: transferor.far,
    ...(stays ? { referrer: transferor.id } : {}),
  } as const;
  const shows = customerAsCaller(pbx, call, customer);
  const passed = addBranches(withLegs({ ...call, state, shows }, resumed(transferor, at)), branches);
  return {
    call: passed,
    effects: [
      { to: 'media', do: 'separate', a: transferor.id, b: customer },
      { to: 'media', do: 'watch', leg: transferor.id, audioLostMs: 0 },
      ringback(pbx, customer),
      ...recordLegs(call, { customer }),
      ...branches.map((branch) => openBranch(pbx, branch, customer)),
      ringTimer(pbx, call, ringMsOf(pbx, call)),
    ],
  };
}

/** With announcement: the customer waits, the transferor hears the target ring. */
export function consult(pbx: PbxView, asked: TransferAsked): Decision | EndCause {
  const served = passToUs(pbx, { ...asked, by: 'announced' });
  if (served !== undefined) return served;
  const ready = readyToRing(pbx, asked);
  if (typeof ready === 'string') return ready;
  const { branches } = ready;
  const { call, transferor, at } = ready.led;
  const customer = otherLegOf(call, transferor.id) ?? transferor.id;
  const state = { in: 'consulting', customer, transferor: transferor.id } as const;
  const consulting = withLegs(
    { ...call, state, shows: customerAsCaller(pbx, call, customer) },
    resumed(transferor, at),
  );
  const ringing = decided(addBranches(consulting, branches), [
    { to: 'media', do: 'separate', a: transferor.id, b: customer },
    music(customer),
    ...recordLegs(call, { customer }),
    ...branches.map((branch) => openBranch(pbx, branch, transferor.id)),
    ringTimer(pbx, call, ringMsOf(pbx, call)),
  ]);
  return withAlarm(ringing, ready.alarm);
}

export function addBranches(call: Call, branches: readonly Leg[]): Call {
  return {
    ...withLegs(call, ...branches),
    nextLeg: call.nextLeg + branches.length,
    ringsUsers: rungWith(call, branches),
  };
}

/** Everybody of ours the call has rung, with the people of these legs: they may see it. */
export function rungWith({ ringsUsers }: Call, legs: readonly Leg[]): readonly UserId[] {
  return [...new Set([...ringsUsers, ...legs.flatMap(({ far }) => (far.user === undefined ? [] : [far.user]))])];
}

/** The target sees the customer, not the colleague who passes the call on; between colleagues, whoever waits. */
export function customerAsCaller(pbx: PbxView, call: Call, customer: LegId): ShownCaller {
  const far = call.legs.get(customer)?.far;
  const user = far?.user !== undefined ? pbx.directory.users.get(far.user) : undefined;
  if (user !== undefined) return { number: user.extension ?? '', displayName: user.name, withheld: false };
  const party = customer === call.callerLeg ? call.caller : call.callee;
  const { displayName } = party;
  const number = party.number ?? party.typed;
  return { number, withheld: party.withheld, ...(displayName === undefined ? {} : { displayName }) };
}

export const ringback = (pbx: PbxView, leg: LegId): PbxEffect => ({
  to: 'media',
  do: 'play',
  leg,
  tone: 'ringback',
  country: pbx.directory.country,
});

/** Two legs talk from now on; the others of the transfer are gone or go. */
export function talkAgain(
  pbx: PbxView,
  call: Call,
  { a, b, at }: { readonly a: LegId; readonly b: LegId; readonly at: EpochMs },
): Decision {
  const talking: Call = { ...call, ...pathWalked(call), state: { in: 'talking', since: at, caller: a, callee: b } };
  const legs = [a, b].flatMap((id) => call.legs.get(id) ?? []);
  const recorded = recordingNow(pbx, talking, at);
  return decided(recorded.call, [
    ...heardBy(pbx, { listener: a, speaker: legs.find((leg) => leg.id === b) }),
    ...heardBy(pbx, { listener: b, speaker: legs.find((leg) => leg.id === a) }),
    { to: 'media', do: 'join', a, b },
    ...recorded.effects,
    ...gates(pbx, ...legs),
    ringTimerOff(call),
    ...saveCall(recorded.call, at),
  ]);
}

interface Hearing {
  readonly listener: LegId;
  readonly speaker: Leg | undefined;
}

/** Who has put us on hold says nothing, and its silence ends nothing: the other side hears music until it is back. */
function heardBy(pbx: PbxView, { listener, speaker }: Hearing): readonly PbxEffect[] {
  if (speaker?.state.in === 'held') {
    return [music(listener)];
  }
  const watch =
    speaker === undefined
      ? []
      : [{ to: 'media', do: 'watch', leg: speaker.id, audioLostMs: pbx.limits.audioLostMs } as const];
  return [{ to: 'media', do: 'stop-playing', leg: listener }, ...watch];
}

/** Takes all branches back that nobody answered. */
export function withoutBranches(
  call: Call,
  cause: EndCause,
  at: EpochMs,
): { call: Call; effects: readonly PbxEffect[] } {
  const ringing = [...call.legs.values()].filter(isBeingCalled);
  return {
    call: withLegs(call, ...ringing.map((leg) => endedLeg(leg, cause, at))),
    effects: ringing.flatMap((leg) => cancelBranch(leg, cause)),
  };
}
