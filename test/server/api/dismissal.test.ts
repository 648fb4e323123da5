/** Somebody leaves: access ends at once, what was theirs is a colleague's, and history goes on saying who it was. */
import { callIdOf, epochMs, userIdOf } from '../../../call-router/values/ids';
import { e164From } from '../../../call-router/values/number';
import { addRecordedCall, type Person, startTestService, type TestService } from './service';

let service: TestService;
let admin: Person;
let leaver: Person;
let heir: Person;
const ask = (method: string, url: string, body?: object) =>
  service.ask(method, url, { as: 'token', ...(body === undefined ? {} : { body }) });
const make = async (url: string, body: object): Promise<string> => {
  const { status, json, text } = await ask('POST', url, body);
  if (status !== 201) throw new Error(`${url}: ${text}`);
  return String(json['id']);
};
const dismiss = (id: string, successorUserId: string, as: Person | 'token' = admin) =>
  service.ask('POST', `/api/users/${id}/dismissal`, { as, body: { successorUserId } });

beforeEach(async () => {
  service = await startTestService();
  admin = await service.person('chief', 'administrator');
  leaver = await service.person('jana', 'operator', { extension: '101' });
  heir = await service.person('petr', 'operator', { extension: '102' });
});
afterEach(() => service.close());

test('phones, log-ins, tokens and the link end at once', async () => {
  await make(`/api/users/${leaver.id}/devices`, { name: 'Desk phone' });
  await service.database.reading.ask('open-login', { tokenHash: 'x', userId: leaver.id, kind: 'token', label: 'x' });
  await ask('POST', `/api/users/${leaver.id}/invitation`, {});
  const { status, json } = await dismiss(leaver.id, heir.id);
  expect([status, json['ended']]).toEqual([200, { devices: 1, logIns: 1, tokens: 1 }]);
  expect(json['user']).toMatchObject({ id: leaver.id, disabled: true });
  expect(json['user']).not.toHaveProperty('invitedUntil');
  expect((await service.ask('GET', '/api/me', { as: leaver })).status).toBe(401);
  expect((await ask('GET', `/api/users/${leaver.id}/devices`)).json['items']).toEqual([]);
  expect(service.board.view.directory.users.has(userIdOf(leaver.id))).toBe(false);
  const devices = [...service.board.view.directory.devices.values()];
  expect(devices.filter(({ userId }) => userId === leaver.id)).toEqual([]);
  await expect(service.logIn('jana', 'password of jana')).rejects.toThrow('could not log in');
});

test('clients, leads and deals pass to the colleague', async () => {
  const responsibleUserId = leaver.id;
  const contact = await make('/api/contacts', { name: 'Client', responsibleUserId });
  const company = await make('/api/companies', { name: 'Company', responsibleUserId });
  const lead = await make('/api/leads', { title: 'Lead', responsibleUserId });
  const deal = await make('/api/deals', { title: 'Deal', responsibleUserId });
  const { json } = await dismiss(leaver.id, heir.id);
  expect(json['passed']).toMatchObject({ contacts: 1, companies: 1, leads: 1, deals: 1 });
  for (const url of [`contacts/${contact}`, `companies/${company}`, `leads/${lead}`, `deals/${deal}`])
    expect((await ask('GET', `/api/${url}`)).json['responsibleUserId']).toBe(heir.id);
});

test('numbers, groups, queues, plans and lead rules name the colleague, once; rules of calls out and of recordings stay', async () => {
  const trunkId = await make('/api/trunks', { name: 'provider', kind: 'address', host: '192.0.2.1' });
  const own = { kind: 'rented', trunkId };
  const both = [leaver.id, heir.id];
  const number = await make('/api/numbers', {
    ...own,
    number: '+420210000001',
    route: { to: 'ringGroup', userIds: both },
    fallback: { to: 'user', userId: leaver.id },
    dutyUserId: leaver.id,
  });
  const mobile = { kind: 'mobile', number: '+420777000111', ownerUserId: leaver.id };
  const mobileId = await make('/api/numbers', { ...mobile, route: { to: 'user', userId: leaver.id } });
  await service.database.reading.ask('set-number-verified', { id: mobileId, isVerified: true });
  const group = { name: 'Sales', userIds: both, headUserId: leaver.id, isPickupGroup: false };
  const groupId = await make('/api/groups', group);
  const member = { skills: [] };
  const queueId = await make('/api/queues', {
    name: 'Sales',
    strategy: 'longest-idle',
    members: [
      { userId: leaver.id, ...member },
      { userId: heir.id, ...member },
    ],
  });
  const recording = { name: 'never the chief', numberIds: [], groupIds: [], userIds: [leaver.id], record: 'never' };
  const ruleId = await make('/api/recording-rules', recording);
  const { status, json } = await dismiss(leaver.id, heir.id);
  expect([status, json['passed']]).toEqual([200, expect.objectContaining({ numbers: 2, objects: 2 })]);
  expect((await ask('GET', `/api/numbers/${number}`)).json).toMatchObject({
    route: { to: 'ringGroup', userIds: [heir.id] },
    fallback: { to: 'user', userId: heir.id },
    dutyUserId: heir.id,
  });
  expect((await ask('GET', `/api/numbers/${mobileId}`)).json).toMatchObject({
    ownerUserId: heir.id,
    isVerified: false,
    route: { to: 'user', userId: heir.id },
  });
  expect((await ask('GET', `/api/groups/${groupId}`)).json).toMatchObject({ userIds: [heir.id], headUserId: heir.id });
  const queue = await ask('GET', `/api/queues/${queueId}`);
  expect(queue.json['members']).toEqual([expect.objectContaining({ userId: heir.id })]);
  expect((await ask('GET', `/api/recording-rules/${ruleId}`)).json['userIds']).toEqual([leaver.id]);
});

test('a mailbox is taken over; where the colleague has one, the messages go into it and what led to the old leads there', async () => {
  const old = await make('/api/mailboxes', { name: 'Jana', userId: leaver.id });
  const own = await make('/api/mailboxes', { name: 'Petr', userId: heir.id });
  const trunkId = await make('/api/trunks', { name: 'provider', kind: 'address', host: '192.0.2.1' });
  const route = { to: 'voicemail', mailboxId: old };
  const number = await make('/api/numbers', { kind: 'rented', trunkId, number: '+420210000001', route });
  const callId = await addRecordedCall(service);
  await service.database.calls.ask('save-message', { mailboxId: old, callId, at: 5, fromMs: 0, toMs: 900 });
  expect((await dismiss(leaver.id, heir.id)).status).toBe(200);
  expect((await ask('GET', '/api/mailboxes')).json['items']).toEqual([expect.objectContaining({ id: own })]);
  const messages = await service.ask('GET', '/api/messages', { as: heir });
  expect(messages.json['items']).toEqual([expect.objectContaining({ callId, mailboxId: own })]);
  expect((await ask('GET', `/api/numbers/${number}`)).json['route']).toEqual({ to: 'voicemail', mailboxId: own });
  const third = await service.person('eva', 'operator');
  expect((await dismiss(heir.id, third.id)).status).toBe(200);
  expect((await ask('GET', `/api/mailboxes/${own}`)).json['userId']).toBe(third.id);
});

test('calls keep their name; those whom nobody has called back wait for the colleague', async () => {
  const jana = userIdOf(leaver.id);
  const answered = await addRecordedCall(service, { answeredByUserId: jana, rangUserIds: [jana] });
  const at = epochMs(Date.UTC(2026, 10, 23, 11));
  const missed = callIdOf('0123456789abcdef0123456789abcdef');
  await service.database.calls.ask('save-call', {
    id: missed,
    direction: 'inbound',
    startedAt: at,
    endedAt: epochMs(at + 5000),
    ringMs: 5000,
    talkMs: 0,
    totalMs: 5000,
    cause: 'caller-gave-up',
    fault: 'caller',
    callerTyped: '+420777123457',
    callerNumber: e164From('+420777123457'),
    calleeTyped: '101',
    rangUserIds: [jana],
    missedBy: [jana],
    otherCards: [],
    recording: 'none',
    legs: [],
  });
  await dismiss(leaver.id, heir.id);
  expect((await ask('GET', `/api/calls/${answered}`)).json['answeredByUserId']).toBe(leaver.id);
  const colleagues = (await service.ask('GET', '/api/colleagues', { as: heir })).json['items'];
  expect(colleagues).toContainEqual(expect.objectContaining({ id: leaver.id, name: 'Person jana', disabled: true }));
  const waiting = (await service.ask('GET', '/api/missed-calls', { as: heir })).json['items'];
  expect(waiting).toEqual([expect.objectContaining({ callId: missed })]);
});

test('nobody dismisses themself or the last administrator; the successor works here', async () => {
  const detail = async (id: string, successor: string, as: Person | 'token' = admin) => {
    const { status, json } = await dismiss(id, successor, as);
    return [status, json['detail'] ?? json['errors']];
  };
  const first = String((await service.logIn('admin', 'correct horse battery')).id);
  expect(await detail(admin.id, heir.id)).toEqual([409, expect.stringContaining('yourself')]);
  expect((await dismiss(first, heir.id)).status).toBe(200);
  expect(await detail(admin.id, heir.id, 'token')).toEqual([409, 'This is the last administrator.']);
  const wrong = [422, [expect.objectContaining({ field: 'successorUserId' })]];
  expect(await detail(leaver.id, leaver.id)).toEqual(wrong);
  expect(await detail(leaver.id, first)).toEqual(wrong);
  expect(await detail(leaver.id, 'nobody')).toEqual(wrong);
  expect((await dismiss('nobody', heir.id)).status).toBe(404);
  expect((await dismiss(leaver.id, heir.id, heir)).status).toBe(403);
});

test('whoever comes back is let in again, with their old password and without phones', async () => {
  await make(`/api/users/${leaver.id}/devices`, { name: 'Desk phone' });
  await dismiss(leaver.id, heir.id);
  expect((await ask('PATCH', `/api/users/${leaver.id}`, { disabled: false })).status).toBe(200);
  await service.logIn('jana', 'password of jana');
  expect((await ask('GET', `/api/users/${leaver.id}/devices`)).json['items']).toEqual([]);
  expect(service.board.view.directory.users.has(userIdOf(leaver.id))).toBe(true);
});
