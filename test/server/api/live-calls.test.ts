/** Live calls and commands on them, with the real switchboard: events in, the call as it is then out. */
import { bindingIdOf, callIdOf, deviceIdOf, epochMs, legIdOf, sdpOf, trunkIdOf } from '../../../call-router/values/ids';
import { type Person, startTestService, type TestService } from './service';

let service: TestService;
let anna: Person;
let boris: Person;
let trunkId: string;
const call = callIdOf('c'.repeat(32));
const at = epochMs(Date.UTC(2026, 10, 23, 10));

beforeAll(async () => {
  service = await startTestService();
  anna = await service.person('anna', 'operator', { extension: '101' });
  boris = await service.person('boris', 'operator', { extension: '102' });
  const post = async (url: string, body: object) => (await service.ask('POST', url, { as: 'token', body })).json;
  const trunk = await post('/api/trunks', {
    name: 'P',
    kind: 'address',
    host: '192.0.2.1',
    port: 5060,
    transport: 'udp',
  });
  trunkId = String(trunk['id']);
  const route = { to: 'user', userId: anna.id };
  await post('/api/numbers', { number: '+420210000001', kind: 'rented', trunkId, route });
  const device = deviceIdOf(String((await post(`/api/users/${anna.id}/devices`, { name: 'Phone' }))['id']));
  const of = { kind: 'device', device } as const;
  const binding = {
    id: bindingIdOf('b1'),
    of,
    host: '192.0.2.9',
    media: 'rtp' as const,
    expiresAt: epochMs(at + 3600_000),
  };
  service.board.post({ from: 'sip', type: 'bindings-changed', at, of, bindings: [binding] });
  service.board.post({
    from: 'sip',
    type: 'invite-received',
    at,
    call,
    leg: legIdOf(call, 1),
    origin: { kind: 'trunk', trunk: trunkIdOf(trunkId) },
    caller: { user: '+420777123456', displayName: 'Somebody', withheld: false },
    dialled: '+420210000001',
    offer: sdpOf('v=0'),
    towards: '192.0.2.1',
  });
});
afterAll(() => service.close());

test('a call that rings is seen by the one it rings and by an administrator, and by nobody else', async () => {
  const seen = await service.ask('GET', '/api/live', { as: anna });
  expect(seen.json).toMatchObject({
    items: [
      {
        id: call,
        direction: 'inbound',
        state: 'ringing',
        startedAt: new Date(at).toISOString(),
        caller: { typed: '+420777123456', number: '+420777123456', name: 'Somebody' },
        trunkId,
        rangUserIds: [anna.id],
        recording: 'none',
        legs: [{ id: `${call}.1`, direction: 'incoming', trunkId }, { userId: anna.id }],
      },
    ],
  });
  expect((await service.ask('GET', '/api/live', { as: 'token' })).json).toEqual(seen.json);
  expect((await service.ask('GET', '/api/live', { as: boris })).json).toEqual({ items: [] });
});

test('who may not see a call cannot end it: 404; a leg of another call is refused', async () => {
  const url = `/api/calls/${call}/hangup`;
  expect((await service.ask('POST', url, { as: boris })).status).toBe(404);
  expect((await service.ask('POST', url, { as: anna, body: { legId: 'd.1' } })).status).toBe(422);
  expect((await service.ask('POST', url, { as: anna, body: { leg: 1 } })).status).toBe(422);
  expect(service.board.view.calls.get(call)?.state.in).toBe('ringing');
});

test('click-to-call without a registered phone is a conflict; to nowhere, for somebody else or for nobody is refused', async () => {
  const make = (as: Person | 'token', body: object) => service.ask('POST', '/api/calls', { as, body });
  expect(await make('token', { fromUserId: boris.id, to: '101' })).toMatchObject({
    status: 409,
    json: { kind: 'conflict' },
  });
  expect((await make(anna, { fromUserId: boris.id, to: '101' })).json).toMatchObject({
    errors: [{ field: 'fromUserId' }],
  });
  expect((await make('token', { fromUserId: 'nobody', to: '101' })).json).toMatchObject({
    errors: [{ field: 'fromUserId' }],
  });
  expect((await make(anna, { fromUserId: anna.id, to: '' })).status).toBe(422);
  expect((await make(anna, { fromUserId: anna.id, to: '+420602111222\r\nX: y' })).status).toBe(422);
  expect((await make(anna, { fromUserId: anna.id, to: 'garbage' })).json).toMatchObject({ errors: [{ field: 'to' }] });
});

test('click-to-call rings the person first and answers 202 with the call', async () => {
  const made = await service.ask('POST', '/api/calls', {
    as: anna,
    body: { fromUserId: anna.id, to: '+420602111222' },
  });
  expect(made.status).toBe(202);
  expect(made.json).toMatchObject({ state: 'reaching-caller', direction: 'outbound', caller: { userId: anna.id } });
});

test('hanging up answers 202 with the call as it is then', async () => {
  const answer = await service.ask('POST', `/api/calls/${call}/hangup`, { as: anna });
  expect(answer).toMatchObject({ status: 202, json: { id: call, state: 'ended' } });
});
