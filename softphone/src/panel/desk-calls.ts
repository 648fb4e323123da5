/**
 * My calls as the panel shows them: what the server says of a call and what the headset says of it, as one thing. A call is on the
 * headset if the headset has it; else it is on another phone of mine and goes through the server.
 */
import type { LiveCall, LiveLeg } from '../../../server/api/messages';
import { isMine, myLeg } from '../calls/commands';
import { type HeadsetCall, isMadeIn } from '../phone/phone-state';

export type Stage = 'incoming' | 'outgoing' | 'talk';

export interface DeskCall {
  /** Stays while the call goes from one stage to the next. */
  readonly key: string;
  readonly stage: Stage;
  /** Undefined: the server has not told of it yet. */
  readonly live: LiveCall | undefined;
  /** Undefined: it is on another phone of mine. */
  readonly headset: HeadsetCall | undefined;
}

interface Known {
  readonly live: readonly LiveCall[];
  readonly headset: readonly HeadsetCall[];
  readonly userId: string | undefined;
}

/** Ringing first, then the one I talk with, then those that wait. */
export function deskCalls({ live, headset, userId }: Known): readonly DeskCall[] {
  const mine = live.filter((call) => call.state !== 'ended' && isMine(call, userId) && !onlyListens(call, userId));
  const onHeadset = headset.map((call) => {
    const told = mine.find(({ id }) => id === call.callId) ?? mine.find((one) => hasTaken(one, call));
    return { key: told?.id ?? call.id, stage: stageOf(call), live: told, headset: call };
  });
  const elsewhere = mine
    .filter(({ id }) => !onHeadset.some((call) => call.live?.id === id))
    .map((call) => ({ key: call.id, stage: stageByServer(call, userId), live: call, headset: undefined }));
  return [...onHeadset, ...elsewhere].toSorted((one, other) => rank(one) - rank(other));
}

/** A leg keeps its name when it goes to another call: it was picked up, or passed on. */
const hasTaken = ({ legs }: LiveCall, { callId }: HeadsetCall): boolean =>
  callId !== undefined && legs.some(({ id, state }) => state !== 'ended' && isMadeIn(id, callId));

const rank = (call: DeskCall): number => (call.stage === 'incoming' ? 0 : isWaiting(call) ? 2 : 1);

/** I hold it. */
export const isWaiting = ({ stage, headset, live }: DeskCall): boolean =>
  stage === 'talk' && (headset?.state.in === 'held' || live?.legs.some(({ state }) => state === 'held') === true);

function stageOf({ state }: HeadsetCall): Stage {
  switch (state.in) {
    case 'ringing':
    case 'answering':
      return 'incoming';
    case 'accepted':
    case 'talking':
    case 'held':
      return 'talk';
    default:
      return 'outgoing';
  }
}

function stageByServer(call: LiveCall, userId: string | undefined): Stage {
  if (myLeg(call, userId) !== undefined) return 'talk';
  const rings = call.legs.some((leg) => leg.userId === userId && isRung(leg));
  return rings ? 'incoming' : 'outgoing';
}

const isRung = ({ direction, state }: LiveLeg): boolean =>
  direction === 'outgoing' && ['opening', 'dialling', 'ringing', 'screening'].includes(state);

function onlyListens(call: LiveCall, userId: string | undefined): boolean {
  return call.supervisors?.some((one) => one.userId === userId) === true && myLeg(call, userId) === undefined;
}

/** Who is at the other end of a call inside the office, seen from me: a colleague's id, or what was dialled. */
export function colleagueOf(
  call: LiveCall,
  userId: string | undefined,
): { readonly userId?: string; readonly typed: string } {
  if (call.caller.userId !== userId && call.caller.userId !== undefined)
    return { userId: call.caller.userId, typed: call.caller.typed };
  const other = call.legs.find((leg) => leg.userId !== undefined && leg.userId !== userId)?.userId;
  return { ...(other === undefined ? {} : { userId: other }), typed: call.callee.typed };
}

/** Every phone of mine that rings for it, or talks on it. */
export const myLegs = (call: LiveCall, userId: string | undefined): readonly LiveLeg[] =>
  call.legs.filter((leg) => leg.userId === userId && leg.state !== 'ended');
