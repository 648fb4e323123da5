// What a colleague who was only rung may do with a call and its client: see them, but not listen, and not remove.
import { legIdOf, userIdOf } from '../../call-router/values/ids';
import type { Viewer } from '../../prisma/who';
import { ended, newCall, newNumber, newUser, operator, system, valueOf, describeStore } from './store';

describeStore('rights', (store) => {
  const calls = () => store.db().calls;
  const reading = () => store.db().reading;
  const notFound = { ok: false, problem: { kind: 'not-found' } };
  const newContact = async (name: string, more: object = {}) =>
    valueOf(await reading().ask('create-contact', { name, ...more }));

  async function groupCall() {
    const [anna, boris] = [await newUser(store.db(), 'Anna'), await newUser(store.db(), 'Boris')];
    const client = await newContact('Client');
    const call = ended(newCall(newNumber(), { card: { kind: 'contact', id: client.id } }), anna);
    const rang = { ...call, rangUserIds: [userIdOf(anna.id), userIdOf(boris.id)], recording: 'running' } as const;
    await calls().ask('save-call', rang);
    await calls().ask('save-recording', { callId: call.id, state: 'finished', durationMs: 1000, sizeBytes: 16_058 });
    return { anna, boris, client, call };
  }

  test('of a group call only who answered hears the recording; who was rung sees the call without it', async () => {
    const { anna, boris, client, call } = await groupCall();
    const manager = { userId: boris.id, role: 'manager' } as const;
    for (const viewer of [operator(anna), manager, system]) {
      expect(await reading().ask('get-recording', { viewer, id: call.id })).toMatchObject({ ok: true });
      expect(valueOf(await reading().ask('get-call', { viewer, id: call.id })).recording).toMatchObject({
        id: call.id,
      });
    }
    const viewer = operator(boris);
    expect(await reading().ask('get-recording', { viewer, id: call.id })).toEqual(notFound);
    expect(valueOf(await reading().ask('get-call', { viewer, id: call.id })).recording).toBeUndefined();
    const seen = valueOf(await reading().ask('timeline', { viewer, kind: 'contact', id: client.id })).items;
    expect(seen.map((entry) => [entry.call.id, entry.call.recording])).toEqual([[call.id, undefined]]);
  });

  test('who listened in is named to managers and to themselves, not to who was listened to', async () => {
    const [anna, head] = [await newUser(store.db(), 'Listened to'), await newUser(store.db(), 'Listens')];
    const call = ended(newCall(newNumber()), anna);
    const leg = { direction: 'outgoing', kind: 'device', startedAt: call.startedAt } as const;
    const legs = [
      { ...leg, id: legIdOf(call.id, 1), userId: userIdOf(anna.id) },
      { ...leg, id: legIdOf(call.id, 2), userId: userIdOf(head.id), isSupervisor: true as const },
    ];
    await calls().ask('save-call', { ...call, rangUserIds: [userIdOf(anna.id), userIdOf(head.id)], legs });
    const seenBy = async (viewer: Viewer) =>
      valueOf(await reading().ask('get-call', { viewer, id: call.id })).legs.map(({ id }) => id);
    expect(await seenBy(operator(anna))).toEqual([legs[0]?.id]);
    expect(await seenBy(operator(head))).toEqual(legs.map(({ id }) => id));
    expect(await seenBy({ userId: anna.id, role: 'manager' })).toEqual(legs.map(({ id }) => id));
  });

  test('who made the call hears it', async () => {
    const anna = await newUser(store.db(), 'Caller');
    const call = ended(newCall(newNumber(), { direction: 'outbound', callerUserId: userIdOf(anna.id) }));
    await calls().ask('save-call', call);
    await calls().ask('save-recording', { callId: call.id, state: 'finished', durationMs: 1000, sizeBytes: 16_058 });
    expect(await reading().ask('get-recording', { viewer: operator(anna), id: call.id })).toMatchObject({ ok: true });
  });

  test('a recovered recording is heard by who answered, though the crash came before the answer was saved', async () => {
    const anna = await newUser(store.db(), 'Answered');
    const call = newCall(newNumber(), { rangUserIds: [userIdOf(anna.id)] });
    await calls().ask('save-call', call);
    const { direction, startedAt } = call;
    const sidecar = { direction, startedAt, answeredAt: startedAt, userId: userIdOf(anna.id) };
    const file = { sidecar, durationMs: 500, sizeBytes: 8058, incomplete: true };
    await calls().ask('save-recovered', { callId: call.id, ...file });
    expect(await reading().ask('get-recording', { viewer: operator(anna), id: call.id })).toMatchObject({ ok: true });
  });

  test('other cards with the number are named only to who may see them', async () => {
    const anna = await newUser(store.db(), 'Others');
    const [card, hers, hidden] = [
      await newContact('Card'),
      await newContact('Hers', { responsibleUserId: anna.id }),
      await newContact('Hidden'),
    ];
    const refs = [card, hers, hidden].map(({ id }) => ({ kind: 'contact', id }) as const);
    const [first, ...otherCards] = refs;
    const known = first === undefined ? {} : { card: first };
    const call = ended(newCall(newNumber(), { ...known, otherCards }), anna);
    await calls().ask('save-call', call);
    const others = async (viewer: typeof system | ReturnType<typeof operator>) =>
      valueOf(await reading().ask('get-call', { viewer, id: call.id })).otherCards.map(({ name }) => name);
    expect(await others(system)).toEqual(['Hers', 'Hidden']);
    expect(await others(operator(anna))).toEqual(['Hers']);
    expect(valueOf(await reading().ask('get-call', { viewer: operator(anna), id: call.id })).card?.name).toBe('Card');
  });

  test('an operator removes a client only who is theirs; a manager any', async () => {
    const { boris, client, call } = await groupCall();
    const company = valueOf(await reading().ask('create-company', { name: 'Firm' }));
    const lead = valueOf(await reading().ask('create-lead', { title: 'Lead' }));
    const rung = { rangUserIds: [userIdOf(boris.id)] };
    await calls().ask('save-call', newCall(newNumber(), { ...rung, card: { kind: 'company', id: company.id } }));
    await calls().ask('save-call', newCall(newNumber(), { ...rung, card: { kind: 'lead', id: lead.id } }));
    const viewer = operator(boris);
    const refused = { ok: false, problem: { kind: 'not-allowed' } };
    expect(await reading().ask('remove-contact', { viewer, id: client.id })).toEqual(refused);
    expect(await reading().ask('remove-company', { viewer, id: company.id })).toEqual(refused);
    expect(await reading().ask('remove-lead', { viewer, id: lead.id })).toEqual(refused);
    expect(valueOf(await reading().ask('get-call', { viewer, id: call.id })).card?.id).toBe(client.id);
    await reading().ask('change-lead', { viewer: system, id: lead.id, patch: { responsibleUserId: boris.id } });
    expect(await reading().ask('remove-lead', { viewer, id: lead.id })).toMatchObject({ ok: true });
    const manager = { userId: boris.id, role: 'manager' } as const;
    expect(await reading().ask('remove-contact', { viewer: manager, id: client.id })).toMatchObject({ ok: true });
  });
});
