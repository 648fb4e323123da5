/** Log-in limited by role to address ranges: at the log-in, at every later request, behind a proxy, and never one's author. */
import { adminPassword, type Person, startTestService, type TestService } from './service';

let service: TestService;
let admin: Person;
let anna: Person;
const office = '10.20.0.5';
beforeAll(async () => {
  service = await startTestService();
  admin = await service.logIn('admin', adminPassword);
  anna = await service.person('anna', 'operator');
});
afterAll(() => service.close());

const everywhere = { administrator: [], manager: [], operator: [] };
const put = (body: object, address = office) =>
  service.ask('PUT', '/api/settings/login-ranges', { as: admin, body, address });
const logIn = (address: string, headers: Record<string, string> = {}) =>
  service.ask('POST', '/api/login', { body: { login: 'anna', password: 'password of anna' }, address, headers });
afterEach(async () => {
  await service.ask('PUT', '/api/settings/login-ranges', { as: 'token', body: everywhere });
  await service.ask('PUT', '/api/settings/trusted-proxies', { as: 'token', body: { proxies: [] } });
});

test('an operator outside the ranges is refused at the log-in, one inside gets in, IPv4 and IPv6', async () => {
  expect((await put({ ...everywhere, operator: ['10.20.0.0/16', 'fd00:1::/32'] })).status).toBe(200);
  expect(await logIn('192.0.2.1')).toMatchObject({ status: 403, json: { kind: 'log-in-not-allowed-here' } });
  expect((await logIn('10.20.200.1')).status).toBe(200);
  expect((await logIn('::ffff:10.20.200.1')).status).toBe(200);
  expect((await logIn('fd00:1:2::9')).status).toBe(200);
  expect((await logIn('fd00:2::9')).status).toBe(403);
});

test('the rule holds for who is logged in already, at every request, and not for tokens', async () => {
  await put({ ...everywhere, operator: ['10.20.0.0/16'] });
  const asked = { as: anna, address: '192.0.2.1' };
  expect(await service.ask('GET', '/api/contacts', asked)).toMatchObject({
    status: 403,
    json: { kind: 'log-in-not-allowed-here' },
  });
  expect((await service.ask('GET', '/api/contacts', { as: anna, address: office })).status).toBe(200);
  expect((await service.ask('GET', '/api/contacts', { as: 'token', address: '192.0.2.1' })).status).toBe(200);
  const login = await service.ask('GET', '/api/contacts', { as: admin, address: '192.0.2.1' });
  expect(login.status).toBe(200);
});

test('a rule that would shut out its author is refused and changes nothing', async () => {
  const refused = await put({ ...everywhere, administrator: ['192.0.2.0/24'] });
  expect(refused).toMatchObject({ status: 409, json: { kind: 'conflict' } });
  const now = await service.ask('GET', '/api/settings/login-ranges', { as: admin, address: office });
  expect(now.json).toEqual(everywhere);
  expect((await put({ ...everywhere, administrator: ['10.0.0.0/8'] })).status).toBe(200);
});

test('nor may a script shut out all administrators from the address it runs at', async () => {
  const byScript = (administrator: readonly string[], address: string) =>
    service.ask('PUT', '/api/settings/login-ranges', { as: 'token', body: { ...everywhere, administrator }, address });
  expect(await byScript(['192.0.2.0/24'], office)).toMatchObject({ status: 409, json: { kind: 'conflict' } });
  expect((await byScript(['192.0.2.0/24'], '192.0.2.9')).status).toBe(200);
  expect((await byScript([], office)).status).toBe(200);
});

test('what is no range is refused and named', async () => {
  const refused = await put({ ...everywhere, manager: ['10.0.0.0/8', 'the office', '10.0.0.0/64'] });
  expect(refused.status).toBe(422);
  expect(refused.json['errors']).toEqual([
    { field: 'manager.1', message: 'must be an address or a range like 10.0.0.0/8' },
    { field: 'manager.2', message: 'must be an address or a range like 10.0.0.0/8' },
  ]);
  expect((await put({ operator: [] })).status).toBe(422);
});

test('behind a trusted proxy the address it names counts; from anybody else the header is worth nothing', async () => {
  await put({ ...everywhere, operator: ['10.20.0.0/16'] });
  const inside = { 'x-forwarded-for': '10.20.0.9' };
  expect((await logIn('192.0.2.80', inside)).status).toBe(403);
  await service.ask('PUT', '/api/settings/trusted-proxies', { as: 'token', body: { proxies: ['192.0.2.80/32'] } });
  expect((await logIn('192.0.2.80', inside)).status).toBe(200);
  expect((await logIn('192.0.2.81', inside)).status).toBe(403);
  // What the visitor wrote stands left of what the proxy added: only the last address not of a proxy counts.
  expect((await logIn('192.0.2.80', { 'x-forwarded-for': '10.20.0.9, 203.0.113.9' })).status).toBe(403);
  expect((await logIn('192.0.2.80', { 'x-forwarded-for': 'garbage' })).status).toBe(403);
});

test('a change of proxies that would shut out its author is refused and changes nothing', async () => {
  const proxy = '192.0.2.80';
  const putProxies = (proxies: readonly string[], headers: Record<string, string>, as: Person | 'token' = admin) =>
    service.ask('PUT', '/api/settings/trusted-proxies', { as, body: { proxies }, address: proxy, headers });
  await putProxies([`${proxy}/32`], {}, 'token');
  const behind = { 'x-forwarded-for': '203.0.113.9' };
  await service.ask('PUT', '/api/settings/login-ranges', {
    as: 'token',
    body: { ...everywhere, administrator: ['203.0.113.0/24'] },
    address: '203.0.113.9',
  });
  expect(await putProxies([], behind)).toMatchObject({ status: 409, json: { kind: 'conflict' } });
  expect((await service.ask('GET', '/api/users', { as: admin, address: proxy, headers: behind })).status).toBe(200);
  expect((await putProxies([`${proxy}/32`, '198.51.100.1'], behind)).status).toBe(200);
  expect((await putProxies([], behind, 'token')).status).toBe(200);
});

test('nor may its author lose the name by which the pages are open', async () => {
  const proxy = '192.0.2.80';
  const put = (proxies: readonly string[], as: Person | 'token', headers: Record<string, string> = {}) =>
    service.ask('PUT', '/api/settings/trusted-proxies', { as, body: { proxies }, address: proxy, headers });
  await put([proxy], 'token');
  const overHttps = { 'x-forwarded-host': 'office.example', 'x-forwarded-proto': 'https' };
  const cookie = admin.cookie.replace(/^trunkline/, '__Host-trunkline');
  const headers = { ...overHttps, cookie, origin: 'https://office.example' };
  expect(await put([], admin, headers)).toMatchObject({ status: 409 });
  expect((await put([proxy, '198.51.100.1'], admin, headers)).status).toBe(200);
});

test('the rules come back after the interface is opened again', async () => {
  await put({ ...everywhere, operator: ['10.20.0.0/16'] });
  const stored = await service.database.reading.ask('get-setting', { key: 'login-ranges' });
  expect(JSON.parse(stored ?? '')).toEqual({ ...everywhere, operator: ['10.20.0.0/16'] });
});
