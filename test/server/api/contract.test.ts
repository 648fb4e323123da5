/** The description of the interface: every operation of the contract is in it, and every one has what a program needs. */
import { startTestService, type TestService } from './service';

let service: TestService;
interface Operation {
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema?: object }[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema?: { readonly type?: string } }> };
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema?: object }> }>;
}
let paths: Record<string, Record<string, Operation>>;
beforeAll(async () => {
  service = await startTestService();
  const { json } = await service.ask('GET', '/api/openapi.json');
  expect(json['openapi']).toBe('3.1.0');
  paths = json['paths'] as typeof paths;
});
afterAll(() => service.close());

const crud = (url: string): readonly string[] => [
  `get ${url}`,
  `post ${url}`,
  `get ${url}/{id}`,
  `patch ${url}/{id}`,
  `delete ${url}/{id}`,
];
const contract: readonly string[] = [
  ...[
    '/api/users',
    '/api/trunks',
    '/api/numbers',
    '/api/contacts',
    '/api/companies',
    '/api/leads',
    '/api/deals',
    '/api/groups',
    '/api/calendars',
    '/api/route-plans',
    '/api/queues',
    '/api/mailboxes',
    '/api/rooms',
    '/api/outgoing-rules',
    '/api/recording-rules',
    '/api/lead-rules',
  ].flatMap(crud),
  ...crud('/api/sounds'),
  'get /api/sounds/{id}/audio',
  'get /api/prompts',
  'get /api/users/{id}/person',
  'put /api/users/{id}/person',
  'get /api/fraud/blocks',
  'delete /api/fraud/blocks/{id}',
  'get /api/me/desk',
  'get /api/messages',
  'get /api/mailboxes/{id}/messages',
  'patch /api/messages/{id}',
  'delete /api/messages/{id}',
  'get /api/missed-calls',
  'get /api/notices',
  'patch /api/notices/{id}',
  'get /api/alarms',
  'patch /api/alarms/{id}',
  'get /api/reports/calls',
  'post /api/trunks/{id}/calls',
  'post /api/numbers/{id}/explain',
  'post /api/numbers/{id}/verification',
  'post /api/numbers/{id}/verification/code',
  'post /api/trunk-tests',
  'get /api/settings/first-start',
  'put /api/settings/first-start',
  'get /api/calls/export',
  'post /api/users/{id}/invitation',
  'delete /api/users/{id}/invitation',
  'post /api/users/{id}/dismissal',
  'post /api/invitations/find',
  'post /api/invitations/accept',
  'get /api/push/key',
  'put /api/push/subscription',
  'post /api/push/unsubscribe',
  'post /api/calls/{id}/answer',
  'get /api/settings/mail',
  'put /api/settings/mail',
  'delete /api/settings/mail',
  'get /api/prompts/{id}/audio',
  ...['feature-codes', 'features', 'fraud-guard', 'parking', 'language', 'zone'].flatMap((document) => [
    `get /api/settings/${document}`,
    `put /api/settings/${document}`,
  ]),
  ...['contacts', 'companies', 'leads', 'deals'].map((cards) => `get /api/${cards}/{id}/timeline`),
  'post /api/users/{id}/devices',
  'get /api/users/{id}/devices',
  'patch /api/devices/{id}',
  'delete /api/devices/{id}',
  'get /api/calls',
  'get /api/calls/{id}',
  'patch /api/calls/{id}',
  'get /api/outgoing-numbers',
  'post /api/calls',
  'post /api/calls/{id}/hangup',
  'post /api/calls/{id}/transfer',
  'post /api/calls/{id}/transfer/complete',
  'post /api/calls/{id}/transfer/cancel',
  'post /api/calls/{id}/digits',
  'post /api/calls/{id}/recording',
  'post /api/calls/{id}/pickup',
  'post /api/calls/{id}/hold',
  'post /api/calls/{id}/resume',
  'post /api/calls/{id}/park',
  'post /api/calls/{id}/retrieve',
  'post /api/calls/{id}/mute',
  'post /api/calls/{id}/unmute',
  'post /api/calls/{id}/conference',
  'post /api/calls/{id}/supervise',
  'get /api/queues/{id}/now',
  'get /api/agents',
  'post /api/agents/{id}',
  'get /api/live',
  'get /api/recordings/{id}',
  'get /api/recordings/{id}/audio',
  'get /api/search',
  'post /api/leads/{id}/open',
  'post /api/leads/{id}/convert',
  'get /api/lead-statuses',
  'put /api/lead-statuses',
  'get /api/deal-stages',
  'put /api/deal-stages',
  'get /api/call-outcomes',
  'put /api/call-outcomes',
  'get /api/settings/never-record',
  'put /api/settings/never-record',
  'get /api/settings/login-ranges',
  'put /api/settings/login-ranges',
  'get /api/settings/trusted-proxies',
  'put /api/settings/trusted-proxies',
  'post /api/login',
  'post /api/logout',
  'get /api/me',
  'put /api/me/preferences',
  'post /api/me/password',
  'get /api/colleagues',
  'get /api/tokens',
  'post /api/tokens',
  'delete /api/tokens/{id}',
  'get /api/openapi.json',
  'get /healthz',
  'get /readyz',
  'get /metrics',
];

const operations = (): readonly (readonly [string, Operation])[] =>
  Object.entries(paths).flatMap(([url, methods]) =>
    Object.entries(methods).map(([method, operation]) => [`${method} ${url}`, operation] as const),
  );

test('every operation of the contract is described', () => {
  const described = operations()
    .map(([name]) => name)
    .filter((name) => !name.startsWith('head '));
  expect([...described].sort()).toEqual([...contract].sort());
});

/** docs/DESK-SOCKET.md and RFC 7118 say what is spoken there. */
const sockets: readonly string[] = ['/api/desk', '/api/sip'];

test('every route of the application under /api is described, but the page to read them and the sockets', () => {
  const routes = service.app.printRoutes({ commonPrefix: false, includeHooks: false });
  expect(routes).toContain('/api/contacts');
  const urls = [...routes.matchAll(/(\/api\/[^ ()]*)/g)].flatMap(([, url]) => (url === undefined ? [] : [url]));
  const undescribed = urls.filter(
    (url) =>
      !url.startsWith('/api/docs') && !sockets.includes(url) && paths[url.replace(/:(\w+)/g, '{$1}')] === undefined,
  );
  expect(undescribed).toEqual([]);
});

test('every operation says what it does, takes what its path names, and how it fails', () => {
  for (const [name, operation] of operations()) {
    expect([name, operation.summary]).toEqual([name, expect.stringMatching(/\S/)]);
    expect([name, operation.tags]).toEqual([name, [expect.any(String)]]);
    expect(operation.responses['default']?.content?.['application/problem+json']).toBeDefined();
    const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path').map((one) => one.name);
    expect([name, inPath]).toEqual([name, name.includes('{id}') ? ['id'] : []]);
    if (/^(post|put|patch) /.test(name) && !/\/(open|logout)$/.test(name)) {
      const content = operation.requestBody?.content;
      if (name === 'post /api/sounds') expect(content?.['audio/wav']?.schema).toEqual(expect.any(Object));
      else expect([name, content?.['application/json']?.schema?.type]).toEqual([name, 'object']);
    }
  }
});

test('every answer but an empty one has a schema', () => {
  for (const [name, { responses }] of operations()) {
    if (name.startsWith('head ') || name === 'get /api/openapi.json') continue;
    const good = Object.entries(responses).filter(([status]) => status.startsWith('2'));
    expect([name, good.length > 0]).toEqual([name, true]);
    for (const [status, { content }] of good) {
      if (status !== '204')
        expect([name, status, Object.values(content ?? {})[0]?.schema]).toEqual([name, status, expect.any(Object)]);
    }
  }
});

test('the page to read it is ours alone: it loads nothing from elsewhere', async () => {
  const page = await service.ask('GET', '/api/docs/');
  expect(page.status).toBe(200);
  expect(page.headers['content-security-policy']).toMatch(/^default-src 'self'/);
  expect(page.headers['content-security-policy']).not.toMatch(/https:|validator|unsafe-eval/);
  expect(page.text).not.toMatch(/(?:src|href)="https?:/);
  const script = /src="([^"]+bundle\.js)"/.exec(page.text)?.[1] ?? '';
  const loaded = await service.ask('GET', new URL(script, 'http://localhost/api/docs/').pathname);
  expect(loaded.status).toBe(200);
});

test('each answer is protected against framing, sniffing and telling where it was asked from', async () => {
  for (const url of ['/healthz', '/api/me', '/api/nothing', '/nothing']) {
    const { headers } = await service.ask('GET', url);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
    });
  }
});

test('metrics are for this machine and for administrators only', async () => {
  const local = { headers: { host: 'localhost:8080' }, address: '127.0.0.1' };
  const ok = await service.ask('GET', '/metrics', local);
  expect(ok.status).toBe(200);
  expect(ok.text).toContain('trunkline_http_requests_total');
  expect((await service.ask('GET', '/metrics', { address: '192.0.2.1' })).status).toBe(401);
  expect((await service.ask('GET', '/metrics', { ...local, headers: { host: 'evil.example' } })).status).toBe(401);
  const forwarded = { host: 'localhost', 'x-forwarded-for': '203.0.113.1' };
  expect((await service.ask('GET', '/metrics', { ...local, headers: forwarded })).status).toBe(401);
  expect((await service.ask('GET', '/metrics', { as: 'token', address: '192.0.2.1' })).status).toBe(200);
  const operator = await service.person('anna', 'operator');
  expect((await service.ask('GET', '/metrics', { as: operator, address: '192.0.2.1' })).status).toBe(403);
});
