/**
 * A route plan while it is edited: its steps in the order in which they are listed, the first being where a call begins.
 * Pure: each change gives a new list.
 */
import type { RoutePlan, RouteStep } from '../../../../../call-router/state/office';
import { exitsOf, type ExitName, withExit, withoutExitsTo } from './step-exits';

export interface NamedStep {
  readonly name: string;
  readonly step: RouteStep;
}
export type Steps = readonly NamedStep[];

/** Stands for the number's fallback where steps are named; no step has a name without a number behind it. */
export const fallbackName = 'fallback';

/** The first step first, the others as they were kept. */
export function stepsOf({ start, steps }: Pick<RoutePlan, 'start' | 'steps'>): Steps {
  const all = Object.entries(steps).map(([name, step]) => ({ name, step }));
  return [...all.filter(({ name }) => name === start), ...all.filter(({ name }) => name !== start)];
}

/** As it is kept. An empty plan begins nowhere, which is refused. */
export const planOf = (steps: Steps): Pick<RoutePlan, 'start' | 'steps'> => ({
  start: steps[0]?.name ?? 'start',
  steps: Object.fromEntries(steps.map(({ name, step }) => [name, step])),
});

/** `menu-1`, `menu-2` …: never a bare number, whose place in an object is not its own. */
export function freeName(steps: Steps, kind: RouteStep['kind']): string {
  for (let count = 1; ; count += 1) {
    const name = `${kind}-${count}`;
    if (!steps.some((each) => each.name === name)) return name;
  }
}

export function withStep(steps: Steps, step: RouteStep): { readonly steps: Steps; readonly name: string } {
  const name = freeName(steps, step.kind);
  return { steps: [...steps, { name, step }], name };
}

export const changed = (steps: Steps, name: string, step: RouteStep): Steps =>
  steps.map((each) => (each.name === name ? { name, step } : each));

export const without = (steps: Steps, gone: string): Steps =>
  steps.filter(({ name }) => name !== gone).map(({ name, step }) => ({ name, step: withoutExitsTo(step, gone) }));

/** Changes places with the one before or after it. */
export function moved(steps: Steps, name: string, by: -1 | 1): Steps {
  const from = steps.findIndex((each) => each.name === name);
  const here = steps[from];
  const there = steps[from + by];
  if (here === undefined || there === undefined) return steps;
  return steps.map((each) => (each === here ? there : each === there ? here : each));
}

/** A new step at the end of the list, to which this way out leads. */
export function ledToNew(
  steps: Steps,
  from: { readonly name: string; readonly exit: ExitName },
  step: RouteStep,
): Steps {
  const added = withStep(steps, step);
  return added.steps.map((each) =>
    each.name === from.name ? { ...each, step: withExit(each.step, from.exit, added.name) } : each,
  );
}

/** Steps that a change of `name` may lead to without a circle: all but itself and those that come before it. */
export function possibleNext(steps: Steps, name: string): Steps {
  const before = new Set([name]);
  for (let size = 0; size < before.size; ) {
    size = before.size;
    for (const each of steps) {
      if (exitsOf(each.step).some(({ next }) => next !== undefined && before.has(next))) before.add(each.name);
    }
  }
  return steps.filter((each) => !before.has(each.name));
}
