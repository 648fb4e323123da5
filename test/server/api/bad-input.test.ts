/** What is sent wrongly gets a problem that names the fault, and never a word about the inside. */
import { problemKinds } from '../../../server/api/problems';
import { problemOfStore } from '../../../server/api/problems';
import { adminPassword, type Person, startTestService, type TestService } from './service';

let service: TestService;
let admin: Person;
beforeAll(async () => {
  service = await startTestService();
  admin = await service.logIn('admin', adminPassword);
});
afterAll(() => service.close());

const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  service.ask('POST', url, { as: 'token', body, headers });

test('a body of 10 MB gets 413, also from somebody who is logged in', async () => {
  const body = JSON.stringify({ name: 'x'.repeat(10 * 1024 * 1024) });
  expect(await post('/api/contacts', body)).toMatchObject({ status: 413, json: { kind: 'too-large' } });
  expect((await service.ask('POST', '/api/contacts', { as: admin, body })).status).toBe(413);
});

test('a body of 10 MB from nobody is not even read: 401', async () => {
  const body = JSON.stringify({ name: 'x'.repeat(10 * 1024 * 1024) });
  expect((await service.ask('POST', '/api/contacts', { body })).status).toBe(401);
});

test.each([
  ['{"name":', 400, 'malformed-json'],
  ['not json', 400, 'malformed-json'],
  ['{"name":"a","__proto__":{"role":"administrator"}}', 400, 'malformed-json'],
  ['[]', 422, 'invalid'],
  ['null', 422, 'invalid'],
  ['"text"', 422, 'invalid'],
  ['42', 422, 'invalid'],
  ['', 422, 'invalid'],
  ['{}', 422, 'invalid'],
  ['{"name":null}', 422, 'invalid'],
  ['{"name":["a"]}', 422, 'invalid'],
  ['{"name":"a","phones":"+420"}', 422, 'invalid'],
  ['{"name":"a","phones":[{"label":"x"}]}', 422, 'invalid'],
  ['{"name":"a","phones":[{"typed":7}]}', 422, 'invalid'],
  ['{"name":"a","email":"nobody"}', 422, 'invalid'],
  ['{"name":"a","companyId":"no such"}', 422, 'invalid'],
  ['{"name":"a","companyId":"00000000000000000000000000000000"}', 422, 'invalid'],
  ['{"name":"a","constructor":{"prototype":{}}}', 400, 'malformed-json'],
])('the body %s gets %i', async (body, status, kind) => {
  const answer = await post('/api/contacts', body, { 'content-type': 'application/json' });
  expect(answer).toMatchObject({ status, json: { kind, status } });
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(answer.text).not.toMatch(/node_modules|at Object|prisma|sqlite|stack/i);
});

test('a thousand wrong fields are answered with the first twenty', async () => {
  const body = Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`field${n}`, n]));
  const answer = await post('/api/contacts', body);
  expect(answer.json['errors']).toHaveLength(20);
});

test('a list of 31 phones, a name of 201 signs and notes of 20,001 are too much', async () => {
  const phones = Array.from({ length: 31 }, () => '+420777123456');
  expect((await post('/api/contacts', { name: 'a', phones })).status).toBe(422);
  expect((await post('/api/contacts', { name: 'a'.repeat(201) })).status).toBe(422);
  expect((await post('/api/contacts', { name: 'a', notes: 'a'.repeat(20_001) })).status).toBe(422);
});

test.each([
  'limit=0',
  'limit=201',
  'limit=ten',
  'limit=1e3',
  'limit=5&limit=6',
  'unknown=1',
  'isNew=yes',
  'cursor=%00',
])('the query ?%s is refused', async (query) => {
  const answer = await service.ask('GET', `/api/leads?${query}`, { as: 'token' });
  expect(answer).toMatchObject({ status: 422, json: { kind: 'invalid' } });
});

test.each(['x', '{}', '[]', '[1,2]', '[1.5,"a"]', '[9e99,"a"]', '[-1,"a"]', '[1,"a","b"]', '[1,{}]'])(
  'the cursor %s, which somebody made up, breaks nothing',
  async (text) => {
    for (const url of ['/api/leads', '/api/contacts', '/api/calls', '/api/users', '/api/trunks', '/api/deals']) {
      const cursor = Buffer.from(text).toString('base64url');
      const answer = await service.ask('GET', `${url}?cursor=${cursor}`, { as: 'token' });
      expect([200, 422]).toContain(answer.status);
    }
  },
);

test.each([
  ['GET', '/api/contacts/none'],
  ['GET', '/api/companies/none'],
  ['GET', '/api/leads/none'],
  ['GET', '/api/deals/none'],
  ['GET', '/api/calls/none'],
  ['GET', '/api/recordings/none'],
  ['GET', '/api/users/none'],
  ['GET', '/api/trunks/none'],
  ['GET', '/api/numbers/none'],
  ['GET', '/api/contacts/none/timeline'],
  ['GET', '/api/leads/none/timeline'],
  ['GET', '/api/users/none/devices'],
  ['PATCH', '/api/contacts/none'],
  ['PATCH', '/api/users/none'],
  ['PATCH', '/api/devices/none'],
  ['PATCH', '/api/trunks/none'],
  ['PATCH', '/api/numbers/none'],
  ['DELETE', '/api/contacts/none'],
  ['DELETE', '/api/deals/none'],
  ['DELETE', '/api/users/none'],
  ['DELETE', '/api/devices/none'],
  ['DELETE', '/api/tokens/none'],
  ['POST', '/api/leads/none/open'],
  ['POST', '/api/leads/none/convert'],
  ['POST', '/api/calls/none/hangup'],
  ['GET', '/api/contacts/a%20b'],
  ['GET', '/api/contacts/%00'],
  ['GET', `/api/contacts/${'a'.repeat(90)}`],
  ['GET', '/api/nothing'],
  ['PUT', '/api/contacts'],
  ['GET', '/api/'],
  ['POST', '/api/calls/none/merge'],
])('%s %s is 404', async (method, url) => {
  const answer = await service.ask(method, url, { as: 'token', ...(method === 'GET' ? {} : { body: {} }) });
  expect(answer).toMatchObject({ status: 404, json: { kind: 'not-found' } });
});

test('an address that cannot be decoded is 400', async () => {
  expect(await service.ask('GET', '/api/contacts/%zz', { as: 'token' })).toMatchObject({
    status: 400,
    json: { kind: 'malformed-request' },
  });
});

test('a fault of ours is 500 with the name of the request, which the log has, and nothing else', async () => {
  await service.database.reading.ask('set-setting', { key: 'realm', value: 'trunkline' });
  const broken = {
    ...service.deps,
    commands: { ...service.deps.commands, call: () => Promise.reject(new Error('secret +420777')) },
  };
  const { buildApi } = await import('../../../server/api/build-api');
  const app = await buildApi(broken);
  const answer = await app.inject({
    method: 'POST',
    url: '/api/calls',
    headers: { authorization: `Bearer ${service.deps.config.apiToken}` },
    payload: { fromUserId: admin.id, to: '101' },
  });
  await app.close();
  const body: Record<string, unknown> = answer.json();
  expect(answer.statusCode).toBe(500);
  expect(Object.keys(body).sort()).toEqual(['kind', 'request', 'status', 'title', 'type']);
  const line = service.logLines.findLast((one) => one.includes('request failed')) ?? '';
  expect(line).toContain(String(body['request']));
  expect(line).not.toContain('+420777');
});

test('no number and no name of a client that was asked for is in the log', async () => {
  await service.ask('GET', '/api/contacts?phone=%2B420601602603&search=Zacharias', { as: 'token' });
  const all = service.logLines.join('');
  expect(all).toContain('"route":"/api/contacts"');
  expect(all).not.toMatch(/601602603|Zacharias/);
});

test('each kind of problem has a status and a title; each refusal of the database has a kind', () => {
  for (const { status, title } of Object.values(problemKinds)) {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(title).toMatch(/^[A-Z]/);
  }
  expect(problemOfStore({ kind: 'not-found' }).kind).toBe('not-found');
  expect(problemOfStore({ kind: 'taken', field: 'login' })).toMatchObject({
    kind: 'taken',
    details: { errors: [{ field: 'login' }] },
  });
  expect(problemOfStore({ kind: 'in-use', by: 'number 1' }).kind).toBe('in-use');
  expect(problemOfStore({ kind: 'unknown-reference', field: 'companyId' }).kind).toBe('invalid');
  expect(problemOfStore({ kind: 'invalid', field: 'line', why: '01 to 99' }).kind).toBe('invalid');
});

test.each(['/api/users', '/%61pi/users', '/api/%75sers', '/api/nothing'])(
  'what %s answers is kept by no cache',
  async (url) => {
    const answer = await service.ask('GET', url, { as: 'token' });
    expect(answer.headers['cache-control']).toBe('no-store');
  },
);
