/** What the office sets up: each kind made, shown, changed, removed; what it names must be there, and what is named stays. */
import { mailboxIdOf, queueIdOf, routePlanIdOf } from '../../../call-router/values/ids';
import { type Answer, startTestService, type TestService } from './service';

let service: TestService;
let anna = '';
let trunk = '';
beforeAll(async () => {
  service = await startTestService();
  anna = (await service.person('anna', 'operator', { extension: '101' })).id;
  trunk = await made('/api/trunks', { name: 'Provider', kind: 'address', host: '192.0.2.10' });
});
afterAll(() => service.close());

const ask = (method: string, url: string, body?: unknown): Promise<Answer> =>
  service.ask(method, url, { as: 'token', ...(body === undefined ? {} : { body }) });
const made = async (url: string, body: object): Promise<string> => {
  const answer = await ask('POST', url, body);
  expect([url, answer.status, answer.text]).toEqual([url, 201, expect.any(String)]);
  return String(answer.json['id']);
};
const everyDay = Array.from({ length: 7 }, () => [{ from: '08:00', to: '17:00' }]);
const calendar = { name: 'Office hours', zone: 'Europe/Prague', week: everyDay };
const office = () => service.board.view.directory;

test('a whole office is set up by REST, and the router has it when the answers are there', async () => {
  const group = await made('/api/groups', { name: 'Sales', userIds: [anna], headUserId: anna, isPickupGroup: true });
  const hours = await made('/api/calendars', {
    ...calendar,
    exceptions: [{ date: '12-24', name: 'Christmas', open: [] }],
  });
  const queue = await made('/api/queues', { name: 'Sales', members: [{ userId: anna }] });
  const mailbox = await made('/api/mailboxes', { name: 'Sales', groupId: group });
  const room = await made('/api/rooms', { name: 'Monday', number: '10', pin: '1234' });
  const plan = await made('/api/route-plans', {
    name: 'Main',
    start: 'hours',
    steps: {
      hours: { kind: 'hours', calendarId: hours, open: 'menu', closed: 'message' },
      menu: {
        kind: 'menu',
        prompt: [{ say: 'menu-choose' }],
        choices: [{ digits: '1', next: 'queue' }],
        directExtension: true,
        timeoutS: 5,
        triesMax: 2,
        noChoice: 'ring',
      },
      ring: {
        kind: 'ring',
        order: 'delayed',
        targets: [{ userId: anna }, { groupId: group, delayS: 10 }],
        ringS: 20,
        next: 'message',
      },
      queue: { kind: 'queue', queueId: queue, next: 'message' },
      message: { kind: 'voicemail', mailboxId: mailbox },
    },
  });
  const number = await made('/api/numbers', {
    number: '+420210000001',
    kind: 'rented',
    trunkId: trunk,
    route: { to: 'menu', planId: plan },
    fallback: { to: 'voicemail', mailboxId: mailbox },
    language: 'cs',
    dutyUserId: anna,
  });
  await made('/api/outgoing-rules', { name: 'All', ways: [{ trunkId: trunk, numberId: number }] });
  await made('/api/recording-rules', { name: 'Never', numberIds: [number], record: 'never' });
  await made('/api/lead-rules', { name: 'Ads', sources: ['ad'], ownerGroupId: group, passOnMinutes: 30 });
  expect(office().plans.get(routePlanIdOf(plan))?.steps['menu']).toMatchObject({ noChoice: 'ring' });
  expect(office().queues.get(queueIdOf(queue))).toMatchObject({
    strategy: 'longest-idle',
    members: [{ userId: anna, level: 1, skills: [] }],
    ringS: 20,
    announce: { everyS: 60 },
  });
  expect(office().mailboxes.get(mailboxIdOf(mailbox))).toMatchObject({ groupId: group, messageMaxS: 180 });
  expect(office().outgoingRules).toMatchObject([{ position: 1, ways: [{ trunkId: trunk, numberId: number }] }]);
  expect(office().numbers).toMatchObject([{ language: 'cs', fallback: { to: 'voicemail' }, dutyUserId: anna }]);
  expect((await ask('GET', `/api/rooms/${room}`)).json).toMatchObject({ number: '10', pin: '1234', membersMax: 32 });
  expect((await ask('GET', '/api/calendars')).json).toMatchObject({ items: [{ id: hours, switch: 'automatic' }] });
  const inUse = async (url: string, by: string) => {
    const answer = await ask('DELETE', url);
    expect([url, answer.status, answer.json['detail']]).toEqual([url, 409, `It is still used by ${by}.`]);
  };
  await inUse(`/api/groups/${group}`, 'mailbox Sales');
  await inUse(`/api/calendars/${hours}`, 'plan Main');
  await inUse(`/api/queues/${queue}`, 'plan Main');
  await inUse(`/api/route-plans/${plan}`, 'number +420210000001');
  await inUse(`/api/mailboxes/${mailbox}`, 'number +420210000001');
  await inUse(`/api/numbers/${number}`, 'outgoing rule All');
  await inUse(`/api/users/${anna}`, 'number +420210000001');
  expect((await ask('DELETE', `/api/rooms/${room}`)).status).toBe(204);
  expect((await ask('DELETE', `/api/rooms/${room}`)).status).toBe(404);
  expect(office().rooms.size).toBe(0);
});

test('a change keeps what it does not name; null removes an optional member and no other', async () => {
  const url = `/api/rooms/${await made('/api/rooms', { name: 'Changed', number: '20', pin: '4444', membersMax: 5 })}`;
  expect((await ask('PATCH', url, { name: 'Renamed', pin: null })).json).toMatchObject({
    name: 'Renamed',
    membersMax: 5,
  });
  expect((await ask('GET', url)).json['pin']).toBeUndefined();
  expect((await ask('PATCH', url, { number: null })).status).toBe(422);
  expect((await ask('PATCH', url, { id: 'other' })).status).toBe(422);
  expect((await ask('PATCH', '/api/rooms/none', { name: 'x' })).status).toBe(404);
  // An id of another kind is nothing here.
  expect((await ask('GET', url.replace('rooms', 'queues'))).status).toBe(404);
});

test('rules stand in the order of their places', async () => {
  const url = '/api/recording-rules';
  const rule = (name: string) => ({ name, record: 'always' });
  const [first, second] = [await made(url, rule('Order 1')), await made(url, rule('Order 2'))];
  expect((await ask('PATCH', `${url}/${second}`, { position: 0 })).status).toBe(200);
  const names = (await ask('GET', url)).json['items'] as { id: string }[];
  const order = names.map(({ id }) => id);
  expect(order.indexOf(second)).toBeLessThan(order.indexOf(first));
  expect(office().recordingRules[0]?.name).toBe('Order 2');
});

test.each([
  ['/api/groups', { name: 'G', userIds: ['nobody'] }, 422, 'userIds.0'],
  ['/api/groups', { name: 'G' }, 422, 'userIds'],
  ['/api/groups', { name: 'SALES', userIds: [] }, 409, 'name'],
  ['/api/calendars', { ...calendar, name: 'Z', zone: 'Europe/Nowhere' }, 422, 'zone'],
  ['/api/calendars', { ...calendar, name: 'Z', week: everyDay.slice(1) }, 422, 'week'],
  [
    '/api/calendars',
    { ...calendar, name: 'Z', week: [[{ from: '8', to: '17:00' }], [], [], [], [], [], []] },
    422,
    'week.0.0.from',
  ],
  [
    '/api/calendars',
    { ...calendar, name: 'Z', week: [[{ from: '08:00', to: '08:00' }], [], [], [], [], [], []] },
    422,
    'week.0',
  ],
  [
    '/api/calendars',
    { ...calendar, name: 'Z', week: [[{ from: '24:00', to: '24:00' }], [], [], [], [], [], []] },
    422,
    'week.0.0.from',
  ],
  ['/api/calendars', { ...calendar, name: 'Z', exceptions: [{ date: '02-30', open: [] }] }, 422, 'exceptions.0.date'],
  ['/api/calendars', { ...calendar, name: 'Z', code: '*11' }, 409, 'code'],
  ['/api/calendars', { ...calendar, name: 'Z', code: '101' }, 409, 'code'],
  ['/api/rooms', { name: 'R', number: '2x' }, 422, 'number'],
  ['/api/rooms', { name: 'R', number: '20' }, 409, 'number'],
  ['/api/rooms', { name: 'R', number: '21', membersMax: 33 }, 422, 'membersMax'],
  ['/api/mailboxes', { name: 'M' }, 422, 'userId'],
  ['/api/mailboxes', { name: 'M', userId: 'nobody' }, 422, 'userId'],
  ['/api/queues', { name: 'Q', members: [{ userId: 'nobody' }] }, 422, 'members.0.userId'],
  ['/api/queues', { name: 'Q', members: [], strategy: 'skills' }, 422, 'skill'],
  ['/api/queues', { name: 'Q', members: [], overflow: { to: 'user' } }, 422, 'overflow.userId'],
  ['/api/queues', { name: 'Q', members: [], overflow: { to: 'external', trunkId: 'T' } }, 422, 'overflow.number'],
  ['/api/queues', { name: 'Q', members: [], overflow: { to: 'queue', queueId: 'none' } }, 422, 'overflow.queueId'],
  ['/api/route-plans', { name: 'P', start: 'a', steps: {} }, 422, 'start'],
  [
    '/api/route-plans',
    { name: 'P', start: 'a', steps: { a: { kind: 'queue', queueId: 'x' } } },
    422,
    'steps.a.queueId',
  ],
  ['/api/route-plans', { name: 'P', start: 'a', steps: { a: { kind: 'dance' } } }, 422, 'steps.a'],
  ['/api/route-plans', { name: 'P', start: 'a', steps: { a: { kind: 'plan' } } }, 422, 'steps.a.planId'],
  ['/api/outgoing-rules', { name: 'O', ways: [{ trunkId: 'none' }] }, 422, 'ways.0.trunkId'],
  ['/api/lead-rules', { name: 'L' }, 422, 'ownerUserId'],
])('%s refuses %j with %i and names the field', async (url, body, status, field) => {
  const answer = await ask('POST', url, body);
  expect([answer.status, answer.json['errors']]).toEqual([
    status,
    expect.arrayContaining([expect.objectContaining({ field: expect.stringContaining(field) })]),
  ]);
});

test('queues that overflow into each other in a circle are refused', async () => {
  const last = await made('/api/queues', { name: 'Last', members: [] });
  const first = await made('/api/queues', { name: 'First', members: [], overflow: { to: 'queue', queueId: last } });
  const closed = await ask('PATCH', `/api/queues/${last}`, { overflow: { to: 'queue', queueId: first } });
  expect(closed).toMatchObject({ status: 422, json: { errors: [{ field: 'overflow' }] } });
});

test('settings of the office: read, saved whole, in force, and refused where they clash', async () => {
  const codes = (await ask('GET', '/api/settings/feature-codes')).json as { dialled: object; inCall: object };
  expect(codes).toMatchObject({ dialled: { intercept: ['*11', '40'] }, inCall: { park: '7' } });
  const changed = { ...codes, dialled: { ...codes.dialled, intercept: ['*12'] } };
  expect((await ask('PUT', '/api/settings/feature-codes', changed)).json).toEqual(changed);
  expect(office().codes.dialled.intercept).toEqual(['*12']);
  const twice = { ...codes, dialled: { ...codes.dialled, intercept: ['*97'] } };
  expect((await ask('PUT', '/api/settings/feature-codes', twice)).status).toBe(409);
  const extension = { ...codes, dialled: { ...codes.dialled, intercept: ['101'] } };
  const answer = await ask('PUT', '/api/settings/feature-codes', extension);
  expect(answer.json['errors']).toEqual([
    { field: 'dialled.intercept', message: 'is taken by the extension of Person anna' },
  ]);
  expect(office().codes.dialled.intercept).toEqual(['*12']);
  // 40 is free now.
  await service.person('forty', 'operator', { extension: '40' });
  expect((await ask('PUT', '/api/settings/parking', { first: '30', last: '20', returnS: 60 })).status).toBe(422);
  expect((await ask('PUT', '/api/settings/parking', { first: '01', last: '09', returnS: 60 })).status).toBe(200);
  expect(office().parking).toEqual({ first: '01', last: '09', returnS: 60 });
  expect((await ask('PUT', '/api/settings/language', { language: 'ko' })).json).toEqual({ language: 'ko' });
  expect(office().language).toBe('ko');
  const guard = (await ask('GET', '/api/settings/fraud-guard')).json;
  expect((await ask('PUT', '/api/settings/fraud-guard', { ...guard, calendarId: 'none' })).status).toBe(422);
  expect((await ask('PUT', '/api/settings/fraud-guard', { ...guard, openCountries: ['DE'] })).status).toBe(200);
  const typo = await ask('PUT', '/api/settings/fraud-guard', { ...guard, openCountries: ['DE', 'XX'] });
  expect(typo).toMatchObject({ status: 422, json: { errors: [{ field: 'openCountries.1' }] } });
  expect(office().fraudGuard.openCountries).toEqual(['DE']);
});

test('only an administrator sees or changes it', async () => {
  const operator = await service.person('bela', 'operator');
  expect((await service.ask('GET', '/api/groups', { as: operator })).status).toBe(403);
  expect((await service.ask('PUT', '/api/settings/parking', { as: operator, body: {} })).status).toBe(403);
});
