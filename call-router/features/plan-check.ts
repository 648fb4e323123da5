/**
 * What is wrong with a route plan, asked before it is saved. `refused`: it cannot be kept so. `advised`: it works, and is
 * probably not what was meant. A plan is checked together with the others, because a circle may lead through them.
 */
import type { RoutePlan, RouteStep } from '../state/office';
import type { RoutePlanId } from '../values/ids';
import { circleOfPlan, nextSteps, type QueueWay, waysOf } from './plan-circle';

export type PlanProblem =
  | { readonly kind: 'no-start' }
  /** `step` goes on to a step that the plan does not have. */
  | { readonly kind: 'unknown-step'; readonly step: string; readonly next: string }
  | { readonly kind: 'unknown-plan'; readonly step: string; readonly plan: RoutePlanId }
  /** In their order; the last leads to the first. Of other plans as `plan/step`. */
  | { readonly kind: 'circle'; readonly steps: readonly string[] }
  | { readonly kind: 'menu-without-choices'; readonly step: string }
  /** What a phone cannot send. */
  | { readonly kind: 'not-digits'; readonly step: string; readonly digits: string }
  | { readonly kind: 'digits-twice'; readonly step: string; readonly digits: string }
  | { readonly kind: 'nobody-rings'; readonly step: string }
  /** No way leads there. */
  | { readonly kind: 'unreachable-step'; readonly step: string }
  /** `digits` begins `longer` as well: the caller waits 3 s after it. */
  | { readonly kind: 'digits-begin-others'; readonly step: string; readonly digits: string; readonly longer: string };

const advised: ReadonlySet<PlanProblem['kind']> = new Set(['unreachable-step', 'digits-begin-others']);
export const isRefused = ({ kind }: PlanProblem): boolean => !advised.has(kind);

/**
 * @param others all plans of the office; one with the same id is the older version of this one.
 * @param queues all queues: a call may go on from one to a plan.
 */
export function planProblems(
  plan: RoutePlan,
  others: Iterable<RoutePlan>,
  queues: Iterable<QueueWay> = [],
): readonly PlanProblem[] {
  const plans = new Map([...others].map((one) => [one.id, one])).set(plan.id, plan);
  const steps = Object.entries(plan.steps);
  const problems = steps.flatMap(([name, step]) => [...namesOf(plan, plans, name), ...choicesOf(name, step)]);
  if (!Object.hasOwn(plan.steps, plan.start)) return [{ kind: 'no-start' }, ...problems];
  const circle = circleOfPlan(plan, { plans, queues: waysOf(queues) });
  const reached = reachedFrom(plan);
  return [
    ...problems,
    ...(circle === undefined ? [] : [{ kind: 'circle', steps: circle } as const]),
    ...steps.filter(([name]) => !reached.has(name)).map(([step]) => ({ kind: 'unreachable-step', step }) as const),
  ];
}

type Plans = ReadonlyMap<RoutePlanId, RoutePlan>;

function namesOf(plan: RoutePlan, plans: Plans, name: string): readonly PlanProblem[] {
  const step = plan.steps[name];
  if (step === undefined) return [];
  const gone = nextSteps(step).filter((next) => !Object.hasOwn(plan.steps, next));
  const unknown = gone.map((next) => ({ kind: 'unknown-step', step: name, next }) as const);
  if (step.kind !== 'plan' || plans.has(step.planId)) return unknown;
  return [...unknown, { kind: 'unknown-plan', step: name, plan: step.planId }];
}

function choicesOf(step: string, of: RouteStep): readonly PlanProblem[] {
  if (of.kind === 'ring' && of.targets.length === 0) return [{ kind: 'nobody-rings', step }];
  if (of.kind !== 'menu') return [];
  const all = of.choices.map(({ digits }) => digits);
  if (all.length === 0 && !of.directExtension) return [{ kind: 'menu-without-choices', step }];
  return [
    ...all
      .filter((digits) => !/^[\d*#]{1,8}$/.test(digits))
      .map((digits) => ({ kind: 'not-digits', step, digits }) as const),
    ...[...new Set(all.filter((digits, index) => all.indexOf(digits) !== index))].map(
      (digits) => ({ kind: 'digits-twice', step, digits }) as const,
    ),
    ...all.flatMap((digits) =>
      all
        .filter((longer) => digits !== '' && longer !== digits && longer.startsWith(digits))
        .map((longer) => ({ kind: 'digits-begin-others', step, digits, longer }) as const),
    ),
  ];
}

function reachedFrom(plan: RoutePlan): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [plan.start];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const step = Object.hasOwn(plan.steps, name) ? plan.steps[name] : undefined;
    if (step === undefined || reached.has(name)) continue;
    reached.add(name);
    open.push(...nextSteps(step));
  }
  return reached;
}
