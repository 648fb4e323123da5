/** /readyz: 503 as long as something is missing that calls or their recordings need. */
import { buildApi } from '../../../server/api/build-api';
import type { Readiness } from '../../../server/api/deps';
import { startTestService, type TestService } from './service';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

async function ask(more: Partial<Readiness>): Promise<{ readonly status: number; readonly json: unknown }> {
  const app = await buildApi({ ...service.deps, readiness: () => ({ ...service.deps.readiness(), ...more }) });
  const answer = await app.inject({ method: 'GET', url: '/readyz', headers: { host: 'localhost:80' } });
  await app.close();
  return { status: answer.statusCode, json: answer.json() };
}

test.each<readonly [Partial<Readiness>, number, readonly string[]]>([
  [{}, 200, []],
  [{ alarms: ['disk-low', 'database-failing'] }, 200, []],
  [{ alarms: ['recorder-lost'] }, 503, ['recorder']],
  [{ database: 'failed', alarms: ['recorder-lost'] }, 503, ['database', 'recorder']],
])('%j answers %d', async (more, status, missing) => {
  expect(await ask(more)).toMatchObject({ status, json: { ready: status === 200, missing } });
});
