/** Note and outcome of calls, and the number of ours that a client saw last: by REST, on a real database. */
import { epochMs, numberIdOf, userIdOf } from '../../../call-router/values/ids';
import { e164From } from '../../../call-router/values/number';
import { addRecordedCall, type Person, startTestService, type TestService } from './service';

let service: TestService;
let anna: Person;
let boris: Person;
let manager: Person;
let numbers: readonly string[];
let own: string;
beforeAll(async () => {
  service = await startTestService();
  anna = await service.person('anna', 'operator', { extension: '101' });
  boris = await service.person('boris', 'operator', { extension: '102' });
  manager = await service.person('marta', 'manager');
  const trunk = { name: 'P', kind: 'address', host: '192.0.2.1', port: 5060, transport: 'udp' };
  const trunkId = String((await post('/api/trunks', trunk)).json['id']);
  const route = { to: 'user', userId: anna.id };
  const made = await Promise.all(
    ['+420210000001', '+420210000002', '+42021000001*'].map((number) =>
      post('/api/numbers', { number, kind: 'rented', trunkId, route }),
    ),
  );
  numbers = made.map(({ json }) => String(json['id']));
  const mobile = { number: '+420777000101', kind: 'mobile', ownerUserId: anna.id, route };
  own = String((await post('/api/numbers', mobile)).json['id']);
});
afterAll(() => service.close());

const post = (url: string, body: unknown) => service.ask('POST', url, { as: 'token', body });
const get = (url: string, as: Person | 'token' = anna) => service.ask('GET', url, { as });
const write = (id: string, body: object, as: Person | 'token' = anna) =>
  service.ask('PATCH', `/api/calls/${id}`, { as, body });
const annas = () => addRecordedCall(service, { answeredByUserId: userIdOf(anna.id), rangUserIds: [userIdOf(anna.id)] });

test('who answered writes a note and an outcome; both are in the list, on the call and on the card', async () => {
  const contact = await post('/api/contacts', { name: 'Klara', phones: ['+420777123456'] });
  const id = String(contact.json['id']);
  const call = await addRecordedCall(service, {
    answeredByUserId: userIdOf(anna.id),
    card: { kind: 'contact', id },
  });
  const written = await write(call, { note: ' Wants an offer by Friday. ', outcome: 'call-back' });
  expect(written).toMatchObject({
    status: 200,
    json: { id: call, note: 'Wants an offer by Friday.', outcome: 'call-back' },
  });
  expect((await get(`/api/calls/${call}`)).json).toMatchObject({ outcome: 'call-back' });
  const timeline = await get(`/api/contacts/${id}/timeline`);
  expect(timeline.json['items']).toMatchObject([{ call: { note: 'Wants an offer by Friday.', outcome: 'call-back' } }]);
  const listed = (await get('/api/calls')).json['items'] as readonly { readonly id: string }[];
  expect(listed.find((one) => one.id === call)).toMatchObject({ note: 'Wants an offer by Friday.' });
  // One at a time, and away again.
  expect((await write(call, { outcome: 'sale' })).json).toMatchObject({
    note: 'Wants an offer by Friday.',
    outcome: 'sale',
  });
  const empty = (await write(call, { note: '', outcome: '' })).json;
  expect([empty['note'], empty['outcome']]).toEqual([undefined, undefined]);
  // The client's removal takes the words about them along.
  await write(call, { note: 'About Klara.' });
  await service.ask('DELETE', `/api/contacts/${id}`, { as: 'token' });
  expect((await get(`/api/calls/${call}`)).json['note']).toBeUndefined();
});

test('a later save of the router takes nothing away', async () => {
  const id = await annas();
  await write(id, { note: 'Kept.' });
  await addRecordedCall(service, { id: id as never, answeredByUserId: userIdOf(anna.id) });
  expect((await get(`/api/calls/${id}`)).json['note']).toBe('Kept.');
});

test('by whoever was on it, and by managers: not by a colleague it only rang, nor by one who cannot see it', async () => {
  const rang = await addRecordedCall(service, {
    answeredByUserId: userIdOf(anna.id),
    rangUserIds: [userIdOf(anna.id), userIdOf(boris.id)],
  });
  expect((await write(rang, { note: 'x' }, boris)).status).toBe(403);
  expect((await write(rang, { note: 'x' }, manager)).status).toBe(200);
  expect((await write(await annas(), { note: 'x' }, boris)).status).toBe(404);
  const passedOn = await addRecordedCall(service, {
    answeredByUserId: userIdOf(anna.id),
    rangUserIds: [userIdOf(anna.id), userIdOf(boris.id)],
    legs: [
      {
        id: 'x.3' as never,
        direction: 'outgoing',
        kind: 'device',
        userId: userIdOf(boris.id),
        startedAt: epochMs(1),
        answeredAt: epochMs(2),
      },
    ],
  });
  expect((await write(passedOn, { note: 'x' }, boris)).status).toBe(200);
});

test('of a missed call by those it rang', async () => {
  const missed = { rangUserIds: [userIdOf(boris.id)], answeredAt: undefined, cause: 'no-answer' } as never;
  const id = await addRecordedCall(service, missed);
  expect((await write(id, { outcome: 'not-reached' }, boris)).status).toBe(200);
});

test('an outcome that is none of the list, an unknown field and a note without end are refused', async () => {
  const id = await annas();
  expect(await write(id, { outcome: 'married' })).toMatchObject({
    status: 422,
    json: { errors: [{ field: 'outcome' }] },
  });
  expect((await write(id, { mood: 'good' })).status).toBe(422);
  expect((await write(id, { note: 'x'.repeat(4001) })).status).toBe(422);
  expect((await write('0'.repeat(32), { note: 'x' })).status).toBe(404);
});

describe('the outcomes', () => {
  type Listed = { readonly id: string; readonly name: string; readonly ends: string; readonly position: number };
  const listed = async () => (await get('/api/call-outcomes')).json['items'] as readonly Listed[];
  const put = (items: readonly object[], as: Person | 'token' = 'token') =>
    service.ask('PUT', '/api/call-outcomes', { as, body: { items } });
  const change = async (changed: (items: readonly object[]) => readonly object[]) =>
    (await put(changed((await listed()).map(({ id, name, ends }) => ({ id, name, ends }))))).status;
  const foundBy = async (query: string, as: Person | 'token' = 'token') =>
    ((await get(`/api/calls?${query}`, as)).json['items'] as readonly { readonly id: string }[]).map(({ id }) => id);

  test('are an administrator’s list: added to, named and ordered anew', async () => {
    expect((await listed()).map(({ id }) => id)).toEqual([
      'reached',
      'call-back',
      'sale',
      'not-reached',
      'wrong-number',
    ]);
    expect((await put([{ id: 'reached', name: 'Reached', ends: 'won' }], anna)).status).toBe(403);
    expect((await put([{ id: 'reached', name: ' ', ends: 'won' }])).status).toBe(422);
    expect(await change((items) => [{ id: 'fax', name: 'Fax', ends: 'no' }, ...items])).toBe(200);
    expect((await listed())[0]).toEqual({ id: 'fax', name: 'Fax', ends: 'no', position: 0 });
    const call = await annas();
    expect((await write(call, { outcome: 'fax' })).json['outcomeName']).toBe('Fax');
    expect(await change(([first, ...items]) => [...items, { ...first, name: 'By fax' }])).toBe(200);
    expect((await get(`/api/calls/${call}`)).json['outcomeName']).toBe('By fax');
  });

  test('find their calls, with the rest of the filter and by the rights of who asks', async () => {
    const [sold, other, boriss] = [await annas(), await annas(), await addRecordedCall(service, borisAnswered())];
    await write(sold, { outcome: 'sale' });
    await write(other, { outcome: 'call-back' });
    await write(boriss, { outcome: 'sale' }, boris);
    expect(await foundBy('outcomeId=sale')).toEqual(expect.arrayContaining([sold, boriss]));
    expect(await foundBy('outcomeId=sale')).not.toContain(other);
    expect(await foundBy(`outcomeId=sale&userId=${boris.id}&outcome=answered`)).toEqual([boriss]);
    expect(await foundBy('outcomeId=sale&outcome=missed')).toEqual([]);
    expect(await foundBy('outcomeId=sale', anna)).not.toContain(boriss);
    expect(await foundBy('outcomeId=none-of-them')).toEqual([]);
  });

  test.each([
    'outcomeId=',
    'outcomeId=no%20id',
    `outcomeId=${'x'.repeat(65)}`,
    'outcomeId=sale&outcomeId=fax',
    'outcome=sale',
  ])('are asked for by one id: ?%s is refused, in the list and in the table', async (query) => {
    for (const url of ['/api/calls', '/api/calls/export'])
      expect(await get(`${url}?${query}`, 'token')).toMatchObject({ status: 422, json: { kind: 'invalid' } });
  });

  test('that are removed cannot be chosen any more; calls keep their name, in the table too, and are found', async () => {
    expect(await change((items) => [...items, { id: 'letter', name: 'By letter', ends: 'no' }])).toBe(200);
    const [call, later] = [await annas(), await annas()];
    await write(call, { outcome: 'letter' });
    expect(await change((items) => items.slice(0, -1))).toBe(200);
    expect((await listed()).map(({ id }) => id)).not.toContain('letter');
    expect((await write(later, { outcome: 'letter' })).status).toBe(422);
    expect((await get(`/api/calls/${call}`)).json).toMatchObject({ outcome: 'letter', outcomeName: 'By letter' });
    expect(await foundBy('outcomeId=letter')).toEqual([call]);
    const { text } = await get('/api/calls/export?outcomeId=letter&language=en', 'token');
    const [heads = '', line = '', end] = text.split('\r\n');
    expect(heads).toMatch(/,How it ended,.*,Outcome,Note,Call$/);
    expect([line.split(',').slice(-3), end]).toEqual([['By letter', '', call], '']);
    expect((await write(call, { outcome: 'reached' })).json['outcomeName']).not.toBe('By letter');
  });

  const borisAnswered = () => ({ answeredByUserId: userIdOf(boris.id), rangUserIds: [userIdOf(boris.id)] });
});

describe('the number to show', () => {
  const ask = async (query: string, as: Person | 'token' = anna) =>
    (await get(`/api/outgoing-numbers${query}`, as)).json;
  const client = e164From('+420608000111');

  test('is one of the office’s own, or one’s proven mobile; the first is the usual', async () => {
    const { items, usual } = await ask('');
    expect(items).toMatchObject([{ number: '+420210000001' }, { number: '+420210000002' }]);
    expect(usual).toBe(numbers[0]);
    await service.database.reading.ask('set-number-verified', { id: own, isVerified: true });
    await service.deps.directoryChanged();
    expect((await ask(''))['items']).toMatchObject([{ id: numbers[0] }, { id: numbers[1] }, { id: own }]);
    expect((await ask('', boris))['items']).toHaveLength(2);
    expect((await get('/api/outgoing-numbers', 'token')).status).toBe(422);
    expect((await get(`/api/outgoing-numbers?userId=${anna.id}`, boris)).status).toBe(422);
    expect((await get(`/api/outgoing-numbers?userId=${anna.id}`, 'token')).status).toBe(200);
  });

  test('is suggested as the client saw it last, whoever called them, on any of their numbers', async () => {
    expect((await ask('?to=608000111'))['suggested']).toBeUndefined();
    await post('/api/contacts', { name: 'Two phones', phones: ['608 000 111', '608 000 222'] });
    const inbound = { callerNumber: client, numberId: numberIdOf(numbers[0] ?? '') };
    await addRecordedCall(service, inbound);
    expect((await ask('?to=608000111'))['suggested']).toBe(numbers[0]);
    const outbound = { direction: 'outbound', calleeNumber: client, numberId: numberIdOf(numbers[1] ?? '') } as const;
    await addRecordedCall(service, { ...outbound, callerUserId: userIdOf(boris.id) });
    expect((await ask('?to=608000111'))['suggested']).toBe(numbers[1]);
    expect((await ask(`?to=${encodeURIComponent('+420 608 000 222')}`))['suggested']).toBe(numbers[1]);
    expect((await ask('?to=102'))['suggested']).toBeUndefined();
  });

  test('a number that one may not show is not suggested, and not taken for click-to-call', async () => {
    const to = e164From('+420608000333');
    const shown = { direction: 'outbound', calleeNumber: to, numberId: numberIdOf(own) } as const;
    await addRecordedCall(service, { ...shown, callerUserId: userIdOf(anna.id) });
    expect((await ask('?to=608000333'))['suggested']).toBe(own);
    expect((await ask('?to=608000333', boris))['suggested']).toBeUndefined();
    const call = { fromUserId: boris.id, to: '608000333', fromNumberId: own };
    const refused = await service.ask('POST', '/api/calls', { as: boris, body: call });
    expect(refused).toMatchObject({ status: 422, json: { errors: [{ field: 'fromNumberId' }] } });
  });
});
