// A browser at the gateway: its account of one log-in, calls both ways, a connection that is lost and comes back, one whose page
// sleeps, and what none of them may do.
import { once } from 'node:events';
import type { LegId } from '../../call-router/values/ids';
import { bindingIdOf, callIdOf, legIdOf, sdpOf } from '../../call-router/values/ids';
import { acknowledge, device, invite, Office, proven, realm, register, trunk } from './office';
import { newCallId, type RawMessage, type RawPhone, sdp } from './raw-phone';
import type { WsPhone } from './ws-phone';

const browser = { ...device('b-anna'), id: 'browser-anna', userId: 'anna' };
const other = { ...device('b-anna-2'), id: 'browser-anna', userId: 'anna' };
let office: Office;
let calls = 0;

beforeEach(async () => {
  office = await Office.open({ devices: [device('petr')], trunks: [] });
  office.gateway.admit(browser);
});
afterEach(async () => {
  expect(office.problems).toEqual([]);
  await office.close();
});

const instance = (of: string) => `;+sip.instance="<urn:uuid:${of}>";reg-id=1`;

/** Registers, and gives the binding. */
async function registered({ phone }: WsPhone, username = 'b-anna', id = 'one'): Promise<string> {
  const answer = await proven(phone, register(username, [`${phone.contact('page')}${instance(id)}`]), username);
  expect(answer.status).toBe(200);
  const { bindings } = await office.event('bindings-changed');
  return bindings.at(-1)?.id ?? '';
}

function dial(binding: string): LegId {
  const leg = legIdOf(callIdOf(String(++calls).padStart(32, '0')), 2);
  const target = { kind: 'binding', binding: bindingIdOf(binding) } as const;
  office.run({ to: 'sip', do: 'invite', leg, target, shows: { number: '101', withheld: false }, sdp: sdpOf(sdp()) });
  return leg;
}

/** The page answers our call. */
async function talking(page: WsPhone, binding: string): Promise<{ leg: LegId; request: RawMessage }> {
  const leg = dial(binding);
  const request = await page.phone.request('INVITE');
  page.phone.answer(request, 200, { body: sdp(4100), lines: [page.phone.contact('page')] });
  await page.phone.request('ACK');
  await office.event('leg-answered');
  return { leg, request };
}

const noEvent = (type: string) => expect(office.events.map((event) => event.type)).not.toContain(type);

test('a browser registers with the account of its log-in and is known as one; it is called under that account', async () => {
  const page = await office.page('called.invalid');
  await proven(page.phone, register('b-anna', [page.phone.contact('page')]), 'b-anna');
  const { of, bindings } = await office.event('bindings-changed');
  expect(of).toEqual({ kind: 'device', device: 'browser-anna' });
  expect(bindings).toEqual([expect.objectContaining({ media: 'webrtc', host: '127.0.0.1' })]);
  const leg = dial(bindings[0]?.id ?? '');
  const request = await page.phone.request('INVITE');
  expect(request.uri).toBe('sip:page@called.invalid;transport=ws');
  expect(request.header('to')).toContain(`sip:b-anna@${realm}`);
  page.phone.answer(request, 180);
  await office.event('leg-ringing');
  page.phone.answer(request, 200, { body: sdp(4100), lines: [page.phone.contact('page')] });
  await page.phone.request('ACK');
  expect(await office.event('leg-answered')).toMatchObject({ leg });
  office.run({ to: 'sip', do: 'bye', leg, cause: 'caller-hung-up' });
  page.phone.answer(await page.phone.request('BYE'), 200);
});

test('a browser calls out, is answered, and hangs up; none of that counts as a failure', async () => {
  const page = await office.page();
  await registered(page);
  const uri = `sip:102@${realm}`;
  const request = invite(`<sip:b-anna@${realm}>`, uri, {
    body: sdp(),
    lines: ['Content-Type: application/sdp', page.phone.contact('page')],
  });
  const asked = proven(page.phone, request, 'b-anna');
  const event = await office.event('invite-received');
  expect(event).toMatchObject({ origin: { kind: 'device', device: 'browser-anna' }, dialled: '102', over: 'webrtc' });
  office.run({ to: 'sip', do: 'answer', leg: event.leg, sdp: sdpOf(sdp(5000)) });
  const answer = await asked;
  expect(answer.header('contact')).toMatch(/^<sip:[^>]*;transport=ws>/);
  acknowledge(page.phone, { ...request, cseq: 2 }, answer);
  await office.event('ack-received');
  const bye = { ...request, method: 'BYE', cseq: 3, to: answer.header('to'), lines: [], body: '' };
  expect((await page.phone.ask(bye)).status).toBe(200);
  expect(await office.event('leg-hung-up')).toMatchObject({ leg: event.leg, why: 'bye' });
  expect(office.gateway.counters().failures).toBe(0);
});

test('several browsers of one person are several bindings, each called under its own account', async () => {
  office.gateway.admit(other);
  const [first, second] = [await office.page(), await office.page()];
  await registered(first, 'b-anna', 'one');
  const binding = await registered(second, 'b-anna-2', 'two');
  dial(binding);
  expect((await second.phone.request('INVITE')).header('to')).toContain('sip:b-anna-2@');
  expect([...office.saved.values()].at(-1)).toHaveLength(2);
  office.gateway.dismiss('b-anna-2');
  const { bindings } = await office.event('bindings-changed');
  expect(bindings).toHaveLength(1);
});

test('the account stays when the directory is loaded anew, and ends with its log-in', async () => {
  const page = await office.page();
  await registered(page);
  office.gateway.configure({ devices: [device('petr')], trunks: [] });
  noEvent('bindings-changed');
  office.gateway.dismiss('b-anna');
  expect((await office.event('bindings-changed')).bindings).toEqual([]);
  const again = await proven(page.phone, register('b-anna', [page.phone.contact('page')]), 'b-anna');
  expect(again.status).toBe(403);
});

test('a connection that closes takes its contact along at once, and the router hears of each talk on it', async () => {
  const [page, steady] = [await office.page(), await office.page()];
  const binding = await registered(page, 'b-anna', 'one');
  const kept = await registered(steady, 'b-anna', 'two');
  const { leg } = await talking(page, binding);
  await talking(steady, kept);
  await page.cut();
  expect((await office.event('bindings-changed')).bindings.map(({ id }) => id)).toEqual([kept]);
  expect(await office.event('flow-lost')).toMatchObject({ leg, token: expect.stringMatching(/^[0-9a-f]{32}$/) });
  await office.settled(steady.phone);
  noEvent('flow-lost');
  noEvent('leg-hung-up');
});

test('it comes back on another connection in a call: our BYE reaches it there', async () => {
  const page = await office.page('back.invalid');
  const { leg } = await talking(page, await registered(page));
  await page.cut();
  await office.event('flow-lost');
  await office.event('bindings-changed');
  const back = await office.page('back.invalid');
  await registered(back);
  office.run({ to: 'sip', do: 'bye', leg, cause: 'callee-hung-up' });
  const bye = await back.phone.request('BYE');
  expect(bye.uri).toBe('sip:page@back.invalid;transport=ws');
  back.phone.answer(bye, 200);
});

test('it comes back before the old connection is known to be dead: one contact, the talk is there, and its loss is news again', async () => {
  const page = await office.page('swift.invalid');
  const before = await registered(page);
  const { leg } = await talking(page, before);
  const back = await office.page('swift.invalid');
  expect(await registered(back)).toBe(before);
  await page.cut();
  await office.settled(back.phone);
  noEvent('flow-lost');
  noEvent('bindings-changed');
  await back.cut();
  expect(await office.event('flow-lost')).toMatchObject({ leg });
});

test('it comes back so while it rings: what rang on the old connection is given up, and can ring anew on this one', async () => {
  const page = await office.page('rings.invalid');
  const before = await registered(page);
  const leg = dial(before);
  page.phone.answer(await page.phone.request('INVITE'), 180);
  const back = await office.page('rings.invalid');
  await proven(back.phone, register('b-anna', [`${back.phone.contact('page')}${instance('one')}`]), 'b-anna');
  expect(await office.event('flow-lost')).toMatchObject({ leg });
  await office.event('bindings-changed');
  noEvent('leg-refused');
  dial(before);
  await back.phone.request('INVITE');
});

test('it comes back in a call and hangs up over the new connection', async () => {
  const page = await office.page('hangs.invalid');
  const { leg, request } = await talking(page, await registered(page));
  await page.cut();
  const back = await office.page('hangs.invalid');
  await registered(back);
  const answer = await back.phone.ask({
    method: 'BYE',
    uri: request.uri,
    from: `${request.header('to')};tag=rawtag`,
    to: request.header('from'),
    callId: request.header('call-id'),
    cseq: 7,
  });
  expect(answer.status).toBe(200);
  expect(await office.event('leg-hung-up')).toMatchObject({ leg, why: 'bye' });
});

test('the same browser under a new name (a page loaded anew) replaces its old contact', async () => {
  const page = await office.page();
  const before = await registered(page);
  const reloaded = await office.page();
  expect(await registered(reloaded)).toBe(before);
  dial(before);
  await reloaded.phone.request('INVITE');
  expect(page.phone.received).toEqual([]);
});

test('a call that was being made over a lost connection is given up on both sides', async () => {
  const page = await office.page();
  const binding = await registered(page);
  const ringing = dial(binding);
  page.phone.answer(await page.phone.request('INVITE'), 180);
  const request = invite(`<sip:b-anna@${realm}>`, `sip:102@${realm}`, {
    body: sdp(),
    lines: ['Content-Type: application/sdp', page.phone.contact('page')],
  });
  proven(page.phone, request, 'b-anna').catch(() => undefined);
  const { leg } = await office.event('invite-received');
  await page.cut();
  expect(await office.event('leg-cancelled')).toMatchObject({ leg });
  // It may ring again on the next connection: that is the router's to say.
  expect(await office.event('flow-lost')).toMatchObject({ leg: ringing });
  noEvent('leg-refused');
  expect(office.gateway.counters().legs).toBe(0);
});

/** Answers OPTIONS until told not to. */
function answering(phone: RawPhone): { isAwake: boolean; asked: number } {
  const state = { isAwake: true, asked: 0 };
  phone.always((message) => {
    if (message.method !== 'OPTIONS') return false;
    state.asked++;
    if (state.isAwake) phone.answer(message, 200);
    return true;
  });
  return state;
}

test('a page that sleeps while its connection lives is dropped within 30 s, and its connection with it', async () => {
  const page = await office.page();
  await registered(page);
  const state = answering(page.phone);
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms && page.socket.readyState === page.socket.OPEN; passed += 1000) {
      office.clock.forward(1000);
      page.socket.ping();
      await Promise.race([once(page.socket, 'pong'), page.closed()]);
    }
  };
  await pass(40_000);
  expect(state.asked).toBeGreaterThanOrEqual(3);
  noEvent('bindings-changed');
  state.isAwake = false;
  await pass(30_000);
  expect((await office.event('bindings-changed')).bindings).toEqual([]);
  expect(await page.closed()).toBe(1006);
});

test('what speaks over a WebSocket is no trunk, though it comes from the address of one', async () => {
  const trunks = [trunk({ id: 'pbx', kind: 'pbx', host: '127.0.0.1', port: 5070 })];
  office.gateway.configure({ devices: [device('petr')], trunks });
  const page = await office.page();
  const request = invite('<sip:201@pbx>', `sip:102@${realm}`, { lines: [page.phone.contact('page')] });
  expect((await page.phone.ask(request)).status).toBe(401);
});

test('contacts of browsers are not remembered over a restart: their connections are gone', async () => {
  const page = await office.page();
  await registered(page);
  const saved = [...office.saved.values()].flat();
  expect(saved).toHaveLength(1);
  const again = await Office.open({ devices: [{ ...browser }], trunks: [] }, saved);
  expect(again.gateway.counters().bindings).toBe(0);
  await again.close();
});

test('an engine that ends takes all contacts over connections along, and leaves those over UDP', async () => {
  const [page, phone] = [await office.page(), await office.phone('127.0.0.3')];
  await registered(page);
  await proven(phone, register('petr', [phone.contact()], { callId: newCallId() }), 'petr');
  await office.event('bindings-changed');
  office.gateway.flowsLost();
  const gone = await office.event('bindings-changed');
  expect([gone.of, gone.bindings]).toEqual([{ kind: 'device', device: 'browser-anna' }, []]);
  expect(office.gateway.counters().bindings).toBe(1);
});
