// Calls as they are saved and shown: newest record wins, cards' timelines, what an operator may see, what a crash leaves.
import { callIdOf, epochMs, legIdOf, numberIdOf, userIdOf } from '../../call-router/values/ids';
import { ended, newCall, newNumber, newUser, operator, system, valueOf, describeStore, clock } from './store';

describeStore('calls', (store) => {
  const calls = () => store.db().calls;
  const reading = () => store.db().reading;
  const getCall = async (id: string) => valueOf(await reading().ask('get-call', { viewer: system, id }));
  const newContact = async (name: string, more: { companyId?: string; phone?: string } = {}) => {
    const { companyId, phone } = more;
    const phones = [{ typed: phone ?? newNumber() }];
    const fields = { name, phones, ...(companyId === undefined ? {} : { companyId }) };
    return valueOf(await reading().ask('create-contact', fields));
  };
  const timeline = async (kind: 'contact' | 'company' | 'lead' | 'deal', id: string) =>
    valueOf(await reading().ask('timeline', { viewer: system, kind, id })).items;

  test('the newest record of a call replaces the older, and one that comes late takes nothing back', async () => {
    const contact = await newContact('Newest');
    const arrived = newCall(newNumber());
    const known = { ...arrived, card: { kind: 'contact', id: contact.id } as const };
    const over = ended(arrived);
    await Promise.all([arrived, known, over].map((record) => calls().ask('save-call', record)));
    await calls().ask('save-call', arrived);
    expect(await getCall(arrived.id)).toMatchObject({
      ringMs: 4000,
      talkMs: 30_000,
      totalMs: 34_000,
      cause: 'caller-hung-up',
      answeredAt: new Date(arrived.startedAt + 4000).toISOString(),
      caller: { typed: arrived.callerTyped, number: arrived.callerNumber },
    });
  });

  test('a card known once stays known when a later record lacks it', async () => {
    const contact = await newContact('Kept');
    const call = newCall(newNumber(), { card: { kind: 'contact', id: contact.id } });
    await calls().ask('save-call', call);
    const { card: _, ...without } = ended(call);
    await calls().ask('save-call', without);
    expect((await getCall(call.id)).card).toEqual({ kind: 'contact', id: contact.id, name: 'Kept' });
  });

  test('a call whose look-up failed is linked by number when it ends, but makes no card', async () => {
    const number = newNumber();
    const contact = await newContact('Found late', { phone: number });
    const [known, unknown] = [ended(newCall(number)), ended(newCall(newNumber()))];
    await Promise.all([known, unknown].map((record) => calls().ask('save-call', record)));
    expect((await getCall(known.id)).card).toMatchObject({ id: contact.id });
    expect((await getCall(unknown.id)).card).toBeUndefined();
  });

  test('what an unknown caller makes is made when the call ends if the look-up never was answered, and once', async () => {
    const responsible = await newUser(store.db(), 'Responsible');
    const number = newNumber();
    const ifUnknown = { number, typed: '601 1', makes: 'lead', source: 'Leaflet', displayName: 'Jan Novak' } as const;
    const first = newCall(number, { ifUnknown: { ...ifUnknown, responsible: userIdOf(responsible.id) } });
    const [second, blocked] = [newCall(number, { ifUnknown }), newCall(newNumber())];
    const ignored = { ...blocked, ifUnknown: { number: newNumber(), typed: '1', makes: 'nothing' } as const };
    await calls().ask('save-call', first);
    expect((await getCall(first.id)).card).toBeUndefined();
    const over = [ended(first), ended(second), ended(ignored)];
    await Promise.all(over.map((record) => calls().ask('save-call', record)));
    await calls().ask('save-call', ended(first));
    const { card } = await getCall(first.id);
    expect(card).toMatchObject({ kind: 'lead', name: 'Jan Novak' });
    expect((await getCall(second.id)).card).toEqual(card);
    expect((await getCall(ignored.id)).card).toBeUndefined();
    const leads = (await reading().ask('list-leads', { viewer: system, phone: number })).items;
    expect(leads).toMatchObject([{ id: card?.id, isNew: true, source: 'Leaflet', responsibleUserId: responsible.id }]);
  });

  test('a record that cannot be written does not take the others of its group with it', async () => {
    const [good, other] = [newCall(newNumber()), newCall(newNumber())];
    // Not a number: what no database takes for one.
    const bad = { ...newCall(newNumber()), startedAt: 'yesterday' as never };
    const saved = await Promise.allSettled([good, bad, other].map((record) => calls().ask('save-call', record)));
    expect([saved[0]?.status, saved[2]?.status]).toEqual(['fulfilled', 'fulfilled']);
    expect((await getCall(other.id)).id).toBe(other.id);
  });

  test("a company's timeline shows its contacts' calls, marked with the person; a contact's and a deal's their own", async () => {
    const company = valueOf(await reading().ask('create-company', { name: 'Firm' }));
    const contact = await newContact('Employee', { companyId: company.id });
    const direct = newCall(newNumber(), { card: { kind: 'company', id: company.id } });
    const person = newCall(newNumber(), { card: { kind: 'contact', id: contact.id }, companyId: company.id });
    await Promise.all([direct, person].map((record) => calls().ask('save-call', record)));
    const mark = { kind: 'contact', id: contact.id, name: 'Employee' };
    expect((await timeline('company', company.id)).map((entry) => [entry.call.id, entry.person])).toEqual([
      [person.id, mark],
      [direct.id, undefined],
    ]);
    expect((await timeline('contact', contact.id)).map((entry) => entry.call.id)).toEqual([person.id]);
    const deal = valueOf(await reading().ask('create-deal', { title: 'D', contactId: contact.id }));
    expect((await timeline('deal', deal.id)).map((entry) => [entry.call.id, entry.person])).toEqual([
      [person.id, mark],
    ]);
    const companyDeal = valueOf(await reading().ask('create-deal', { title: 'E', companyId: company.id }));
    expect((await timeline('deal', companyDeal.id)).map((entry) => entry.call.id)).toEqual([person.id, direct.id]);
  });

  test('a contact that joins a company brings the calls it had before', async () => {
    const contact = await newContact('Joins later');
    const call = newCall(newNumber(), { card: { kind: 'contact', id: contact.id } });
    await calls().ask('save-call', call);
    const company = valueOf(await reading().ask('create-company', { name: 'Joined' }));
    await reading().ask('change-contact', { viewer: system, id: contact.id, patch: { companyId: company.id } });
    expect((await timeline('company', company.id)).map((entry) => entry.call.id)).toEqual([call.id]);
  });

  test('an operator sees own calls and clients only; the rest is not found', async () => {
    const [mine, other] = [await newUser(store.db(), 'Mine'), await newUser(store.db(), 'Other')];
    const [met, stranger] = [await newContact('Met'), await newContact('Stranger')];
    const rung = newCall(newNumber(), { card: { kind: 'contact', id: met.id }, rangUserIds: [userIdOf(mine.id)] });
    const hidden = ended(newCall(newNumber(), { card: { kind: 'contact', id: stranger.id } }), other);
    for (const record of [rung, hidden]) await calls().ask('save-call', record);
    await calls().ask('save-recording', { callId: hidden.id, state: 'finished', durationMs: 1, sizeBytes: 1 });
    const viewer = operator(mine);
    const notFound = { ok: false, problem: { kind: 'not-found' } };
    expect(await reading().ask('get-call', { viewer, id: rung.id })).toMatchObject({ ok: true });
    expect(await reading().ask('get-contact', { viewer, id: met.id })).toMatchObject({ ok: true });
    expect(await reading().ask('get-call', { viewer, id: hidden.id })).toEqual(notFound);
    expect(await reading().ask('get-recording', { viewer, id: hidden.id })).toEqual(notFound);
    expect(await reading().ask('get-recording', { viewer: operator(other), id: hidden.id })).toMatchObject({
      ok: true,
    });
    expect(await reading().ask('get-contact', { viewer, id: stranger.id })).toEqual(notFound);
    expect(await reading().ask('timeline', { viewer, kind: 'contact', id: stranger.id })).toEqual(notFound);
    const patch = { name: 'Taken over' };
    expect(await reading().ask('change-contact', { viewer, id: stranger.id, patch })).toEqual(notFound);
    expect(await reading().ask('remove-contact', { viewer, id: stranger.id })).toEqual(notFound);
    expect((await reading().ask('list-contacts', { viewer })).items.map((row) => row.id)).toEqual([met.id]);
    expect((await reading().ask('search-cards', { viewer, text: 'stranger' })).items).toEqual([]);
    expect((await reading().ask('list-calls', { viewer, filter: {} })).items.map((row) => row.id)).toEqual([rung.id]);
    const responsible = { responsibleUserId: mine.id };
    await reading().ask('change-contact', { viewer: system, id: stranger.id, patch: responsible });
    expect(await reading().ask('get-contact', { viewer, id: stranger.id })).toMatchObject({ ok: true });
    // The client is theirs now, but a colleague's call stays the colleague's.
    const own = valueOf(await reading().ask('timeline', { viewer, kind: 'contact', id: stranger.id }));
    expect(own.items).toEqual([]);
  });

  test('calls are found by number in any format, person, direction, time and whether they live', async () => {
    const user = await newUser(store.db(), 'Filter');
    const number = newNumber();
    const over = ended(newCall(number), user);
    const live = newCall(number, { direction: 'internal', callerUserId: userIdOf(user.id) });
    for (const record of [over, live]) await calls().ask('save-call', record);
    const found = async (filter: object) =>
      (await reading().ask('list-calls', { viewer: system, filter })).items.map((row) => row.id);
    expect(await found({ phone: `00420 ${number.slice(4)}` })).toEqual([live.id, over.id]);
    expect(await found({ userId: user.id, live: true })).toEqual([live.id]);
    expect(await found({ phone: number, direction: 'inbound' })).toEqual([over.id]);
    expect(await found({ phone: number, from: new Date(live.startedAt).toISOString() })).toEqual([live.id]);
    expect(await found({ phone: number, cause: 'caller-hung-up' })).toEqual([over.id]);
  });

  test('pages follow each other without a gap or a repetition while calls come in', async () => {
    const user = await newUser(store.db(), 'Pages');
    const records = Array.from({ length: 7 }, () => ended(newCall(newNumber()), user));
    await Promise.all(records.map((record) => calls().ask('save-call', record)));
    const filter = { userId: user.id };
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const more = cursor === undefined ? {} : { cursor };
      const page = await reading().ask('list-calls', { viewer: system, filter, limit: 3, ...more });
      seen.push(...page.items.map((row) => row.id));
      cursor = page.next;
      await calls().ask('save-call', ended(newCall(newNumber()), user));
    } while (cursor !== undefined);
    expect(seen).toEqual(records.map((record) => record.id).reverse());
    await expect(reading().ask('list-calls', { viewer: system, filter, cursor: 'made up' })).rejects.toMatchObject({
      name: 'CursorError',
    });
  });

  test("the recorder's word on a recording stands when the call is saved again", async () => {
    const call = newCall(newNumber(), { recording: 'running' });
    await calls().ask('save-call', call);
    expect((await getCall(call.id)).recording).toMatchObject({ state: 'running' });
    const levels = { leftRmsDb: -20.5, rightRmsDb: Number.NEGATIVE_INFINITY };
    const finished = { callId: call.id, state: 'finished', durationMs: 30_000, sizeBytes: 480_044, ...levels } as const;
    await calls().ask('save-recording', finished);
    await calls().ask('save-call', ended(call));
    const { recording } = await getCall(call.id);
    expect(recording).toEqual({
      id: call.id,
      callId: call.id,
      state: 'finished',
      durationMs: 30_000,
      sizeBytes: 480_044,
      leftRmsDb: -20.5,
    });
  });

  test('what is said of several recordings at once: the newest of each, and a level once known stays', async () => {
    const [one, two] = [newCall(newNumber()), newCall(newNumber())];
    for (const call of [one, two]) await calls().ask('save-call', call);
    const file = { durationMs: 1999.6, sizeBytes: 32_044 } as const;
    const levels = { leftRmsDb: -30, rightRmsDb: -31.5 };
    await Promise.all([
      calls().ask('save-recording', { callId: two.id, state: 'running', ...file, ...levels }),
      calls().ask('save-recording', { callId: one.id, state: 'finished', ...file, ...levels }),
      calls().ask('save-recording', { callId: two.id, state: 'incomplete', ...file, sizeBytes: 5_000_000_000 }),
    ]);
    await calls().ask('save-recording', { callId: one.id, state: 'finished', ...file, leftRmsDb: -29 });
    const kept = { ...levels, durationMs: 2000 };
    expect((await getCall(one.id)).recording).toMatchObject({ ...kept, state: 'finished', leftRmsDb: -29 });
    expect((await getCall(two.id)).recording).toMatchObject({ ...kept, state: 'incomplete', sizeBytes: 5_000_000_000 });
  });

  test('a call that nobody had answered when the service died is missed by whom it rang and by its number', async () => {
    const rang = userIdOf('rang-before-the-crash');
    const call = newCall(newNumber(), { rangUserIds: [rang], numberId: numberIdOf('n-crash') });
    const { answeredAt: _nobody, answeredByUserId: _none, endedAt: _open, cause: _yet, ...open } = call;
    await calls().ask('save-call', open);
    await calls().ask('end-interrupted-calls', { at: clock.now() });
    const missed = await reading().ask('list-missed-calls', { viewer: system, userId: rang });
    expect(valueOf(missed).items).toMatchObject([{ callId: call.id, of: 'user', ofId: rang }]);
    const byNumber = await reading().ask('list-missed-calls', { viewer: system, numberId: 'n-crash' });
    expect(valueOf(byNumber).items).toMatchObject([{ callId: call.id, of: 'number' }]);
  });

  test('calls left open by a crash are ended as interrupted, and a recovered recording says how long they were', async () => {
    await calls().ask('end-interrupted-calls', { at: clock.now() });
    const contact = await newContact('Interrupted');
    const kept = newCall(newNumber(), { recording: 'running' });
    await calls().ask('save-call', kept);
    await store.reopen();
    expect(await calls().ask('end-interrupted-calls', { at: clock.now() })).toBe(1);
    const interrupted = await getCall(kept.id);
    expect(interrupted.cause).toBe('interrupted');
    expect(interrupted.recording).toBeUndefined(); // no file has spoken for itself yet
    const sidecar = {
      card: { kind: 'contact', id: contact.id },
      direction: 'inbound',
      startedAt: kept.startedAt,
      answeredAt: epochMs(kept.startedAt + 2000),
    } as const;
    const file = { sidecar, durationMs: 8000, sizeBytes: 128_044, incomplete: false };
    await calls().ask('save-recovered', { callId: kept.id, ...file });
    expect(await getCall(kept.id)).toMatchObject({
      card: { id: contact.id },
      cause: 'interrupted',
      talkMs: 8000,
      totalMs: 10_000,
      recording: { state: 'finished', durationMs: 8000 },
    });
    // The whole call was lost with the last writes: the sidecar brings it back.
    await calls().ask('save-recovered', { callId: 'ca11lost', ...file });
    expect((await timeline('contact', contact.id)).map((entry) => entry.call.id).sort()).toEqual([kept.id, 'ca11lost']);
  });

  test('legs come back with their quality, and cards that were removed are not shown', async () => {
    const contact = await newContact('Removed');
    const quality = { packetsReceived: 5, packetsSent: 6, receivedLossRatio: 0.25, receivedJitterMs: 1.5 };
    const id = callIdOf('ca11legs');
    const call = newCall(newNumber(), { id, card: { kind: 'contact', id: contact.id } });
    const leg = {
      id: legIdOf(id, 2),
      direction: 'outgoing',
      kind: 'device',
      startedAt: call.startedAt,
      quality,
    } as const;
    await calls().ask('save-call', { ...call, legs: [leg] });
    expect((await getCall(id)).legs).toEqual([{ ...leg, startedAt: new Date(call.startedAt).toISOString() }]);
    valueOf(await reading().ask('remove-contact', { viewer: system, id: contact.id }));
    expect((await getCall(id)).card).toBeUndefined();
  });

  test('registrations are kept until they expire; a new list replaces the old', async () => {
    const binding = (id: string, expiresAt: number) => ({ id, json: `{"host":"${id}"}`, expiresAt });
    await calls().ask('save-bindings', { of: 'device 1', bindings: [binding('a', 1000), binding('b', 3000)] });
    await calls().ask('save-bindings', { of: 'device 2', bindings: [binding('c', 3000)] });
    await calls().ask('save-bindings', { of: 'device 1', bindings: [binding('b', 4000)] });
    const loaded = await reading().ask('load-bindings', { at: 2000 });
    expect(loaded.map(({ of, id, expiresAt }) => `${of} ${id} ${expiresAt}`).sort()).toEqual([
      'device 1 b 4000',
      'device 2 c 3000',
    ]);
  });
});
