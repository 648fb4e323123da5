/** New leads find their owner by the office's rules, get a notice, and pass on when nobody opens them. Real database and router. */
import { epochMs, userIdOf } from '../../call-router/values/ids';
import { e164From } from '../../call-router/values/number';
import { giveLeads } from '../../server/lead-owners';
import { addRecordedCall, type Person, startTestService, type TestService } from './api/service';

let service: TestService;
let anna: Person;
let bela: Person;
let now = Date.UTC(2026, 10, 23, 10);
beforeAll(async () => {
  service = await startTestService();
  anna = await service.person('anna', 'operator');
  bela = await service.person('bela', 'operator');
});
afterAll(() => service.close());

const make = async (url: string, body: object): Promise<string> => {
  const answer = await service.ask('POST', url, { as: 'token', body });
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
  return String(answer.json['id']);
};
const look = () =>
  giveLeads({
    reading: service.database.reading.ask,
    view: service.board.view,
    log: service.deps.log,
    clock: { ...service.deps.clock, now: () => epochMs(now) },
  });
let numbers = 0;
/** As a call makes it when it arrives. */
const leadOf = async (source: string, more: object = {}): Promise<string> => {
  numbers += 1;
  const number = `+420606${String(numbers).padStart(6, '0')}`;
  const request = { number, typed: number, makes: 'lead' as const, source, at: now, ...more };
  const found = await service.database.calls.ask('match-client', request);
  return found.found ? found.card.id : '';
};
const shown = async (as: Person | 'token', id: string) => (await service.ask('GET', `/api/leads/${id}`, { as })).json;
const noticesOf = async (person: Person, lead: string): Promise<readonly string[]> => {
  const { json } = await service.ask('GET', '/api/notices', { as: person });
  const notices = json['items'] as { kind: string; parameters: { leadId?: string } }[];
  return notices.filter(({ parameters }) => parameters.leadId === lead).map(({ kind }) => kind);
};

test("a rule's person gets the lead and a notice at once; nobody opened it: it passes to the next rule", async () => {
  const first = { name: 'Ads', sources: ['ad'], ownerUserId: anna.id, passOnMinutes: 30 };
  const rule = await make('/api/lead-rules', first);
  const second = await make('/api/lead-rules', { name: 'Ads too', sources: ['ad'], ownerUserId: bela.id });
  const lead = await leadOf('ad', { responsible: anna.id });
  await look();
  await look();
  expect(await noticesOf(anna, lead)).toEqual(['new-lead']);
  expect(await shown(anna, lead)).toMatchObject({ responsibleUserId: anna.id, isNew: true });
  now += 29 * 60_000;
  await look();
  expect(await shown('token', lead)).toMatchObject({ responsibleUserId: anna.id });
  now += 2 * 60_000;
  await look();
  expect(await shown('token', lead)).toMatchObject({ responsibleUserId: bela.id });
  expect(await noticesOf(bela, lead)).toEqual(['lead-passed-on']);
  now += 3_600_000;
  await look();
  expect(await noticesOf(bela, lead)).toEqual(['lead-passed-on']);
  await service.ask('DELETE', `/api/lead-rules/${rule}`, { as: 'token' });
  await service.ask('DELETE', `/api/lead-rules/${second}`, { as: 'token' });
});

test('an opened lead stays with who opened it', async () => {
  const rule = { name: 'Opened', sources: ['web'], ownerUserId: anna.id, passOnMinutes: 10 };
  const ids = [
    await make('/api/lead-rules', rule),
    await make('/api/lead-rules', { ...rule, name: 'Next', ownerUserId: bela.id }),
  ];
  const lead = await leadOf('web', { responsible: anna.id });
  await look();
  expect((await service.ask('POST', `/api/leads/${lead}/open`, { as: anna })).json).toMatchObject({ isNew: false });
  now += 3_600_000;
  await look();
  expect(await shown('token', lead)).toMatchObject({ responsibleUserId: anna.id });
  for (const id of ids) await service.ask('DELETE', `/api/lead-rules/${id}`, { as: 'token' });
});

test('a lead of a group is open to its members until the first opens it and has it', async () => {
  const group = await make('/api/groups', { name: 'Sales', userIds: [anna.id, bela.id] });
  const stranger = await service.person('stranger', 'operator');
  const rule = await make('/api/lead-rules', { name: 'Group', sources: ['fair'], ownerGroupId: group });
  const lead = await leadOf('fair');
  await look();
  expect([await noticesOf(anna, lead), await noticesOf(bela, lead)]).toEqual([['new-lead'], ['new-lead']]);
  expect(await shown(anna, lead)).toMatchObject({ id: lead });
  expect((await service.ask('GET', `/api/leads/${lead}`, { as: stranger })).status).toBe(404);
  // An administrator who looks does not take it away from them.
  expect((await service.ask('POST', `/api/leads/${lead}/open`, { as: 'token' })).json).toMatchObject({ isNew: true });
  const opened = await service.ask('POST', `/api/leads/${lead}/open`, { as: bela });
  expect(opened.json).toMatchObject({ isNew: false, responsibleUserId: bela.id });
  expect((await service.ask('POST', `/api/leads/${lead}/open`, { as: anna })).status).toBe(404);
  await service.ask('DELETE', `/api/lead-rules/${rule}`, { as: 'token' });
});

test('with no rule the lead waits for the end of its call: who answered has it', async () => {
  const lead = await leadOf('none');
  await look();
  expect((await shown('token', lead))['responsibleUserId']).toBeUndefined();
  const card = { kind: 'lead' as const, id: lead };
  const at = { startedAt: epochMs(now - 1000), endedAt: epochMs(now + 5000) };
  await addRecordedCall(service, { ...at, card, responsibleIfNone: userIdOf(anna.id) });
  await look();
  expect(await shown('token', lead)).toMatchObject({ responsibleUserId: anna.id });
  expect(await noticesOf(anna, lead)).toEqual(['new-lead']);
});

test('else the duty person of the number has it', async () => {
  const trunk = await make('/api/trunks', { name: 'Provider', kind: 'address', host: '192.0.2.10' });
  const number = await make('/api/numbers', {
    number: e164From('+420210000009'),
    kind: 'rented',
    trunkId: trunk,
    route: { to: 'user', userId: anna.id },
    dutyUserId: bela.id,
  });
  const lead = await leadOf('none');
  const at = { startedAt: epochMs(now - 1000), endedAt: epochMs(now + 5000) };
  await addRecordedCall(service, { ...at, card: { kind: 'lead', id: lead }, numberId: number as never });
  await look();
  expect(await shown('token', lead)).toMatchObject({ responsibleUserId: bela.id });
});

test('a lead made by hand is nobody else’s business', async () => {
  const { json } = await service.ask('POST', '/api/leads', { as: anna, body: { title: 'By hand' } });
  await look();
  expect(await noticesOf(anna, String(json['id']))).toEqual([]);
});
