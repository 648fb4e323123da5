/** Logging in and what keeps others out: guessing, other origins, odd cookies and headers, roles, address ranges. */
import { features } from '../../../call-router/state/feature-switch';
import { defaultLimits } from '../../../server/limits';
import {
  adminPassword,
  type Answer,
  apiToken,
  cookieIn,
  type Person,
  startTestService,
  type TestService,
} from './service';

let service: TestService;
let admin: Person;
let anna: Person;
beforeAll(async () => {
  service = await startTestService({
    limits: {
      ...defaultLimits,
      api: { ...defaultLimits.api, loginFailuresPerAccountMax: 4, loginFailuresPerAddressMax: 8 },
    },
  });
  admin = await service.logIn('admin', adminPassword);
  anna = await service.person('anna', 'operator', { extension: '101' });
});
afterAll(() => service.close());

const logIn = (login: string, password: string, more: object = {}): Promise<Answer> =>
  service.ask('POST', '/api/login', { body: { login, password }, ...more });

test('a right password answers who it is and a cookie that no script and no other site can use', async () => {
  const answer = await logIn('anna', 'password of anna', { address: '192.0.2.1' });
  const who = { id: anna.id, name: 'Person anna', role: 'operator', mustChangePassword: false };
  expect(answer.json).toEqual({ ...who, features: [...features] });
  expect(answer.headers['set-cookie']).toMatch(/^trunkline=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/);
  expect(answer.headers['cache-control']).toBe('no-store');
});

test('a wrong password, a name nobody has and a disabled account answer the same', async () => {
  const made = await service.person('gone', 'operator');
  await service.ask('PATCH', `/api/users/${made.id}`, { as: 'token', body: { disabled: true } });
  const wrong = await logIn('anna', 'nope', { address: '192.0.2.2' });
  const unknown = await logIn('nobody', 'nope', { address: '192.0.2.2' });
  const disabled = await logIn('gone', 'password of gone', { address: '192.0.2.2' });
  expect(wrong.status).toBe(401);
  expect(unknown.text).toBe(wrong.text);
  expect(disabled.text).toBe(wrong.text);
  expect((await service.ask('GET', '/api/me', { as: made })).status).toBe(401);
});

test('guessing at one account is held off with 429 and Retry-After, however its name is written', async () => {
  await service.person('guessed', 'operator');
  const names = ['guessed', 'GUESSED', 'Guessed', 'guessed'];
  for (const [n, name] of names.entries()) await logIn(name, 'nope', { address: `198.51.100.${n}` });
  const held = await logIn('guessed', 'password of guessed', { address: '198.51.100.9' });
  expect(held.status).toBe(429);
  expect(held.json['kind']).toBe('too-many-attempts');
  expect(Number(held.headers['retry-after'])).toBeGreaterThan(500);
});

test('guessing names from one address is held off, also many at once', async () => {
  const address = '203.0.113.5';
  const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => logIn(`name${n}`, 'nope', { address })));
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(8);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(12);
});

test('a log-in by a form, or from a page of another origin, is refused', async () => {
  const form = await service.ask('POST', '/api/login', {
    body: 'login=anna&password=x',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  expect(form.status).toBe(415);
  const plain = await service.ask('POST', '/api/login', { body: '{}', headers: { 'content-type': 'text/plain' } });
  expect(plain.status).toBe(415);
  const foreign = await logIn('anna', 'password of anna', { headers: { origin: 'https://evil.example' } });
  expect(foreign).toMatchObject({ status: 403, json: { kind: 'wrong-origin' } });
});

test.each([
  ['of another site', { origin: 'https://evil.example' }],
  ['of another port', { origin: 'http://localhost:8080' }],
  ['of another scheme', { origin: 'https://localhost:80' }],
  ['that is null', { origin: 'null' }],
  ['that is empty', { origin: '' }],
])('a change by cookie from an origin %s is refused', async (_name, headers) => {
  const answer = await service.ask('POST', '/api/contacts', { as: anna, body: { name: 'X' }, headers });
  expect(answer).toMatchObject({ status: 403, json: { kind: 'wrong-origin' } });
});

test('a change by cookie that is not declared as JSON is refused; a token needs no origin', async () => {
  const text = await service.ask('POST', '/api/contacts', {
    as: anna,
    body: '{"name":"X"}',
    headers: { 'content-type': 'text/plain' },
  });
  expect(text.status).toBe(415);
  const byToken = await service.ask('POST', '/api/contacts', { as: 'token', body: { name: 'By token' } });
  expect(byToken.status).toBe(201);
});

test.each([
  ['no cookie', {}],
  ['an empty one', { cookie: 'trunkline=' }],
  ['a short one', { cookie: 'trunkline=abc' }],
  ['an SQL one', { cookie: "trunkline=' OR 1=1 --aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" }],
  ['a well-formed wrong one', { cookie: `trunkline=${'A'.repeat(43)}` }],
  ['the name of HTTPS on plain HTTP', { cookie: `__Host-trunkline=${'A'.repeat(43)}` }],
  ['broken cookie syntax', { cookie: ';;;=;%%%=\u0001' }],
  ['a huge one', { cookie: `trunkline=${'A'.repeat(8000)}` }],
  ['an empty bearer', { authorization: 'Bearer ' }],
  ['a wrong bearer', { authorization: `Bearer ${'B'.repeat(43)}` }],
  ['half the token', { authorization: `Bearer ${apiToken.slice(0, 20)}` }],
  ['basic credentials', { authorization: 'Basic YWRtaW46YWRtaW4=' }],
])('%s is nobody', async (_name, headers) => {
  const answer = await service.ask('GET', '/api/me', { headers });
  expect(answer).toMatchObject({ status: 401, json: { kind: 'not-logged-in', type: '/problems/not-logged-in' } });
  expect(answer.headers['www-authenticate']).toBe('Bearer');
});

test('a cookie is no bearer token, a token in the query is none, and a wrong token is not saved by a right cookie', async () => {
  const value = anna.cookie.split('=')[1] ?? '';
  expect((await service.ask('GET', '/api/me', { headers: { authorization: `Bearer ${value}` } })).status).toBe(401);
  expect((await service.ask('GET', `/api/me?access_token=${apiToken}`)).status).toBe(401);
  expect((await service.ask('GET', '/api/me', { as: anna, headers: { authorization: 'Bearer x' } })).status).toBe(401);
  expect((await service.ask('GET', '/api/me', { headers: { cookie: `__Host-trunkline=${value}` } })).status).toBe(401);
});

test('logging out ends this log-in and no other', async () => {
  const first = await service.logIn('anna', 'password of anna');
  const second = await service.logIn('anna', 'password of anna');
  const out = await service.ask('POST', '/api/logout', { as: first });
  expect(out.status).toBe(204);
  expect((await service.ask('GET', '/api/me', { as: first })).status).toBe(401);
  expect((await service.ask('GET', '/api/me', { as: second })).status).toBe(200);
});

test('an operator and a manager are kept out of settings with 403; an administrator is let in', async () => {
  const manager = await service.person('manager', 'manager');
  for (const url of ['/api/users', '/api/trunks', '/api/numbers', '/api/tokens', '/api/settings/login-ranges']) {
    expect(await service.ask('GET', url, { as: anna })).toMatchObject({ status: 403, json: { kind: 'not-allowed' } });
    expect((await service.ask('GET', url, { as: manager })).status).toBe(403);
    expect((await service.ask('GET', url, { as: admin })).status).toBe(200);
  }
  expect((await service.ask('PUT', '/api/lead-statuses', { as: manager, body: { items: [] } })).status).toBe(403);
});

test('changing the password needs the old one, a long one, and ends the other log-ins', async () => {
  const one = await service.person('carol', 'operator');
  const other = await service.logIn('carol', 'password of carol');
  const change = (currentPassword: string, newPassword: string): Promise<Answer> =>
    service.ask('POST', '/api/me/password', { as: one, body: { currentPassword, newPassword } });
  expect((await change('nope', 'a much better one')).json).toMatchObject({ errors: [{ field: 'currentPassword' }] });
  expect((await change('password of carol', 'short')).json).toMatchObject({ errors: [{ field: 'newPassword' }] });
  expect((await change('password of carol', 'a much better one')).status).toBe(204);
  expect((await service.ask('GET', '/api/me', { as: one })).status).toBe(200);
  expect((await service.ask('GET', '/api/me', { as: other })).status).toBe(401);
  expect((await logIn('carol', 'a much better one')).status).toBe(200);
});

test('who must change the password can do nothing else until it is done', async () => {
  const fresh = await service.person('fresh', 'manager', { mustChangePassword: true });
  expect(await service.ask('GET', '/api/contacts', { as: fresh })).toMatchObject({
    status: 403,
    json: { kind: 'password-change-required' },
  });
  expect((await service.ask('GET', '/api/me', { as: fresh })).json).toMatchObject({ mustChangePassword: true });
  const body = { currentPassword: 'password of fresh', newPassword: 'a much better one' };
  expect((await service.ask('POST', '/api/me/password', { as: fresh, body })).status).toBe(204);
  expect((await service.ask('GET', '/api/contacts', { as: fresh })).status).toBe(200);
});

test('a change of role ends what the person was logged in with', async () => {
  const dora = await service.person('dora', 'manager');
  expect((await service.ask('PATCH', `/api/users/${dora.id}`, { as: admin, body: { role: 'operator' } })).status).toBe(
    200,
  );
  expect((await service.ask('GET', '/api/me', { as: dora })).status).toBe(401);
});

test('the last administrator can be neither removed, demoted nor disabled', async () => {
  for (const body of [{ role: 'manager' }, { disabled: true }]) {
    expect((await service.ask('PATCH', `/api/users/${admin.id}`, { as: 'token', body })).status).toBe(409);
  }
  expect((await service.ask('DELETE', `/api/users/${admin.id}`, { as: 'token' })).status).toBe(409);
});

test('a token is shown once, acts with the rights of its person, and can be ended', async () => {
  const made = await service.ask('POST', '/api/tokens', { as: admin, body: { name: 'Reports', userId: anna.id } });
  expect(made.status).toBe(201);
  const bearer = { authorization: `Bearer ${String(made.json['token'])}` };
  expect((await service.ask('GET', '/api/me', { headers: bearer })).json).toMatchObject({
    id: anna.id,
    role: 'operator',
  });
  expect((await service.ask('GET', '/api/users', { headers: bearer })).status).toBe(403);
  const list = await service.ask('GET', '/api/tokens', { as: admin });
  expect(list.text).not.toContain(String(made.json['token']));
  expect(list.json).toMatchObject({ items: [{ id: made.json['id'], label: 'Reports', userId: anna.id }] });
  expect((await service.ask('DELETE', `/api/tokens/${String(made.json['id'])}`, { as: admin })).status).toBe(204);
  expect((await service.ask('GET', '/api/me', { headers: bearer })).status).toBe(401);
  const past = { name: 'Old', userId: anna.id, expiresAt: '2020-01-01T00:00:00Z' };
  expect((await service.ask('POST', '/api/tokens', { as: admin, body: past })).status).toBe(422);
});

test('the cookie over HTTPS is __Host- and Secure, and only a trusted proxy can say that it was HTTPS', async () => {
  const forwarded = {
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'pbx.example',
    'x-forwarded-for': '198.51.100.77',
  };
  const address = '192.0.2.50';
  const untrusted = await logIn('anna', 'password of anna', { headers: forwarded, address });
  expect(cookieIn(untrusted)).toMatch(/^trunkline=/);
  await service.ask('PUT', '/api/settings/trusted-proxies', { as: admin, body: { proxies: [address] } });
  const trusted = await logIn('anna', 'password of anna', { headers: forwarded, address });
  expect(trusted.headers['set-cookie']).toMatch(
    /^__Host-trunkline=[\w-]{43}; .*Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
  await service.ask('PUT', '/api/settings/trusted-proxies', { as: admin, body: { proxies: [] } });
});

test('no password and no token is in the log', () => {
  const all = service.logLines.join('');
  expect(all).not.toMatch(/password of|correct horse|access_token|environment-token/);
  expect(all).not.toContain(anna.cookie.split('=')[1]);
});

test('language and zone are kept with the person, whole, and told to every browser of theirs', async () => {
  const dana = await service.person('dana', 'operator');
  expect((await service.ask('GET', '/api/me', { as: dana })).json).not.toHaveProperty('language');
  const chosen = { language: 'cs', zone: 'Asia/Seoul' };
  const set = (body: object, as: Person | 'token' = dana) => service.ask('PUT', '/api/me/preferences', { as, body });
  expect(await set(chosen)).toMatchObject({ status: 200, json: { id: dana.id, role: 'operator', ...chosen } });
  expect((await service.ask('GET', '/api/me', { as: dana })).json).toMatchObject(chosen);
  expect(await set({ zone: 'Europe/Nowhere' })).toMatchObject({ status: 422, json: { errors: [{ field: 'zone' }] } });
  expect((await set({ language: 'xx' })).status).toBe(422);
  expect((await set({ language: 'th' })).json).not.toHaveProperty('zone');
  expect((await service.ask('GET', '/api/me', { as: dana })).json).not.toHaveProperty('zone');
  expect((await set(chosen, 'token')).status).toBe(409);
});
