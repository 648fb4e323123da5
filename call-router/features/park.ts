/**
 * Park and retrieve (RFC 5359 section 2.15): `*7#` or a button leaves the far end in a slot with music; who parked it hears
 * which slot and is let go. `*70` and the slot takes it, from any phone; `*70` alone takes what one has parked. After
 * `parking.returnS` it rings again at whoever parked it. The call keeps its identity, card and recording.
 *
 *   talking ──park──▶ parked ──retriever's leg opened, 200──▶ talking
 *                       └─time over─▶ transferring to who parked it ──▶ talking, the number's fallback, or the end
 */
import type { CommandEvent } from '../command';
import type { PbxEffect } from '../effect';
import type { Call, Leg } from '../state/call';
import type { Prompt } from '../state/office';
import type { PbxView } from '../state/view';
import type { EndCause } from '../values/cause';
import { type CallId, type EpochMs, type LegId, timerIdOf, type UserId } from '../values/ids';
import { saveCall } from './call-record';
import {
  answeredBy,
  both,
  type Decision,
  decided,
  effectsOnly,
  ignore,
  inState,
  isConnected,
  isEnded,
  otherLegOf,
  withLegs,
} from './decision';
import { endedLeg } from './hang-up';
import { music, sayInCall } from './heard-in-call';
import { callerUserOf, farEndOf } from './new-call';
import { isOfficeSide } from './office-side';
import { leadNowhere } from './onward';
import { isSameEnd, personOfFar } from './person-of';
import { joinToTake } from './pickup';
import { recordLegs } from './recording-rule';
import { branchesBackTo, branchesToPeople, type InviteReceived, openBranch } from './ring';
import { ringTimer } from './ring-timer';
import { addBranches, customerAsCaller, ringback, talkAgain } from './transfer';
import { withFallback } from './transfer-outcome';
import { asPlainTalk } from './supervise';

export type Parked = Call & { readonly state: Extract<Call['state'], { readonly in: 'parked' }> };
export const isParked = (call: Call): call is Parked => call.state.in === 'parked';

type RetrieveAsked = Extract<CommandEvent, { readonly type: 'retrieve-asked' }>;

export interface ParkAsked {
  readonly call: Call;
  /** Whose far end is parked. */
  readonly parker: Leg;
  readonly at: EpochMs;
}

/** The reason why not is a name of a prompt. */
export function park(pbx: PbxView, { call, parker, at }: ParkAsked): Decision | 'parking-full' | 'not-available' {
  const customer = otherLegOf(call, parker.id);
  if (customer === undefined || !isOfficeSide(pbx, parker)) return 'not-available';
  const slot = freeSlot(pbx);
  if (slot === undefined) return 'parking-full';
  const state = { in: 'parked', leg: customer, slot, by: parker.far, since: at, told: parker.id } as const;
  const parked: Call = { ...call, state };
  const { returnS } = pbx.directory.parking;
  return decided(parked, [
    { to: 'media', do: 'separate', a: parker.id, b: customer },
    { to: 'media', do: 'watch', leg: parker.id, audioLostMs: 0 },
    music(customer),
    ...recordLegs(call, { customer }),
    sayInCall(pbx, call, { leg: parker.id, prompts: [{ say: 'parked-in-slot' }, { digits: slot }] }),
    parkTimer(call, returnS * 1000),
  ]);
}

/** By command: server/in-call-commands.ts has said before why it cannot be. */
export function parkAsked(pbx: PbxView, event: Extract<CommandEvent, { type: 'park-asked' }>): Decision {
  const call = pbx.callOf(event.leg);
  const parker = call?.legs.get(event.leg);
  if (call === undefined || parker === undefined || !isConnected(parker)) return ignore; // it ended meanwhile
  if (parker.isSupervisor === true) return ignore;
  const parks = (talk: Call): Decision => {
    const outcome = park(pbx, { call: talk, parker, at: event.at });
    return typeof outcome === 'string' ? ignore : outcome;
  };
  return asPlainTalk(pbx, call, { at: event.at, go: parks });
}

/** The lowest that is free. */
function freeSlot(pbx: PbxView): string | undefined {
  return slotsOf(pbx).find((slot) => pbx.parkedIn(slot) === undefined);
}

function slotsOf({ directory }: PbxView): readonly string[] {
  const [first, last] = [Number(directory.parking.first), Number(directory.parking.last)];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => String(first + i).padStart(2, '0'));
}

/** An INVITE with a description is answered in far less. */
const takingMs = 5000;

const parkTimer = ({ id }: Call, afterMs: number): PbxEffect => ({
  to: 'clock',
  do: 'set-timer',
  timer: timerIdOf(id, 'park'),
  afterMs,
});

const parkTimerOff = ({ id }: Call): PbxEffect => ({ to: 'clock', do: 'clear-timer', timer: timerIdOf(id, 'park') });

/** Who parked it has heard the slot, or hung up before: they are gone. */
export function slotTold(call: Parked, at: EpochMs): Decision {
  const told = call.state.told === undefined ? undefined : call.legs.get(call.state.told);
  if (told === undefined || isEnded(told)) return ignore;
  return decided(letGo(call, told, at), farewell(told));
}

function letGo({ state, ...call }: Parked, told: Leg, at: EpochMs): Call {
  const { told: _gone, ...parked } = state;
  return withLegs({ ...call, state: parked }, endedLeg(told, 'transferred', at));
}

const farewell = (leg: Leg): readonly PbxEffect[] => [
  { to: 'sip', do: 'bye', leg: leg.id, cause: 'transferred' },
  { to: 'media', do: 'close-leg', leg: leg.id },
];

/** BYE in a parked call. Undefined: it is the parked party's, and the call ends. */
export function parkedPartyLeft(call: Parked, { leg, at }: { readonly leg: Leg; readonly at: EpochMs }) {
  if (leg.id !== call.state.told) return undefined;
  return decided(letGo(call, leg, at), [{ to: 'media', do: 'close-leg', leg: leg.id }]);
}

/** `*70` and a slot, or alone. Undefined: nothing is there, which the caller is told. */
export function retrieve(pbx: PbxView, event: InviteReceived, slot: string): Decision | undefined {
  const call = slot === '' ? parkedBy(pbx, event) : pbx.parkedIn(slot);
  // Somebody's INVITE for it was first and is being answered: the slot is as good as empty.
  if (call === undefined || isBeingRetrieved(call)) return undefined;
  return joinToTake(pbx, event, { call });
}

const isBeingRetrieved = (call: Call): boolean =>
  [...call.legs.values()].some(
    ({ direction, id, state }) =>
      direction === 'incoming' && id !== call.callerLeg && (state.in === 'offered' || state.in === 'answering'),
  );

/** Theirs that waits longest. */
function parkedBy(pbx: PbxView, event: InviteReceived): Call | undefined {
  const far = farEndOf(event, callerUserOf(pbx, event)?.id);
  let longest: Parked | undefined;
  for (const slot of slotsOf(pbx)) {
    const call = pbx.parkedIn(slot);
    if (call === undefined || !isParked(call) || !isSameEnd(pbx, call.state.by, far)) continue;
    if (longest === undefined || call.state.since < longest.state.since) longest = call;
  }
  return longest;
}

export const nothingThere = (slot: string): Prompt => [{ say: slot === '' ? 'nothing-parked' : 'slot-empty' }];

/** The retriever's 200 is out: they talk. */
export function retrieved(
  pbx: PbxView,
  call: Parked,
  { leg, at }: { readonly leg: Leg; readonly at: EpochMs },
): Decision {
  const { leg: customer, told } = call.state;
  const parker = told === undefined ? undefined : call.legs.get(told);
  const quiet = parker === undefined || isEnded(parker) ? call : letGo(call, parker, at);
  const taken = withLegs(
    { ...quiet, ...answeredBy(leg) },
    { ...inState(leg, { in: 'answered', since: at }), answeredAt: at },
  );
  return both(
    [...(parker === undefined || isEnded(parker) ? [] : farewell(parker)), parkTimerOff(call)],
    talkAgain(pbx, taken, { a: customer, b: leg.id, at }),
  );
}

/** It waited long enough: back to who parked it, and if they are not there, to the number's fallback. */
export function parkTimeOver(pbx: PbxView, id: CallId, at: EpochMs): Decision {
  const call = pbx.calls.get(id);
  // Taken as the timer fired.
  if (call === undefined || !isParked(call)) return ignore;
  // Being taken: if that comes to nothing it is time then.
  if (isBeingRetrieved(call)) return effectsOnly(parkTimer(call, takingMs));
  const { leg, by } = call.state;
  const { call: back, effects } = leftSlot(pbx, call, { to: 'transferor', at });
  const branches = branchesBackTo(pbx, back, by);
  const customer = back.legs.get(leg);
  if (customer === undefined) return ignore;
  return typeof branches === 'string'
    ? both(effects, leadNowhere(pbx, back, { leg: customer, cause: 'no-answer', at }))
    : both(effects, ringsFor(pbx, back, { customer: leg, branches, at }));
}

/** By button: this person's phones ring for it, and whoever answers has it; if nobody does, it goes to who parked it. */
export function retrieveAsked(pbx: PbxView, { call: id, user, at }: RetrieveAsked): Decision {
  const call = pbx.calls.get(id);
  const branches = call === undefined ? 'unreachable' : retrievers(pbx, call, user);
  // Taken or over while the command was on its way.
  if (call === undefined || !isParked(call) || typeof branches === 'string') return ignore;
  const { by, leg } = call.state;
  const isParkers = personOfFar(pbx, by) === user;
  const to = isParkers ? ({ to: 'transferor' } as const) : ({ to: 'target', transferor: by } as const);
  const { call: back, effects } = leftSlot(pbx, call, { ...to, at });
  return both([parkTimerOff(call), ...effects], ringsFor(pbx, back, { customer: leg, branches, at }));
}

/** The phones that will ring, or why there are none. */
export function retrievers(pbx: PbxView, call: Call, user: UserId): readonly Leg[] | EndCause {
  if (!isParked(call) || isBeingRetrieved(call)) return 'nothing-to-pick-up';
  return branchesToPeople(pbx, call, [user]);
}

type Goes = Pick<Extract<Call['state'], { readonly in: 'transferring' }>, 'to' | 'transferor'>;

/** Its slot is free; who still hears which it was is let go. */
function leftSlot(
  pbx: PbxView,
  call: Parked,
  { at, ...goes }: Goes & { readonly at: EpochMs },
): { readonly call: Call; readonly effects: readonly PbxEffect[] } {
  const { leg: customer, told } = call.state;
  const parker = told === undefined ? undefined : call.legs.get(told);
  const hears = parker !== undefined && !isEnded(parker);
  const alone = hears ? letGo(call, parker, at) : call;
  const state = { in: 'transferring', customer, ...goes } as const;
  const back: Call = { ...withFallback(pbx, alone), state, shows: customerAsCaller(pbx, call, customer) };
  return { call: back, effects: hears ? farewell(parker) : [] };
}

interface Ringing {
  readonly customer: LegId;
  readonly branches: readonly Leg[];
  readonly at: EpochMs;
}

function ringsFor(pbx: PbxView, call: Call, { customer, branches, at }: Ringing): Decision {
  const ringing = addBranches(call, branches);
  return decided(ringing, [
    ringback(pbx, customer),
    ...branches.map((branch) => openBranch(pbx, branch, customer)),
    ringTimer(pbx, call),
    ...saveCall(ringing, at),
  ]);
}
