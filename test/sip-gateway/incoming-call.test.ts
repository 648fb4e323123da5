import { sdpOf } from '../../call-router/values/ids';
import { acknowledge, device, invite, Office, passwordOf, proven, realm, register, trunk } from './office';
import { authorization, challengeIn, newCallId, type RawMessage, type RawPhone, type Request, sdp } from './raw-phone';

let office: Office;
let provider: RawPhone;

beforeEach(async () => {
  office = await Office.open({ devices: [device('anna')], trunks: [] });
  provider = await office.phone('127.0.0.2');
  office.gateway.configure({
    devices: [device('anna'), device('petr')],
    trunks: [trunk({ id: 'carrier', kind: 'address', host: '127.0.0.2', port: provider.port })],
  });
  provider.always((message) => {
    if (message.method !== 'OPTIONS') return false;
    provider.answer(message, 200);
    return true;
  });
});
afterEach(async () => {
  expect(office.problems).toEqual([]);
  await office.close();
});

const withSdp = (body = sdp()) => ({ body, lines: ['Content-Type: application/sdp', provider.contact()] });
const called = () =>
  invite('<sip:+420601111111@127.0.0.2>', `sip:+420222333444@127.0.0.1:${office.sip.port}`, withSdp());

/** A call from the provider that we have answered and it has acknowledged. */
async function talking(request: Request = called()) {
  provider.send(provider.textOf(request));
  const { leg } = await office.event('invite-received');
  office.run({ to: 'sip', do: 'answer', leg, sdp: sdpOf(sdp(5000)) });
  const answer = await provider.response(request);
  acknowledge(provider, request, answer);
  await office.event('ack-received');
  return { leg, request, answer };
}

const within = (
  of: { request: Request; answer: RawMessage },
  method: string,
  more: Partial<Request> = {},
): Request => ({
  ...of.request,
  to: of.answer.header('to'),
  method,
  cseq: of.request.cseq + 1,
  lines: [],
  body: '',
  ...more,
});

test('a call from a trunk: ringing, answered, acknowledged, hung up by the caller, and nothing is left', async () => {
  const request = called();
  provider.send(provider.textOf(request));
  const event = await office.event('invite-received');
  expect(event).toMatchObject({
    origin: { kind: 'trunk', trunk: 'carrier' },
    caller: { user: '+420601111111', withheld: false },
    dialled: '+420222333444',
    offer: sdp(),
    towards: '127.0.0.2',
  });
  expect(event.call).toMatch(/^[0-9a-f]{32}$/);
  expect(event.leg).toBe(`${event.call}.1`);
  office.run({ to: 'sip', do: 'ring', leg: event.leg });
  expect((await provider.response(request)).status).toBe(180);
  office.run({ to: 'sip', do: 'progress', leg: event.leg, sdp: sdpOf(sdp(5000)) });
  expect(await provider.response(request)).toMatchObject({ status: 183, body: sdp(5000) });
  office.run({ to: 'sip', do: 'answer', leg: event.leg, sdp: sdpOf(sdp(5000)) });
  const answer = await provider.response(request);
  expect(answer).toMatchObject({ status: 200, body: sdp(5000) });
  expect(answer.header('contact')).toContain(`127.0.0.1:${office.sip.port}`);
  acknowledge(provider, request, answer);
  expect(await office.event('ack-received')).not.toHaveProperty('sdp');
  expect((await provider.ask(within({ request, answer }, 'BYE'))).status).toBe(200);
  expect(await office.event('leg-hung-up')).toMatchObject({ leg: event.leg, why: 'bye' });
  expect(office.gateway.counters().legs).toBe(0);
  office.run({ to: 'sip', do: 'bye', leg: event.leg, cause: 'caller-hung-up' }); // late: does nothing
});

test('an INVITE without a description gets our offer in the 200; theirs comes in the ACK', async () => {
  const request = { ...called(), body: '', lines: [provider.contact()] };
  provider.send(provider.textOf(request));
  const event = await office.event('invite-received');
  expect(event).not.toHaveProperty('offer');
  office.run({ to: 'sip', do: 'answer', leg: event.leg, sdp: sdpOf(sdp(5000)) });
  acknowledge(provider, request, await provider.response(request), sdp(4444));
  expect(await office.event('ack-received')).toMatchObject({ leg: event.leg, sdp: sdp(4444) });
});

test.each([
  ['Max-Forwards: 70', 70],
  ['Max-Forwards: 1', 1],
  ['Max-Forwards: lots', undefined],
  ['X-None: 1', undefined], // RFC 2543 had no such field
])('the hops left to a call are known to the router: %s', async (line, maxForwards) => {
  const request = called();
  provider.send(provider.textOf(request).replace('Max-Forwards: 70', line));
  expect((await office.event('invite-received')).maxForwards).toBe(maxForwards);
});

test('a call with no hop left has gone in circles: 483, once its sender is known (RFC 3261 section 8.1.1.6)', async () => {
  const withoutHops = (phone: RawPhone, request: Request) =>
    phone.send(phone.textOf(request).replace('Max-Forwards: 70', 'Max-Forwards: 0'));
  const request = called();
  withoutHops(provider, request);
  expect((await provider.response(request)).status).toBe(483);
  const stranger = await office.phone('127.0.0.77');
  const strange = { ...called(), lines: [stranger.contact()], body: '' };
  withoutHops(stranger, strange);
  expect((await stranger.response(strange)).status).toBe(401);
  expect(office.events.some(({ type }) => type === 'invite-received')).toBe(false);
  expect(office.gateway.counters().legs).toBe(0);
});

test('refused with its status, Reason and Retry-After', async () => {
  const request = called();
  provider.send(provider.textOf(request));
  const { leg } = await office.event('invite-received');
  office.run({ to: 'sip', do: 'refuse', leg, cause: 'overloaded', retryAfterS: 7 });
  const answer = await provider.response(request);
  expect([answer.status, answer.header('retry-after'), answer.header('reason')]).toEqual([503, '7', 'Q.850;cause=42']);
  acknowledge(provider, request, answer);
  expect(office.gateway.counters().legs).toBe(0);
});

test('CANCEL before the answer: the engine answers it, the router hears that the caller gave up', async () => {
  const request = { ...called(), branch: 'z9hG4bKcancelme' };
  provider.send(provider.textOf(request));
  const { leg } = await office.event('invite-received');
  office.run({ to: 'sip', do: 'ring', leg });
  await provider.response(request);
  const cancel = { ...request, method: 'CANCEL', body: '', lines: [] };
  expect((await provider.ask(cancel)).status).toBe(200);
  expect((await provider.response(request)).status).toBe(487);
  expect(await office.event('leg-cancelled')).toMatchObject({ leg });
  expect(office.gateway.counters().legs).toBe(0);
  office.run({ to: 'sip', do: 'answer', leg, sdp: sdpOf(sdp()) }); // crossed it: does nothing
});

test('an INVITE that borrows the Call-ID of a ringing call is refused, and the caller can still give up', async () => {
  const request = { ...called(), branch: 'z9hG4bKreal' };
  provider.send(provider.textOf(request));
  const { leg } = await office.event('invite-received');
  office.run({ to: 'sip', do: 'ring', leg });
  await provider.response(request);
  const stranger = await office.phone('127.0.0.77');
  const borrowed = { ...called(), callId: request.callId, lines: [stranger.contact()], body: '' };
  expect((await stranger.ask(borrowed)).status).toBe(482);
  expect((await provider.ask({ ...request, method: 'CANCEL', body: '', lines: [] })).status).toBe(200);
  expect(await office.event('leg-cancelled')).toMatchObject({ leg });
  expect((await provider.response(request)).status).toBe(487);
  expect((await stranger.ask({ ...borrowed, cseq: 2 })).status).toBe(401); // it is free again
});

test('CANCEL that crosses our 200 ends the leg either way, and once', async () => {
  const request = { ...called(), branch: 'z9hG4bKcrossing' };
  provider.send(provider.textOf(request));
  const { leg } = await office.event('invite-received');
  office.run({ to: 'sip', do: 'answer', leg, sdp: sdpOf(sdp(5000)) });
  provider.send(provider.textOf({ ...request, method: 'CANCEL', body: '', lines: [] }));
  const final = await provider.next('final response', (m) => m.status >= 200 && /INVITE/.test(m.header('cseq')));
  if (final.status === 200) {
    acknowledge(provider, request, final);
    await office.event('ack-received');
    await provider.ask(within({ request, answer: final }, 'BYE'));
    await office.event('leg-hung-up');
  } else await office.event('leg-cancelled');
  expect(office.gateway.counters().legs).toBe(0);
});

test('our BYE waits for the ACK of our 200 (RFC 3261 section 15), and says why', async () => {
  const request = called();
  provider.send(provider.textOf(request));
  const { leg } = await office.event('invite-received');
  office.run({ to: 'sip', do: 'answer', leg, sdp: sdpOf(sdp(5000)) });
  const answer = await provider.response(request);
  office.run({ to: 'sip', do: 'bye', leg, cause: 'ended-by-command' });
  await office.settled(provider);
  expect(provider.received.some(({ method }) => method === 'BYE')).toBe(false);
  acknowledge(provider, request, answer);
  const bye = await provider.request('BYE');
  expect(bye.header('reason')).toBe('Q.850;cause=16');
  provider.answer(bye, 200);
  expect(office.gateway.counters().legs).toBe(0);
});

test('re-INVITE: its offer goes to the router, one at a time; the answer goes back', async () => {
  const call = await talking();
  const hold = within(call, 'INVITE', withSdp(sdp(4002)));
  provider.send(provider.textOf(hold));
  expect(await office.event('reoffer-received')).toMatchObject({ leg: call.leg, offer: sdp(4002) });
  const update = within(call, 'UPDATE', { ...withSdp(sdp(4004)), cseq: 3 });
  expect([491, 500]).toContain((await provider.ask(update)).status);
  office.run({ to: 'sip', do: 'accept-reoffer', leg: call.leg, sdp: sdpOf(sdp(5002)) });
  const answer = await provider.response(hold);
  expect(answer).toMatchObject({ status: 200, body: sdp(5002) });
  acknowledge(provider, hold, answer);
  await office.event('ack-received');
  const again = within(call, 'UPDATE', { ...withSdp(sdp(4006)), cseq: 4 });
  provider.send(provider.textOf(again));
  await office.event('reoffer-received', ({ offer }) => offer === sdp(4006));
  office.run({ to: 'sip', do: 'refuse-reoffer', leg: call.leg, cause: 'no-common-codec' });
  expect((await provider.response(again)).status).toBe(488);
  office.run({ to: 'sip', do: 'accept-reoffer', leg: call.leg, sdp: sdpOf(sdp()) }); // nothing is open: nothing happens
});

test.each([
  ['INFO', 200],
  ['OPTIONS', 200],
  ['UPDATE', 200], // without a description: a refresh
  ['REFER', 403], // a provider moves nobody
  ['MESSAGE', 405],
  ['PRACK', 481],
])('in a dialog %s is answered %i and disturbs nothing', async (method, status) => {
  const call = await talking();
  const lines = method === 'REFER' ? ['Refer-To: <sip:x@y>', provider.contact()] : [provider.contact()];
  expect((await provider.ask(within(call, method, { lines }))).status).toBe(status);
  expect(office.gateway.counters().legs).toBe(1);
});

test('keys that a phone tells by INFO go to the router; what nobody asked for is refused by name (RFC 6086)', async () => {
  const call = await talking();
  let cseq = 2;
  const info = (lines: readonly string[], body = '') =>
    provider.ask(within(call, 'INFO', { cseq: cseq++, lines, body }));
  expect((await info(['Content-Type: application/dtmf-relay'], 'Signal=*\r\nDuration=250\r\n')).status).toBe(200);
  expect(await office.event('info-digit-received')).toMatchObject({ leg: call.leg, digit: '*', durationMs: 250 });
  expect((await info(['c: application/dtmf'], '7')).status).toBe(200);
  expect(await office.event('info-digit-received')).toMatchObject({ digit: '7', durationMs: 160 });
  expect((await info(['Content-Type: application/dtmf-relay'], 'Signal=16\r\n')).status).toBe(200); // a flash hook
  const other = await info(['Content-Type: application/media_control+xml'], '<x/>');
  expect([other.status, other.header('accept')]).toEqual([415, 'application/dtmf-relay, application/dtmf']);
  const packaged = await info(['Info-Package: dtmf', 'Content-Type: application/dtmf-relay'], 'Signal=1\r\n');
  expect([packaged.status, packaged.all('recv-info')]).toEqual([415, ['']]);
  expect(office.events.some(({ type }) => type === 'info-digit-received')).toBe(false);
});

test('who passed a call on to us is told with it', async () => {
  const request = {
    ...called(),
    lines: [provider.contact(), 'Diversion: <sip:+420601222333@op>;reason=no-answer', 'X-Trunkline-Number: ours'],
    body: '',
  };
  provider.send(provider.textOf(request));
  const event = await office.event('invite-received');
  expect(event.divertedFrom).toEqual(['+420601222333']);
  // A provider chooses no number of ours.
  expect('shows' in event).toBe(false);
});

test('a required extension is refused by name, a body of another kind by 415', async () => {
  const strange = { ...called(), lines: ['Require: 100rel, precondition', ...withSdp().lines] };
  const refused = await provider.ask(strange);
  expect([refused.status, refused.header('unsupported')]).toEqual([420, 'precondition']);
  const text = { ...called(), lines: ['Content-Type: text/plain', provider.contact()], body: 'hello' };
  expect((await provider.ask(text)).status).toBe(415);
  expect(office.gateway.counters().legs).toBe(0);
});

test('a device proves itself; its account is its identity, whatever its From and P-Asserted-Identity say', async () => {
  const phone = await office.phone('127.0.0.3');
  const chosen = 'X-Trunkline-Number: 0123456789abcdef';
  const lines = [
    'Content-Type: application/sdp',
    phone.contact(),
    'P-Asserted-Identity: <sip:+420900000000@x>',
    chosen,
  ];
  const request = invite(`"Boss" <sip:+420999@${realm}>`, `sip:%2A8101%23@${realm}`, { lines, body: sdp() });
  const asked = await phone.ask(request);
  expect(asked.status).toBe(401);
  acknowledge(phone, request, asked);
  const line = authorization({
    challenge: challengeIn(asked),
    username: 'anna',
    password: passwordOf('anna'),
    method: 'INVITE',
    uri: request.uri,
  });
  phone.send(phone.textOf({ ...request, cseq: 2, lines: [...lines, line] }));
  expect(await office.event('invite-received')).toMatchObject({
    origin: { kind: 'device', device: 'device-anna' },
    caller: { user: 'anna', withheld: false },
    dialled: '*8101#',
    shows: '0123456789abcdef',
  });
});

test('a stranger gets a bare 401, then 403; ten failures in ten minutes end in silence', async () => {
  const stranger = await office.phone('127.0.0.9');
  for (let attempt = 1; attempt <= 10; attempt++) {
    const request = invite('<sip:1@evil>', `sip:900@127.0.0.1`, { lines: [stranger.contact()], body: '' });
    const asked = await stranger.ask(request);
    acknowledge(stranger, request, asked);
    expect(asked.status).toBe(401);
    expect(asked.body).toBe('');
    expect(asked.text).not.toMatch(/^(server|user-agent):/im);
  }
  expect(office.bans).toEqual(['127.0.0.9']);
  expect(office.gateway.counters()).toMatchObject({ failures: 10, bans: 1, legs: 0 });
  stranger.send(stranger.textOf(invite('<sip:1@evil>', 'sip:900@127.0.0.1', { lines: [stranger.contact()] })));
  await office.settled(provider);
  expect(stranger.received.filter(({ status }) => status > 100)).toEqual([]);
  office.clock.forward(11 * 60_000);
  expect(
    (await stranger.ask(invite('<sip:1@evil>', 'sip:900@127.0.0.1', { lines: [stranger.contact()] }))).status,
  ).toBe(401);
});

test('many phones behind one address may begin to register at once; ten wrong passwords silence only their own port', async () => {
  const phones = await Promise.all(Array.from({ length: 12 }, () => office.phone('127.0.0.4')));
  for (const phone of phones) expect((await phone.ask(register('anna', []))).status).toBe(401);
  const [first = provider, second = provider] = phones;
  expect((await proven(first, register('anna', [first.contact()]), 'anna')).status).toBe(200);
  for (let attempt = 0; attempt < 10; attempt++) {
    const request = register('anna', []);
    const challenge = challengeIn(await second.ask(request));
    const line = authorization({
      challenge,
      username: 'anna',
      password: 'guess',
      method: 'REGISTER',
      uri: request.uri,
    });
    expect((await second.ask({ ...request, cseq: 2, lines: [line] })).status).toBe(403);
  }
  expect(office.bans).toEqual([]);
  expect(office.gateway.counters().bans).toBe(1);
  expect((await proven(first, register('anna', [first.contact()]), 'anna')).status).toBe(200);
});

test('guessing with a new port each time, or from the port of a phone, comes to nothing; proven phones go on', async () => {
  const guess = async (phone: typeof provider, username: string, password: string): Promise<number> => {
    const request = register(username, []);
    const challenge = challengeIn(await phone.ask(request));
    const line = authorization({ challenge, username, password, method: 'REGISTER', uri: request.uri });
    return (await phone.ask({ ...request, cseq: 2, lines: [line] })).status;
  };
  const [anna, ...guessers] = await Promise.all(Array.from({ length: 6 }, () => office.phone('127.0.0.4')));
  if (anna === undefined) throw new Error('no phone');
  expect((await proven(anna, register('anna', [anna.contact()]), 'anna')).status).toBe(200);
  for (let attempt = 0; attempt < 10; attempt++) expect(await guess(anna, 'nobody', 'guess')).toBe(403);
  expect((await proven(anna, register('petr', []), 'petr')).status).toBe(403);
  for (const guesser of guessers.slice(0, 4))
    for (let attempt = 0; attempt < 5; attempt++) expect(await guess(guesser, 'anna', 'guess')).toBe(403);
  const late = guessers[4] ?? provider;
  late.send(late.textOf(register('anna', [])));
  await office.settled(provider);
  expect(late.received).toEqual([]);
  expect((await proven(anna, register('anna', [anna.contact()]), 'anna')).status).toBe(200);
  office.clock.forward(61_000);
  expect((await late.ask(register('anna', []))).status).toBe(401);
});

test('OPTIONS: a trunk and a registered flow are answered, a stranger is counted', async () => {
  const options = (callId = newCallId()): Request => ({ ...called(), method: 'OPTIONS', callId, body: '', lines: [] });
  expect((await provider.ask(options())).status).toBe(200);
  const stranger = await office.phone('127.0.0.9');
  stranger.send(stranger.textOf(options()));
  await office.settled(provider);
  expect(stranger.received).toEqual([]);
  expect(office.gateway.counters().strangers).toBe(1);
});
