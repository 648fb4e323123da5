/** The test of a trunk by REST: what is handed to the SIP side, who may ask and how often. */
import type { TrunkAccount } from '../../../sip-gateway/accounts';
import { type Person, startTestService, type TestService } from './service';

let service: TestService;
let anna: Person;
let tried: TrunkAccount[] = [];
let answer: () => Promise<unknown> = async () => undefined;
const ask = (body: object, as: Person | 'token' = 'token') => service.ask('POST', '/api/trunk-tests', { as, body });
const account = { kind: 'registration', host: 'sip.example.net', username: 'acc', password: 'pw' };

beforeEach(async () => {
  tried = [];
  answer = async () => undefined;
  service = await startTestService({
    testTrunk: async (trunk) => {
      tried.push(trunk);
      await answer();
      return { outcome: 'rejected', status: 404, ms: 12 };
    },
  });
  anna = await service.person('anna', 'operator');
});
afterEach(() => service.close());

test('a trunk that is not saved is tried as it is given, and what came of it is told', async () => {
  const { status, json } = await ask({ ...account, transport: 'tcp', port: 5070 });
  expect([status, json]).toEqual([200, { outcome: 'rejected', status: 404, ms: 12 }]);
  expect(tried).toEqual([expect.objectContaining({ ...account, transport: 'tcp', port: 5070 })]);
  expect((await service.ask('GET', '/api/trunks', { as: 'token' })).json['items']).toEqual([]);
});

test('a saved one is tried with its own password, and with the changes of the form laid over it', async () => {
  const made = await service.ask('POST', '/api/trunks', { as: 'token', body: { name: 'provider', ...account } });
  const trunkId = made.json['id'];
  expect((await ask({ trunkId })).status).toBe(200);
  expect((await ask({ trunkId, host: 'other.example.net', username: null, kind: 'address' })).status).toBe(200);
  const [saved, changed] = tried;
  expect(saved).toMatchObject({ id: trunkId, ...account });
  expect(changed).toMatchObject({ kind: 'address', host: 'other.example.net' });
  expect(changed).not.toHaveProperty('username');
});

test.each([
  ['no host', { kind: 'address' }, 'host'],
  ['no password', { kind: 'registration', host: 'a.example', username: 'acc' }, 'password'],
  ['no user name', { kind: 'registration', host: 'a.example', password: 'pw' }, 'username'],
  ['everybody’s address', { kind: 'address', host: '255.255.255.255' }, 'host'],
  ['no kind', { host: 'a.example' }, 'kind'],
])('%s is refused at its field, and nothing is sent', async (_, body, field) => {
  const { status, json } = await ask(body);
  expect([status, json['errors']]).toEqual([422, [expect.objectContaining({ field })]]);
  expect(tried).toEqual([]);
});

test('an office PBX that registers at us cannot be asked: whether it has come is said', async () => {
  const pbx = { name: 'pbx', kind: 'pbx', username: 'pbx-1', password: 'secret of the pbx' };
  const trunkId = String((await service.ask('POST', '/api/trunks', { as: 'token', body: pbx })).json['id']);
  expect((await ask({ trunkId })).json).toEqual({ outcome: 'waits-for-it' });
  expect(tried).toEqual([]);
});

test('a trunk that is not there, and who is no administrator', async () => {
  expect((await ask({ trunkId: 'nobody' })).status).toBe(404);
  expect((await ask(account, anna)).status).toBe(403);
});

test('one at a time, ten a minute', async () => {
  let end: () => void = () => undefined;
  answer = () => new Promise<void>((resolve) => (end = resolve));
  const first = ask(account);
  while (tried.length === 0) await new Promise((resolve) => setImmediate(resolve));
  expect((await ask(account)).status).toBe(409);
  end();
  await first;
  answer = async () => undefined;
  for (let asked = 1; asked < 10; asked += 1) expect((await ask(account)).status).toBe(200);
  const late = await ask(account);
  expect([late.status, late.json['kind']]).toEqual([429, 'too-many-attempts']);
  expect(Number(late.headers['retry-after'])).toBeGreaterThan(50);
});
