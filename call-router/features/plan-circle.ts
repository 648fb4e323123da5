/**
 * Circles in which a call could be led for ever: through the steps of plans, from plan to plan, and through queues that pass on
 * whom they cannot serve. Asked before a plan or a queue is kept (plan-check.ts, prisma/office).
 */
import type { Queue, Route, RoutePlan, RouteStep } from '../state/office';
import type { QueueId, RoutePlanId } from '../values/ids';

/** What counts of a queue: where it passes on to. */
export type QueueWay = Pick<Queue, 'id' | 'name' | 'overflow'>;

export interface Ways {
  readonly plans: ReadonlyMap<RoutePlanId, RoutePlan>;
  readonly queues: ReadonlyMap<QueueId, QueueWay>;
}

type Place = { readonly plan: RoutePlan; readonly step: string } | { readonly queue: QueueWay };

export const waysOf = (queues: Iterable<QueueWay>): ReadonlyMap<QueueId, QueueWay> =>
  new Map([...queues].map((queue) => [queue.id, queue]));

/** Where a step may lead within its plan. */
export function nextSteps(step: RouteStep): readonly string[] {
  switch (step.kind) {
    case 'hours':
      return present(step.open, step.closed);
    case 'menu':
      return present(...step.choices.map(({ next }) => next), step.noChoice);
    case 'voicemail':
    case 'plan':
    case 'hang-up':
      return [];
    default:
      return present(step.next);
  }
}

const present = (...names: readonly (string | undefined)[]): readonly string[] => names.flatMap((name) => name ?? []);

/** The first circle a call in this plan could be caught in, wherever it lies; steps of other plans as `plan/step`. */
export function circleOfPlan(plan: RoutePlan, ways: Ways): readonly string[] | undefined {
  const nameOf = (place: Place): string => ('plan' in place && place.plan === plan ? place.step : nameAnywhere(place));
  // From every step, so that a circle nobody comes to yet is found too.
  const starts = [plan.start, ...Object.keys(plan.steps)].map((step) => ({ plan, step }));
  return circleFrom(starts, ways, nameOf);
}

/** The same for a call in this queue. */
export function circleOfQueue(queue: QueueWay, { plans, queues }: Ways): readonly string[] | undefined {
  return circleFrom([{ queue }], { plans, queues: new Map(queues).set(queue.id, queue) }, nameAnywhere);
}

const nameAnywhere = (place: Place): string =>
  'plan' in place ? `${place.plan.id}/${place.step}` : `queue/${place.queue.name}`;

/** Depth first, each place looked at once. */
function circleFrom(
  starts: readonly Place[],
  ways: Ways,
  nameOf: (place: Place) => string,
): readonly string[] | undefined {
  const done = new Set<string>();
  const way: string[] = [];
  const visit = (place: Place): readonly string[] | undefined => {
    const name = nameOf(place);
    const begun = way.indexOf(name);
    if (begun >= 0) return way.slice(begun);
    if (done.has(name)) return undefined;
    way.push(name);
    for (const next of placesAfter(place, ways)) {
      const circle = visit(next);
      if (circle !== undefined) return circle;
    }
    way.pop();
    done.add(name);
    return undefined;
  };
  for (const start of starts) {
    const circle = visit(start);
    if (circle !== undefined) return circle;
  }
  return undefined;
}

function placesAfter(place: Place, ways: Ways): readonly Place[] {
  if ('queue' in place) return placesOfRoute(place.queue.overflow, ways);
  const { plan, step } = place;
  const found = Object.hasOwn(plan.steps, step) ? plan.steps[step] : undefined;
  if (found === undefined) return [];
  const within = nextSteps(found).map((next) => ({ plan, step: next }));
  if (found.kind === 'plan') return placesOfRoute({ to: 'menu', planId: found.planId }, ways);
  return found.kind === 'queue' ? [...within, ...placesOfRoute({ to: 'queue', queueId: found.queueId }, ways)] : within;
}

function placesOfRoute(route: Route | undefined, { plans, queues }: Ways): readonly Place[] {
  const plan = route?.to === 'menu' ? plans.get(route.planId) : undefined;
  if (plan !== undefined) return [{ plan, step: plan.start }];
  const queue = route?.to === 'queue' ? queues.get(route.queueId) : undefined;
  return queue === undefined ? [] : [{ queue }];
}
