/** Whose call it is to command: an operator's by a live leg of their own, the group's head's for its people, a manager's all. */
import type { PbxEvent } from '../../../call-router/event';
import {
  bindingIdOf,
  callIdOf,
  deviceIdOf,
  epochMs,
  type LegId,
  legIdOf,
  sdpOf,
  trunkIdOf,
} from '../../../call-router/values/ids';
import { type Answer, type Person, startTestService, type TestService } from './service';

let service: TestService;
let anna: Person;
let boris: Person;
let clara: Person;
let manager: Person;
let trunkId: string;
let calls = 0;
const at = epochMs(Date.UTC(2026, 10, 23, 10));
const sdp = sdpOf('v=0');

async function phoneOf(person: Person, name: string): Promise<void> {
  const answer = await service.ask('POST', `/api/users/${person.id}/devices`, { as: 'token', body: { name } });
  const of = { kind: 'device', device: deviceIdOf(String(answer.json['id'])) } as const;
  const binding = {
    id: bindingIdOf(name),
    of,
    host: '192.0.2.9',
    media: 'rtp' as const,
    expiresAt: epochMs(at + 3600_000),
  };
  service.board.post({ from: 'sip', type: 'bindings-changed', at, of, bindings: [binding] });
}

beforeAll(async () => {
  service = await startTestService();
  anna = await service.person('anna', 'operator', { extension: '101' });
  boris = await service.person('boris', 'operator', { extension: '102' });
  clara = await service.person('clara', 'operator', { extension: '103' });
  manager = await service.person('mona', 'manager');
  const post = async (url: string, body: object) => (await service.ask('POST', url, { as: 'token', body })).json;
  const trunk = { name: 'P', kind: 'address', host: '192.0.2.1', port: 5060, transport: 'udp' };
  trunkId = String((await post('/api/trunks', trunk))['id']);
  const route = { to: 'ringGroup', userIds: [anna.id, boris.id] };
  await post('/api/numbers', { number: '+420210000001', kind: 'rented', trunkId, route });
  await post('/api/groups', { name: 'Sales', userIds: [anna.id], headUserId: clara.id, isPickupGroup: false });
  for (const person of [anna, boris, clara]) await phoneOf(person, `of-${person.id}`);
});
afterAll(() => service.close());

const ask = (url: string, body: object, as: Person): Promise<Answer> => service.ask('POST', url, { as, body });
const post = (events: readonly PbxEvent[]): void => events.forEach((event) => service.board.post(event));

/** A customer's call rings at Anna (leg 2) and Boris (leg 3). */
function ringing() {
  calls += 1;
  const call = callIdOf(calls.toString(16).padStart(32, 'c'));
  const leg = (n: number): LegId => legIdOf(call, n);
  const origin = { kind: 'trunk', trunk: trunkIdOf(trunkId) } as const;
  const caller = { user: '+420777123456', withheld: false };
  const invite = { dialled: '+420210000001', offer: sdp, towards: '192.0.2.1' };
  post([
    { from: 'sip', type: 'invite-received', at, call, leg: leg(1), origin, caller, ...invite },
    { from: 'media', type: 'leg-opened', at, call, leg: leg(1) },
    { from: 'media', type: 'leg-opened', at, call, leg: leg(2), sdp },
    { from: 'media', type: 'leg-opened', at, call, leg: leg(3), sdp },
  ]);
  const state = (): string | undefined => service.board.view.calls.get(call)?.state.in;
  return { call, url: `/api/calls/${call}`, leg, state };
}

function answers(call: ReturnType<typeof callIdOf>, leg: LegId): void {
  post([
    { from: 'sip', type: 'leg-answered', at, call, leg, sdp },
    { from: 'media', type: 'answer-set', at, call, leg, far: 'speaks-and-hears' },
  ]);
}

/** Anna has answered. */
function talking() {
  const live = ringing();
  answers(live.call, live.leg(2));
  post([
    { from: 'media', type: 'offer-accepted', at, call: live.call, leg: live.leg(1), sdp, far: 'speaks-and-hears' },
  ]);
  expect(live.state()).toBe('talking');
  return live;
}

const commandsOn = (leg: (n: number) => LegId): readonly (readonly [string, object])[] => [
  ['hangup', {}],
  ['hangup', { legId: leg(2) }],
  ['transfer', { legId: leg(2), to: '102', kind: 'blind' }],
  ['transfer/complete', { legId: leg(2) }],
  ['transfer/cancel', { legId: leg(2) }],
  ['digits', { legId: leg(1), digits: '1' }],
  ['recording', { state: 'paused' }],
  ['hold', { legId: leg(2) }],
  ['resume', { legId: leg(2) }],
  ['park', { legId: leg(2) }],
  ['conference', { add: '103' }],
];

test('whose phone only rang sees the call and commands nothing in it: 404', async () => {
  const { url, leg, state } = talking();
  expect((await service.ask('GET', '/api/live', { as: boris })).json['items']).toHaveLength(1);
  for (const [command, body] of commandsOn(leg))
    expect([command, (await ask(`${url}/${command}`, body, boris)).status]).toEqual([command, 404]);
  expect(state()).toBe('talking');
  expect((await ask(`${url}/hangup`, {}, anna)).status).toBe(202);
});

test('who has passed the call on commands it no more', async () => {
  const { call, url, leg } = talking();
  const to = { legId: leg(2), to: '102', kind: 'blind' };
  expect((await ask(`${url}/transfer`, to, anna)).json).toMatchObject({ state: 'transferring' });
  answers(call, leg(4));
  for (const [command, body] of commandsOn(leg))
    expect([command, (await ask(`${url}/${command}`, body, anna)).status]).toEqual([command, 404]);
  expect((await ask(`${url}/hold`, { legId: leg(4) }, boris)).status).toBe(202);
  expect((await ask(`${url}/hangup`, {}, boris)).status).toBe(202);
});

test('on the line one commands with one’s own leg: 422 for another’s', async () => {
  const { call, url, leg } = talking();
  const announced = { legId: leg(2), to: '102', kind: 'announced' };
  expect((await ask(`${url}/transfer`, announced, anna)).status).toBe(202);
  answers(call, leg(4));
  for (const [command, body] of [
    ['transfer/complete', { legId: leg(2) }],
    ['transfer/cancel', { legId: leg(2) }],
    ['digits', { legId: leg(1), digits: '1' }],
    ['hangup', { legId: leg(1) }],
    ['hangup', { legId: leg(2) }],
  ] as const)
    expect([command, (await ask(`${url}/${command}`, body, boris)).status]).toEqual([command, 422]);
  // Without a leg it is the own one that leaves; whoever makes the transfer ends it for all.
  expect((await ask(`${url}/hangup`, {}, boris)).json).toMatchObject({ state: 'talking' });
  expect((await ask(`${url}/hangup`, {}, anna)).json).toMatchObject({ state: 'ended' });
});

test('who made a conference ends it; a member leaves it', async () => {
  const { call, url, leg } = talking();
  const asked = await ask(`${url}/conference`, { add: '102' }, anna);
  expect(asked.status).toBe(202);
  answers(call, leg(4));
  expect((await ask(`${url}/hangup`, { legId: leg(1) }, boris)).status).toBe(422);
  expect((await ask(`${url}/hangup`, {}, boris)).json['state']).not.toBe('ended');
  expect((await ask(`${url}/hangup`, {}, anna)).json).toMatchObject({ state: 'ended' });
});

test('a phone that rings is declined by its owner; nobody pauses a recording before they talk', async () => {
  const { url, leg, state } = ringing();
  expect((await ask(`${url}/hangup`, {}, boris)).status).toBe(422);
  expect((await ask(`${url}/hangup`, { legId: leg(2) }, boris)).status).toBe(422);
  expect((await ask(`${url}/recording`, { state: 'paused' }, boris)).status).toBe(409);
  expect((await ask(`${url}/hangup`, { legId: leg(3) }, boris)).status).toBe(202);
  expect(state()).toBe('ringing');
});

test('the head of a group commands for its people, not for others; a manager commands all', async () => {
  const first = talking();
  expect((await ask(`${first.url}/hold`, { legId: first.leg(2) }, clara)).status).toBe(202);
  expect((await ask(`${first.url}/resume`, { legId: first.leg(2) }, manager)).status).toBe(202);
  const to = { legId: first.leg(2), to: '102', kind: 'blind' };
  expect((await ask(`${first.url}/transfer`, to, clara)).status).toBe(202);
  answers(first.call, first.leg(4));
  expect((await ask(`${first.url}/hold`, { legId: first.leg(4) }, clara)).status).toBe(404);
  expect((await ask(`${first.url}/hangup`, {}, manager)).status).toBe(202);
});
