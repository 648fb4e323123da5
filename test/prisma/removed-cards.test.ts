// A card that somebody removes in the middle of its call: no later record of the call, and no recovery, writes it back.
import { epochMs } from '../../call-router/values/ids';
import { ended, newCall, newNumber, system, valueOf, describeStore } from './store';

describeStore('removed cards', (store) => {
  const calls = () => store.db().calls;
  const reading = () => store.db().reading;
  const remove = async (kind: 'contact' | 'company' | 'lead', id: string) =>
    valueOf(await reading().ask(`remove-${kind}`, { viewer: system, id }));
  const create = async (kind: 'contact' | 'company' | 'lead', phones: readonly { typed: string }[] = []) => {
    if (kind === 'lead') return valueOf(await reading().ask('create-lead', { title: 'Card', phones }));
    return valueOf(await reading().ask(`create-${kind}`, { name: 'Card', phones }));
  };
  const callsOf = async (cardKind: 'contact' | 'company' | 'lead', cardId: string) =>
    (await reading().ask('list-calls', { viewer: system, filter: { cardKind, cardId } })).items.map(({ id }) => id);

  test.each(['contact', 'company', 'lead'] as const)('a removed %s stays removed from its live call', async (kind) => {
    const { id } = await create(kind);
    const company = await create('company');
    const call = newCall(newNumber(), { card: { kind, id }, companyId: company.id });
    await calls().ask('save-call', call);
    await remove(kind, id);
    await calls().ask('save-call', { ...call, answeredAt: epochMs(call.startedAt + 1) });
    await remove('company', company.id);
    await calls().ask('save-call', ended(call));
    expect([await callsOf(kind, id), await callsOf('company', company.id)]).toEqual([[], []]);
  });

  test('the call lands on another card with its number when it ends', async () => {
    const number = newNumber();
    const [first, second] = [await create('lead', [{ typed: number }]), await create('contact', [{ typed: number }])];
    const call = newCall(number, { card: { kind: 'lead', id: first.id } });
    await calls().ask('save-call', call);
    await remove('lead', first.id);
    await calls().ask('save-call', ended(call));
    expect(await callsOf('contact', second.id)).toEqual([call.id]);
  });

  test.each(['contact', 'company', 'lead'] as const)('recovery does not bring a removed %s back', async (kind) => {
    const { id } = await create(kind);
    const company = await create('company');
    const call = newCall(newNumber(), { card: { kind, id }, companyId: company.id });
    await calls().ask('save-call', call);
    await remove(kind, id);
    await remove('company', company.id);
    const { direction, startedAt } = call;
    const sidecar = { direction, startedAt, answeredAt: startedAt, card: { kind, id }, companyId: company.id };
    const file = { sidecar, durationMs: 500, sizeBytes: 8058, incomplete: true };
    await calls().ask('save-recovered', { callId: call.id, ...file });
    expect([await callsOf(kind, id), await callsOf('company', company.id)]).toEqual([[], []]);
  });
});
