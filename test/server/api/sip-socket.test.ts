/** `/api/sip` with the real door, engine and gateway: a page that is logged in speaks SIP with the account of its log-in alone. */
import { once } from 'node:events';
import type { WebSocket } from 'ws';
import { acceptUpgrades } from '../../../server/api/upgrades';
import type { BrowserPhone } from '../../../server/api/desk-messages';
import { type Listeners, startListeners } from '../../../server/api/listeners';
import { sipSocket } from '../../../server/api/sip-socket';
import { type BrowserAccounts, openBrowserAccounts } from '../../../server/browser-accounts';
import { type Certificates, openCertificates } from '../../../server/certificate/certificates';
import { systemClock } from '../../../server/clock';
import { defaultLimits } from '../../../server/limits';
import { device, Office, realm, register } from '../../sip-gateway/office';
import { authorization, challengeIn, type RawMessage, type RawPhone } from '../../sip-gateway/raw-phone';
import { openWsPhone, type WsPhone } from '../../sip-gateway/ws-phone';
import { type Person, startTestService, type TestService } from './service';

const limits = { ...defaultLimits.sipSocket, perLoginMax: 2, messagesPerSecondMax: 20, accountKeptMs: 60_000 };
let office: Office;
let service: TestService;
let listeners: Listeners;
let certificates: Certificates;
let accounts: BrowserAccounts;
let isRunning = true;
let login: string;
let anna: Person;
let persons = 0;

beforeAll(async () => {
  office = await Office.open({ devices: [device('petr')], trunks: [] });
  const clock = systemClock();
  accounts = openBrowserAccounts({ gateway: office.gateway, realm, clock, keptMs: limits.accountKeptMs });
  const engine = {
    isRunning: () => isRunning && office.engine.isRunning(),
    openFlow: office.engine.openFlow.bind(office.engine),
  };
  service = await startTestService({ sockets: [sipSocket({ engine, accounts, clock, limits })] });
  const { config, log } = service.deps;
  certificates = await openCertificates({ config, clock, log });
  listeners = await startListeners({ app: service.app, config, certificates, clock });
  acceptUpgrades(service.app, listeners.servers);
});
beforeEach(async () => {
  isRunning = true;
  login = `anna${++persons}`;
  anna = await service.person(login, 'operator');
});
afterAll(async () => {
  accounts.stop();
  certificates.close();
  await service.app.openSockets.close();
  await listeners.close();
  await service.close();
  await office.close();
});

const origin = () => `http://127.0.0.1:${listeners.http.port}`;
const open = (cookie: string, headers: Record<string, string> = {}): Promise<WsPhone> =>
  openWsPhone(`ws://127.0.0.1:${listeners.http.port}/api/sip`, { headers: { cookie, origin: origin(), ...headers } });

async function leased({ cookie, id: userId }: Person): Promise<BrowserPhone> {
  const { hashOfToken } = await import('../../../server/api/passwords');
  return accounts.lease({ loginId: hashOfToken(cookie.slice(cookie.indexOf('=') + 1)), userId });
}

/** As the page would: REGISTER, and again with the digest it was asked for. */
async function registers(phone: RawPhone, as: BrowserPhone): Promise<RawMessage> {
  const request = register(as.username, [phone.contact('page')]);
  const asked = await phone.ask(request);
  if (asked.status !== 401) return asked;
  const { username, password } = as;
  const line = authorization({
    challenge: challengeIn(asked),
    username,
    password,
    method: 'REGISTER',
    uri: request.uri,
  });
  return phone.ask({ ...request, cseq: 2, lines: [...(request.lines ?? []), line] });
}

const pinged = (socket: WebSocket): Promise<unknown> => {
  socket.ping();
  return once(socket, 'pong');
};

test('the account of the log-in registers over the socket, and is a binding of the person’s browser', async () => {
  const { phone, cut } = await open(anna.cookie);
  expect((await registers(phone, await leased(anna))).status).toBe(200);
  const { of, bindings } = await office.event('bindings-changed');
  expect([of, bindings[0]?.media]).toEqual([{ kind: 'device', device: `browser-${anna.id}` }, 'webrtc']);
  await cut();
  expect((await office.event('bindings-changed')).bindings).toEqual([]);
});

test('over HTTPS the engine names itself as secure WebSocket', async () => {
  const headers = {
    cookie: anna.cookie.replace('trunkline=', '__Host-trunkline='),
    origin: `https://127.0.0.1:${listeners.https.port}`,
  };
  const ca = certificates.root() ?? '';
  const { phone, cut } = await openWsPhone(`wss://127.0.0.1:${listeners.https.port}/api/sip`, { headers, ca });
  expect((await registers(phone, await leased(anna))).status).toBe(200);
  office.clock.forward(10_001); // asks whether it is there
  const options = await phone.request('OPTIONS');
  expect(options.header('via')).toContain(`SIP/2.0/WSS 127.0.0.1:${listeners.https.port};branch=`);
  await cut();
});

test.each<[string, () => Promise<WsPhone>, string]>([
  ['without a log-in', () => open(''), '401'],
  ['from a page of another origin', () => open(anna.cookie, { origin: 'https://evil.example' }), '403'],
])('%s there is no socket', async (_, opening, status) => {
  await expect(opening()).rejects.toThrow(`Unexpected server response: ${status}`);
});

test('whoever must change their password first has no phone yet', async () => {
  await service.deps.reading('set-password', { userId: anna.id, passwordHash: 'x', mustChangePassword: true });
  await expect(open(anna.cookie)).rejects.toThrow('403');
});

test('while the engine is being replaced there is none to speak to', async () => {
  isRunning = false;
  await expect(open(anna.cookie)).rejects.toThrow('503');
});

test('the account of a colleague, a device’s and another log-in’s are refused on it, with the right password', async () => {
  const boris = await service.person(`boris${persons}`, 'operator');
  const again = await service.logIn(login, `password of ${login}`);
  const { phone } = await open(anna.cookie);
  for (const as of [await leased(boris), await leased(again), petr])
    expect((await registers(phone, as)).startLine).toBe('SIP/2.0 403 Not Your Account');
  expect((await registers(phone, await leased(anna))).status).toBe(200);
});
const petr = { username: 'petr', password: 'secret of petr', realm, path: '', domain: realm };

test('a log-out closes the socket, takes the registration along, and the account is worth nothing from then on', async () => {
  const page = await open(anna.cookie);
  const account = await leased(anna);
  await registers(page.phone, account);
  await office.event('bindings-changed', ({ bindings }) => bindings.length > 0);
  await service.ask('POST', '/api/logout', { as: anna, body: {} });
  expect(await page.closed()).toBe(4401);
  await office.event('bindings-changed', ({ of }) => of.kind === 'device' && of.device === `browser-${anna.id}`);
  const stranger = await office.phone('127.0.0.9');
  expect((await registers(stranger, account)).status).toBe(403);
});

test.each([
  ['a person who is disabled', { disabled: true }],
  ['a role that changes', { role: 'manager' }],
])('%s has no socket any more', async (_, body) => {
  const page = await open(anna.cookie);
  const account = await leased(anna);
  await registers(page.phone, account);
  await service.ask('PATCH', `/api/users/${anna.id}`, { as: 'token', body });
  expect([4401, 4403]).toContain(await page.closed());
  const stranger = await office.phone(`127.0.1.${persons}`);
  expect((await registers(stranger, account)).status).toBe(403);
});

test('one log-in has so many and no more, and gets the place of one that closed', async () => {
  const [first] = [await open(anna.cookie), await open(anna.cookie)];
  await expect(open(anna.cookie)).rejects.toThrow('429');
  await first.cut();
  await open(anna.cookie);
});

test('a page that floods is hung up on, and so is one with a message larger than any; others do not notice', async () => {
  const steady = await open(anna.cookie);
  await registers(steady.phone, await leased(anna));
  const flood = await open(anna.cookie);
  for (let i = 0; i < 40; i++) flood.phone.send('\r\n\r\n');
  expect(await flood.closed()).toBe(1008);
  const huge = await open(anna.cookie);
  huge.socket.send('x'.repeat(70_000));
  expect(await huge.closed()).toBe(1009);
  const pieces = await open(anna.cookie);
  for (let i = 0; i < 700; i++) pieces.socket.send('y'.repeat(100), { fin: false });
  expect(await pieces.closed()).toBe(1009);
  await pinged(steady.socket);
  expect((await registers(steady.phone, await leased(anna))).status).toBe(200);
});

test('garbage, text or binary, is dropped: the socket goes on', async () => {
  const { phone, socket } = await open(anna.cookie);
  for (const garbage of ['nonsense nonsense nonsense', Buffer.alloc(500, 0xfe), '', Buffer.from([0])])
    socket.send(garbage);
  expect((await registers(phone, await leased(anna))).status).toBe(200);
});
