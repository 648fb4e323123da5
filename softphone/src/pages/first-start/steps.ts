/** The steps of the first start, and which one comes next by what was made so far. Pure. */
import type { FirstStart } from '../../../../server/api/messages';

export const steps = ['line', 'trunk', 'number', 'phone', 'call'] as const;
export type StepName = (typeof steps)[number];

/** The first that is not done. */
export function nextStep({ line, trunkId, numberId, userId, phone }: FirstStart): StepName {
  if (line === undefined) return 'line';
  if (trunkId === undefined) return 'trunk';
  if (numberId === undefined || userId === undefined) return 'number';
  return phone === undefined ? 'phone' : 'call';
}

/** One may go back to what is done, and to what comes next. */
export const mayOpen = (step: StepName, progress: FirstStart): boolean =>
  steps.indexOf(step) <= steps.indexOf(nextStep(progress));

/** An administrator begins here: an office without numbers, or a first start that was left half way. */
export const isWanted = ({ state, line, hasNumbers }: FirstStart): boolean =>
  state === 'open' && (line !== undefined || !hasNumbers);
