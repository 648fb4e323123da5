/** What the page does with one's own phones, with the real switchboard: mute, answer, retrieve, which of them ring. */
import type { PbxEvent } from '../../../call-router/event';
import {
  bindingIdOf,
  browserDeviceOf,
  callIdOf,
  deviceIdOf,
  epochMs,
  legIdOf,
  sdpOf,
  trunkIdOf,
  userIdOf,
} from '../../../call-router/values/ids';
import { type Answer, type Person, startTestService, type TestService } from './service';

let service: TestService;
let anna: Person;
let boris: Person;
let trunkId: string;
let calls = 0;
const at = epochMs(Date.UTC(2026, 10, 23, 10));
const sdp = sdpOf('v=0');

function bind(device: ReturnType<typeof deviceIdOf>, media: 'rtp' | 'webrtc'): void {
  const of = { kind: 'device', device } as const;
  const binding = { id: bindingIdOf(`at-${device}`), of, host: '192.0.2.9', media, expiresAt: epochMs(at + 3600_000) };
  service.board.post({ from: 'sip', type: 'bindings-changed', at, of, bindings: [binding] });
}

async function phoneOf(person: Person, name: string): Promise<void> {
  const answer = await service.ask('POST', `/api/users/${person.id}/devices`, { as: 'token', body: { name } });
  bind(deviceIdOf(String(answer.json['id'])), 'rtp');
}

beforeAll(async () => {
  service = await startTestService();
  anna = await service.person('anna', 'operator', { extension: '101' });
  boris = await service.person('boris', 'operator', { extension: '102' });
  const post = async (url: string, body: object) => (await service.ask('POST', url, { as: 'token', body })).json;
  const trunk = { name: 'P', kind: 'address', host: '192.0.2.1', port: 5060, transport: 'udp' };
  trunkId = String((await post('/api/trunks', trunk))['id']);
  await post('/api/numbers', {
    number: '+420210000001',
    kind: 'rented',
    trunkId,
    route: { to: 'user', userId: anna.id },
  });
  await phoneOf(anna, 'of-anna');
  await phoneOf(boris, 'of-boris');
});
afterAll(() => service.close());

/** A customer's call rings at Anna: leg 1 is the trunk's, leg 2 hers. */
function ringing(more: { readonly answersWhenTold?: true } = {}) {
  calls += 1;
  const call = callIdOf(calls.toString(16).padStart(32, 'd'));
  const leg = (n: number) => legIdOf(call, n);
  const events: readonly PbxEvent[] = [
    {
      from: 'sip',
      type: 'invite-received',
      at,
      call,
      leg: leg(1),
      origin: { kind: 'trunk', trunk: trunkIdOf(trunkId) },
      caller: { user: '+420777123456', withheld: false },
      dialled: '+420210000001',
      offer: sdp,
      towards: '192.0.2.1',
    },
    { from: 'media', type: 'leg-opened', at, call, leg: leg(1) },
    { from: 'media', type: 'leg-opened', at, call, leg: leg(2), sdp },
    { from: 'sip', type: 'leg-ringing', at, call, leg: leg(2), ...more },
  ];
  for (const event of events) service.board.post(event);
  return { url: `/api/calls/${call}`, call, leg };
}

function talking() {
  const live = ringing();
  const { call, leg } = live;
  service.board.post({ from: 'sip', type: 'leg-answered', at, call, leg: leg(2), sdp });
  service.board.post({ from: 'media', type: 'answer-set', at, call, leg: leg(2), far: 'speaks-and-hears' });
  service.board.post({ from: 'media', type: 'offer-accepted', at, call, leg: leg(1), sdp, far: 'speaks-and-hears' });
  return live;
}

const ask = (url: string, body: object, as: Person | 'token' = anna): Promise<Answer> =>
  service.ask('POST', url, { as, body });
const refusal = (why: RegExp) => ({
  status: 409,
  json: { kind: 'conflict', detail: expect.stringMatching(why) as string },
});
const legsIn = ({ json }: Answer) =>
  json['legs'] as readonly { readonly id: string; readonly [key: string]: unknown }[];

test('mute is shown on the leg until it ends; of one’s own leg only, and once', async () => {
  const { url, leg } = talking();
  const muted = await ask(`${url}/mute`, { legId: leg(2) });
  expect(muted.status).toBe(202);
  expect(legsIn(muted)).toMatchObject([{ id: leg(1) }, { id: leg(2), muted: true }]);
  expect('muted' in (legsIn(muted)[0] ?? {})).toBe(false);
  expect(await ask(`${url}/mute`, { legId: leg(2) })).toMatchObject(refusal(/muted already/));
  expect((await ask(`${url}/mute`, { legId: leg(1) })).status).toBe(422);
  expect((await ask(`${url}/mute`, { legId: leg(2) }, boris)).status).toBe(404);
  const heard = await ask(`${url}/unmute`, { legId: leg(2) });
  expect(legsIn(heard).some((one) => 'muted' in one)).toBe(false);
  expect(await ask(`${url}/unmute`, { legId: leg(2) })).toMatchObject(refusal(/not muted/));
  await ask(`${url}/hangup`, {});
  expect((await ask(`${url}/mute`, { legId: leg(2) })).status).toBe(404);
});

test('a leg that rings is not muted', async () => {
  const { url, leg } = ringing();
  expect(await ask(`${url}/mute`, { legId: leg(2) })).toMatchObject(refusal(/nobody talks/));
  await ask(`${url}/hangup`, {}, 'token');
});

test('a phone that takes the word is told to answer; the button is not there for any other', async () => {
  const told = ringing({ answersWhenTold: true });
  const live = await service.ask('GET', '/api/live', { as: anna });
  const shown = (live.json['items'] as readonly Answer['json'][]).find((one) => one['id'] === told.call);
  expect(shown?.['legs']).toMatchObject([{ state: 'offered' }, { id: told.leg(2), canAnswer: true }]);
  const post = jest.spyOn(service.board, 'post');
  expect((await ask(`${told.url}/answer`, { legId: told.leg(2) })).status).toBe(202);
  expect(post.mock.calls.map(([event]) => event.type)).toEqual(['answer-asked']);
  post.mockRestore();
  expect((await ask(`${told.url}/answer`, { legId: told.leg(2) }, boris)).status).toBe(404);
  await ask(`${told.url}/hangup`, {}, 'token');
  const mute = ringing();
  expect(await ask(`${mute.url}/answer`, { legId: mute.leg(2) })).toMatchObject(refusal(/has not said/));
  await ask(`${mute.url}/hangup`, {}, 'token');
  const busy = talking();
  expect(await ask(`${busy.url}/answer`, { legId: busy.leg(2) })).toMatchObject(refusal(/does not ring/));
  await ask(`${busy.url}/hangup`, {});
});

test('a parked call comes to the phones of whoever retrieves it; once, and to nobody else’s by an operator', async () => {
  const { url, leg } = talking();
  expect(await ask(`${url}/retrieve`, {}, boris)).toMatchObject(refusal(/not parked/));
  expect((await ask(`${url}/park`, { legId: leg(2) })).status).toBe(202);
  expect((await ask(`${url}/retrieve`, { userId: anna.id }, boris)).status).toBe(422);
  const taken = await ask(`${url}/retrieve`, {}, boris);
  expect(taken).toMatchObject({ status: 202, json: { state: 'transferring' } });
  expect(legsIn(taken).at(-1)).toMatchObject({ userId: boris.id, state: 'opening' });
  expect(taken.json['slot']).toBeUndefined();
  expect(await ask(`${url}/retrieve`, {}, anna)).toMatchObject(refusal(/not parked/));
  await ask(`${url}/hangup`, {}, 'token');
  expect((await ask(`${url}/retrieve`, {}, anna)).status).toBe(404);
});

test('answer on: all at first, then what was chosen; a page that does not know of it leaves it as it was', async () => {
  const url = `/api/users/${anna.id}/person`;
  const person = { doNotDisturb: false, forwards: {} };
  expect((await service.ask('GET', url, { as: anna })).json['ringsOn']).toEqual(['headset', 'desk-phone', 'mobile']);
  const set = await service.ask('PUT', url, { as: anna, body: { ...person, ringsOn: ['headset'] } });
  expect(set.json['ringsOn']).toEqual(['headset']);
  expect((await service.ask('PUT', url, { as: anna, body: person })).json['ringsOn']).toEqual(['headset']);
  const wrong = await service.ask('PUT', url, { as: anna, body: { ...person, ringsOn: ['fax'] } });
  expect(wrong.status).toBe(422);
  expect((await service.ask('PUT', url, { as: boris, body: person })).status).toBe(404);
});

test('click-to-call rings the phone that was chosen, or the one asked for; 409 for one that is not there', async () => {
  const person = { doNotDisturb: false, forwards: {}, ringsOn: ['headset'] };
  await service.ask('PUT', `/api/users/${anna.id}/person`, { as: anna, body: person });
  const to = { fromUserId: anna.id, to: '102' };
  const headset = { ...to, via: 'headset' };
  expect(await ask('/api/calls', headset)).toMatchObject(refusal(/cannot be reached now/));
  const browser = browserDeviceOf(userIdOf(anna.id));
  bind(browser, 'webrtc');
  const called = await ask('/api/calls', to);
  expect(legsIn(called)).toMatchObject([{ deviceId: browser }]);
  await ask(`/api/calls/${String(called.json['id'])}/hangup`, {}, 'token');
  const desk = await ask('/api/calls', { ...to, via: 'desk-phone' });
  expect(legsIn(desk)).toHaveLength(1);
  expect(legsIn(desk)[0]?.['deviceId']).not.toBe(browser);
  await ask(`/api/calls/${String(desk.json['id'])}/hangup`, {}, 'token');
  expect(await ask('/api/calls', { ...to, via: 'mobile' })).toMatchObject(refusal(/cannot be reached now/));
  expect((await ask('/api/calls', { ...to, via: 'fax' })).status).toBe(422);
});
