// What a desk is told of a client when they call, and what waits for several people at once; on both databases.
import { userIdOf } from '../../call-router/values/ids';
import type { UserRow } from '../../prisma/records';
import { describeStore, ended, newCall, newNumber, newUser, valueOf } from './store';

describeStore('call card', (store) => {
  const calls = () => store.db().calls;
  const reading = () => store.db().reading;
  const card = (kind: 'contact' | 'company' | 'lead', id: string, callId = 'now') =>
    reading().ask('read-call-card', { card: { kind, id }, callId });

  test('a contact: company, responsible, notes, open deals and leads, the last five calls that are over', async () => {
    const anna = await newUser(store.db(), 'Anna');
    const company = valueOf(await reading().ask('create-company', { name: 'Mill' }));
    const number = newNumber();
    const contact = valueOf(
      await reading().ask('create-contact', {
        name: 'Ela',
        companyId: company.id,
        responsibleUserId: anna.id,
        notes: 'calls on Mondays',
        phones: [{ typed: number }],
      }),
    );
    const deal = async (title: string, more: object) =>
      valueOf(await reading().ask('create-deal', { title, ...more })).id;
    const own = await deal('Flour', { contactId: contact.id });
    const ofCompany = await deal('Bran', { companyId: company.id });
    await deal('Old', { contactId: contact.id, stage: 'won' });
    const phones = [{ typed: number }];
    const lead = valueOf(await reading().ask('create-lead', { title: 'Asked on the web', phones }));
    await reading().ask('create-lead', { title: 'Lost', phones, status: 'lost' });
    const ref = { kind: 'contact' as const, id: contact.id };
    const made = Array.from({ length: 7 }, () => newCall(number, { card: ref }));
    for (const call of made) await calls().ask('save-call', ended(call, anna));
    const live = newCall(number, { card: ref });
    await calls().ask('save-call', live);
    const read = await card('contact', contact.id, made[6]?.id);
    expect(read).toEqual({
      companyName: 'Mill',
      responsibleUserId: anna.id,
      notes: 'calls on Mondays',
      openDeals: expect.arrayContaining([
        { id: own, title: 'Flour', stage: 'new' },
        { id: ofCompany, title: 'Bran', stage: 'new' },
      ]),
      openLeads: [{ id: lead.id, title: 'Asked on the web' }],
      lastCalls: [5, 4, 3, 2, 1].map((at) => expect.objectContaining({ id: made[at]?.id, userId: anna.id })),
    });
    expect(read?.openDeals).toHaveLength(2);
    expect(read?.lastCalls[0]).toEqual({
      id: made[5]?.id,
      startedAt: new Date(Number(made[5]?.startedAt)).toISOString(),
      direction: 'inbound',
      answered: true,
      userId: anna.id,
    });
  });

  test('a company shows its contacts’ calls, and who made a call out', async () => {
    const bela = await newUser(store.db(), 'Bela');
    const company = valueOf(await reading().ask('create-company', { name: 'Forge' }));
    const contact = valueOf(await reading().ask('create-contact', { name: 'Ida', companyId: company.id }));
    const call = newCall(newNumber(), {
      direction: 'outbound',
      callerUserId: userIdOf(bela.id),
      card: { kind: 'contact', id: contact.id },
    });
    await calls().ask('save-call', { ...ended(call), cause: 'no-answer' });
    const read = await card('company', company.id);
    expect(read).toMatchObject({ openDeals: [], openLeads: [], lastCalls: [{ id: call.id, userId: bela.id }] });
    expect(read).not.toHaveProperty('companyName');
  });

  test('a lead is its own open lead; what is gone is nothing', async () => {
    const lead = valueOf(await reading().ask('create-lead', { title: 'New one' }));
    expect(await card('lead', lead.id)).toEqual({
      openDeals: [],
      openLeads: [{ id: lead.id, title: 'New one' }],
      lastCalls: [],
    });
    for (const kind of ['contact', 'company', 'lead'] as const) expect(await card(kind, 'gone')).toBeUndefined();
  });

  describe('what waits for several people at once', () => {
    let people: readonly UserRow[] = [];
    beforeAll(async () => {
      people = [
        await newUser(store.db(), 'Cyril'),
        await newUser(store.db(), 'Dana'),
        await newUser(store.db(), 'Eda'),
      ];
    });

    test('is what is counted for each alone', async () => {
      const [cyril = '', dana = '', eda = ''] = people.map(({ id }) => id);
      const group = await reading().ask('create-object', {
        kind: 'group',
        fields: { name: 'Both', userIds: [cyril, dana], isPickupGroup: false },
      });
      const mailbox = valueOf(
        await reading().ask('create-object', {
          kind: 'mailbox',
          fields: { name: 'Theirs', groupId: valueOf(group).id, messageMaxS: 60 },
        }),
      ).id;
      const call = { ...ended(newCall(newNumber())), missedBy: [userIdOf(dana)], cause: 'no-answer' as const };
      await calls().ask('save-call', call);
      await calls().ask('save-message', { mailboxId: mailbox, callId: call.id, at: 5, fromMs: 0, toMs: 1 });
      const counted = await reading().ask('count-waiting-of', { userIds: [cyril, dana, eda, 'gone'] });
      expect(counted).toEqual([
        [cyril, { missedCalls: 0, newMessages: 1, unreadNotices: 1 }],
        [dana, { missedCalls: 1, newMessages: 1, unreadNotices: 1 }],
        [eda, { missedCalls: 0, newMessages: 0, unreadNotices: 0 }],
        ['gone', { missedCalls: 0, newMessages: 0, unreadNotices: 0 }],
      ]);
      for (const [userId, waiting] of counted)
        expect(await reading().ask('count-waiting', { userId })).toEqual(waiting);
    });
  });
});
