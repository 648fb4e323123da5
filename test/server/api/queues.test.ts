/** Queues and agents as they stand, and what is asked of agents, on real parts. */
import { callIdOf, epochMs, legIdOf, sdpOf, trunkIdOf } from '../../../call-router/values/ids';
import { type Person, startTestService, type TestService } from './service';

let service: TestService;
let anna: Person;
let boris: Person;
let queue: string;
beforeAll(async () => {
  service = await startTestService();
  anna = await service.person('anna', 'operator', { extension: '101' });
  boris = await service.person('boris', 'operator', { extension: '102' });
  const body = { name: 'Support', members: [{ userId: anna.id }], wrapUpS: 30 };
  const made = await service.ask('POST', '/api/queues', { as: 'token', body });
  expect(made.status).toBe(201);
  queue = String(made.json['id']);
});
afterAll(() => service.close());

const turn = (id: string, body: object, as: Person | 'token' = 'token') =>
  service.ask('POST', `/api/agents/${id}`, { as, body });

test('a queue that nobody has called yet', async () => {
  const now = await service.ask('GET', `/api/queues/${queue}/now`, { as: boris });
  expect(now.json).toEqual({
    queueId: queue,
    name: 'Support',
    waiting: 0,
    longestWaitS: 0,
    calls: [],
    agents: expect.objectContaining({ out: 1, free: 0 }),
    answered: 0,
    answeredInTime: 0,
    abandoned: 0,
    overflowed: 0,
  });
  expect((await service.ask('GET', '/api/queues/none/now', { as: boris })).status).toBe(404);
});

test('an agent logs in, pauses with a reason, resumes and logs out; nobody without a phone is free', async () => {
  const { id } = anna;
  expect(await turn(id, { what: 'pause' }, anna)).toMatchObject({ status: 409 });
  const logsIn = await turn(id, { what: 'log-in' }, anna);
  expect(logsIn).toMatchObject({
    status: 202,
    json: { userId: id, name: 'Person anna', standing: 'unreachable', agentOfQueueIds: [queue], callsTaken: 0 },
  });
  expect((await turn(id, { what: 'pause', reason: 'lunch' })).json).toMatchObject({
    standing: 'paused',
    pause: { reason: 'lunch', since: expect.any(String) },
  });
  const { items } = (await service.ask('GET', '/api/agents', { as: boris })).json;
  expect(items).toEqual([expect.objectContaining({ userId: id, memberOfQueueIds: [queue], standing: 'paused' })]);
  expect((await turn(id, { what: 'resume' })).json).not.toHaveProperty('pause');
  expect((await turn(id, { what: 'log-out', queueId: queue })).json).toMatchObject({
    standing: 'out',
    agentOfQueueIds: [],
  });
});

test('an operator turns nobody else; who is no member cannot log in; a queue that is not there is named', async () => {
  expect((await turn(anna.id, { what: 'log-in' }, boris)).status).toBe(403);
  expect((await turn(boris.id, { what: 'log-in' }, boris)).status).toBe(409);
  expect((await turn('nobody', { what: 'log-in' })).status).toBe(404);
  expect(await turn(anna.id, { what: 'log-in', queueId: 'none' })).toMatchObject({
    status: 422,
    text: expect.stringContaining('queueId'),
  });
  expect((await turn(anna.id, { what: 'sleep' })).status).toBe(422);
});

test('who waits is seen, by the call and not by the number', async () => {
  await turn(anna.id, { what: 'log-in' });
  const body = { name: 'Provider', kind: 'address', host: '192.0.2.10', port: 5060, transport: 'udp' };
  const trunk = await service.ask('POST', '/api/trunks', { as: 'token', body });
  const trunkId = String(trunk.json['id']);
  await service.ask('POST', '/api/numbers', {
    as: 'token',
    body: { number: '+420210000021', kind: 'rented', trunkId, route: { to: 'queue', queueId: queue } },
  });
  const call = callIdOf('a1');
  const leg = legIdOf(call, 1);
  const at = epochMs(Date.now() - 5000);
  const sdp = sdpOf('v=0');
  service.board.post({
    from: 'sip',
    type: 'invite-received',
    at,
    call,
    leg,
    origin: { kind: 'trunk', trunk: trunkIdOf(trunkId) },
    caller: { user: '777123456', withheld: false },
    dialled: '+420210000021',
    offer: sdp,
    towards: '192.0.2.10',
  });
  service.board.post({ from: 'media', type: 'leg-opened', at, call, leg });
  service.board.post({ from: 'media', type: 'offer-accepted', at, call, leg, sdp, far: 'speaks-and-hears' });
  const now = await service.ask('GET', `/api/queues/${queue}/now`, { as: anna });
  expect(now.json).toMatchObject({
    waiting: 1,
    calls: [{ callId: 'a1', isCallback: false, isPriority: false, offeredToUserIds: [] }],
    estimateS: expect.any(Number),
  });
  expect(Number(now.json['longestWaitS'])).toBeGreaterThanOrEqual(5);
  expect(now.text).not.toContain('777123456');
});
