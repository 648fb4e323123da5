/** The first start is kept by the server: what was made, and what was removed since. */
import { type Person, startTestService, type TestService } from './service';

let service: TestService;
let manager: Person;
const url = '/api/settings/first-start';
const now = async () => (await service.ask('GET', url, { as: 'token' })).json;
const keep = (body: object, as: Person | 'token' = 'token') => service.ask('PUT', url, { as, body });

beforeAll(async () => {
  service = await startTestService();
  manager = await service.person('manager', 'manager');
});
afterAll(() => service.close());

test('it begins untouched, in an office without numbers', async () => {
  expect(await now()).toEqual({ state: 'open', hasNumbers: false });
});

test('it keeps what was made, and leaves out what is there no more', async () => {
  const trunk = { name: 'provider', kind: 'address', host: '192.0.2.1' };
  const trunkId = String((await service.ask('POST', '/api/trunks', { as: 'token', body: trunk })).json['id']);
  const route = { to: 'user', userId: manager.id };
  const number = { number: '+420210000001', kind: 'rented', trunkId, route };
  const numberId = String((await service.ask('POST', '/api/numbers', { as: 'token', body: number })).json['id']);
  const progress = { state: 'open', line: 'rented', trunkId, numberId, userId: manager.id, phone: 'browser' };
  expect((await keep(progress)).json).toEqual({ ...progress, hasNumbers: true });
  await service.ask('DELETE', `/api/numbers/${numberId}`, { as: 'token' });
  const { numberId: _gone, ...rest } = progress;
  expect(await now()).toEqual({ ...rest, hasNumbers: false });
});

test('only administrators see and keep it, and nothing else goes in', async () => {
  expect((await service.ask('GET', url, { as: manager })).status).toBe(403);
  expect((await keep({ state: 'done' }, manager)).status).toBe(403);
  expect((await keep({ state: 'somewhere' })).status).toBe(422);
  expect((await keep({ state: 'done', password: 'x' })).status).toBe(422);
});
