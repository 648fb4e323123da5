// Who is calling: look-up by number, what an unknown number makes, and the order of several matches.
import { parseE164 } from '../../call-router/values/number';
import { orderMatches } from '../../prisma/crm/order-matches';
import { describeStore, newCall, newNumber, newUser, system, valueOf, clock } from './store';

describeStore('match-client', (store) => {
  const lookUp = (number: string, makes: 'lead' | 'contact' | 'nothing' = 'lead', more: object = {}) =>
    store.db().calls.ask('match-client', { number, typed: number, makes, at: clock.now(), ...more });

  test('makes one lead of an unknown number when 50 of its calls arrive at the same moment', async () => {
    const number = newNumber();
    const answers = await Promise.all(Array.from({ length: 50 }, () => lookUp(number)));
    const cards = answers.map((answer) => (answer.found ? answer.card : undefined));
    expect(new Set(cards.map((card) => card?.id)).size).toBe(1);
    expect(cards.filter((card) => card?.isNew)).toHaveLength(1);
    const leads = await store.db().reading.ask('list-leads', { viewer: system, phone: number });
    expect(leads.items).toHaveLength(1);
    expect(leads.items[0]).toMatchObject({ isNew: true, status: 'new', phones: [{ e164: number, typed: number }] });
  });

  test('makes no second card when a person makes one of the same number at the same moment', async () => {
    const numbers = Array.from({ length: 10 }, newNumber);
    await Promise.all(
      numbers.flatMap((typed) => [
        lookUp(typed),
        store.db().reading.ask('create-contact', { name: 'Made by hand', phones: [{ typed }] }),
        lookUp(typed),
      ]),
    );
    for (const number of numbers) {
      const leads = await store.db().reading.ask('list-leads', { viewer: system, phone: number });
      const again = await lookUp(number);
      // Either the person was first and there is no lead, or the call was and there is one; then the contact leads.
      expect(leads.items.length).toBeLessThanOrEqual(1);
      expect(again).toMatchObject({ found: true, card: { kind: 'contact', isNew: false } });
    }
  });

  test('finds a contact by any way in which its number was typed', async () => {
    const contact = valueOf(
      await store.db().reading.ask('create-contact', { name: 'Nováková', phones: [{ typed: '602 345 678' }] }),
    );
    for (const written of ['602345678', '+420 602 345 678', '00420602345678', 'tel:+420602345678', 'sip:602345678@x']) {
      const parsed = parseE164(written, 'CZ');
      expect(parsed).toMatchObject({ ok: true });
      if (!parsed.ok) continue;
      expect(await lookUp(parsed.value)).toMatchObject({ found: true, card: { id: contact.id, name: 'Nováková' } });
      const listed = await store.db().reading.ask('list-contacts', { viewer: system, phone: written });
      expect(listed.items.map((row) => row.id)).toEqual([contact.id]);
    }
  });

  test('makes a contact where the number says so, and nothing where nothing is to be made', async () => {
    const [one, other] = [newNumber(), newNumber()];
    expect(await lookUp(one, 'contact', { displayName: 'Eva Malá' })).toMatchObject({
      found: true,
      card: { kind: 'contact', name: 'Eva Malá', isNew: true },
    });
    expect(await lookUp(other, 'nothing')).toEqual({ found: false });
    expect((await store.db().reading.ask('search-cards', { viewer: system, text: other })).items).toEqual([]);
  });

  test('writes source and responsible person into the lead; a display name that is a number is no name', async () => {
    const user = await newUser(store.db(), 'Responsible');
    const number = newNumber();
    const made = await lookUp(number, 'lead', { displayName: '0601', source: 'Leaflet', responsible: user.id });
    expect(made).toMatchObject({ card: { responsibleUserId: user.id } });
    const [lead] = (await store.db().reading.ask('list-leads', { viewer: system, phone: number })).items;
    expect(lead).toMatchObject({ source: 'Leaflet', title: number.replace(/(\d{3})(?=\d)/g, '$1 ') });
    expect(await lookUp(newNumber(), 'lead', { responsible: 'nobody' })).toMatchObject({ found: true });
  });

  test('takes the contact before the company before the lead, and lists the others', async () => {
    const number = newNumber();
    const phones = [{ typed: number }];
    const lead = valueOf(await store.db().reading.ask('create-lead', { title: 'L', phones }));
    const company = valueOf(await store.db().reading.ask('create-company', { name: 'C', phones }));
    const quiet = valueOf(await store.db().reading.ask('create-contact', { name: 'Quiet', phones }));
    const active = valueOf(
      await store.db().reading.ask('create-contact', { name: 'Active', phones, companyId: company.id }),
    );
    const later = { ...newCall(number), startedAt: clock.now(), card: { kind: 'contact', id: active.id } } as const;
    await store.db().calls.ask('save-call', later);
    expect(await lookUp(number)).toMatchObject({
      card: { kind: 'contact', id: active.id, companyId: company.id },
      others: [
        { kind: 'contact', id: quiet.id },
        { kind: 'company', id: company.id },
        { kind: 'lead', id: lead.id },
      ],
    });
  });

  test('a card made later for a known number takes no calls from the card that had it', async () => {
    const number = newNumber();
    const made = await lookUp(number, 'contact');
    const first = { card: made.found ? { id: made.card.id } : undefined };
    const phones = [{ typed: number }];
    const make = { name: 'Mine now', phones };
    const later = valueOf(await store.db().reading.ask('create-contact', make));
    expect(await lookUp(number)).toMatchObject({ ...first, others: [{ id: later.id }] });
    const lead = valueOf(await store.db().reading.ask('create-lead', { title: 'By a detour', phones }));
    await store.db().reading.ask('convert-lead', { viewer: system, id: lead.id, contactId: later.id });
    expect(await lookUp(number)).toMatchObject(first);
  });

  test('lands on the contact that a lead became, even when the number is on the lead only', async () => {
    const number = newNumber();
    const made = await lookUp(number);
    if (!made.found) throw new Error('not made');
    const { contact } = valueOf(
      await store.db().reading.ask('convert-lead', { viewer: system, id: made.card.id, name: 'Converted' }),
    );
    await store.db().reading.ask('change-contact', { viewer: system, id: contact.id, patch: { phones: [] } });
    expect(await lookUp(number)).toMatchObject({ card: { kind: 'contact', id: contact.id }, others: [] });
  });
});

describe('orderMatches', () => {
  const lead = { kind: 'lead', id: 'a', name: 'A', lastCallMs: 10, createdMs: 1, isOpen: false } as const;
  test('puts an open lead before a closed one that was active later', () => {
    const open = { ...lead, id: 'b', lastCallMs: 5, isOpen: true };
    expect(orderMatches([lead, open]).map((match) => match.id)).toEqual(['b', 'a']);
  });
  test('puts the card with the later call first, and without calls the older one', () => {
    const one = { ...lead, id: 'z', createdMs: 1 };
    const { lastCallMs: _, ...quiet } = { ...lead, id: 'y', createdMs: 2 };
    const order = [{ ...quiet, id: 'x', createdMs: 3 }, quiet, one, { ...lead, lastCallMs: 11, createdMs: 4 }];
    expect(orderMatches(order).map((match) => match.id)).toEqual(['a', 'z', 'y', 'x']);
  });
  test('names each card once, and equals by id', () => {
    const twin = { ...lead, id: 'z' };
    expect(orderMatches([twin, lead, twin]).map((match) => match.id)).toEqual(['a', 'z']);
  });
});
