/** WebSockets on both listeners: who may open one, and what closes it. The route of this test gives back what it is told. */
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { WebSocket } from 'ws';
import { openCertificates, type Certificates } from '../../../server/certificate/certificates';
import { type Listeners, startListeners } from '../../../server/api/listeners';
import { acceptUpgrades, type SocketRoute } from '../../../server/api/upgrades';
import { defaultLimits } from '../../../server/limits';
import { apiToken, type Person, startTestService, type TestService } from './service';

let service: TestService;
let listeners: Listeners;
let certificates: Certificates;
let anna: Person;
let login: string;
let persons = 0;
let isReady = true;
const goodbyes: string[] = [];

const echo: SocketRoute = {
  path: '/api/desk',
  protocol: 'echo',
  messageSizeBytesMax: 100,
  perLoginMax: 2,
  isReady: () => isReady,
  opened: (socket, { userId }) => {
    socket.on('message', (bytes: Buffer) => socket.send(`${userId} ${bytes.toString()}`));
  },
  ending: (_, why) => void goodbyes.push(why),
};

beforeAll(async () => {
  service = await startTestService({
    sockets: [echo],
    limits: { ...defaultLimits, api: { ...defaultLimits.api, closeMs: 200, pingMs: 150 } },
  });
  const { config, clock, log } = service.deps;
  certificates = await openCertificates({ config, clock, log });
  listeners = await startListeners({ app: service.app, config, certificates, clock });
  acceptUpgrades(service.app, listeners.servers);
});
beforeEach(async () => {
  isReady = true;
  goodbyes.length = 0;
  login = `anna${++persons}`;
  anna = await service.person(login, 'manager');
});
afterAll(async () => {
  certificates.close();
  await service.app.openSockets.close();
  await listeners.close();
  await service.close();
});

interface Opening {
  readonly cookie?: string;
  readonly origin?: string;
  readonly protocol?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
}
const place = () => `127.0.0.1:${listeners.http.port}`;

function open({ cookie, origin = `http://${place()}`, protocol = 'echo', path = '/api/desk', headers }: Opening = {}) {
  const all = { ...(cookie === undefined ? {} : { cookie }), origin, ...headers };
  return new WebSocket(`ws://${place()}${path}`, protocol === '' ? [] : [protocol], { headers: all });
}

/** The status of the answer that was no upgrade, and the kind of its problem. */
function refusal(opening: Opening): Promise<unknown> {
  const socket = open(opening);
  return new Promise((resolve, reject) => {
    socket.on('open', () => reject(new Error('it opened')));
    socket.on('error', () => undefined);
    socket.on('unexpected-response', (_, response) => {
      let text = '';
      response.on('data', (bytes) => (text += String(bytes)));
      response.on('end', () => {
        socket.terminate();
        const kind = text === '' ? '' : (JSON.parse(text) as { kind: string }).kind;
        resolve([response.statusCode, kind, response.headers.connection]);
      });
    });
  });
}

async function opened(cookie = anna.cookie): Promise<WebSocket> {
  const socket = open({ cookie });
  await once(socket, 'open');
  return socket;
}
async function setManagers(manager: readonly string[]): Promise<void> {
  const body = { administrator: [], manager, operator: [] };
  expect((await service.ask('PUT', '/api/settings/login-ranges', { as: 'token', body })).status).toBe(200);
}
const closed = async (socket: WebSocket): Promise<unknown> => (await once(socket, 'close'))[0];

test('a person who is logged in opens a socket from our own page and is known on it', async () => {
  const socket = await opened();
  expect(socket.protocol).toBe('echo');
  socket.send('hello');
  expect(String((await once(socket, 'message'))[0])).toBe(`${anna.id} hello`);
});

test('the same over HTTPS, with the cookie of that door', async () => {
  const origin = `https://127.0.0.1:${listeners.https.port}`;
  const cookie = anna.cookie.replace('trunkline=', '__Host-trunkline=');
  const ca = certificates.root();
  const at = `wss://127.0.0.1:${listeners.https.port}/api/desk`;
  const socket = new WebSocket(at, ['echo'], { ...(ca === undefined ? {} : { ca }), headers: { cookie, origin } });
  await once(socket, 'open');
  socket.send('x');
  expect(String((await once(socket, 'message'))[0])).toBe(`${anna.id} x`);
});

test.each<[string, () => Opening, number, string]>([
  ['nobody', () => ({}), 401, 'not-logged-in'],
  ['a stale cookie', () => ({ cookie: `trunkline=${'x'.repeat(43)}` }), 401, 'not-logged-in'],
  ['a page of another origin', () => ({ cookie: anna.cookie, origin: 'https://evil.example' }), 403, 'wrong-origin'],
  [
    'a page of our host on another port',
    () => ({ cookie: anna.cookie, origin: 'http://127.0.0.1:1' }),
    403,
    'wrong-origin',
  ],
  ['a token instead of a log-in', () => ({ headers: { authorization: `Bearer ${apiToken}` } }), 401, 'not-logged-in'],
  ['another subprotocol', () => ({ cookie: anna.cookie, protocol: 'other' }), 400, 'malformed-request'],
  ['no subprotocol', () => ({ cookie: anna.cookie, protocol: '' }), 400, 'malformed-request'],
  ['a path that takes none', () => ({ cookie: anna.cookie, path: '/api/none' }), 404, 'not-found'],
])('%s opens nothing, and the connection ends with the answer', async (_, opening, status, kind) => {
  expect(await refusal(opening())).toEqual([status, kind, 'close']);
});

test('where nothing could be said now, 503', async () => {
  isReady = false;
  expect(await refusal({ cookie: anna.cookie })).toEqual([503, 'not-ready', 'close']);
});

test('who must change their password first, or may not log in from here, opens nothing', async () => {
  await setManagers(['192.0.2.0/24']);
  expect(await refusal({ cookie: anna.cookie })).toEqual([403, 'log-in-not-allowed-here', 'close']);
  await setManagers([]);
  await service.deps.reading('set-password', { userId: anna.id, passwordHash: 'x', mustChangePassword: true });
  expect(await refusal({ cookie: anna.cookie })).toEqual([403, 'password-change-required', 'close']);
});

test('one log-in has a limit, another log-in of the same person has its own', async () => {
  const [first] = [await opened(), await opened()];
  expect(await refusal({ cookie: anna.cookie })).toEqual([429, 'too-many-attempts', 'close']);
  const again = await service.logIn(login, `password of ${login}`);
  await opened(again.cookie);
  first?.close();
  await closed(first as WebSocket);
  await opened();
});

test('a log-out closes the sockets of that log-in with a goodbye, and no others', async () => {
  const [socket, other] = [await opened(), await opened((await service.logIn(login, `password of ${login}`)).cookie)];
  const code = closed(socket);
  await service.ask('POST', '/api/logout', { as: anna, body: {} });
  expect(await code).toBe(4401);
  expect(goodbyes).toEqual(['logged-out']);
  other.send('still here');
  expect(String((await once(other, 'message'))[0])).toContain('still here');
});

test.each([
  ['disabled', { disabled: true }, 4401],
  ['another role', { role: 'operator' }, 4403],
  ['a new password from the administrator', { password: 'another password' }, 4401],
])('%s: the person’s sockets close at once', async (_, patch, code) => {
  const socket = await opened();
  const closing = closed(socket);
  await service.ask('PATCH', `/api/users/${anna.id}`, { as: 'token', body: patch });
  expect(await closing).toBe(code);
});

test('log-in ranges that leave them out, and a password they must change, close sockets too', async () => {
  const socket = await opened();
  const closing = closed(socket);
  await setManagers(['192.0.2.0/24']);
  expect(await closing).toBe(4403);
  await setManagers([]);
  const again = await opened();
  const closingAgain = closed(again);
  await service.deps.reading('set-password', { userId: anna.id, passwordHash: 'x', mustChangePassword: true });
  service.app.openSockets.recheck();
  expect(await closingAgain).toBe(4403);
});

test('a message above the limit closes the socket and hurts no other', async () => {
  const [big, small] = [await opened(), await opened()];
  big.send('x'.repeat(101));
  expect(await closed(big)).toBe(1009);
  small.send('y');
  expect(String((await once(small, 'message'))[0])).toContain('y');
});

test('a far end that answers no ping is hung up on; one that does is not', async () => {
  const [silent, steady] = [await opened(), await opened()];
  const code = closed(silent);
  silent.pause();
  for (let pings = 0; pings < 4; pings++) await once(steady, 'ping');
  silent.resume();
  expect(await code).toBe(1006);
  expect(steady.readyState).toBe(WebSocket.OPEN);
});

test('a plain request for the path is told to open a WebSocket', async () => {
  const answer = await service.ask('GET', '/api/desk', { as: anna });
  expect([answer.status, answer.json['kind']]).toEqual([400, 'malformed-request']);
});

test('an upgrade to another protocol is answered like any request', async () => {
  const sent = httpRequest({
    host: '127.0.0.1',
    port: listeners.http.port,
    path: '/healthz',
    headers: { connection: 'upgrade', upgrade: 'h2c' },
  });
  sent.end();
  const [response] = (await once(sent, 'response')) as [{ statusCode: number; resume(): void }];
  response.resume();
  expect(response.statusCode).toBe(200);
});

test('the end of the service says goodbye, and waits for nobody who does not answer', async () => {
  const [socket, silent] = [await opened(), await opened()];
  silent.pause(); // reads no close frame
  const code = closed(socket);
  await service.app.openSockets.close();
  expect(await code).toBe(1001);
  expect(new Set(goodbyes)).toEqual(new Set(['server-stops']));
  expect(await refusal({ cookie: anna.cookie })).toEqual([503, 'not-ready', 'close']);
  silent.terminate();
});
