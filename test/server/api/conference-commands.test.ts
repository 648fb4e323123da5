/** Conference and supervision by REST, with the real switchboard: what is done, why it cannot be, and who is told of it. */
import type { PbxEvent } from '../../../call-router/event';
import { bindingIdOf, callIdOf, deviceIdOf, epochMs, legIdOf, sdpOf, trunkIdOf } from '../../../call-router/values/ids';
import { type Answer, type Person, startTestService, type TestService } from './service';

let service: TestService;
let anna: Person;
let boris: Person;
let dana: Person;
let manager: Person;
let trunkId: string;
let calls = 0;
const at = epochMs(Date.UTC(2026, 10, 23, 10));
const sdp = sdpOf('v=0');

const make = async (url: string, body: object): Promise<string> =>
  String((await service.ask('POST', url, { as: 'token', body })).json['id']);

async function phoneOf(person: Person, name: string): Promise<void> {
  const device = deviceIdOf(await make(`/api/users/${person.id}/devices`, { name }));
  const of = { kind: 'device', device } as const;
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
  dana = await service.person('dana', 'operator', { extension: '104', rights: ['supervise'] });
  manager = await service.person('maria', 'manager');
  const trunk = { name: 'P', kind: 'address', host: '192.0.2.1', port: 5060, transport: 'udp' };
  trunkId = await make('/api/trunks', trunk);
  const route = { to: 'user', userId: anna.id };
  await make('/api/numbers', { number: '+420210000001', kind: 'rented', trunkId, route });
  for (const person of [anna, boris, dana]) await phoneOf(person, `of-${person.id}`);
});
afterAll(() => service.close());

interface Live {
  readonly id: string;
  readonly url: string;
  readonly leg: (n: number) => string;
  readonly post: (...events: readonly (readonly [Happening, number])[]) => void;
}
type Happening = 'opened' | 'answered';

/** Anna talks to a customer: leg 1 is the trunk's, leg 2 hers. */
function talking(): Live {
  calls += 1;
  const call = callIdOf(calls.toString(16).padStart(32, 'd'));
  const post: Live['post'] = (...events) => {
    for (const [what, n] of events) service.board.post(eventOf(call, what, n));
  };
  service.board.post({
    from: 'sip',
    type: 'invite-received',
    at,
    call,
    leg: legIdOf(call, 1),
    origin: { kind: 'trunk', trunk: trunkIdOf(trunkId) },
    caller: { user: '+420777123456', withheld: false },
    dialled: '+420210000001',
    offer: sdp,
    towards: '192.0.2.1',
  });
  service.board.post({ from: 'media', type: 'leg-opened', at, call, leg: legIdOf(call, 1) });
  post(['opened', 2], ['answered', 2]);
  service.board.post({
    from: 'media',
    type: 'offer-accepted',
    at,
    call,
    leg: legIdOf(call, 1),
    sdp,
    far: 'speaks-and-hears',
  });
  expect(service.board.view.calls.get(call)?.state.in).toBe('talking');
  return { id: call, url: `/api/calls/${call}`, leg: (n) => legIdOf(call, n), post };
}

function eventOf(call: ReturnType<typeof callIdOf>, what: Happening, n: number): PbxEvent {
  const leg = legIdOf(call, n);
  return what === 'opened'
    ? { from: 'media', type: 'leg-opened', at, call, leg, sdp }
    : { from: 'sip', type: 'leg-answered', at, call, leg, sdp };
}

const ask = (url: string, body: object, as: Person | 'token' = anna): Promise<Answer> =>
  service.ask('POST', url, { as, body });
const refusal = (why: RegExp) => ({
  status: 409,
  json: { kind: 'conflict', detail: expect.stringMatching(why) as string },
});

async function liveAs(person: Person, id: string): Promise<Record<string, unknown> | undefined> {
  const { json } = await service.ask('GET', '/api/live', { as: person });
  const items = json['items'] as readonly Record<string, unknown>[];
  return items.find((call) => call['id'] === id);
}

describe('conference', () => {
  test('a further party is dialled, comes in, and who is in it is visible', async () => {
    const live = talking();
    expect(await ask(`${live.url}/conference`, { add: '102' })).toMatchObject({
      status: 202,
      json: { state: 'conferring', members: [live.leg(1), live.leg(2)] },
    });
    expect(await ask(`${live.url}/conference`, { add: '102' })).toMatchObject(refusal(/already/));
    live.post(['opened', 3], ['answered', 3]);
    expect(await liveAs(boris, live.id)).toMatchObject({
      state: 'conferring',
      members: [live.leg(1), live.leg(2), live.leg(3)],
    });
    expect(await ask(`${live.url}/hold`, { legId: live.leg(3) }, boris)).toMatchObject({ status: 202 });
    expect(await ask(`${live.url}/resume`, { legId: live.leg(3) }, boris)).toMatchObject({ status: 202 });
    expect(await ask(`${live.url}/conference`, {})).toMatchObject(refusal(/conference already/));
  });

  test('a consultation becomes one; with a number to add it is refused', async () => {
    const live = talking();
    await ask(`${live.url}/transfer`, { legId: live.leg(2), to: '102', kind: 'announced' });
    live.post(['opened', 3], ['answered', 3]);
    expect(await ask(`${live.url}/conference`, { add: '104' })).toMatchObject(refusal(/transfer/));
    expect(await ask(`${live.url}/conference`, { legIds: [live.leg(1), live.leg(2), live.leg(3)] })).toMatchObject({
      status: 202,
      json: { state: 'conferring', members: [live.leg(1), live.leg(2), live.leg(3)] },
    });
  });

  test('reasons: nothing to add, a number that leads nowhere, a leg of no call, a call that nobody sees', async () => {
    const live = talking();
    expect(await ask(`${live.url}/conference`, {})).toMatchObject(refusal(/only two/));
    expect(await ask(`${live.url}/conference`, { add: '' })).toMatchObject({ status: 422 });
    expect(await ask(`${live.url}/conference`, { add: '*#x' })).toMatchObject(refusal(/nowhere/));
    expect(await ask(`${live.url}/conference`, { legIds: ['x.1'] })).toMatchObject({ status: 422 });
    expect(await ask(`${live.url}/conference`, { add: '102' }, boris)).toMatchObject({ status: 404 });
    expect(await ask(`${live.url}/conference`, { more: 1 })).toMatchObject({ status: 422 });
  });
});

describe('supervision', () => {
  test('nobody on the call is told; managers, and whoever listens, are', async () => {
    const live = talking();
    expect(await ask(`${live.url}/supervise`, { how: 'whisper' }, dana)).toMatchObject({ status: 202 });
    live.post(['opened', 3], ['answered', 3]);
    const seen = await liveAs(anna, live.id);
    expect(seen).toMatchObject({ state: 'talking', legs: [{ id: live.leg(1) }, { id: live.leg(2) }] });
    expect(seen).not.toHaveProperty('supervisors');
    const supervisors = [{ legId: live.leg(3), userId: dana.id, how: 'whisper' }];
    expect(await liveAs(manager, live.id)).toMatchObject({ state: 'conferring', supervisors });
    expect(await ask(`${live.url}/supervise`, { how: 'listen' }, dana)).toMatchObject({
      status: 202,
      json: { supervisors: [{ how: 'listen' }] },
    });
    // Whoever is listened to has all commands of a talk.
    expect(await ask(`${live.url}/transfer`, { legId: live.leg(2), to: '102', kind: 'blind' })).toMatchObject({
      status: 202,
      json: { state: 'transferring' },
    });
  });

  test('reasons: no right, in a call of one’s own, nobody of ours, no phone; an operator asks for themself', async () => {
    const live = talking();
    const supervise = `${live.url}/supervise`;
    expect(await ask(supervise, {}, boris)).toMatchObject({ status: 404 });
    expect(await ask(supervise, { userId: dana.id }, boris)).toMatchObject({ status: 422 });
    expect(await ask(supervise, {}, anna)).toMatchObject(refusal(/is on the call/));
    expect(await ask(supervise, {}, manager)).toMatchObject(refusal(/no right/));
    expect(await ask(supervise, { userId: '0'.repeat(32) }, 'token')).toMatchObject({ status: 422 });
    expect(await ask(supervise, {}, 'token')).toMatchObject({ status: 422 });
    expect(await ask(supervise, { how: 'shout' }, dana)).toMatchObject({ status: 422 });
  });
});
