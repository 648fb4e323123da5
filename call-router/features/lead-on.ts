/**
 * Leads a waiting party of a call to a destination: people or a trunk ring, a plan goes its steps, a queue takes it, a
 * mailbox speaks. Used where a call arrives, where a step or a queue passes it on, and where what rang leads nowhere.
 */
import type { Call, Leg } from '../state/call';
import type { PbxView } from '../state/view';
import type { EndCause } from '../values/cause';
import type { EpochMs } from '../values/ids';
import { type Decision, decided, isConnected, withLegs } from './decision';
import type { Destination } from './dial-plan';
import { endCall } from './hang-up';
import { branchesOf, openBranch } from './ring';
import { ringTimer } from './ring-timer';
import { ringback } from './transfer';

export interface LeadOn {
  /** Who waits: the caller, answered or not, or the customer of a transfer. */
  readonly leg: Leg;
  readonly destination: Destination;
  readonly at: EpochMs;
}

export function leadOn(pbx: PbxView, call: Call, { leg, destination, at }: LeadOn): Decision {
  switch (destination.kind) {
    case 'people':
    case 'outside':
      return ringOn(pbx, call, { leg, branches: branchesOf(pbx, call, destination), at });
    default:
      return endCall(pbx, { call, at, cause: 'unreachable' });
  }
}

interface RingOn {
  readonly leg: Leg;
  readonly branches: readonly Leg[] | EndCause;
  readonly at: EpochMs;
}

/** These phones ring; the waiting party hears it. Before the first answer the call rings, later it is being transferred. */
function ringOn(pbx: PbxView, call: Call, { leg, branches, at }: RingOn): Decision {
  if (typeof branches === 'string') return endCall(pbx, { call, at, cause: branches });
  const state: Call['state'] =
    call.answeredAt === undefined ? { in: 'ringing' } : { in: 'transferring', customer: leg.id, to: 'target' };
  const users = branches.flatMap(({ far }) => (far.kind === 'device' ? [far.user] : []));
  const ringing: Call = {
    ...withLegs(call, ...branches),
    state,
    nextLeg: call.nextLeg + branches.length,
    ringsUsers: [...new Set([...call.ringsUsers, ...users])],
  };
  return decided(ringing, [
    ...(isConnected(leg) ? [ringback(pbx, leg.id)] : []),
    ...branches.map((branch) => openBranch(pbx, branch, leg.id)),
    ringTimer(pbx, call),
  ]);
}
