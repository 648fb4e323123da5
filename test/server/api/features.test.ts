/** Features that are switched off: refused at the door, out of the description, out of what people are told they have. */
import { allFeatures, type FeatureSwitches } from '../../../call-router/state/feature-switch';
import { addRecordedCall, type Person, startTestService, type TestService } from './service';

let service: TestService;
let anna: Person;
const on = allFeatures;
const switchTo = (changes: Partial<FeatureSwitches>) =>
  service.ask('PUT', '/api/settings/features', { as: 'token', body: { ...on, ...changes } });
const kindOf = async (method: string, url: string, body?: object) => {
  const { status, json } = await service.ask(method, url, { as: 'token', ...(body === undefined ? {} : { body }) });
  return [status, json['kind']];
};

beforeAll(async () => {
  service = await startTestService();
  anna = await service.person('anna', 'operator', { extension: '101' });
});
afterAll(() => service.close());
afterEach(() => switchTo({}));

test('all are on in a new office, and everybody is told so', async () => {
  expect((await service.ask('GET', '/api/settings/features', { as: 'token' })).json).toEqual(on);
  expect((await service.ask('GET', '/api/me', { as: anna })).json['features']).toEqual(Object.keys(on));
});

test.each([
  ['deals', 'GET', '/api/deals'],
  ['deals', 'GET', '/api/deal-stages'],
  ['queues', 'GET', '/api/agents'],
  ['queues', 'GET', '/api/queues'],
  ['voicemail', 'GET', '/api/messages'],
  ['voicemail', 'GET', '/api/mailboxes'],
  ['conferences', 'GET', '/api/rooms'],
  ['conferences', 'POST', '/api/calls/x/conference'],
  ['park', 'POST', '/api/calls/x/park'],
  ['pickup', 'POST', '/api/calls/x/pickup'],
  ['supervision', 'POST', '/api/calls/x/supervise'],
  ['recording', 'POST', '/api/calls/x/recording'],
  ['mobiles', 'POST', '/api/numbers/x/verification'],
  ['reports', 'GET', '/api/reports/calls'],
])('%s switched off: %s %s is not there', async (feature, method, url) => {
  expect((await kindOf(method, url, method === 'POST' ? {} : undefined))[1]).not.toBe('switched-off');
  expect((await switchTo({ [feature]: false })).status).toBe(200);
  expect(await kindOf(method, url, method === 'POST' ? {} : undefined)).toEqual([404, 'switched-off']);
  expect((await service.ask('GET', '/api/me', { as: anna })).json['features']).not.toContain(feature);
});

test('the description of the interface has nothing of it', async () => {
  const paths = async () => Object.keys((await service.ask('GET', '/api/openapi.json')).json['paths'] as object);
  expect(await paths()).toContain('/api/calls/{id}/park');
  await switchTo({ park: false, deals: false });
  const left = await paths();
  const page = (await service.ask('GET', '/api/docs/json')).json['paths'] as object;
  expect(Object.keys(page).sort((a, b) => a.localeCompare(b))).toEqual(left.sort((a, b) => a.localeCompare(b)));
  expect(left.filter((path) => /park$|deals/.test(path))).toEqual([]);
  expect(left).toContain('/api/calls/{id}/hold');
});

test('nothing recorded is heard where recording is switched off', async () => {
  const call = await addRecordedCall(service);
  expect((await service.ask('GET', `/api/recordings/${call}/audio`, { as: 'token' })).status).toBe(200);
  await switchTo({ recording: false });
  expect(await kindOf('GET', `/api/recordings/${call}/audio`)).toEqual([404, 'switched-off']);
  const mailboxId = 'mb1';
  await service.database.calls.ask('save-message', { mailboxId, callId: call, at: 1, fromMs: 0, toMs: 900 });
  expect((await service.ask('GET', `/api/recordings/${call}/audio`, { as: 'token' })).status).toBe(200);
});

test('what calls are still led to is not switched off: who leads there is named', async () => {
  const queue = { name: 'Sales', members: [], strategy: 'longest-idle' };
  const made = await service.ask('POST', '/api/queues', { as: 'token', body: queue });
  expect(made.status).toBe(201);
  const trunk = { name: 'provider', kind: 'address', host: '192.0.2.1' };
  const trunkId = (await service.ask('POST', '/api/trunks', { as: 'token', body: trunk })).json['id'];
  const route = { to: 'queue', queueId: made.json['id'] };
  const number = { number: '+420210000001', kind: 'rented', trunkId, route };
  const { json } = await service.ask('POST', '/api/numbers', { as: 'token', body: number });
  const refused = await switchTo({ queues: false });
  expect([refused.status, refused.json['detail']]).toEqual([409, 'It is still used by number +420210000001.']);
  const body = { route: { to: 'user', userId: anna.id } };
  expect((await service.ask('PATCH', `/api/numbers/${String(json['id'])}`, { as: 'token', body })).status).toBe(200);
  expect((await switchTo({ queues: false })).status).toBe(200);
  const back = await service.ask('PATCH', `/api/numbers/${String(json['id'])}`, { as: 'token', body: { route } });
  expect(back.status).toBe(422);
});

test('a name that is no feature is refused, and only administrators switch', async () => {
  const body = { ...on, telepathy: true };
  expect((await service.ask('PUT', '/api/settings/features', { as: 'token', body })).status).toBe(422);
  expect((await service.ask('PUT', '/api/settings/features', { as: anna, body: on })).status).toBe(403);
});
