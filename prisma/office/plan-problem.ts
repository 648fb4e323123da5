/** A route plan is checked together with all others before it is kept (call-router/features/plan-check.ts). */
import { isRefused, type PlanProblem, planProblems } from '../../call-router/features/plan-check';
import { routePlanIdOf } from '../../call-router/values/ids';
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
  const known = others.map((other) => ({ ...fieldsOf<'plan'>(other), id: routePlanIdOf(other.id) }));
  const problem = planProblems(plan, known).find(isRefused);
  return problem === undefined ? undefined : { kind: 'invalid', ...told(problem) };
}

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
