// The runner of save-call: while the database thread restarts nothing is lost, and only the newest record is tried again.
import type { CallRecord } from '../../call-router/values/cdr';
import { storeRunner } from '../../prisma/run-store-effect';
import { ended, newCall, newNumber } from './store';

/** Time moved by hand. */
function fakeClock() {
  let now = 0;
  let timers: { at: number; task: () => void }[] = [];
  return {
    now: () => now,
    after: (ms: number, task: () => void) => {
      const timer = { at: now + ms, task };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    move: async (ms: number) => {
      now += ms;
      const due = timers.filter((timer) => timer.at <= now);
      timers = timers.filter((timer) => timer.at > now);
      for (const timer of due) timer.task();
      await settled();
    },
    waiting: () => timers.length,
  };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

function runnerUnderTest(entriesMax = 100) {
  const clock = fakeClock();
  const tried: CallRecord[] = [];
  const warnings: object[] = [];
  const errors: object[] = [];
  const database = { isUp: true };
  const runner = storeRunner({
    ask: (op, request) => {
      if (op === 'save-call') tried.push(request as CallRecord);
      return database.isUp ? Promise.resolve(undefined as never) : Promise.reject(new Error('down'));
    },
    post: () => undefined,
    newId: () => 'id',
    clock,
    log: { warn: (fields) => warnings.push(fields), error: (fields) => errors.push(fields) },
    entriesMax,
  });
  return {
    clock,
    tried,
    warnings,
    errors,
    database,
    runner,
    save: (record: CallRecord) => runner.run({ to: 'store', do: 'save-call', record }),
  };
}

test('a record that failed is saved when the database is back', async () => {
  const { clock, tried, warnings, database, save } = runnerUnderTest();
  const call = newCall(newNumber());
  database.isUp = false;
  save(call);
  await settled();
  await clock.move(100);
  database.isUp = true;
  await clock.move(300);
  expect(tried).toEqual([call, call, call]);
  expect(warnings).toHaveLength(1);
  expect(clock.waiting()).toBe(0);
});

test('a newer record of the call that was saved meanwhile is not followed by the older', async () => {
  const { clock, tried, database, save } = runnerUnderTest();
  const call = newCall(newNumber());
  database.isUp = false;
  save(call);
  await settled();
  database.isUp = true;
  save(ended(call));
  await settled();
  await clock.move(60_000);
  expect(tried).toEqual([call, ended(call)]);
});

test('the log gets the id of the call, and no number or name', async () => {
  const { warnings, database, save } = runnerUnderTest();
  const number = newNumber();
  database.isUp = false;
  save({ ...newCall(number), callerName: 'Somebody' });
  await settled();
  expect(warnings[0]).toMatchObject({ call: expect.stringMatching(/^ca11/) });
  expect(JSON.stringify(warnings)).not.toMatch(new RegExp(`${number.slice(1)}|Somebody`));
});

test('a record is never given up: an hour later it is saved', async () => {
  const { clock, tried, errors, database, runner, save } = runnerUnderTest();
  const call = newCall(newNumber());
  database.isUp = false;
  save(call);
  await settled();
  expect(runner.isFailing()).toBe(true);
  for (let n = 0; n < 60; n++) await clock.move(60_000);
  database.isUp = true;
  await clock.move(60_000);
  expect(tried.length).toBeGreaterThan(60);
  expect(errors).toEqual([]);
  expect(runner.isFailing()).toBe(false);
  expect(clock.waiting()).toBe(0);
});

test('what is too many pushes out the oldest, with a word in the log', async () => {
  const { clock, tried, errors, database, save } = runnerUnderTest(2);
  const [first, second, third] = [newCall(newNumber()), newCall(newNumber()), newCall(newNumber())];
  database.isUp = false;
  for (const call of [first, second]) save(call);
  save(ended(first)); // the newest word now
  save(third);
  await settled();
  expect(errors).toEqual([{ call: second.id }]);
  database.isUp = true;
  tried.length = 0;
  await clock.move(100);
  expect(tried).toEqual([ended(first), third]);
});

test('the stop tries once more at once, and says what is lost', async () => {
  const { clock, tried, errors, database, runner, save } = runnerUnderTest();
  const call = newCall(newNumber());
  database.isUp = false;
  save(call);
  await settled();
  database.isUp = true;
  await runner.flush();
  expect(tried).toEqual([call, call]);
  database.isUp = false;
  save(newCall(newNumber()));
  await runner.flush();
  expect(errors).toEqual([{ records: 1 }]);
  expect(clock.waiting()).toBe(0);
});
