/** What people find at their desk, by REST: whose it is, who may see it, and that the router follows at once. */
import { newPerson } from '../../../call-router/state/person';
import { epochMs, mailboxIdOf, userIdOf } from '../../../call-router/values/ids';
import { addRecordedCall, type Person, startTestService, type TestService } from './service';

let service: TestService;
let anna: Person;
let bela: Person;
beforeAll(async () => {
  service = await startTestService();
  anna = await service.person('anna', 'operator', { extension: '101' });
  bela = await service.person('bela', 'operator', { extension: '102' });
  await token('POST', `/api/users/${anna.id}/devices`, { name: 'Desk' });
});
afterAll(() => service.close());

const token = (method: string, url: string, body?: unknown) =>
  service.ask(method, url, { as: 'token', ...(body === undefined ? {} : { body }) });

test('a person sets forwarding and do not disturb for themselves; an administrator for anybody', async () => {
  const url = `/api/users/${anna.id}/person`;
  const set = { doNotDisturb: true, forwards: { busy: '102', noAnswer: '102' }, noAnswerS: 15 };
  const answer = await service.ask('PUT', url, { as: anna, body: set });
  const ringsOn = ['headset', 'desk-phone', 'mobile'];
  expect([answer.status, answer.json]).toEqual([200, { ...set, ringsOn, agentOf: [], isBlocked: false }]);
  expect(service.board.view.person(userIdOf(anna.id))).toMatchObject(set);
  expect((await service.ask('GET', url, { as: bela })).status).toBe(404);
  expect((await service.ask('PUT', url, { as: bela, body: set })).status).toBe(404);
  const off = { doNotDisturb: false, forwards: {} };
  expect((await token('PUT', url, off)).json).toMatchObject({ ...off, noAnswerS: expect.any(Number) });
  expect((await token('GET', '/api/users/nobody/person')).status).toBe(404);
});

test.each([
  ['101', 'is this person again'],
  ['112', 'may not be called'],
  ['voicemail', 'needs a mailbox'],
])('forwarding to %s is refused: it %s', async (always, why) => {
  const body = { doNotDisturb: false, forwards: { always } };
  const answer = await service.ask('PUT', `/api/users/${anna.id}/person`, { as: anna, body });
  expect(answer).toMatchObject({ status: 422, json: { errors: [{ field: 'forwards.always' }] } });
  expect(answer.text).toContain(why);
});

test('voicemail: mine to list, hear and remove, and the lamp follows', async () => {
  const mailbox = String((await token('POST', '/api/mailboxes', { name: 'Anna', userId: anna.id })).json['id']);
  const callId = await addRecordedCall(service, { missedBy: [userIdOf(anna.id)] });
  const left = { mailboxId: mailbox, callId, at: Date.UTC(2026, 10, 23, 10), fromMs: 500, toMs: 1500 };
  await service.database.calls.ask('save-message', left);
  const mine = await service.ask('GET', '/api/messages', { as: anna });
  expect(mine.json).toMatchObject({ items: [{ callId, mailboxId: mailbox, caller: { typed: '+420777123456' } }] });
  const [{ id }] = mine.json['items'] as [{ id: string }];
  expect((await service.ask('GET', '/api/messages', { as: bela })).json).toEqual({ items: [] });
  expect((await service.ask('GET', `/api/mailboxes/${mailbox}/messages`, { as: bela })).status).toBe(404);
  expect((await service.ask('GET', `/api/recordings/${callId}/audio`, { as: bela })).status).toBe(404);
  expect((await service.ask('GET', `/api/recordings/${callId}/audio`, { as: anna })).status).toBe(200);
  const lamp = () => service.board.view.mailboxCounts.get(mailboxIdOf(mailbox));
  const url = `/api/messages/${id}`;
  expect((await service.ask('PATCH', url, { as: bela, body: { heard: true } })).status).toBe(404);
  expect((await service.ask('PATCH', url, { as: anna, body: { heard: true } })).json).toMatchObject({ id });
  expect(lamp()).toMatchObject({ newMessages: 0, oldMessages: 1 });
  expect((await service.ask('PATCH', url, { as: anna, body: { heard: false } })).json['heardAt']).toBeUndefined();
  expect(lamp()).toMatchObject({ newMessages: 1, oldMessages: 0 });
  expect((await service.ask('DELETE', url, { as: anna })).status).toBe(204);
  expect(lamp()).toMatchObject({ newMessages: 0, oldMessages: 0 });
  expect((await service.ask('DELETE', url, { as: anna })).status).toBe(404);
  const missed = await service.ask('GET', '/api/missed-calls?open=true', { as: anna });
  expect((await service.ask('GET', '/api/me/desk', { as: anna })).json).toEqual({
    missedCalls: 1,
    newMessages: 0,
    unreadNotices: 1,
    hasOwnMailbox: true,
    mailboxes: [{ id: mailbox, name: 'Anna' }],
    groups: [],
    queues: [],
    headOf: [],
    maySupervise: false,
  });
  expect(missed.json).toMatchObject({ items: [{ callId, of: 'user', ofId: anna.id }] });
  expect((await service.ask('GET', `/api/missed-calls?userId=${anna.id}`, { as: bela })).status).toBe(404);
  const notices = await service.ask('GET', '/api/notices?unread=true', { as: anna });
  expect(notices.json).toMatchObject({ items: [{ kind: 'message', parameters: { mailbox: 'Anna' } }] });
  const [notice] = notices.json['items'] as [{ id: string }];
  expect((await service.ask('PATCH', `/api/notices/${notice.id}`, { as: bela, body: { read: true } })).status).toBe(
    404,
  );
  expect((await service.ask('PATCH', `/api/notices/${notice.id}`, { as: anna, body: { read: true } })).status).toBe(
    200,
  );
});

test('whom the fraud guard stopped is shown, and lifted by one click', async () => {
  const user = userIdOf(bela.id);
  const block = { since: epochMs(Date.UTC(2026, 10, 23)), isLifted: false };
  const persons = [[user, { ...newPerson, block }]] as const;
  service.board.post({ from: 'store', type: 'persons-loaded', at: epochMs(0), persons });
  expect((await token('GET', '/api/fraud/blocks')).json).toEqual({
    items: [{ userId: bela.id, name: 'Person bela', since: '2026-11-23T00:00:00.000Z' }],
  });
  expect((await service.ask('DELETE', `/api/fraud/blocks/${bela.id}`, { as: bela })).status).toBe(403);
  expect((await token('DELETE', `/api/fraud/blocks/${bela.id}`)).status).toBe(204);
  expect((await token('GET', '/api/fraud/blocks')).json).toEqual({ items: [] });
  expect((await token('DELETE', `/api/fraud/blocks/${bela.id}`)).status).toBe(404);
});

test('alarms are for administrators, who lift them', async () => {
  await service.database.calls.ask('save-alarm', { id: 'alarm-1', kind: 'emergency-call', at: 1_780_000_000_000 });
  expect((await token('GET', '/api/alarms?open=true')).json).toMatchObject({ items: [{ id: 'alarm-1' }] });
  expect((await service.ask('GET', '/api/alarms', { as: anna })).status).toBe(403);
  const lifted = await token('PATCH', '/api/alarms/alarm-1', { lifted: true });
  expect(lifted.json).toMatchObject({ liftedAt: expect.any(String) });
  expect((await token('GET', '/api/alarms?open=true')).json).toEqual({ items: [] });
  expect((await token('PATCH', '/api/alarms/none', { lifted: true })).status).toBe(404);
});

test('a report is JSON, or a table whose cells no spreadsheet takes for a formula', async () => {
  const evil = await service.person('evil', 'operator', { name: '=HYPERLINK("x"),"y"' });
  await addRecordedCall(service, { answeredByUserId: userIdOf(evil.id), rangUserIds: [userIdOf(evil.id)] });
  const url = '/api/reports/calls?from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z&by=user';
  const manager = await service.person('manager', 'manager');
  const report = await service.ask('GET', url, { as: manager });
  expect(report.json).toMatchObject({
    items: expect.arrayContaining([expect.objectContaining({ key: evil.id, answered: 1 })]),
  });
  const table = await service.ask('GET', url, { as: manager, headers: { accept: 'text/csv' } });
  expect(table.headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(table.text).toMatch(/^key,name,offered,/);
  expect(table.text).toContain(`${evil.id},"'=HYPERLINK(""x""),""y""",1,1,`);
  expect((await service.ask('GET', url, { as: anna })).status).toBe(403);
  expect((await token('GET', url.replace('by=user', 'by=moon'))).status).toBe(422);
  expect((await token('GET', url.replace('2026-12-01', '2026-10-01'))).status).toBe(422);
  expect((await token('GET', url.replace('2026-12-01', '2036-10-01'))).status).toBe(422);
});
