/** Notes on calls and the number a client saw last, on both databases. */
import { numberIdOf, userIdOf } from '../../call-router/values/ids';
import type { Viewer } from '../../prisma/who';
import { describeStore, ended, newCall, newNumber, newUser, operator, system, valueOf } from './store';

describeStore('notes on calls', (store) => {
  const calls = () => store.db().calls;
  const reading = () => store.db().reading;
  const note = (id: string, more: { note?: string; outcome?: string }, viewer: Viewer = system) =>
    reading().ask('note-call', { viewer, id, ...more });

  test('are kept while the call lives and its record is saved again', async () => {
    const call = newCall(newNumber());
    await calls().ask('save-call', call);
    expect(valueOf(await note(call.id, { note: 'While we talk', outcome: 'reached' })).note).toBe('While we talk');
    await calls().ask('save-call', ended(call));
    const kept = valueOf(await reading().ask('get-call', { viewer: system, id: call.id }));
    expect([kept.note, kept.outcome, kept.cause]).toEqual(['While we talk', 'reached', 'caller-hung-up']);
    expect(valueOf(await note(call.id, { note: ' ' })).note).toBeUndefined();
  });

  test('are written by whoever answered, and not by a colleague it only rang', async () => {
    const [anna, boris] = [await newUser(store.db(), 'Anna'), await newUser(store.db(), 'Boris')];
    const people = { answeredByUserId: userIdOf(anna.id), rangUserIds: [userIdOf(anna.id), userIdOf(boris.id)] };
    const call = ended(newCall(newNumber(), people));
    await calls().ask('save-call', call);
    expect((await note(call.id, { outcome: 'sale' }, operator(anna))).ok).toBe(true);
    expect(await note(call.id, { outcome: 'sale' }, operator(boris))).toEqual({
      ok: false,
      problem: { kind: 'not-allowed' },
    });
    expect(await note(call.id, { outcome: 'none of them' })).toMatchObject({ problem: { field: 'outcome' } });
  });

  test('keep the name of an outcome that is removed, also on the next call’s card; no list comes back at the next start', async () => {
    const contact = valueOf(await reading().ask('create-contact', { name: 'Vera' }));
    const card = { kind: 'contact' as const, id: contact.id };
    const call = ended(newCall(newNumber(), { card }));
    await calls().ask('save-call', call);
    const statuses = (await reading().ask('list-statuses', { of: 'call' })).map(({ id, name, ends }) => ({
      id,
      name,
      ends,
    }));
    valueOf(await note(call.id, { outcome: 'sale' }));
    expect(valueOf(await reading().ask('replace-statuses', { of: 'call', statuses: [] }))).toEqual([]);
    await store.reopen();
    expect(await reading().ask('list-statuses', { of: 'call' })).toEqual([]);
    expect(await note(call.id, { outcome: 'sale' })).toMatchObject({ problem: { field: 'outcome' } });
    const kept = valueOf(await reading().ask('get-call', { viewer: system, id: call.id }));
    expect([kept.outcome, kept.outcomeName]).toEqual(['sale', 'Sale']);
    const known = await reading().ask('read-call-card', { card, callId: 'none' });
    expect(known?.lastCalls).toMatchObject([{ outcome: 'sale', outcomeName: 'Sale' }]);
    const found = await reading().ask('list-calls', {
      viewer: system,
      filter: { outcomeId: 'sale', cardKind: 'contact', cardId: contact.id },
    });
    expect(found.items.map(({ id }) => id)).toEqual([call.id]);
    // Put on the list again, it is the same one.
    expect(valueOf(await reading().ask('replace-statuses', { of: 'call', statuses }))).toHaveLength(statuses.length);
    expect((await note(call.id, { outcome: 'sale' })).ok).toBe(true);
  });

  test('the number seen last is of the last call out to any number of the card, else of the last call in', async () => {
    const [first, second, lonely] = [newNumber(), newNumber(), newNumber()];
    const phones = [first, second].map((typed) => ({ typed }));
    valueOf(await reading().ask('create-contact', { name: 'Two numbers', phones }));
    const last = (number: string) => reading().ask('last-shown-number', { number });
    expect(await last(first)).toBeUndefined();
    await calls().ask('save-call', ended(newCall(first, { numberId: numberIdOf('called') })));
    expect(await last(second)).toBe('called');
    const out = { direction: 'outbound', calleeNumber: second, callerTyped: '101' } as const;
    await calls().ask('save-call', ended(newCall(newNumber(), { ...out, numberId: numberIdOf('shown') })));
    expect([await last(first), await last(second), await last(lonely)]).toEqual(['shown', 'shown', undefined]);
  });
});
