/**
 * What comes when everything that rang for a call has failed or rang long enough: the next of `call.path.onward`, in its
 * order. When nothing is left, a caller whom we have answered hears why before the call ends; any other gets the refusal.
 */
import type { Call, Leg } from '../state/call';
import type { CallPath, Onward } from '../state/attendant';
import type { Route } from '../state/office';
import type { PbxView } from '../state/view';
import { type EndCause, promptOf } from '../values/cause';
import type { EpochMs } from '../values/ids';
import { announceAndEnd } from './attend';
import { type Decision, both, callerLegOf, decided, isConnected, isEnded } from './decision';
import { type Destination, destinationOf } from './dial-plan';
import { endCall } from './hang-up';
import { forwardFailed } from './forwarding';
import { leadOn, ringAlong } from './lead-on';
import { ledOutside } from './led-outside';
import { forwarderFor } from './person-of';
import { goToStep } from './plan';
import { isTransferring, withoutBranches } from './transfer';
import { returnToTransferor } from './transfer-outcome';

export interface Failed {
  readonly cause: EndCause;
  readonly at: EpochMs;
}

export interface Nowhere extends Failed {
  readonly leg: Leg;
}

const newPath: CallPath = { steps: [], onward: [], forwardedBy: [] };
export const pathOf = ({ path }: Call): CallPath => path ?? newPath;

/** A plan says what comes when nobody answers here: that goes before what the person has set for all their calls. */
export const isPlanned = ({ path }: Call): boolean =>
  path?.onward[0]?.kind === 'step' || path?.onward[0]?.kind === 'ring';

/** Where a call goes when what it is led to comes to nothing. */
export const pathTo = (fallback: Route): CallPath => ({ ...newPath, onward: [{ kind: 'route', route: fallback }] });

/** These come first if what is tried next fails; then what was to come before. */
export const withOnward = (call: Call, ...next: readonly Onward[]): Call =>
  next.length === 0 ? call : { ...call, path: { ...pathOf(call), onward: [...next, ...pathOf(call).onward] } };

/** Somebody talks: nothing comes after them, and a later route may use the same steps again. */
export function pathWalked({ path }: Call): Pick<Call, 'path'> {
  if (path === undefined) return {};
  const { called: _answered, ...way } = path;
  return { path: { ...way, steps: [], onward: [], forwardedBy: [] } };
}

/**
 * Asked before a call that rings is given up, by its last branch's failure or by the ring timer. Undefined: it was led
 * nowhere in particular, and ends as it would.
 */
export function goOnward(pbx: PbxView, call: Call, { cause, at }: Failed): Decision | undefined {
  const forwarded = forwardFailed(pbx, call, { cause, at });
  if (forwarded !== undefined) return forwarded;
  // A ring timer that was cleared as it fired: the step before is over, and this one waits for the CRM.
  if (call.path?.waitsFor !== undefined) return decided(call, []);
  const leg = waitingLegOf(call);
  if (leg === undefined) return undefined;
  const next = nextOnward(pbx, call, { leg, cause, at });
  if (next !== undefined || !isConnected(leg) || isReturning(call)) return next;
  const quiet = withoutBranches(call, cause, at);
  return both(quiet.effects, tellAndEnd(pbx, quiet.call, { leg, cause, at }));
}

/** Who waits while phones ring for it. Consulting, queued or talking: what rings there is not the end of a way. */
export function waitingLegOf(call: Call): Leg | undefined {
  if (call.state.in !== 'ringing' && !isTransferring(call)) return undefined;
  const leg = isTransferring(call) ? call.legs.get(call.state.customer) : callerLegOf(call);
  return leg === undefined || isEnded(leg) ? undefined : leg;
}

/** Whoever passed it on is rung again, or waits for the outcome. */
const isReturning = (call: Call): boolean =>
  isTransferring(call) &&
  (call.state.transferor !== undefined || call.state.referrer !== undefined || call.state.to === 'transferor');

/** What a waiting party was led to is gone or cannot be reached: the next of its way, else the end with a word. */
export function leadNowhere(pbx: PbxView, call: Call, nowhere: Nowhere): Decision {
  const next = nextOnward(pbx, call, nowhere);
  if (next !== undefined) return next;
  if (isTransferring(call) && isReturning(call)) return returnToTransferor(pbx, call, nowhere);
  if (isConnected(nowhere.leg)) return tellAndEnd(pbx, call, nowhere);
  return endCall(pbx, { call, at: nowhere.at, cause: nowhere.cause });
}

const tellAndEnd = (pbx: PbxView, call: Call, { leg, cause, at }: Nowhere): Decision =>
  announceAndEnd(pbx, call, { leg: leg.id, prompts: [{ say: promptOf(cause) }], cause, at });

function nextOnward(pbx: PbxView, call: Call, nowhere: Nowhere): Decision | undefined {
  const path = pathOf(call);
  const [next, ...onward] = path.onward;
  if (next === undefined) return undefined;
  const popped: Call = { ...call, path: { ...path, onward } };
  if (next.kind === 'ring' && next.along === true) {
    return ringAlong(pbx, popped, { leg: nowhere.leg, users: next.users, ringMs: next.ringS * 1000, at: nowhere.at });
  }
  const quiet = withoutBranches(popped, nowhere.cause, nowhere.at);
  return both(quiet.effects, follow(pbx, quiet.call, next, nowhere));
}

function follow(pbx: PbxView, call: Call, next: Onward, nowhere: Nowhere): Decision {
  const { leg, at } = nowhere;
  switch (next.kind) {
    case 'step':
      return goToStep(pbx, call, { leg, plan: next.plan, step: next.step, at });
    case 'ring':
      return leadOn(pbx, call, {
        leg,
        destination: { kind: 'people', users: next.users },
        at,
        ringMs: next.ringS * 1000,
      });
    case 'dial':
      return dial(pbx, call, next, nowhere);
    case 'mailbox':
      return leadOn(pbx, call, { leg, destination: { kind: 'mailbox', mailbox: next.mailbox }, at });
    default:
      return leadOn(pbx, call, { leg, destination: destinationOfRoute(pbx, call, { route: next.route, at }), at });
  }
}

/** A forwarding: dialled as by the person who set it. Once a call: two that forward to each other end it. */
function dial(
  pbx: PbxView,
  call: Call,
  { number, by }: Onward & { readonly kind: 'dial' },
  nowhere: Nowhere,
): Decision {
  const path = pathOf(call);
  const { leg, at } = nowhere;
  const dialler = forwarderFor(pbx, by, at);
  if (path.forwardedBy.includes(by) || dialler === undefined) return leadNowhere(pbx, call, nowhere);
  const destination = destinationOf(pbx, dialler, number);
  const forwarded: Call = { ...call, path: { ...path, forwardedBy: [...path.forwardedBy, by] } };
  return leadOn(pbx, forwarded, { leg, destination, at });
}

/** A route that no number is called by: a fallback, an overflow. What is gone leads nowhere. */
function destinationOfRoute(
  pbx: PbxView,
  { ourNumber }: Call,
  { route, at }: { readonly route: Route; readonly at: EpochMs },
): Destination {
  switch (route.to) {
    case 'user':
      return { kind: 'people', users: [route.userId] };
    case 'ringGroup':
      return { kind: 'people', users: route.userIds };
    case 'queue':
      return { kind: 'queue', queue: route.queueId };
    case 'menu':
      return { kind: 'plan', plan: route.planId };
    case 'voicemail':
      return { kind: 'mailbox', mailbox: route.mailboxId };
    default: {
      const { trunkId, number } = route;
      // Only the number's own route passes a dialled number on.
      return number === undefined ? { kind: 'nowhere' } : ledOutside(pbx, { number, trunkId, called: ourNumber, at });
    }
  }
}
