// Each look-up is answered by exactly one event: found, unknown, or failed when the CRM fails, throws or takes too long.
import type { CrmEffect } from '../../call-router/effect';
import type { CrmEvent } from '../../call-router/event';
import { callIdOf, epochMs, userIdOf } from '../../call-router/values/ids';
import { e164From } from '../../call-router/values/number';
import { builtInCrm } from '../../crm-link/built-in-crm';
import type { Found, LookUp } from '../../crm-link/crm';
import { crmRunner } from '../../crm-link/run-crm-effect';

const call = callIdOf('c1');
const effect: CrmEffect = {
  to: 'crm',
  do: 'look-up',
  call,
  number: e164From('+420601234567'),
  typed: '601234567',
  makes: 'lead',
  source: 'Leaflet',
  responsible: userIdOf('u1'),
};
const card = { kind: 'lead', id: 'l1', name: '+420 601 234 567', isNew: true } as const;

function crmUnderTest(answer: (request: LookUp) => Promise<Found>) {
  const events: CrmEvent[] = [];
  const warnings: object[] = [];
  let deadline: (() => void) | undefined;
  const run = crmRunner({
    crm: builtInCrm(answer),
    clock: {
      now: () => epochMs(5),
      after: (ms, task) => {
        expect(ms).toBe(2000);
        deadline = task;
        return () => {
          deadline = undefined;
        };
      },
    },
    post: (event) => events.push(event),
    log: { warn: (fields) => warnings.push(fields) },
  });
  return { run, events, warnings, passDeadline: () => deadline?.(), hasDeadline: () => deadline !== undefined };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('a card that was found or made is posted with the others, and all that is known goes to the CRM', async () => {
  const asked: LookUp[] = [];
  const others = [{ kind: 'company', id: 'c9' } as const];
  const { run, events, hasDeadline } = crmUnderTest((request) => {
    asked.push(request);
    return Promise.resolve({ found: true, card, others });
  });
  run(effect);
  await settled();
  expect(events).toEqual([{ from: 'crm', type: 'client-found', call, at: 5, card, others }]);
  const { number, typed, makes, source, responsible } = effect;
  expect(asked).toEqual([{ number, typed, makes, source, responsible, at: 5 }]);
  expect(hasDeadline()).toBe(false);
});

test('nobody behind the number is posted as unknown', async () => {
  const { run, events } = crmUnderTest(() => Promise.resolve({ found: false }));
  run(effect);
  await settled();
  expect(events).toEqual([{ from: 'crm', type: 'client-unknown', call, at: 5 }]);
});

test.each([
  ['rejects', () => Promise.reject(new Error('no CRM'))],
  [
    'throws at once',
    () => {
      throw new Error('no CRM');
    },
  ],
])('a CRM that %s is a look-up that failed, with a warning that names the call only', async (_, answer) => {
  const { run, events, warnings, hasDeadline } = crmUnderTest(answer);
  run(effect);
  await settled();
  expect(events).toEqual([{ from: 'crm', type: 'look-up-failed', call, at: 5 }]);
  expect(warnings).toEqual([{ call, error: expect.anything() }]);
  expect(hasDeadline()).toBe(false);
});

test('an answer after the deadline is not posted: the look-up has failed already', async () => {
  let late: ((found: Found) => void) | undefined;
  const { run, events, passDeadline } = crmUnderTest(() => new Promise((resolve) => (late = resolve)));
  run(effect);
  passDeadline();
  late?.({ found: true, card, others: [] });
  await settled();
  expect(events.map((event) => event.type)).toEqual(['look-up-failed']);
});
