/** A route plan is checked together with all others before it is kept (call-router/features/plan-check.ts). */
import { isRefused, type PlanProblem, planProblems } from '../../call-router/features/plan-check';
import type { QueueWay } from '../../call-router/features/plan-circle';
import type { RoutePlan } from '../../call-router/state/office';
import { queueIdOf, routePlanIdOf } from '../../call-router/values/ids';
import type { Tx } from '../connect';
import type { StoreProblem } from '../operations';
import type { OfficeFields } from '../records';
import { fieldsOf } from './stored';

export async function planProblem(
  tx: Tx,
  { id, fields }: { readonly id: string; readonly fields: OfficeFields<'plan'> },
): Promise<StoreProblem | undefined> {
  const others = await tx.officeObject.findMany({ where: { kind: 'plan', NOT: { id } } });
  const plan = { ...fields, id: routePlanIdOf(id) };
  const known = others.map(planWay);
  const queues = await tx.officeObject.findMany({ where: { kind: 'queue' } });
  const problem = planProblems(plan, known, queues.map(queueWay)).find(isRefused);
  return problem === undefined ? undefined : { kind: 'invalid', ...told(problem) };
}

/** A queue as its circles are looked for. */
export const queueWay = (row: Parameters<typeof fieldsOf>[0] & { readonly id: string }): QueueWay => {
  const { name, overflow } = fieldsOf<'queue'>(row);
  return { id: queueIdOf(row.id), name, ...(overflow === undefined ? {} : { overflow }) };
};

/** A plan as its circles are looked for. */
export const planWay = (row: Parameters<typeof fieldsOf>[0] & { readonly id: string }): RoutePlan => ({
  ...fieldsOf<'plan'>(row),
  id: routePlanIdOf(row.id),
});

function told(problem: PlanProblem): { readonly field: string; readonly why: string } {
  switch (problem.kind) {
    case 'no-start':
      return { field: 'start', why: 'names no step of this plan' };
    case 'circle':
      return { field: 'steps', why: `go in a circle: ${problem.steps.join(', ')}` };
    case 'unknown-step':
      return { field: `steps.${problem.step}`, why: `leads to ${problem.next}, which is no step of this plan` };
    case 'unknown-plan':
      return { field: `steps.${problem.step}.planId`, why: 'names no plan' };
    case 'menu-without-choices':
      return { field: `steps.${problem.step}.choices`, why: 'offers nothing' };
    case 'not-digits':
      return { field: `steps.${problem.step}.choices`, why: `has digits that no phone sends: ${problem.digits}` };
    case 'digits-twice':
      return { field: `steps.${problem.step}.choices`, why: `has ${problem.digits} twice` };
    case 'nobody-rings':
      return { field: `steps.${problem.step}.targets`, why: 'names nobody' };
    default:
      return { field: `steps.${problem.step}`, why: 'is led to by nothing' };
  }
}
