/** Notices and missed calls are removed when they are old enough, however many there are; what is younger, and the calls, stay. */
import { epochMs, userIdOf } from '../../call-router/values/ids';
import { defaultLimits } from '../../server/limits';
import { forget } from '../../server/forget-old';
import { newCall, newNumber, system } from '../prisma/store';
import { startTestService, type TestService } from './api/service';

const dayMs = 24 * 3_600_000;
const now = Date.UTC(2026, 10, 23, 10);
let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

const run = (at: number) =>
  forget({
    reading: service.database.reading.ask,
    clock: { ...service.deps.clock, now: () => epochMs(at) },
    limits: defaultLimits.retention,
    log: service.deps.log,
  });

test('old notices and missed calls go, in more than one turn', async () => {
  const { calls, reading } = service.database;
  const boss = await service.person('boss', 'administrator');
  // Each alarm is a notice to the administrator.
  const alarm = (id: string, daysAgo: number) =>
    calls.ask('save-alarm', { id, kind: 'prompt-missing', at: now - daysAgo * dayMs });
  await Promise.all(Array.from({ length: 510 }, (_, index) => alarm(`old ${index}`, 91)));
  await alarm('young', 89);
  const missedCall = async (daysAgo: number) => {
    const startedAt = epochMs(now - daysAgo * dayMs);
    const call = newCall(newNumber(), { startedAt, endedAt: startedAt, missedBy: [userIdOf(boss.id)] });
    await calls.ask('save-call', call);
    return call.id;
  };
  const [old, young] = [await missedCall(366), await missedCall(364)];
  const missed = async () => {
    const listed = await reading.ask('list-missed-calls', { viewer: system, userId: boss.id });
    return listed.ok ? listed.value.items.map(({ callId }) => callId) : [];
  };
  expect(await missed()).toEqual([young, old]);
  await run(now);
  expect(await missed()).toEqual([young]);
  const notices = await service.ask('GET', '/api/notices', { as: boss });
  expect(notices.json['items']).toMatchObject([{ kind: 'alarm', parameters: { alarmId: 'young' } }]);
  const kept = await service.ask('GET', `/api/calls/${old}`, { as: 'token' });
  expect(kept.status).toBe(200);
});
