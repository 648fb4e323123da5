/**
 * A route plan: the steps a call is led through (state/office.ts). Each step either decides at once (hours), speaks
 * (greeting, menu), rings, or hands the call to another feature. Nobody is answered before a step has to speak.
 *
 *   enterPlan ─▶ goToStep ─▶ hours ─open/closed─▶ … ─▶ ring ──nobody──▶ the step's `next` (call.path.onward) … ─▶ fallback
 */
import type { Call, Leg } from '../state/call';
import type { RoutePlan, RouteStep } from '../state/office';
import type { PbxView } from '../state/view';
import type { EndCause } from '../values/cause';
import { isOpen } from '../values/hours';
import type { EpochMs, RoutePlanId } from '../values/ids';
import { announceAndEnd, attend } from './attend';
import type { Decision } from './decision';
import type { Destination } from './dial-plan';
import { endCall } from './hang-up';
import { leadOn } from './lead-on';
import { ledOutside } from './led-outside';
import { leadNowhere, pathOf, withOnward } from './onward';
import { ringResponsible } from './responsible';
import { groupsOf, type RingStep, roundsOf } from './ring-step';

/** A call that has gone through so many steps without an answer goes in a circle. */
const stepsMax = 50;

export interface Waiting {
  readonly leg: Leg;
  readonly at: EpochMs;
}

export function enterPlan(pbx: PbxView, call: Call, to: Waiting & { readonly plan: RoutePlanId }): Decision {
  return goToStep(pbx, call, { ...to, step: pbx.directory.plans.get(to.plan)?.start });
}

export interface ToStep extends Waiting {
  readonly plan: RoutePlanId;
  /** Undefined: the step before leads no further. */
  readonly step: string | undefined;
  /** Why it comes to this; undefined: by the plan. */
  readonly cause?: EndCause;
}

export function goToStep(
  pbx: PbxView,
  call: Call,
  { leg, at, plan, step, cause = 'ended-by-route' }: ToStep,
): Decision {
  const found = step === undefined ? undefined : stepOf(pbx.directory.plans.get(plan), step);
  const path = pathOf(call);
  const name = `${plan}/${step}`;
  if (step === undefined || found === undefined || path.steps.includes(name) || path.steps.length >= stepsMax) {
    return leadNowhere(pbx, call, { leg, cause, at });
  }
  const there: Call = { ...call, path: { ...path, plan, step, steps: [...path.steps, name] } };
  return takeStep(pbx, there, found, { leg, at, plan, step });
}

/** A step by its name, and nothing an object has by itself. */
export const stepOf = (plan: RoutePlan | undefined, step: string): RouteStep | undefined =>
  plan !== undefined && Object.hasOwn(plan.steps, step) ? plan.steps[step] : undefined;

export interface AtStep extends Waiting {
  readonly plan: RoutePlanId;
  readonly step: string;
}

function takeStep(pbx: PbxView, call: Call, step: RouteStep, here: AtStep): Decision {
  const { leg, at } = here;
  switch (step.kind) {
    case 'hours': {
      const calendar = pbx.directory.calendars.get(step.calendarId);
      if (calendar === undefined) return leadNowhere(pbx, call, { leg, cause: 'unreachable', at });
      return goToStep(pbx, call, { ...here, step: isOpen(calendar, at) ? step.open : step.closed });
    }
    case 'greeting':
      return attend(pbx, call, { leg: leg.id, by: { kind: 'greeting', step: here.step }, at });
    case 'menu':
      return attend(pbx, call, { leg: leg.id, by: { kind: 'menu', step: here.step, typed: '', tries: 1 }, at });
    case 'responsible':
      return ringResponsible(pbx, call, step, here);
    case 'plan':
      return enterPlan(pbx, call, { leg, plan: step.planId, at });
    case 'hang-up':
      if (step.prompt === undefined) return endCall(pbx, { call, at, cause: 'ended-by-route' });
      return announceAndEnd(pbx, call, { leg: leg.id, prompts: step.prompt, cause: 'ended-by-route', at });
    case 'ring':
      return ring(pbx, call, step, here);
    default:
      return handOn(pbx, call, step, here);
  }
}

/** What the step is followed by when it comes to nothing. */
export const thenNext = (call: Call, { plan }: Pick<AtStep, 'plan'>, next: string | undefined): Call =>
  next === undefined ? call : withOnward(call, { kind: 'step', plan, step: next });

function ring(pbx: PbxView, call: Call, step: RingStep, here: AtStep): Decision {
  const { leg, at } = here;
  const [first, ...later] = roundsOf(pbx.directory, step);
  const then = withOnward(
    thenNext(call, here, step.next),
    ...later.map((round) => ({ kind: 'ring', ...round }) as const),
  );
  if (first === undefined) return leadNowhere(pbx, then, { leg, cause: 'unreachable', at });
  const path = pathOf(then);
  const rangGroups = [...new Set([...(path.rangGroups ?? []), ...groupsOf(step)])];
  const ringing: Call = rangGroups.length === 0 ? then : { ...then, path: { ...path, rangGroups } };
  const destination: Destination = { kind: 'people', users: first.users };
  return leadOn(pbx, ringing, { leg, destination, at, ringMs: first.ringS * 1000 });
}

function handOn(
  pbx: PbxView,
  call: Call,
  step: Extract<RouteStep, { readonly kind: 'queue' | 'voicemail' | 'external' }>,
  here: AtStep,
): Decision {
  const { leg, at } = here;
  switch (step.kind) {
    case 'queue':
      return leadOn(pbx, thenNext(call, here, step.next), {
        leg,
        destination: { kind: 'queue', queue: step.queueId },
        at,
      });
    case 'voicemail':
      return leadOn(pbx, call, { leg, destination: { kind: 'mailbox', mailbox: step.mailboxId }, at });
    default: {
      const { number, trunkId } = step;
      const destination = ledOutside(pbx, { number, trunkId, called: call.ourNumber, at });
      return leadOn(pbx, thenNext(call, here, step.next), { leg, destination, at, ringMs: step.ringS * 1000 });
    }
  }
}
