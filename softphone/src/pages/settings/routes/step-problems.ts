/**
 * What is wrong with each step while it is edited, by the router's own check; besides, what a new step still lacks and what
 * the server said of one. Pure.
 */
import { isRefused, type PlanProblem, planProblems } from '../../../../../call-router/features/plan-check';
import type { QueueWay } from '../../../../../call-router/features/plan-circle';
import type { RoutePlan } from '../../../../../call-router/state/office';
import { planOf, type Steps } from './plan-draft';

export type StepProblem = PlanProblem | { readonly kind: 'no-number'; readonly step: string };

export interface CheckedPlan {
  /** By the step's name; those of the whole plan under ''. */
  readonly ofStep: (name: string) => readonly StepProblem[];
  /** The first step that keeps the plan from being saved; '' the plan itself. */
  readonly firstRefused: string | undefined;
}

/** What a way out of this plan may lead through. */
export interface Office {
  /** The other plans. */
  readonly plans: readonly RoutePlan[];
  readonly queues: readonly QueueWay[];
}

export function checkedPlan(plan: Pick<RoutePlan, 'id' | 'name'>, steps: Steps, office: Office): CheckedPlan {
  const problems: readonly StepProblem[] = [
    ...planProblems({ ...plan, ...planOf(steps) }, office.plans, office.queues),
    ...steps.flatMap(({ name, step }) =>
      step.kind === 'external' && step.number.trim() === '' ? [{ kind: 'no-number', step: name } as const] : [],
    ),
  ];
  const first = problems.find((problem) => problem.kind === 'no-number' || isRefused(problem));
  return {
    ofStep: (name) => problems.filter((problem) => stepOf(problem) === name),
    firstRefused: first && stepOf(first),
  };
}

function stepOf(problem: StepProblem): string {
  if (problem.kind === 'no-start') return '';
  return problem.kind === 'circle' ? (problem.steps[0] ?? '') : problem.step;
}
