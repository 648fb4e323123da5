/**
 * Leads a waiting party of a call to a destination: people or a trunk ring, a plan goes its steps, a queue takes it, a
 * mailbox speaks. Used where a call arrives, where a step or a queue passes it on, and where what rang leads nowhere.
 */
import type { Call, Leg } from '../state/call';
import type { PbxView } from '../state/view';
import type { EpochMs, UserId } from '../values/ids';
import { enqueue } from './acd';
import { attend } from './attend';
import { calledThrough } from './call-through';
import { both, type Decision, decided, isBeingCalled } from './decision';
import type { Destination } from './dial-plan';
import { followed, ringMsOf, willing } from './forwarding';
import { hearsUs } from './early-media';
import { refusalAlarm, whyRefused, withAlarm } from './guard-alarm';
import { leadNowhere } from './onward';
import { personOfFar } from './person-of';
import { enterPlan } from './plan';
import { isServed, branchesOf, branchesToPeople, openBranch } from './ring';
import { outsideRingMs, ringTimer } from './ring-timer';
import { addBranches, isTransferring, ringback } from './transfer';
import { withoutReferrer } from './transfer-outcome';
import { takeMessage } from './voicemail';

export interface LeadOn {
  /** Who waits: the caller, answered or not, or the customer of a transfer. */
  readonly leg: Leg;
  readonly destination: Destination;
  readonly at: EpochMs;
  /** How long people or a trunk ring; undefined: limits.ringTimeoutMs. */
  readonly ringMs?: number;
}

export function leadOn(pbx: PbxView, before: Call, { leg, destination: asked, at, ringMs }: LeadOn): Decision {
  const { call: led, destination, alarm } = followed(pbx, before, { destination: asked, at });
  const { call, effects } = isServed(destination) ? withoutReferrer(led, at) : { call: led, effects: [] };
  const leading = { leg, destination, at, ...(ringMs === undefined ? {} : { ringMs }) };
  return withAlarm(both(effects, lead(pbx, call, leading)), alarm ?? refusedHere(pbx, call, leading));
}

/** A person of ours is on this leg, or clicked to call, and the guard says no. */
function refusedHere(pbx: PbxView, call: Call, { leg, destination, at }: LeadOn): Decision | undefined {
  const why = whyRefused(destination);
  return why === undefined
    ? undefined
    : refusalAlarm(pbx, { why, call: call.id, user: personOfFar(pbx, leg.far) ?? call.callerUser, at });
}

function lead(pbx: PbxView, call: Call, { leg, destination, at, ringMs }: LeadOn): Decision {
  switch (destination.kind) {
    case 'plan':
      return enterPlan(pbx, call, { leg, plan: destination.plan, at });
    case 'queue':
      return enqueue(pbx, call, { leg: leg.id, queue: destination.queue, at });
    case 'mailbox':
      return takeMessage(pbx, call, { leg, mailbox: destination.mailbox, at });
    case 'call-through':
      return attend(pbx, call, { leg: leg.id, by: calledThrough(destination.user), at });
    default: {
      const branches = branchesOf(pbx, call, destination);
      return typeof branches === 'string'
        ? leadNowhere(pbx, call, { leg, cause: branches, at })
        : ringOn(pbx, call, { leg, branches, at, ringMs: ringMs ?? ringMsOf(pbx, call) });
    }
  }
}

interface RingOn {
  readonly leg: Leg;
  readonly branches: readonly Leg[];
  readonly at: EpochMs;
  readonly ringMs: number | undefined;
}

/** These phones ring, and the waiting party hears it. */
function ringOn(pbx: PbxView, call: Call, { leg, branches, at, ringMs }: RingOn): Decision {
  const heard = hearsUs(call, leg);
  const ringing: Call = {
    ...addBranches(ringingFor(call, leg), branches),
    // A connected party hears it from now on, whatever the phones say.
    ...(heard ? { ringingAt: call.ringingAt ?? at } : {}),
  };
  return decided(ringing, [
    ...(heard ? [ringback(pbx, leg.id)] : []),
    ...branches.map((branch) => openBranch(pbx, branch, leg.id)),
    ringTimer(pbx, call, ringMs ?? outsideRingMs(pbx, call, branches)),
  ]);
}

/** Before the first answer the call rings; later the party is being transferred. */
export function ringingFor(call: Call, leg: Leg): Call {
  if (isTransferring(call)) return { ...call, state: { ...call.state, to: 'target' } };
  const state: Call['state'] =
    call.answeredAt === undefined ? { in: 'ringing' } : { in: 'transferring', customer: leg.id, to: 'target' };
  return { ...call, state };
}

interface Along {
  readonly leg: Leg;
  readonly users: readonly UserId[];
  readonly ringMs: number;
  readonly at: EpochMs;
}

/** These ring as well, beside whoever rings already. With nobody to be reached the others have a little longer. */
export function ringAlong(pbx: PbxView, call: Call, { leg, users, ringMs, at }: Along): Decision {
  const branches = branchesToPeople(pbx, call, willing(pbx, users));
  if (typeof branches === 'string') {
    const isRinging = [...call.legs.values()].some(isBeingCalled);
    if (!isRinging) return leadNowhere(pbx, call, { leg, cause: branches, at });
    return decided(call, [ringTimer(pbx, call, ringMs)]);
  }
  return ringOn(pbx, call, { leg, branches, at, ringMs });
}
