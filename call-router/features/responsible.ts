/**
 * The `responsible` step of a route plan: the person responsible for a known client rings first. If the CRM has not said
 * who is calling, the step waits for it, limits.lookUpWaitMs from the arrival at the most, and then goes on without.
 *
 *   step ──looking up──▶ waits (call.path.waitsFor) ──CRM answers, or the time is over──▶ rings that person, or next
 */
import type { PbxEffect } from '../effect';
import type { Call } from '../state/call';
import type { RouteStep } from '../state/office';
import type { PbxView } from '../state/view';
import { type EpochMs, type TimerId, timerIdOf, type UserId } from '../values/ids';
import { both, type Decision, decided, isConnected } from './decision';
import { leadOn, ringingFor } from './lead-on';
import { pathOf, waitingLegOf } from './onward';
import { type AtStep, goToStep, stepOf, thenNext } from './plan';
import { ringTimerOff } from './ring-timer';
import { ringback } from './transfer';

type Responsible = Extract<RouteStep, { readonly kind: 'responsible' }>;

export function ringResponsible(pbx: PbxView, call: Call, step: Responsible, here: AtStep): Decision {
  const leftMs = pbx.limits.lookUpWaitMs - (here.at - call.startedAt);
  if (call.client.in === 'looking-up' && leftMs > 0) return wait(pbx, call, here, leftMs);
  return ringOrPass(pbx, call, step, here);
}

const lookUpTimer = ({ id }: Call): TimerId => timerIdOf(id, 'look-up');
export const lookUpTimerOff = (call: Call): PbxEffect => ({ to: 'clock', do: 'clear-timer', timer: lookUpTimer(call) });

function wait(pbx: PbxView, call: Call, { leg }: AtStep, afterMs: number): Decision {
  return decided({ ...ringingFor(call, leg), path: { ...pathOf(call), waitsFor: 'client' } }, [
    ringTimerOff(call),
    ...(isConnected(leg) ? [ringback(pbx, leg.id)] : []),
    { to: 'clock', do: 'set-timer', timer: lookUpTimer(call), afterMs },
  ]);
}

/** The CRM has said who it is, or has failed, or took too long. Undefined: nothing waits for it. */
export function clientTold(pbx: PbxView, call: Call, at: EpochMs): Decision | undefined {
  const { waitsFor, ...path } = pathOf(call);
  // Undefined, too, where the call ended as the timer fired.
  const leg = waitingLegOf(call);
  if (waitsFor === undefined || path.plan === undefined || path.step === undefined || leg === undefined)
    return undefined;
  const here: AtStep = { leg, at, plan: path.plan, step: path.step };
  const told: Call = { ...call, path };
  const step = stepOf(pbx.directory.plans.get(here.plan), here.step);
  // The plan was changed in the meantime.
  const onward =
    step?.kind === 'responsible'
      ? ringOrPass(pbx, told, step, here)
      : goToStep(pbx, told, { ...here, step: undefined, cause: 'unreachable' });
  return both([lookUpTimerOff(call)], onward);
}

function ringOrPass(pbx: PbxView, call: Call, step: Responsible, here: AtStep): Decision {
  const user = responsibleFor(pbx, call);
  if (user === undefined) return goToStep(pbx, call, { ...here, step: step.next });
  const { leg, at } = here;
  return leadOn(pbx, thenNext(call, here, step.next), {
    leg,
    destination: { kind: 'people', users: [user] },
    at,
    ringMs: step.ringS * 1000,
  });
}

/** A card that this very call has made is no known client. */
function responsibleFor({ directory }: PbxView, { client }: Call): UserId | undefined {
  if (client.in !== 'known' || client.card.isNew) return undefined;
  const user = client.card.responsibleUserId;
  return user !== undefined && directory.users.has(user) ? user : undefined;
}
