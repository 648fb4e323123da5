/** People, devices, trunks and numbers: the first things a script sets up, and the ways in which they can be wrong. */
import { createHash } from 'node:crypto';
import { adminPassword, type Person, startTestService, type TestService } from './service';

let service: TestService;
let admin: Person;
beforeAll(async () => {
  service = await startTestService();
  admin = await service.logIn('admin', adminPassword);
});
afterAll(() => service.close());

const post = (url: string, body: unknown) => service.ask('POST', url, { as: 'token', body });
const patch = (url: string, body: unknown) => service.ask('PATCH', url, { as: 'token', body });
const trunkNamed = async (name: string, more: object = {}): Promise<string> => {
  const made = await post('/api/trunks', {
    name,
    kind: 'address',
    host: '192.0.2.10',
    port: 5060,
    transport: 'udp',
    ...more,
  });
  expect(made.status).toBe(201);
  return String(made.json['id']);
};
let people = 0;
const personId = async (): Promise<string> => {
  people += 1;
  const body = { name: 'Somebody', login: `somebody${people}`, password: 'long enough', role: 'operator' };
  return String((await post('/api/users', body)).json['id']);
};

test('a person is made with an extension, and the router knows them when the answer is there', async () => {
  const body = { name: 'Anna Dvořáková', login: 'anna', password: 'long enough', role: 'operator', extension: '101' };
  const made = await post('/api/users', body);
  expect(made.status).toBe(201);
  expect(made.json).toMatchObject({ name: 'Anna Dvořáková', login: 'anna', role: 'operator', extension: '101' });
  expect(made.text).not.toMatch(/password":|argon2|long enough/);
  expect([...service.board.view.directory.users.values()].map(({ extension }) => extension)).toContain('101');
  const colleagues = await service.ask('GET', '/api/colleagues', { as: admin });
  expect(colleagues.text).toContain('Anna');
  expect(colleagues.text).not.toContain('login');
});

test.each([
  [{ extension: '1' }, 422, 'extension'],
  [{ extension: '0123' }, 422, 'extension'],
  [{ extension: '1234567' }, 422, 'extension'],
  [{ extension: '112' }, 409, 'extension'],
  [{ extension: '158' }, 409, 'extension'],
  [{ extension: '40' }, 409, 'extension'],
  [{ login: 'admin' }, 409, 'login'],
  [{ login: 'ADMIN' }, 409, 'login'],
  [{ login: 'two words' }, 422, 'login'],
  [{ password: 'short' }, 422, 'password'],
  [{ role: 'owner' }, 422, 'role'],
  [{ role: undefined }, 422, 'role'],
  [{ name: 'Line\r\nInjected: yes' }, 422, 'name'],
  [{ name: '   ' }, 422, 'name'],
  [{ name: 42 }, 422, 'name'],
  [{ disabled: 'false' }, 422, 'disabled'],
  [{ isAdmin: true }, 422, 'isAdmin'],
  [{ callerNumberId: 'unknown' }, 422, 'callerNumberId'],
])('a person with %p gets %i and the field is named', async (wrong, status, field) => {
  const answer = await post('/api/users', {
    name: 'N',
    login: 'new.one',
    password: 'long enough',
    role: 'operator',
    ...wrong,
  });
  expect(answer.status).toBe(status);
  expect(answer.json['errors']).toEqual(expect.arrayContaining([expect.objectContaining({ field })]));
});

test('a device answers its password once; what is stored are the digests of it', async () => {
  const userId = await personId();
  const made = await post(`/api/users/${userId}/devices`, { name: 'Desk phone' });
  expect(made.status).toBe(201);
  const { username, password, realm } = made.json;
  expect(String(password)).toMatch(/^[a-zA-Z2-7]{20}$/);
  const loaded = await service.database.reading.ask('load-directory', undefined);
  const stored = loaded.devices.find((device) => device.username === username);
  const text = `${String(username)}:${String(realm)}:${String(password)}`;
  expect(stored?.ha1Md5).toBe(createHash('md5').update(text).digest('hex'));
  expect(stored?.ha1Sha256).toBe(createHash('sha256').update(text).digest('hex'));
  const list = await service.ask('GET', `/api/users/${userId}/devices`, { as: 'token' });
  expect(list.text).toContain(String(username));
  expect(list.text).not.toMatch(/password|ha1/i);
  expect((await service.ask('DELETE', `/api/devices/${String(made.json['id'])}`, { as: 'token' })).status).toBe(204);
  const left = [...service.board.view.directory.devices.values()];
  expect(left.filter(({ kind }) => kind === 'phone')).toEqual([]);
});

test('a device of nobody, or bound to a number that is not there, is refused', async () => {
  expect((await post('/api/users/nobody/devices', { name: 'X' })).status).toBe(404);
  const userId = await personId();
  expect((await post(`/api/users/${userId}/devices`, { name: 'X', numberId: 'none' })).status).toBe(422);
  expect((await post(`/api/users/${userId}/devices`, { name: 'X', algorithm: 'SHA-512' })).status).toBe(422);
});

test('a trunk keeps its password to itself and shows its state', async () => {
  const made = await post('/api/trunks', {
    name: 'Provider',
    kind: 'registration',
    host: 'sip.provider.example',
    port: 5060,
    transport: 'udp',
    username: '420210000000',
    password: 'provider-secret',
    codecs: ['PCMA'],
    channelsMax: 4,
  });
  expect(made.status).toBe(201);
  expect(made.json).toMatchObject({ kind: 'registration', hasPassword: true, state: 'unknown', codecs: ['PCMA'] });
  const url = `/api/trunks/${String(made.json['id'])}`;
  expect((await service.ask('GET', url, { as: 'token' })).text).not.toContain('provider-secret');
  expect((await patch(url, { channelsMax: null, country: 'DE' })).json).toMatchObject({ country: 'DE' });
  expect((await patch(url, { password: null })).status).toBe(422);
  expect((await patch(url, { host: null })).status).toBe(422);
});

test.each([
  [{ kind: 'address', host: undefined }],
  [{ kind: 'registration' }],
  [{ kind: 'pbx', host: undefined }],
  [{ port: 0 }],
  [{ port: '5060' }],
  [{ port: 70000 }],
  [{ transport: 'tls' }],
  [{ host: 'sip.example\r\nVia: x' }],
  [{ host: 'sip.example;transport=tcp' }],
  [{ codecs: ['G729'] }],
  [{ allowedAddresses: ['0.0.0.0/0'] }],
  [{ allowedAddresses: ['everyone'] }],
  [{ country: 'cz' }],
  [{ channelsMax: 0 }],
  [{ tieLine: 1 }],
  [{ weRegister: true, username: 'a', password: 'b' }],
  [{ kind: 'pbx', weRegister: true }],
  [{ kind: 'pbx', weRegister: true, username: 'a', password: 'b', host: undefined }],
])('a trunk with %p is refused', async (wrong) => {
  const body = { name: 'Wrong', kind: 'address', host: '192.0.2.11', port: 5060, transport: 'udp', ...wrong };
  expect(await post('/api/trunks', body)).toMatchObject({ status: 422, json: { kind: 'invalid' } });
});

test('numbers: written as E.164, as a range, as all of a trunk; each with where its calls go', async () => {
  const trunkId = await trunkNamed('Numbers');
  const userId = await personId();
  const route = { to: 'user', userId };
  const made = await post('/api/numbers', {
    number: '210 000 001',
    kind: 'rented',
    trunkId,
    line: '01',
    route,
    source: 'Web',
  });
  expect(made.json).toMatchObject({ number: '+420210000001', makes: 'lead', line: '01', route, source: 'Web' });
  const group = { to: 'ringGroup', userIds: [userId, await personId()] };
  const range = await post('/api/numbers', {
    number: '+42021000001*',
    kind: 'rented',
    trunkId,
    route: group,
    makes: 'nothing',
  });
  expect(range.json).toMatchObject({ number: '+42021000001*', makes: 'nothing', route: group });
  const rest = { to: 'external', trunkId: await trunkNamed('Out'), number: '+420222333444' };
  expect((await post('/api/numbers', { number: '*', kind: 'rented', trunkId, route: rest })).json).toMatchObject({
    route: rest,
  });
  const again = await post('/api/numbers', { number: '00420 210 000 001', kind: 'rented', trunkId, route });
  expect(again).toMatchObject({ status: 409, json: { kind: 'taken' } });
  const line = await post('/api/numbers', { number: '+420210000099', kind: 'rented', line: '01', route });
  expect(line.status).toBe(409);
  expect(service.board.view.directory.numbers).toHaveLength(3);
  const used = await service.ask('DELETE', `/api/trunks/${trunkId}`, { as: 'token' });
  expect(used).toMatchObject({ status: 409, json: { kind: 'in-use' } });
  const changed = await patch(`/api/numbers/${String(made.json['id'])}`, { line: null, makes: 'contact' });
  expect(changed.json).toMatchObject({ makes: 'contact', number: '+420210000001' });
  expect(changed.json['line']).toBeUndefined();
});

test.each([
  ['queue', 'queueId'],
  ['menu', 'planId'],
  ['voicemail', 'mailboxId'],
])('a route to a %s that is not there is refused', async (to, member) => {
  const body = { number: '+420210000050', kind: 'rented', route: { to, [member]: 'x' } };
  expect(await post('/api/numbers', body)).toMatchObject({ status: 422, json: { errors: [{ field: 'route' }] } });
});

test.each([
  [{ to: 'user' }],
  [{ to: 'user', userId: 'nobody' }],
  [{ to: 'user', userId: 'a', number: '+420210000001' }],
  [{ to: 'ringGroup', userIds: [] }],
  [{ to: 'external' }],
  [{ to: 'external', trunkId: 'none', number: '+420222333444' }],
  [{ to: 'moon' }],
  ['user'],
  [undefined],
  [null],
])('a number with the route %p is refused', async (route) => {
  const answer = await post('/api/numbers', { number: '+420210000051', kind: 'rented', route });
  expect(answer).toMatchObject({ status: 422, json: { kind: 'invalid' } });
});

test('a tie line is refused from a provider, and back to its own trunk', async () => {
  const provider = await trunkNamed('Provider of a tie line');
  const pbx = await trunkNamed('Office PBX', { kind: 'pbx' });
  const tie = (trunkId: string, to: string) =>
    post('/api/numbers', { number: '*', kind: 'office', trunkId, route: { to: 'external', trunkId: to } });
  expect((await tie(provider, pbx)).status).toBe(422);
  expect((await tie(pbx, pbx)).status).toBe(422);
  expect((await tie(pbx, provider)).status).toBe(201);
});

test('callers that never make records are a list of numbers in any format', async () => {
  const put = (numbers: unknown) =>
    service.ask('PUT', '/api/settings/never-record', { as: 'token', body: { numbers } });
  expect((await put(['777 123 456', '+49 30 123456'])).json).toEqual({ numbers: ['+420777123456', '+4930123456'] });
  expect(service.board.view.directory.neverMakeRecords.size).toBe(2);
  expect((await put(['not a number'])).status).toBe(422);
  expect((await put('777123456')).status).toBe(422);
});

test('an office PBX takes no user name of a phone or of another PBX, neither when made nor when changed', async () => {
  const device = (await post(`/api/users/${await personId()}/devices`, { name: 'Desk' })).json;
  const pbx = (username: unknown) => ({ name: 'PBX', kind: 'pbx', username, password: 'long enough for it' });
  const taken = { status: 409, json: { kind: 'taken', errors: [{ field: 'username' }] } };
  expect(await post('/api/trunks', pbx(device['username']))).toMatchObject(taken);
  const made = await post('/api/trunks', pbx('pbx-one'));
  expect(made.status).toBe(201);
  expect(await post('/api/trunks', pbx('pbx-one'))).toMatchObject(taken);
  const one = `/api/trunks/${String(made.json['id'])}`;
  expect(await patch(one, { username: device['username'] })).toMatchObject(taken);
  expect((await patch(one, { name: 'PBX, ground floor' })).status).toBe(200);
  const request = {
    userId: String(device['userId']),
    name: 'By script',
    username: 'pbx-one',
    ha1Md5: '',
    ha1Sha256: '',
  };
  expect(await service.database.reading.ask('create-device', request)).toEqual({
    ok: false,
    problem: { kind: 'taken', field: 'username' },
  });
});

test('where we register at an office PBX, the user name is the one it gave us', async () => {
  const device = (await post(`/api/users/${await personId()}/devices`, { name: 'Desk' })).json;
  const username = device['username'];
  const pbx = { name: 'PBX with an account for us', kind: 'pbx', host: '192.0.2.21', username, password: 'given' };
  const made = await post('/api/trunks', { ...pbx, weRegister: true });
  expect(made).toMatchObject({ status: 201, json: { weRegister: true, username, hasPassword: true } });
  const url = `/api/trunks/${String(made.json['id'])}`;
  expect((await patch(url, { weRegister: false })).status).toBe(409);
  expect((await patch(url, { weRegister: false, username: 'pbx-by-itself' })).json).toMatchObject({
    weRegister: false,
  });
});

test.each(['255.255.255.255', '0.0.0.0', '224.0.0.1', '239.255.0.9', '::', 'ff02::1', '::ffff:224.0.0.1'])(
  'a trunk at %s is refused, as host and as allowed address',
  async (address) => {
    const trunk = { name: 'Nowhere', kind: 'address', host: '192.0.2.10' };
    const named = (field: string) => ({ status: 422, json: { errors: [expect.objectContaining({ field })] } });
    expect(await post('/api/trunks', { ...trunk, host: address })).toMatchObject(named('host'));
    const allowedAddresses = ['192.0.2.11', `${address}/${address.includes(':') ? 128 : 32}`];
    expect(await post('/api/trunks', { ...trunk, allowedAddresses })).toMatchObject(named('allowedAddresses.1'));
  },
);
