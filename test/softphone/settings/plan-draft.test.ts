/** A route plan while it is edited: its order, new steps, ways out, and what its check says. */
import type { Queue, RoutePlan, RouteStep } from '../../../call-router/state/office';
import { calendarIdOf, mailboxIdOf, queueIdOf, routePlanIdOf, userIdOf } from '../../../call-router/values/ids';
import {
  changed,
  ledToNew,
  moved,
  planOf,
  possibleNext,
  type Steps,
  stepsOf,
  without,
  withStep,
} from '../../../softphone/src/pages/settings/routes/plan-draft';
import { exitsOf, withExit } from '../../../softphone/src/pages/settings/routes/step-exits';
import { checkedPlan } from '../../../softphone/src/pages/settings/routes/step-problems';
import { problemWordsOf } from '../../../softphone/src/pages/settings/routes/step-words';

const hours: RouteStep = { kind: 'hours', calendarId: calendarIdOf('c'), open: 'ring-1', closed: 'voicemail-1' };
const ring: RouteStep = {
  kind: 'ring',
  order: 'all',
  targets: [{ userId: userIdOf('anna') }],
  ringS: 20,
  next: 'voicemail-1',
};
const box: RouteStep = { kind: 'voicemail', mailboxId: mailboxIdOf('b') };
const menu: RouteStep = {
  kind: 'menu',
  prompt: [],
  choices: [{ digits: '1', label: 'Sales', next: 'ring-1' }, { digits: '2' }],
  directExtension: false,
  timeoutS: 5,
  triesMax: 2,
};

const kept: Pick<RoutePlan, 'start' | 'steps'> = {
  start: 'hours-1',
  steps: { 'voicemail-1': box, 'hours-1': hours, 'ring-1': ring },
};
const names = (steps: Steps): readonly string[] => steps.map(({ name }) => name);

describe('the steps of a plan', () => {
  it('begin with the first step, and moving one to the top makes it the first', () => {
    const steps = stepsOf(kept);
    expect(names(steps)).toEqual(['hours-1', 'voicemail-1', 'ring-1']);
    expect(planOf(moved(steps, 'voicemail-1', -1)).start).toBe('voicemail-1');
    expect(names(moved(steps, 'ring-1', 1))).toEqual(names(steps));
  });

  it('are kept as they were when nothing was changed', () => {
    expect(planOf(stepsOf(kept))).toEqual(kept);
  });

  it('have names that no number could be, each once', () => {
    const two = withStep(withStep([], menu).steps, menu);
    expect(names(two.steps)).toEqual(['menu-1', 'menu-2']);
    expect(withStep(without(two.steps, 'menu-1'), menu).name).toBe('menu-1');
  });

  it('that are taken out leave no way to them', () => {
    const left = without(stepsOf(kept), 'voicemail-1');
    expect(left.map(({ step }) => exitsOf(step).map(({ next }) => next))).toEqual([['ring-1', undefined], [undefined]]);
    expect(JSON.stringify(left)).not.toContain('voicemail-1');
  });

  it('may be made where a way out leads', () => {
    const steps = ledToNew([{ name: 'menu-1', step: menu }], { name: 'menu-1', exit: 'choice-1' }, box);
    expect(names(steps)).toEqual(['menu-1', 'voicemail-1']);
    expect(exitsOf(steps[0]?.step ?? box).map(({ next }) => next)).toEqual(['ring-1', 'voicemail-1', undefined]);
  });

  it('are offered to lead to only where no circle would come of it', () => {
    const steps = stepsOf(kept);
    expect(names(possibleNext(steps, 'hours-1'))).toEqual(['voicemail-1', 'ring-1']);
    expect(names(possibleNext(steps, 'ring-1'))).toEqual(['voicemail-1']);
    expect(names(possibleNext(steps, 'voicemail-1'))).toEqual([]);
  });
});

describe('a way out', () => {
  it.each([
    ['open', hours],
    ['closed', hours],
    ['next', ring],
    ['choice-0', menu],
    ['noChoice', menu],
  ] as const)('%s is turned and given up again, and the rest of the step stays', (name, step) => {
    const turned = withExit(step, name, 'elsewhere');
    expect(exitsOf(turned).find((exit) => exit.name === name)?.next).toBe('elsewhere');
    const back = withExit(turned, name, exitsOf(step).find((exit) => exit.name === name)?.next);
    expect(back).toEqual(step);
    expect(JSON.stringify(withExit(step, name, undefined))).not.toContain('null');
  });

  it('is not there in a step that ends the way', () => {
    expect(exitsOf(box)).toEqual([]);
    expect(withExit(box, 'next', 'elsewhere')).toBe(box);
  });
});

describe('what is wrong with a plan', () => {
  const plan = { id: routePlanIdOf('p'), name: 'Main' };
  const alone = { plans: [], queues: [] };
  const kindsOf = (steps: Steps, name: string): readonly string[] =>
    checkedPlan(plan, steps, alone)
      .ofStep(name)
      .map(({ kind }) => kind);

  it('is nothing where all is well', () => {
    expect(checkedPlan(plan, stepsOf(kept), alone).firstRefused).toBeUndefined();
  });

  it('is said of the plan while it has no step', () => {
    expect(checkedPlan(plan, [], alone).firstRefused).toBe('');
  });

  it('is said of the step it is in', () => {
    const steps = changed(stepsOf(kept), 'ring-1', { ...ring, targets: [] });
    expect(kindsOf(steps, 'ring-1')).toEqual(['nobody-rings']);
    expect(checkedPlan(plan, steps, alone).firstRefused).toBe('ring-1');
    expect(kindsOf([...stepsOf(kept), { name: 'menu-9', step: menu }], 'menu-9')).toEqual(['unreachable-step']);
  });

  it('is a number that was not typed yet', () => {
    const steps: Steps = [{ name: 'external-1', step: { kind: 'external', number: ' ', ringS: 20 } }];
    expect(kindsOf(steps, 'external-1')).toEqual(['no-number']);
    expect(checkedPlan(plan, steps, alone).firstRefused).toBe('external-1');
  });

  it('is a circle through a queue, which is named', () => {
    const queueId = queueIdOf('q');
    const back: Queue['overflow'] = { to: 'menu', planId: plan.id };
    const office = { plans: [], queues: [{ id: queueId, name: 'Sales', overflow: back }] };
    const steps: Steps = [{ name: 'queue-1', step: { kind: 'queue', queueId } }];
    const { ofStep, firstRefused } = checkedPlan(plan, steps, office);
    const circle = { kind: 'circle', steps: ['queue-1', 'queue/Sales'] } as const;
    expect([ofStep('queue-1'), firstRefused]).toEqual([[circle], 'queue-1']);
    expect(problemWordsOf(circle, steps)).toBe('Goes in a circle: 1 → Sales → …');
    expect(checkedPlan(plan, steps, alone).firstRefused).toBeUndefined();
  });
});
