/** Clients' cards and their calls: matched in any format, converted, searched; and 404 for what is somebody else's. */
import { userIdOf } from '../../../call-router/values/ids';
import { e164From } from '../../../call-router/values/number';
import { addRecordedCall, adminPassword, type Person, startTestService, type TestService } from './service';

let service: TestService;
let admin: Person;
let anna: Person;
let boris: Person;
let manager: Person;
beforeAll(async () => {
  service = await startTestService();
  admin = await service.logIn('admin', adminPassword);
  anna = await service.person('anna', 'operator');
  boris = await service.person('boris', 'operator');
  manager = await service.person('marta', 'manager');
});
afterAll(() => service.close());

const post = (url: string, body: unknown, as: Person | 'token' = 'token') => service.ask('POST', url, { as, body });
const get = (url: string, as: Person | 'token' = 'token') => service.ask('GET', url, { as });
const idsIn = (json: Record<string, unknown>): readonly string[] =>
  (json['items'] as readonly { readonly id: string }[]).map(({ id }) => id);

test.each([
  '602 111 222',
  '+420602111222',
  '00420 602 111 222',
  '(602) 111-222',
  'tel:+420602111222',
  'sip:602111222@example.com',
])('a contact saved as 602 111 222 is found by %s', async (phone) => {
  const name = `Karel ${phone}`;
  const made = await post('/api/contacts', { name, phones: ['602 111 222'] });
  expect(made.status).toBe(201);
  expect(made.json['phones']).toEqual([{ typed: '602 111 222', e164: '+420602111222' }]);
  const found = await get(`/api/contacts?phone=${encodeURIComponent(phone)}`);
  expect(idsIn(found.json)).toContain(made.json['id']);
  await service.ask('DELETE', `/api/contacts/${String(made.json['id'])}`, { as: 'token' });
});

test('a phone may carry a label, and what is no number is kept as it was typed', async () => {
  const phones = [{ typed: '+420 602 333 444', label: 'office' }, 'ask for Eva'];
  const made = await post('/api/contacts', { name: 'Eva', phones });
  expect(made.json['phones']).toEqual([
    { typed: '+420 602 333 444', label: 'office', e164: '+420602333444' },
    { typed: 'ask for Eva' },
  ]);
  const changed = await service.ask('PATCH', `/api/contacts/${String(made.json['id'])}`, {
    as: 'token',
    body: { phones: made.json['phones'], email: 'eva@example.com' },
  });
  expect(changed.json).toMatchObject({ phones: made.json['phones'], email: 'eva@example.com' });
  const without = await service.ask('PATCH', `/api/contacts/${String(made.json['id'])}`, {
    as: 'token',
    body: { email: null },
  });
  expect(without.json['email']).toBeUndefined();
});

test('what an operator makes is theirs; another operator gets 404 for it, a manager sees it', async () => {
  for (const [url, body] of [
    ['/api/contacts', { name: 'Client of Anna' }],
    ['/api/companies', { name: 'Company of Anna' }],
    ['/api/leads', { title: 'Lead of Anna' }],
    ['/api/deals', { title: 'Deal of Anna' }],
  ] as const) {
    const made = await post(url, body, anna);
    expect(made.status).toBe(201);
    const one = `${url}/${String(made.json['id'])}`;
    expect((await get(one, anna)).status).toBe(200);
    expect((await get(one, manager)).status).toBe(200);
    for (const [method, path] of [
      ['GET', one],
      ['GET', `${one}/timeline`],
      ['PATCH', one],
      ['DELETE', one],
    ] as const) {
      const answer = await service.ask(method, path, { as: boris, ...(method === 'PATCH' ? { body: {} } : {}) });
      expect(answer).toMatchObject({ status: 404, json: { kind: 'not-found' } });
    }
    expect(idsIn((await get(url, boris)).json)).not.toContain(made.json['id']);
    expect(idsIn((await get(url, anna)).json)).toContain(made.json['id']);
  }
});

test('an operator makes and changes cards for themself only; a manager for anybody', async () => {
  for (const [url, body] of [
    ['/api/contacts', { name: 'Whose contact' }],
    ['/api/companies', { name: 'Whose company' }],
    ['/api/leads', { title: 'Whose lead' }],
    ['/api/deals', { title: 'Whose deal' }],
  ] as const) {
    const refused = { status: 422, json: { errors: [{ field: 'responsibleUserId' }] } };
    const ofBoris = { responsibleUserId: boris.id };
    expect(await post(url, { ...body, ...ofBoris }, anna)).toMatchObject(refused);
    expect((await post(url, { ...body, ...ofBoris }, manager)).status).toBe(201);
    const own = await post(url, { ...body, responsibleUserId: anna.id }, anna);
    expect(own.status).toBe(201);
    const one = `${url}/${String(own.json['id'])}`;
    expect(await service.ask('PATCH', one, { as: anna, body: ofBoris })).toMatchObject(refused);
    expect((await service.ask('PATCH', one, { as: anna, body: { responsibleUserId: anna.id } })).status).toBe(200);
    expect((await service.ask('PATCH', one, { as: manager, body: ofBoris })).status).toBe(200);
    // What stays is no gift: a form sends it along.
    const theirs = await post(url, { ...body, ...ofBoris }, boris);
    const unchanged = { as: boris, body: { ...body, ...ofBoris } };
    expect((await service.ask('PATCH', `${url}/${String(theirs.json['id'])}`, unchanged)).status).toBe(200);
  }
});

test('a lead of another operator can be neither opened nor converted', async () => {
  const made = await post('/api/leads', { title: 'Not for Boris' }, anna);
  for (const step of ['open', 'convert']) {
    const url = `/api/leads/${String(made.json['id'])}/${step}`;
    expect((await service.ask('POST', url, { as: boris })).status).toBe(404);
  }
});

test('leads come newest first, new ones are marked until somebody opens them', async () => {
  const first = await post('/api/leads', { title: 'First', phones: ['+420777000001'] });
  const second = await post('/api/leads', { title: 'Second' });
  const list = idsIn((await get('/api/leads?isNew=true')).json);
  expect(list.indexOf(String(second.json['id']))).toBeLessThan(list.indexOf(String(first.json['id'])));
  const opened = await post(`/api/leads/${String(first.json['id'])}/open`, {});
  expect(opened.json).toMatchObject({ id: first.json['id'], isNew: false });
  expect(idsIn((await get('/api/leads?isNew=true')).json)).not.toContain(first.json['id']);
});

test('a converted lead takes its calls and recordings along', async () => {
  const lead = await post('/api/leads', { title: 'Caller', phones: ['+420777123456'] });
  const card = { kind: 'lead' as const, id: String(lead.json['id']) };
  const call = await addRecordedCall(service, { callerNumber: e164From('+420777123456'), card });
  const before = await get(`/api/leads/${card.id}/timeline`);
  expect(before.json).toMatchObject({
    items: [{ kind: 'call', call: { id: call, recording: { state: 'finished' } } }],
  });
  const body = { name: 'Now a client', companyName: 'Their company', dealTitle: 'Their order' };
  const converted = await post(`/api/leads/${card.id}/convert`, body);
  expect(converted.json).toMatchObject({
    contact: { name: 'Now a client', companyName: 'Their company' },
    company: { name: 'Their company' },
    deal: { title: 'Their order' },
  });
  const { contact, company } = converted.json as Record<'contact' | 'company', { readonly id: string }>;
  const after = await get(`/api/contacts/${contact.id}/timeline`);
  expect(after.json).toMatchObject({ items: [{ call: { id: call, recording: { callId: call } } }] });
  const ofCompany = await get(`/api/companies/${company.id}/timeline`);
  expect(ofCompany.json).toMatchObject({ items: [{ call: { id: call }, person: { name: 'Now a client' } }] });
});

test('search finds by a piece of a name without its accents, and by a piece of a number', async () => {
  const made = await post('/api/contacts', { name: 'Růžena Šťastná', phones: ['+420 606 987 654'] });
  for (const q of ['ruzena', 'ŠŤAST', '987654', '606 987']) {
    const found = await get(`/api/search?q=${encodeURIComponent(q)}`);
    expect(idsIn(found.json)).toContain(made.json['id']);
  }
  expect(idsIn((await get('/api/search?q=ruzena', boris)).json)).toEqual([]);
  expect((await get('/api/search')).status).toBe(422);
});

test('a list comes in pages, and the last page has no next', async () => {
  for (let n = 0; n < 5; n += 1) await post('/api/companies', { name: `Paged ${n}` });
  const first = await get('/api/companies?search=paged&limit=3');
  expect(idsIn(first.json)).toHaveLength(3);
  const second = await get(
    `/api/companies?search=paged&limit=3&cursor=${encodeURIComponent(String(first.json['next']))}`,
  );
  expect(idsIn(second.json)).toHaveLength(2);
  expect(second.json['next']).toBeUndefined();
  expect(new Set([...idsIn(first.json), ...idsIn(second.json)]).size).toBe(5);
});

test('an operator sees the calls that rang them and no others, a manager all', async () => {
  const hers = await addRecordedCall(service, {
    rangUserIds: [userIdOf(anna.id)],
    answeredByUserId: userIdOf(anna.id),
  });
  const his = await addRecordedCall(service, { rangUserIds: [userIdOf(boris.id)] });
  expect(idsIn((await get('/api/calls', anna)).json)).toEqual([hers]);
  expect(idsIn((await get('/api/calls', manager)).json)).toEqual(expect.arrayContaining([hers, his]));
  expect((await get(`/api/calls/${hers}`, boris)).status).toBe(404);
  expect((await get(`/api/calls/${hers}`, anna)).json).toMatchObject({ id: hers, recording: { durationMs: 2000 } });
  expect((await get(`/api/calls/${'0'.repeat(32)}`)).status).toBe(404);
  expect(idsIn((await get('/api/calls?direction=outbound')).json)).toEqual([]);
  expect(idsIn((await get('/api/calls?from=2026-11-23T09:00:00Z&to=2026-11-23T11:00:00Z')).json)).toContain(his);
  expect(idsIn((await get('/api/calls?from=2026-11-24T00:00:00Z')).json)).not.toContain(his);
});

test('lists of statuses are edited by an administrator; one that is used cannot be taken away', async () => {
  const statuses = (await get('/api/lead-statuses', anna)).json['items'] as readonly {
    id: string;
    name: string;
    ends: string;
  }[];
  expect(statuses.length).toBeGreaterThan(1);
  const items = [
    ...statuses.map(({ id, name, ends }) => ({ id, name, ends })),
    { id: 'later', name: 'Call later', ends: 'no' },
  ];
  const put = (list: unknown, as: Person) => service.ask('PUT', '/api/lead-statuses', { as, body: { items: list } });
  expect((await put(items, admin)).json['items']).toContainEqual({
    id: 'later',
    name: 'Call later',
    ends: 'no',
    position: items.length - 1,
  });
  await post('/api/leads', { title: 'Later', status: 'later' });
  expect(await put(items.slice(0, -1), admin)).toMatchObject({ status: 409, json: { kind: 'in-use' } });
  expect((await post('/api/leads', { title: 'X', status: 'unheard-of' })).status).toBe(422);
});
