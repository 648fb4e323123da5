// Clients' cards: made, changed, found by a piece of name or number, converted, refused where they name what is not there.
import { describeStore, ended, newCall, newNumber, newUser, operator, system, valueOf } from './store';

describeStore('cards', (store) => {
  const calls = () => store.db().calls;
  const reading = () => store.db().reading;

  test('a contact keeps each phone in E.164 beside what was typed, and what is no number as it was typed', async () => {
    const phones = [{ typed: '(602) 11-22-33', label: 'mobile' }, { typed: 'ext. 12' }];
    const made = valueOf(await reading().ask('create-contact', { name: 'Ema', phones, email: 'e@x.cz' }));
    expect(made).toMatchObject({
      name: 'Ema',
      email: 'e@x.cz',
      phones: [{ e164: '+420602112233', typed: '(602) 11-22-33', label: 'mobile' }, { typed: 'ext. 12' }],
    });
    const patch = { email: null, phones: [{ typed: '602445566' }], name: 'Ema Nová' };
    const changed = valueOf(await reading().ask('change-contact', { viewer: system, id: made.id, patch }));
    expect(changed).toMatchObject({ name: 'Ema Nová', phones: [{ e164: '+420602445566' }] });
    expect(changed.email).toBeUndefined();
    expect(valueOf(await reading().ask('get-contact', { viewer: system, id: made.id }))).toEqual(changed);
    valueOf(await reading().ask('remove-contact', { viewer: system, id: made.id }));
    expect(await reading().ask('get-contact', { viewer: system, id: made.id })).toMatchObject({ ok: false });
    expect((await reading().ask('list-contacts', { viewer: system, phone: '602445566' })).items).toEqual([]);
  });

  test('references to what is not there, and empty names, are refused by field', async () => {
    const refused = async (request: object) => {
      const answer = await reading().ask('create-contact', { name: 'X', ...request });
      return answer.ok ? undefined : answer.problem;
    };
    expect(await refused({ companyId: 'none' })).toEqual({ kind: 'unknown-reference', field: 'companyId' });
    expect(await refused({ responsibleUserId: 'none' })).toMatchObject({ field: 'responsibleUserId' });
    expect(await refused({ name: ' ' })).toMatchObject({ kind: 'invalid', field: 'name' });
    const lead = await reading().ask('create-lead', { title: 'L', status: 'none' });
    expect(lead).toEqual({ ok: false, problem: { kind: 'unknown-reference', field: 'status' } });
    const deal = await reading().ask('create-deal', { title: 'D', contactId: 'none' });
    expect(deal).toEqual({ ok: false, problem: { kind: 'unknown-reference', field: 'contactId' } });
  });

  test.each([
    ['prochazk', 'Šárka Procházková'],
    ['SARKA PRO', 'Šárka Procházková'],
    ['łódź', 'Lodz Trading'],
    ['100% z', '100% Zdarma'],
  ])('the search for %s finds %s, without regard to case and accents', async (text, name) => {
    await reading().ask('create-contact', { name, phones: [{ typed: newNumber() }] });
    const found = await reading().ask('search-cards', { viewer: system, text });
    expect(new Set(found.items.map((card) => card.name))).toEqual(new Set([name]));
  });

  test('a piece of a number finds contacts, companies and leads, in this order', async () => {
    const phones = [{ typed: '608 777 888' }];
    await reading().ask('create-lead', { title: 'Number lead', phones });
    const company = valueOf(await reading().ask('create-company', { name: 'Number firm', phones }));
    await reading().ask('create-contact', { name: 'Number person', phones, companyId: company.id });
    for (const text of ['777888', '608 777', '0608777888', '+420 608 777 888']) {
      const found = await reading().ask('search-cards', { viewer: system, text });
      expect(found.items.map((card) => card.name)).toEqual(['Number person', 'Number firm', 'Number lead']);
      expect(found.items[0]).toMatchObject({ companyName: 'Number firm', phones: [{ e164: '+420608777888' }] });
    }
  });

  test('pages of contacts and of a search over all kinds are stable and complete', async () => {
    const names = Array.from({ length: 5 }, (_, n) => `Paging ${n}`);
    for (const name of names) await reading().ask('create-contact', { name });
    for (const title of ['Paging lead 1', 'Paging lead 2']) await reading().ask('create-lead', { title });
    const collect = async (op: 'list-contacts' | 'search-cards') => {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const request = { viewer: system, limit: 2, ...(cursor === undefined ? {} : { cursor }) };
        const page =
          op === 'list-contacts'
            ? await reading().ask(op, { ...request, search: 'paging' })
            : await reading().ask(op, { ...request, text: 'paging' });
        seen.push(...page.items.map((row) => row.name));
        cursor = page.next;
      } while (cursor !== undefined);
      return seen;
    };
    expect(await collect('list-contacts')).toEqual(names);
    expect(await collect('search-cards')).toEqual([...names, 'Paging lead 1', 'Paging lead 2']);
  });

  test('leads are listed newest first; one is new until somebody opens it', async () => {
    const first = valueOf(await reading().ask('create-lead', { title: 'First' }));
    const second = valueOf(await reading().ask('create-lead', { title: 'Second' }));
    const fresh = async () =>
      (await reading().ask('list-leads', { viewer: system, isNew: true })).items.map((lead) => lead.id);
    expect((await fresh()).filter((id) => id === first.id || id === second.id)).toHaveLength(2);
    expect(valueOf(await reading().ask('open-lead', { viewer: system, id: second.id })).isNew).toBe(false);
    expect(await fresh()).not.toContain(second.id);
    const times = (await reading().ask('list-leads', { viewer: system })).items.map((lead) => lead.createdAt);
    expect(times).toEqual([...times].sort().reverse());
  });

  test('converting a lead carries phones, calls and recordings to the contact, its company and a deal', async () => {
    const number = newNumber();
    const made = await calls().ask('match-client', { number, typed: number, makes: 'lead', at: 1 });
    if (!made.found) throw new Error('not made');
    const lead = made.card;
    const before = ended(newCall(number, { card: { kind: 'lead', id: lead.id }, recording: 'finished' }));
    const live = newCall(number, { card: { kind: 'lead', id: lead.id } });
    for (const record of [before, live]) await calls().ask('save-call', record);
    const heard = { callId: before.id, state: 'finished', durationMs: 30_000, sizeBytes: 480_044 } as const;
    await calls().ask('save-recording', heard);
    const request = { viewer: system, id: lead.id, name: 'Converted', companyName: 'New firm', dealTitle: 'Big one' };
    const { contact, company, deal } = valueOf(await reading().ask('convert-lead', request));
    expect(contact).toMatchObject({ name: 'Converted', companyName: 'New firm', phones: [{ e164: number }] });
    expect(deal).toMatchObject({ contactId: contact.id, companyId: company?.id, stage: 'new' });
    // The router still names the lead when the live call ends.
    await calls().ask('save-call', ended(live));
    for (const [kind, id] of [
      ['contact', contact.id],
      ['company', company?.id ?? ''],
      ['lead', lead.id],
    ] as const) {
      const { items } = valueOf(await reading().ask('timeline', { viewer: system, kind, id }));
      expect(items.map((entry) => [entry.call.id, entry.call.card?.id])).toEqual([
        [live.id, contact.id],
        [before.id, contact.id],
      ]);
      expect(items[1]?.call.recording).toMatchObject({ state: 'finished' });
    }
    const closed = valueOf(await reading().ask('get-lead', { viewer: system, id: lead.id }));
    expect(closed).toMatchObject({
      status: 'converted',
      convertedTo: { kind: 'contact', id: contact.id },
      isNew: false,
    });
    expect(await reading().ask('convert-lead', { viewer: system, id: lead.id })).toMatchObject({ ok: false });
  });

  test('a lead joins a contact that is there: only phones it lacks are added', async () => {
    const [same, more] = [newNumber(), newNumber()];
    const contact = valueOf(await reading().ask('create-contact', { name: 'There', phones: [{ typed: same }] }));
    const phones = [{ typed: same }, { typed: more }];
    const lead = valueOf(await reading().ask('create-lead', { title: 'Joins', phones }));
    const request = { viewer: system, id: lead.id, contactId: contact.id };
    const joined = valueOf(await reading().ask('convert-lead', request)).contact;
    expect(joined).toMatchObject({ id: contact.id, name: 'There', phones: [{ e164: same }, { e164: more }] });
  });

  test('an operator is responsible for the client they make, and cannot convert one of others', async () => {
    const user = await newUser(store.db(), 'Maker');
    const own = valueOf(await reading().ask('create-lead', { title: 'Own', by: operator(user) }));
    expect(own.responsibleUserId).toBe(user.id);
    const other = valueOf(await reading().ask('create-lead', { title: 'Not theirs' }));
    const notFound = { ok: false, problem: { kind: 'not-found' } };
    expect(await reading().ask('convert-lead', { viewer: operator(user), id: other.id })).toEqual(notFound);
    expect(await reading().ask('open-lead', { viewer: operator(user), id: other.id })).toEqual(notFound);
    expect((await reading().ask('list-leads', { viewer: operator(user) })).items.map((lead) => lead.id)).toEqual([
      own.id,
    ]);
  });

  test('statuses are replaced as a whole; one in use or a list without an open one is refused', async () => {
    const before = await reading().ask('list-statuses', { of: 'deal' });
    expect(before.map((status) => status.name)).toEqual(['New', 'Offer', 'Won', 'Lost']);
    valueOf(await reading().ask('create-deal', { title: 'Uses it', stage: 'offer' }));
    const renamed = before.map((status) => ({ ...status, name: `${status.name}!` })).reverse();
    const after = valueOf(await reading().ask('replace-statuses', { of: 'deal', statuses: renamed }));
    expect(after.map((status) => [status.name, status.position])).toEqual([
      ['Lost!', 0],
      ['Won!', 1],
      ['Offer!', 2],
      ['New!', 3],
    ]);
    const without = renamed.filter((status) => status.id !== 'offer');
    const refused = await reading().ask('replace-statuses', { of: 'deal', statuses: without });
    expect(refused).toMatchObject({ problem: { kind: 'in-use' } });
    const closed = before.filter((status) => status.ends !== 'no');
    const invalid = await reading().ask('replace-statuses', { of: 'deal', statuses: closed });
    expect(invalid).toMatchObject({ problem: { kind: 'invalid', field: 'statuses' } });
    expect(await reading().ask('list-statuses', { of: 'deal' })).toEqual(after);
  });
});
