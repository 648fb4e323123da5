/** Commands on a call in which people talk, with the real switchboard: transfer, digits, the recording; and who may ask. */
import type { PbxEvent } from '../../../call-router/event';
import { bindingIdOf, callIdOf, deviceIdOf, epochMs, legIdOf, sdpOf, trunkIdOf } from '../../../call-router/values/ids';
import { type Answer, type Person, startTestService, type TestService } from './service';

let service: TestService;
let anna: Person;
let boris: Person;
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
  await service.person('clara', 'operator', { extension: '103' });
  const post = async (url: string, body: object) => (await service.ask('POST', url, { as: 'token', body })).json;
  const trunk = { name: 'P', kind: 'address', host: '192.0.2.1', port: 5060, transport: 'udp' };
  trunkId = String((await post('/api/trunks', trunk))['id']);
  const route = { to: 'user', userId: anna.id };
  await post('/api/numbers', { number: '+420210000001', kind: 'rented', trunkId, route });
  await phoneOf(anna, 'of-anna');
  await phoneOf(boris, 'of-boris');
});
afterAll(() => service.close());

interface Live {
  readonly url: string;
  readonly id: string;
  readonly leg: (n: number) => string;
}

/** A customer's call rings at Anna: leg 1 is the trunk's, leg 2 hers. */
function ringing(): Live {
  calls += 1;
  const call = callIdOf(calls.toString(16).padStart(32, 'c'));
  const [customer, desk] = [legIdOf(call, 1), legIdOf(call, 2)];
  const events: readonly PbxEvent[] = [
    {
      from: 'sip',
      type: 'invite-received',
      at,
      call,
      leg: customer,
      origin: { kind: 'trunk', trunk: trunkIdOf(trunkId) },
      caller: { user: '+420777123456', withheld: false },
      dialled: '+420210000001',
      offer: sdp,
      towards: '192.0.2.1',
    },
    { from: 'media', type: 'leg-opened', at, call, leg: customer },
    { from: 'media', type: 'leg-opened', at, call, leg: desk, sdp },
  ];
  for (const event of events) service.board.post(event);
  return { id: call, url: `/api/calls/${call}`, leg: (n) => legIdOf(call, n) };
}

/** Anna has answered. */
function talking(): Live {
  const live = ringing();
  const call = callIdOf(live.id);
  const [customer, desk] = [legIdOf(call, 1), legIdOf(call, 2)];
  const events: readonly PbxEvent[] = [
    { from: 'sip', type: 'leg-answered', at, call, leg: desk, sdp },
    { from: 'media', type: 'answer-set', at, call, leg: desk, far: 'speaks-and-hears' },
    { from: 'media', type: 'offer-accepted', at, call, leg: customer, sdp, far: 'speaks-and-hears' },
  ];
  for (const event of events) service.board.post(event);
  expect(service.board.view.calls.get(call)).toMatchObject({ state: { in: 'talking' }, recording: 'running' });
  return live;
}

const ask = (url: string, body: object, as: Person | 'token' = anna): Promise<Answer> =>
  service.ask('POST', url, { as, body });

/** 409 with the reason, in words. */
const refusal = (why: RegExp) => ({
  status: 409,
  json: { kind: 'conflict', detail: expect.stringMatching(why) as string },
});

test('blind: the transferor’s leg is gone, the target rings, the answer is the call as it is then', async () => {
  const { url, id, leg } = talking();
  const answer = await ask(`${url}/transfer`, { legId: leg(2), to: '102', kind: 'blind' });
  expect(answer).toMatchObject({
    status: 202,
    json: {
      id,
      state: 'transferring',
      rangUserIds: [anna.id, boris.id],
      legs: [
        { id: leg(1), state: 'answered' },
        { id: leg(2), state: 'ended' },
        { id: leg(3), userId: boris.id },
      ],
    },
  });
  const again = { legId: leg(2), to: '102', kind: 'blind' };
  expect(await ask(`${url}/transfer`, again, 'token')).toMatchObject(refusal(/nobody talks on this leg/));
});

test('announced: cancelled, again, and completed while the target rings', async () => {
  const { url, leg } = talking();
  const transfer = { legId: leg(2), to: '102', kind: 'announced' };
  expect(await ask(`${url}/transfer/complete`, { legId: leg(2) })).toMatchObject(refusal(/no transfer/));
  expect(await ask(`${url}/transfer/cancel`, { legId: leg(2) })).toMatchObject(refusal(/no transfer/));
  expect(await ask(`${url}/transfer`, transfer)).toMatchObject({ status: 202, json: { state: 'consulting' } });
  expect(await ask(`${url}/transfer`, transfer)).toMatchObject(refusal(/do not talk to each other/));
  expect(await ask(`${url}/transfer/complete`, { legId: leg(1) }, 'token')).toMatchObject(refusal(/another leg/));
  expect(await ask(`${url}/transfer/cancel`, { legId: leg(2) })).toMatchObject({
    status: 202,
    json: { state: 'talking' },
  });
  expect(await ask(`${url}/transfer`, transfer)).toMatchObject({ status: 202, json: { state: 'consulting' } });
  const done = await ask(`${url}/transfer/complete`, { legId: leg(2) }, 'token');
  expect(done).toMatchObject({ status: 202, json: { state: 'transferring', recording: 'running' } });
});

test('what the fraud guard refuses is told, and the router hears of it all the same', async () => {
  const { url, leg } = talking();
  const post = jest.spyOn(service.board, 'post');
  const away = { legId: leg(2), to: '+4915112345678', kind: 'blind' };
  expect(await ask(`${url}/transfer`, away)).toMatchObject(refusal(/may not be called/));
  expect(post.mock.calls.map(([event]) => event.type)).toEqual(['transfer-asked']);
  expect(await ask(`${url}/conference`, { add: '+4915112345678' })).toMatchObject(refusal(/may not be called/));
  expect(post.mock.calls.map(([event]) => event.type)).toEqual(['transfer-asked', 'conference-asked']);
  post.mockRestore();
});

test('a transfer that cannot be is a conflict with its reason, and changes nothing', async () => {
  const { url, leg, id } = talking();
  const to = (target: string, legId = leg(2)): Promise<Answer> =>
    ask(`${url}/transfer`, { legId, to: target, kind: 'blind' }, 'token');
  expect(await to('102', leg(1))).toMatchObject(refusal(/not one of the office/));
  expect(await to('103')).toMatchObject(refusal(/no phone of the target is registered/));
  expect(await to('garbage')).toMatchObject(refusal(/leads nowhere/));
  expect(service.board.view.calls.get(callIdOf(id))?.state.in).toBe('talking');
});

test('digits go to the leg that is named, and only to one that talks', async () => {
  const { url, leg } = talking();
  expect(await ask(`${url}/digits`, { legId: leg(1), digits: '0123456789*#ABCD' })).toMatchObject({ status: 202 });
  await ask(`${url}/transfer`, { legId: leg(2), to: '102', kind: 'blind' });
  expect(await ask(`${url}/digits`, { legId: leg(3), digits: '1' }, 'token')).toMatchObject(refusal(/nobody talks/));
});

test('the recording is paused and goes on; what is so already is a conflict', async () => {
  const { url, leg } = talking();
  const turn = (state: string): Promise<Answer> => ask(`${url}/recording`, { state });
  expect(await turn('running')).toMatchObject(refusal(/so already/));
  expect(await turn('paused')).toMatchObject({ status: 202, json: { recording: 'paused' } });
  const { items } = (await service.ask('GET', '/api/live', { as: anna })).json;
  expect(items).toContainEqual(expect.objectContaining({ recording: 'paused' }));
  expect(await turn('paused')).toMatchObject(refusal(/so already/));
  expect(await turn('running')).toMatchObject({ status: 202, json: { recording: 'running' } });
  await ask(`${url}/transfer`, { legId: leg(2), to: '102', kind: 'announced' });
  expect(await turn('paused')).toMatchObject(refusal(/do not talk to each other/));
});

const wrong: readonly (readonly [string, string, object])[] = [
  ['no leg', 'transfer', { to: '102', kind: 'blind' }],
  ['no target', 'transfer', { legId: 'L', kind: 'blind' }],
  ['a target that breaks a line', 'transfer', { legId: 'L', to: '102\r\nX: y', kind: 'blind' }],
  ['another kind', 'transfer', { legId: 'L', to: '102', kind: 'warm' }],
  ['a leg of another call', 'transfer', { legId: 'd.1', to: '102', kind: 'blind' }],
  ['no leg', 'transfer/complete', {}],
  ['a leg of another call', 'transfer/cancel', { legId: 'd.1' }],
  ['no digits', 'digits', { legId: 'L', digits: '' }],
  ['what is no digit', 'digits', { legId: 'L', digits: '12e' }],
  ['33 digits', 'digits', { legId: 'L', digits: '1'.repeat(33) }],
  ['another state', 'recording', { state: 'stopped' }],
  ['a field nobody knows', 'recording', { state: 'paused', legId: 'L' }],
];
test.each(wrong)('%s in %s is refused with 422', async (_what, command, body) => {
  const { url, leg } = talking();
  const text = JSON.stringify(body).replace('"L"', `"${leg(2)}"`);
  const answer = await service.ask('POST', `${url}/${command}`, { as: 'token', body: text });
  expect(answer).toMatchObject({ status: 422, json: { errors: [expect.anything()] } });
});

test('who may not see a call may not command it, nobody may command one that is not there: 404', async () => {
  const { url, leg } = talking();
  const [legId, none] = [leg(2), `/api/calls/${'0'.repeat(32)}`];
  const commands: readonly (readonly [string, object])[] = [
    ['transfer', { legId, to: '102', kind: 'blind' }],
    ['transfer/complete', { legId }],
    ['transfer/cancel', { legId }],
    ['digits', { legId, digits: '1' }],
    ['recording', { state: 'paused' }],
  ];
  for (const [command, body] of commands) {
    expect([command, (await ask(`${url}/${command}`, body, boris)).status]).toEqual([command, 404]);
    expect([command, (await ask(`${none}/${command}`, body, 'token')).status]).toEqual([command, 404]);
  }
  const unknown = await service.ask('POST', `${url}/recording`, { as: 'nobody', body: { state: 'paused' } });
  expect(unknown.status).toBe(401);
});

describe('pickup', () => {
  it('rings the phones of whoever takes the call, which then see it; an operator takes for nobody else', async () => {
    const { url, id } = ringing();
    const forOther = await service.ask('POST', `${url}/pickup`, { as: boris, body: { userId: anna.id } });
    expect(forOther.status).toBe(422);
    const taken = await service.ask('POST', `${url}/pickup`, { as: boris, body: {} });
    expect(taken.status).toBe(202);
    expect(taken.json['rangUserIds']).toContain(boris.id);
    expect(service.board.view.calls.get(callIdOf(id))?.legs.size).toBe(3);
  });

  it('409 once people talk, 404 for none', async () => {
    expect((await service.ask('POST', `${talking().url}/pickup`, { as: boris, body: {} })).status).toBe(409);
    expect((await service.ask('POST', `/api/calls/${'0'.repeat(32)}/pickup`, { as: boris, body: {} })).status).toBe(
      404,
    );
  });
});

describe('hold and park', () => {
  it('a leg of the office holds its far end and resumes; what is so already is a conflict', async () => {
    const { url, leg } = talking();
    const asked = { legId: leg(2) };
    expect((await ask(`${url}/resume`, asked)).json).toMatchObject(refusal(/not held/).json);
    const held = await ask(`${url}/hold`, asked);
    expect(held).toMatchObject({ status: 202, json: { legs: [{ state: 'answered' }, { state: 'held' }] } });
    expect(await ask(`${url}/hold`, asked)).toMatchObject(refusal(/held already/));
    expect((await ask(`${url}/resume`, asked)).json).toMatchObject({ state: 'talking' });
    expect(await ask(`${url}/hold`, { legId: leg(1) }, 'token')).toMatchObject(refusal(/not one of the office/));
  });

  it('parks in the lowest free slot; a parked call cannot be parked again', async () => {
    const { url, leg, id } = talking();
    expect((await ask(`${url}/park`, { legId: leg(2) })).json).toMatchObject({ state: 'parked' });
    expect(service.board.view.parkedIn('01')?.id).toBe(id);
    expect(await ask(`${url}/park`, { legId: leg(2) })).toMatchObject(refusal(/do not talk/));
  });
});
