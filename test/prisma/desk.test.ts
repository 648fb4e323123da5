// What people find at their desk, on both databases: what they set, voicemail, missed calls, alarms and notices, reports.
import { newPerson } from '../../call-router/state/person';
import {
  epochMs,
  groupIdOf,
  legIdOf,
  mailboxIdOf,
  numberIdOf,
  queueIdOf,
  userIdOf,
} from '../../call-router/values/ids';
import type { UserRow } from '../../prisma/records';
import { describeStore, ended, newCall, newNumber, newUser, operator, system, valueOf } from './store';

describeStore('desk', (store) => {
  const calls = () => store.db().calls;
  const reading = () => store.db().reading;
  const make = async (kind: 'group' | 'mailbox' | 'calendar' | 'queue', fields: object) =>
    valueOf(await reading().ask('create-object', { kind, fields })).id;
  let anna: UserRow;
  let bela: UserRow;
  let group = '';
  beforeAll(async () => {
    [anna, bela] = [await newUser(store.db(), 'Anna'), await newUser(store.db(), 'Bela')];
    group = await make('group', { name: 'Sales', userIds: [anna.id], isPickupGroup: false });
  });

  test('what a person set is there after a restart, the newest of it', async () => {
    const set = { ...newPerson, doNotDisturb: true, forwards: { always: '+420601000000' } };
    await calls().ask('save-person', { userId: anna.id, person: newPerson });
    await calls().ask('save-person', { userId: anna.id, person: set });
    await store.reopen();
    expect(await reading().ask('load-persons', undefined)).toEqual([[anna.id, set]]);
  });

  test('a calendar turned by its code stays turned, and keeps the rest', async () => {
    const week = Array.from({ length: 7 }, () => []);
    const fields = { name: 'Hours', zone: 'Europe/Prague', week, exceptions: [], switch: 'automatic', code: '*55' };
    const id = await make('calendar', fields);
    await calls().ask('turn-calendar', { calendarId: id, switch: 'closed' });
    const row = valueOf(await reading().ask('get-object', { kind: 'calendar', id }));
    expect(row).toMatchObject({ ...fields, switch: 'closed' });
    await calls().ask('turn-calendar', { calendarId: 'gone', switch: 'open' });
  });

  test('a message is kept once, counted, heard, removed; its mailbox is open to those who hear it', async () => {
    const mailbox = await make('mailbox', { name: 'Sales', groupId: group, messageMaxS: 60 });
    const call = newCall(newNumber(), { missedBy: [] });
    await calls().ask('save-call', { ...ended(call), cause: 'voicemail' });
    const left = { mailboxId: mailbox, callId: call.id, at: Number(call.startedAt) + 5000, fromMs: 1000, toMs: 9000 };
    const one = { mailbox, newMessages: 1, oldMessages: 0 };
    expect(await calls().ask('save-message', left)).toEqual(one);
    expect(await calls().ask('save-message', left)).toEqual(one);
    const [kept, ...more] = await calls().ask('kept-messages', { mailboxId: mailbox });
    expect(more).toEqual([]);
    expect(kept).toMatchObject({
      inCall: call.id,
      fromMs: 1000,
      toMs: 9000,
      callerNumber: call.callerTyped,
      isNew: true,
    });
    const id = kept?.id ?? '';
    const mine = valueOf(await reading().ask('list-messages', { viewer: operator(anna) }));
    expect(mine.items).toMatchObject([{ id, caller: { number: call.callerNumber } }]);
    expect(valueOf(await reading().ask('list-messages', { viewer: operator(bela) })).items).toEqual([]);
    const others = await reading().ask('list-messages', { viewer: operator(bela), mailboxId: mailbox });
    expect(others).toEqual({ ok: false, problem: { kind: 'not-found' } });
    const stolen = await reading().ask('change-message', { viewer: operator(bela), id, as: 'removed' });
    expect(stolen).toEqual({ ok: false, problem: { kind: 'not-found' } });
    // The call and its recording are theirs to see and to hear.
    await calls().ask('save-recording', { callId: call.id, state: 'finished', durationMs: 9000, sizeBytes: 100 });
    const seen = valueOf(await reading().ask('get-call', { viewer: operator(anna), id: call.id }));
    expect(seen).toMatchObject({ messages: [{ id, fromMs: 1000 }], recording: { sizeBytes: 100 } });
    valueOf(await reading().ask('get-recording', { viewer: operator(anna), id: call.id }));
    expect((await reading().ask('get-recording', { viewer: operator(bela), id: call.id })).ok).toBe(false);
    const old = { mailbox, newMessages: 0, oldMessages: 1 };
    expect(await calls().ask('mark-message', { mailboxId: mailbox, id, as: 'heard', at: 5 })).toEqual(old);
    expect(await reading().ask('load-mailbox-counts', undefined)).toContainEqual(old);
    const again = valueOf(await reading().ask('change-message', { viewer: operator(anna), id, as: 'new' }));
    expect(again.count).toEqual(one);
    const none = { mailbox, newMessages: 0, oldMessages: 0 };
    expect(await calls().ask('mark-message', { mailboxId: mailbox, id, as: 'removed', at: 6 })).toEqual(none);
    expect(await calls().ask('kept-messages', { mailboxId: mailbox })).toEqual([]);
    const notices = await reading().ask('list-notices', { viewer: operator(anna) });
    expect(notices.items).toMatchObject([{ kind: 'message', parameters: { mailbox: 'Sales', callId: call.id } }]);
  });

  const missedBy = (user: UserRow, call = newCall(newNumber())) => {
    const { answeredAt: _, answeredByUserId: __, ...rest } = ended(call);
    return { ...rest, talkMs: 0, cause: 'no-answer' as const, missedBy: [userIdOf(user.id)] };
  };

  test('a missed call is open until somebody talks to the client, in either direction; who did is said', async () => {
    const missed = { ...missedBy(anna), missedGroupIds: [groupIdOf(group)], missedNumberId: numberIdOf('n1') };
    await calls().ask('save-call', missed);
    const list = async (more: object, viewer = operator(anna)) =>
      reading().ask('list-missed-calls', { viewer, ...more });
    expect(valueOf(await list({ open: true })).items).toMatchObject([{ callId: missed.id, of: 'user', ofId: anna.id }]);
    expect(valueOf(await list({ groupId: group })).items).toMatchObject([{ callId: missed.id, of: 'group' }]);
    expect((await list({ groupId: group }, operator(bela))).ok).toBe(false);
    expect((await list({ userId: anna.id }, operator(bela))).ok).toBe(false);
    expect(valueOf(await reading().ask('list-missed-calls', { viewer: system, numberId: 'n1' })).items).toHaveLength(1);
    // Nobody answered this one either: the client is not reached.
    const number = missed.callerNumber ?? newNumber();
    await calls().ask('save-call', missedBy(bela, newCall(number)));
    expect(valueOf(await list({ open: true })).items).toHaveLength(1);
    const later = newCall(newNumber());
    const { callerNumber: _, ...outbound } = ended(later);
    const back = { ...outbound, direction: 'outbound' as const, calleeNumber: number, callerUserId: userIdOf(bela.id) };
    await calls().ask('save-call', back);
    expect(valueOf(await list({ open: true })).items).toEqual([]);
    expect(valueOf(await list({})).items).toMatchObject([{ reachedByUserId: bela.id, reachedCallId: back.id }]);
  });

  test('a call before the missed one reaches nobody', async () => {
    const number = newNumber();
    const [first, second] = [newCall(number), newCall(number)];
    await calls().ask('save-call', missedBy(bela, second));
    await calls().ask('save-call', ended(first, anna));
    const { items } = valueOf(await reading().ask('list-missed-calls', { viewer: operator(bela), open: true }));
    expect(items.map(({ callId }) => callId)).toContain(second.id);
  });

  test('an alarm is told to each administrator once, and lifted', async () => {
    const fields = { name: 'Boss', login: 'boss', role: 'administrator' as const, passwordHash: 'h' };
    const boss = valueOf(await reading().ask('create-user', fields));
    const alarm = { id: 'a1', kind: 'fraud-limit' as const, at: 1_780_000_000_000, userId: anna.id };
    await calls().ask('save-alarm', alarm);
    await calls().ask('save-alarm', alarm);
    const viewer = { userId: boss.id, role: 'administrator' as const };
    expect((await reading().ask('list-alarms', { viewer, open: true })).items).toMatchObject([
      { id: 'a1', userId: anna.id },
    ]);
    const { items } = await reading().ask('list-notices', { viewer, unread: true });
    expect(items).toMatchObject([{ kind: 'alarm', parameters: { alarm: 'fraud-limit', userName: 'Anna' } }]);
    // The same again within the hour is written down, and told once.
    await calls().ask('save-alarm', { ...alarm, id: 'a2', at: alarm.at + 60_000 });
    expect((await reading().ask('list-alarms', { viewer, open: true })).items).toHaveLength(2);
    expect((await reading().ask('list-notices', { viewer, unread: true })).items).toHaveLength(1);
    valueOf(await reading().ask('lift-alarm', { viewer, id: 'a2' }));
    const id = items[0]?.id ?? '';
    expect((await reading().ask('read-notice', { viewer: operator(anna), id })).ok).toBe(false);
    valueOf(await reading().ask('read-notice', { viewer, id }));
    expect((await reading().ask('list-notices', { viewer, unread: true })).items).toEqual([]);
    expect(valueOf(await reading().ask('lift-alarm', { viewer, id: 'a1' }))).toMatchObject({ liftedByUserId: boss.id });
    expect((await reading().ask('list-alarms', { viewer, open: true })).items).toEqual([]);
  });

  test('a message that was being left is kept as far as it went, once, and only where it is one', async () => {
    await calls().ask('end-interrupted-calls', { at: 1 });
    const mailboxId = await make('mailbox', { name: 'Cut', userId: anna.id });
    const { answeredAt: _nobody, answeredByUserId: _none, talkMs: _no, ...rang } = newCall(newNumber());
    const left = { ...rang, talkMs: 0 };
    await calls().ask('save-call', left);
    const message = { mailbox: mailboxIdOf(mailboxId), since: epochMs(left.startedAt + 5000), fromMs: 0 };
    const times = { direction: 'inbound', startedAt: left.startedAt, answeredAt: left.startedAt } as const;
    const file = { sidecar: { ...times, message }, sizeBytes: 48_044, incomplete: true };
    const kept = () => calls().ask('kept-messages', { mailboxId });
    await calls().ask('save-recovered', { callId: left.id, ...file, durationMs: 1900 });
    expect(await kept()).toEqual([]);
    for (const durationMs of [3000, 3000])
      await calls().ask('save-recovered', { callId: left.id, ...file, durationMs });
    expect(await kept()).toMatchObject([{ inCall: left.id, fromMs: 0, toMs: 3000, isNew: true }]);
  });

  test('calls out are found again by whose account they went on', async () => {
    const call = newCall(newNumber());
    const legs = [
      { ...(call.legs[0] ?? { id: legIdOf(call.id, 1) }), spender: anna.id, answeredAt: call.startedAt },
      { id: legIdOf(call.id, 2), direction: 'incoming', kind: 'trunk', startedAt: call.startedAt },
    ] as (typeof call)['legs'];
    await calls().ask('save-call', { ...ended(call), legs });
    const spent = await reading().ask('load-spending', { since: Number(call.startedAt) });
    const one = { leg: legIdOf(call.id, 1), startedAt: call.startedAt, answeredAt: call.startedAt };
    expect(spent).toEqual([{ spender: anna.id, calls: [{ ...one, endedAt: call.startedAt + 34_000 }] }]);
    expect(await reading().ask('load-spending', { since: Number(call.startedAt) + 1 })).toEqual([]);
  });

  test('reports count each call once and by whose it was, on the clock of the office', async () => {
    const from = Date.UTC(2027, 2, 27, 23);
    const at = (minutes: number) => ({ startedAt: epochMs(from + minutes * 60_000) });
    const queue = await make('queue', { name: 'Line', members: [] });
    const queued = { queueId: queueIdOf(queue), queueWaitMs: 2000 };
    await calls().ask('save-call', ended(newCall(newNumber(), at(0)), anna));
    const inTime = { ...ended(newCall(newNumber(), at(30)), anna), ...queued, queueEnd: 'answered-in-time' as const };
    await calls().ask('save-call', inTime);
    const lost = { ...missedBy(anna, newCall(newNumber(), at(180))), ...queued, queueEnd: 'abandoned' as const };
    await calls().ask('save-call', { ...lost, cause: 'caller-gave-up' });
    const report = async (by: 'user' | 'queue' | 'hour' | 'day') => {
      const asked = { from, to: from + 86_400_000, by, zone: 'Europe/Prague' };
      return reading().ask('report-calls', asked);
    };
    expect(await report('user')).toMatchObject([
      { key: anna.id, name: 'Anna', offered: 3, answered: 2, missed: 1, talkS: 60, talkAverageS: 30, ringAverageS: 4 },
    ]);
    expect(await report('queue')).toMatchObject([
      { key: queue, name: 'Line', offered: 2, answered: 1, abandoned: 1, waitAverageS: 2, serviceLevel: 0.5 },
    ]);
    // Summer begins in Prague at 01:00 UTC of that night: 23:00 UTC is midnight, 02:00 UTC is 4 o'clock.
    expect((await report('hour')).map(({ key, offered, missed }) => [key, offered, missed])).toEqual([
      ['2027-03-28T00', 2, 0],
      ['2027-03-28T04', 1, 1],
    ]);
    expect(await report('day')).toMatchObject([{ key: '2027-03-28', offered: 3, answered: 2, missed: 1 }]);
  });

  test('calls are found by their outcome, number, queue and client', async () => {
    const number = newNumber();
    const contact = { name: 'Žofie Malá', phones: [{ typed: number }] };
    const card = valueOf(await reading().ask('create-contact', contact));
    const call = {
      ...ended(newCall(number, { numberId: numberIdOf('n7') }), anna),
      card: { kind: 'contact' as const, id: card.id },
    };
    await calls().ask('save-call', call);
    const found = async (filter: object) =>
      (await reading().ask('list-calls', { viewer: system, filter: { numberId: 'n7', ...filter } })).items.length;
    expect(await found({})).toBe(1);
    expect(await found({ outcome: 'answered' })).toBe(1);
    expect(await found({ outcome: 'missed' })).toBe(0);
    expect(await found({ outcome: 'failed' })).toBe(0);
    expect(await found({ outcome: 'voicemail' })).toBe(0);
    expect(await found({ client: 'zofie' })).toBe(1);
    expect(await found({ client: 'nobody' })).toBe(0);
    expect(await found({ queueId: 'q' })).toBe(0);
  });
});
