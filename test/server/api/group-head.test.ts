/** Whoever heads a group sees and hears its calls; a call that the office PBX kept on its own lines is on the card all the same. */
import { addRecordedCall, type Person, startTestService, type TestService } from './service';
import { epochMs, userIdOf } from '../../../call-router/values/ids';

let service: TestService;
let anna: Person;
let boris: Person;
let cyril: Person;
beforeAll(async () => {
  service = await startTestService();
  anna = await service.person('anna', 'operator', { extension: '101' });
  boris = await service.person('boris', 'operator', { extension: '102' });
  cyril = await service.person('cyril', 'operator', { extension: '103' });
});
afterAll(() => service.close());

test('the head of a group sees and hears the calls of its people, and nobody else’s; a colleague does not', async () => {
  const ofAnna = await addRecordedCall(service, {
    answeredByUserId: userIdOf(anna.id),
    rangUserIds: [userIdOf(anna.id)],
  });
  const ofCyril = await addRecordedCall(service, { answeredByUserId: userIdOf(cyril.id), rangUserIds: [] });
  const seen = async (id: string) => (await service.ask('GET', `/api/calls/${id}`, { as: boris })).status;
  expect([await seen(ofAnna), await seen(ofCyril)]).toEqual([404, 404]);
  const body = { name: 'Sales', userIds: [anna.id], headUserId: boris.id, isPickupGroup: false };
  expect((await service.ask('POST', '/api/groups', { as: 'token', body })).status).toBe(201);
  expect([await seen(ofAnna), await seen(ofCyril)]).toEqual([200, 404]);
  expect((await service.ask('GET', `/api/recordings/${ofAnna}/audio`, { as: boris })).status).toBe(200);
  expect((await service.ask('GET', `/api/recordings/${ofAnna}/audio`, { as: cyril })).status).toBe(404);
});

test('the head has the group’s missed calls and its reports, of nobody else; a colleague has neither', async () => {
  const missedOf = async (who: { readonly id: string }, as: typeof boris) =>
    (await service.ask('GET', `/api/missed-calls?userId=${who.id}`, { as })).status;
  expect([await missedOf(anna, boris), await missedOf(cyril, boris), await missedOf(anna, cyril)]).toEqual([
    200, 404, 404,
  ]);
  const desk = (await service.ask('GET', '/api/me/desk', { as: boris })).json;
  expect(desk).toMatchObject({ headOf: [{ name: 'Sales', userIds: [anna.id] }], maySupervise: true });
  const group = (desk['headOf'] as readonly { readonly id: string }[])[0]?.id;
  expect((await service.ask('GET', `/api/missed-calls?groupId=${group}`, { as: boris })).status).toBe(200);
  expect((await service.ask('GET', `/api/missed-calls?groupId=${group}`, { as: cyril })).status).toBe(404);
  const report = '/api/reports/calls?from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z&by=';
  const lines = async (by: string, as: typeof boris) => (await service.ask('GET', report + by, { as })).json['items'];
  expect(await lines('user', boris)).toEqual([expect.objectContaining({ key: anna.id, answered: 1 })]);
  expect(await lines('day', boris)).toEqual([expect.objectContaining({ inbound: 1 })]);
  expect((await service.ask('GET', `${report}user`, { as: cyril })).status).toBe(403);
});

describe('a call reported by the office PBX', () => {
  let pbx: string;
  const at = (s: number) => new Date(Date.UTC(2026, 10, 23, 9, 0, s)).toISOString();
  const report = (more: object) =>
    service.ask('POST', `/api/trunks/${pbx}/calls`, { as: 'token', body: { ...call, ...more } });
  const call = {
    reportId: 'pbx-7',
    direction: 'inbound',
    number: '777 123 456',
    extension: '101',
    startedAt: at(0),
    answeredAt: at(8),
    endedAt: at(68),
  };
  beforeAll(async () => {
    const body = { name: 'old PBX', kind: 'pbx', host: '192.0.2.20', port: 5060, transport: 'udp' };
    pbx = String((await service.ask('POST', '/api/trunks', { as: 'token', body })).json['id']);
  });

  test('makes a lead of an unknown caller, is on its card, and is that person’s call', async () => {
    const made = await report({});
    expect(made.status).toBe(201);
    const { json } = await service.ask('GET', `/api/calls/${String(made.json['callId'])}`, { as: anna });
    expect(json).toMatchObject({ direction: 'inbound', ringMs: 8000, talkMs: 60_000, answeredByUserId: anna.id });
    const leads = await service.ask('GET', '/api/leads?phone=%2B420777123456', { as: 'token' });
    expect(leads.json['items']).toEqual([expect.objectContaining({ source: 'old PBX' })]);
  });

  test('told again it is the same call', async () => {
    const again = await report({ endedAt: at(90) });
    const { json } = await service.ask('GET', `/api/calls/${String(again.json['callId'])}`, { as: 'token' });
    expect(json['talkMs']).toBe(82_000);
    const { items } = (await service.ask('GET', '/api/calls?phone=%2B420777123456', { as: 'token' })).json;
    expect(items).toHaveLength(1);
  });

  test('a number that never makes records makes none here either', async () => {
    const never = await service.ask('PUT', '/api/settings/never-record', {
      as: 'token',
      body: { numbers: ['777123499'] },
    });
    expect(never.status).toBe(200);
    expect((await report({ reportId: 'pbx-9', number: '777123499' })).status).toBe(201);
    const leads = await service.ask('GET', '/api/leads?phone=%2B420777123499', { as: 'token' });
    expect(leads.json['items']).toEqual([]);
  });

  test('nobody answered: it is missed by whose phone it was', async () => {
    const { answeredAt: _none, ...unanswered } = call;
    const body = { ...unanswered, reportId: 'pbx-8', number: '777123457' };
    expect((await service.ask('POST', `/api/trunks/${pbx}/calls`, { as: 'token', body })).status).toBe(201);
    const { items } = (await service.ask('GET', '/api/missed-calls', { as: anna })).json;
    expect(items).toEqual([expect.objectContaining({ caller: expect.objectContaining({ number: '+420777123457' }) })]);
  });

  test.each([
    ['times in the wrong order', { endedAt: at(1) }, 422],
    ['an unknown word', { outcome: 'vanished' }, 422],
  ])('%s is refused', async (_, more, status) => {
    expect((await report(more)).status).toBe(status);
  });

  test('a provider reports nothing, and an operator neither', async () => {
    const body = { name: 'provider', kind: 'address', host: '192.0.2.10', port: 5060, transport: 'udp' };
    const provider = String((await service.ask('POST', '/api/trunks', { as: 'token', body })).json['id']);
    expect((await service.ask('POST', `/api/trunks/${provider}/calls`, { as: 'token', body: call })).status).toBe(409);
    expect((await service.ask('POST', `/api/trunks/${pbx}/calls`, { as: anna, body: call })).status).toBe(403);
  });

  test('the time is the report’s, not ours', async () => {
    const { items } = (await service.ask('GET', '/api/calls?phone=%2B420777123456', { as: 'token' })).json as {
      items: readonly { startedAt: string }[];
    };
    expect(epochMs(Date.parse(items[0]?.startedAt ?? ''))).toBe(Date.parse(call.startedAt));
  });
});
