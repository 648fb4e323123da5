/** What is refused and advised before a route plan is saved, problem by problem. */
import { circleOfQueue } from '../../../call-router/features/plan-circle';
import { isRefused, planProblems } from '../../../call-router/features/plan-check';
import type { RoutePlan, RouteStep } from '../../../call-router/state/office';
import { calendarIdOf, mailboxIdOf, queueIdOf, routePlanIdOf, userIdOf } from '../../../call-router/values/ids';
import { withPlans } from '../../fakes/plans';
import { office } from '../../fakes/office';

const plan = (steps: Readonly<Record<string, RouteStep>>, start = 'a', id = 'p'): RoutePlan => ({
  id: routePlanIdOf(id),
  name: id,
  start,
  steps,
});
const greeting = (next?: string): RouteStep => ({
  kind: 'greeting',
  prompt: [{ say: 'welcome' }],
  ...(next === undefined ? {} : { next }),
});
const to = (id: string): RouteStep => ({ kind: 'plan', planId: routePlanIdOf(id) });
const menu = (choices: readonly { digits: string; next?: string }[], directExtension = false): RouteStep => ({
  kind: 'menu',
  prompt: [],
  choices,
  directExtension,
  timeoutS: 5,
  triesMax: 2,
});
const box: RouteStep = { kind: 'voicemail', mailboxId: mailboxIdOf('m') };

describe('a route plan', () => {
  it('of the fake office is right, but for the plan that leads to itself', () => {
    const plans = [...withPlans(office).plans.values()];
    const wrong = plans.flatMap((one) => planProblems(one, plans).filter(isRefused));
    expect(wrong).toEqual([{ kind: 'circle', steps: ['again'] }]);
  });

  it('with steps that meet again is no circle', () => {
    const hours: RouteStep = { kind: 'hours', calendarId: calendarIdOf('c'), open: 'b', closed: 'c' };
    expect(planProblems(plan({ a: hours, b: greeting('d'), c: greeting('d'), d: box }), [])).toEqual([]);
  });

  it('that begins nowhere is refused', () => {
    expect(planProblems(plan({ b: box }), [])).toEqual([{ kind: 'no-start' }]);
    // Not what every object has by itself.
    expect(planProblems(plan({ b: box }, 'constructor'), [])).toEqual([{ kind: 'no-start' }]);
  });

  it('whose steps lead to what is not there is refused', () => {
    const found = planProblems(plan({ a: menu([{ digits: '1', next: 'gone' }]) }), []);
    expect(found).toEqual([{ kind: 'unknown-step', step: 'a', next: 'gone' }]);
    expect(planProblems(plan({ a: to('gone') }), [])).toEqual([{ kind: 'unknown-plan', step: 'a', plan: 'gone' }]);
  });

  it('that goes in a circle is refused, also where no call comes to it yet', () => {
    expect(planProblems(plan({ a: greeting('b'), b: greeting('a') }), [])).toEqual([
      { kind: 'circle', steps: ['a', 'b'] },
    ]);
    const apart = plan({ a: box, b: greeting('c'), c: greeting('b') });
    expect(planProblems(apart, [])).toContainEqual({ kind: 'circle', steps: ['b', 'c'] });
  });

  it('that comes back to itself through a queue is refused, and so is the queue that would close the circle', () => {
    const line = queueIdOf('line');
    const back = { id: line, name: 'Line', overflow: { to: 'menu', planId: routePlanIdOf('p') } } as const;
    const waits = plan({ a: greeting('b'), b: { kind: 'queue', queueId: line } });
    const circle = ['a', 'b', 'queue/Line'];
    expect(planProblems(waits, [], [back])).toEqual([{ kind: 'circle', steps: circle }]);
    expect(planProblems(waits, [], [{ id: line, name: 'Line' }])).toEqual([]);
    const ways = { plans: new Map([[waits.id, waits]]), queues: new Map() };
    expect(circleOfQueue(back, ways)).toEqual(['queue/Line', 'p/a', 'p/b']);
    // By way of a second queue.
    const second = { id: queueIdOf('second'), name: 'Second', overflow: { to: 'queue', queueId: line } } as const;
    expect(circleOfQueue(second, { ...ways, queues: new Map([[line, back]]) })).toEqual(['queue/Line', 'p/a', 'p/b']);
    expect(circleOfQueue({ ...back, overflow: { to: 'menu', planId: routePlanIdOf('gone') } }, ways)).toBeUndefined();
  });

  it('that goes in a circle through other plans is refused', () => {
    const second = plan({ x: to('third') }, 'x', 'second');
    const third = plan({ y: greeting('z'), z: to('p') }, 'y', 'third');
    const first = plan({ a: greeting('b'), b: to('second') });
    expect(planProblems(first, [second, third])).toEqual([
      { kind: 'circle', steps: ['a', 'b', 'second/x', 'third/y', 'third/z'] },
    ]);
  });

  it('is checked as it will be, not as it was', () => {
    const old = plan({ a: to('p') });
    expect(planProblems(plan({ a: box }), [old])).toEqual([]);
  });

  it('with a menu that offers nothing, or the same twice, or what no phone sends is refused', () => {
    expect(planProblems(plan({ a: menu([]) }), [])).toEqual([{ kind: 'menu-without-choices', step: 'a' }]);
    expect(planProblems(plan({ a: menu([], true) }), [])).toEqual([]);
    const twice = planProblems(plan({ a: menu([{ digits: '1' }, { digits: '1' }, { digits: '1' }]) }), []);
    expect(twice).toEqual([{ kind: 'digits-twice', step: 'a', digits: '1' }]);
    const letters = planProblems(plan({ a: menu([{ digits: 'x' }, { digits: '' }]) }), []);
    expect(letters.map(({ kind }) => kind)).toEqual(['not-digits', 'not-digits']);
  });

  it('with a ring step that names nobody is refused', () => {
    const ring: RouteStep = { kind: 'ring', order: 'all', targets: [], ringS: 20 };
    expect(planProblems(plan({ a: ring }), [])).toEqual([{ kind: 'nobody-rings', step: 'a' }]);
    const anna: RouteStep = { ...ring, targets: [{ userId: userIdOf('u101') }] };
    expect(planProblems(plan({ a: anna }), [])).toEqual([]);
  });

  it('gets advice about choices that begin others, and about steps that nothing leads to', () => {
    const found = planProblems(plan({ a: menu([{ digits: '1' }, { digits: '12' }]), b: box }), []);
    expect(found).toEqual([
      { kind: 'digits-begin-others', step: 'a', digits: '1', longer: '12' },
      { kind: 'unreachable-step', step: 'b' },
    ]);
    expect(found.some(isRefused)).toBe(false);
  });
});
