import type { InviteTarget, ShownCaller } from '../../call-router/effect';
import { bindingIdOf, callIdOf, callOfLeg, legIdOf, sdpOf, trunkIdOf } from '../../call-router/values/ids';
import { device, Office, proven, register, trunk } from './office';
import { challengeIn, parse, type RawMessage, type RawPhone, sdp } from './raw-phone';

let office: Office;
let peer: RawPhone;
let calls = 0;

const shows: ShownCaller = { number: '+420222333444', displayName: 'Anna "A" Nová', withheld: false };
const username = 'anna';

beforeEach(async () => {
  office = await Office.open({ devices: [device(username)], trunks: [] });
  peer = await office.phone('127.0.0.2');
  const credentials = { username: 'acc,ount', password: 'pass"word' };
  const provider = { id: 'carrier', kind: 'address' as const, host: '127.0.0.2', port: peer.port };
  office.gateway.configure({
    devices: [device(username)],
    trunks: [trunk({ ...provider, ...credentials, numberFormat: 'national' })],
  });
  peer.always((message) => {
    if (message.method !== 'OPTIONS') return false;
    peer.answer(message, 200);
    return true;
  });
});
afterEach(async () => {
  expect(office.problems).toEqual([]);
  await office.close();
});

const newLeg = () => legIdOf(callIdOf(String(++calls).padStart(32, '0')), 2);
const toTrunk = (number = '+420601111111'): InviteTarget => ({ kind: 'trunk', trunk: trunkIdOf('carrier'), number });

function dial(target = toTrunk(), shown = shows) {
  const leg = newLeg();
  office.run({ to: 'sip', do: 'invite', leg, target, shows: shown, sdp: sdpOf(sdp(5000)) });
  return leg;
}

async function registered(phone: RawPhone, contact = `${phone.contact(username)}`): Promise<InviteTarget> {
  await proven(phone, register(username, [contact]), username);
  const { bindings } = await office.event('bindings-changed');
  return { kind: 'binding', binding: bindingIdOf(bindings.at(-1)?.id ?? '') };
}

test('ringing, progress, answer: the ACK goes out at once, and a BYE of ours ends it', async () => {
  const leg = dial();
  const invite = await peer.request('INVITE');
  expect(invite).toMatchObject({ uri: `sip:601111111@127.0.0.2:${peer.port}`, body: sdp(5000) });
  expect(invite.header('from')).toMatch(/^"Anna \\"A\\" Nová" <sip:222333444@127\.0\.0\.1:\d+>;tag=/);
  expect(invite.header('p-asserted-identity')).toMatch(/^<sip:222333444@127\.0\.0\.1/);
  expect(invite.header('privacy')).toBe('');
  peer.answer(invite, 180);
  expect(await office.event('leg-ringing')).toMatchObject({ leg });
  peer.answer(invite, 183, { body: sdp(4100) });
  expect(await office.event('leg-progressed')).toMatchObject({ leg, sdp: sdp(4100) });
  peer.answer(invite, 200, { body: sdp(4100), lines: [peer.contact('them')] });
  expect((await peer.request('ACK')).uri).toBe(`sip:them@127.0.0.2:${peer.port}`);
  expect(await office.event('leg-answered')).toMatchObject({ leg, sdp: sdp(4100) });
  office.run({ to: 'sip', do: 'bye', leg, cause: 'caller-hung-up' });
  const bye = await peer.request('BYE');
  expect(bye.header('reason')).toBe('Q.850;cause=16');
  peer.answer(bye, 200);
  expect(office.gateway.counters().legs).toBe(0);
});

test('a call that comes from elsewhere goes on with the hops it has left; the same again with credentials', async () => {
  const effect = { to: 'sip', do: 'invite', target: toTrunk(), shows, sdp: sdpOf(sdp(5000)) } as const;
  office.run({ ...effect, leg: newLeg(), maxForwards: 12 });
  const first = await peer.request('INVITE');
  expect(first.header('max-forwards')).toBe('12');
  peer.answer(first, 407, { lines: [`Proxy-Authenticate: ${challenge('n1')}`] });
  const second = await peer.request('INVITE');
  expect(second.header('max-forwards')).toBe('12');
  peer.answer(second, 486);
  office.run({ ...effect, leg: newLeg() });
  const ours = await peer.request('INVITE');
  expect(ours.all('max-forwards')).toEqual(['70']);
  peer.answer(ours, 486);
});

test('a hidden caller: From says nothing, P-Asserted-Identity is for the provider alone (RFC 3323, 3325)', async () => {
  dial(toTrunk(), { ...shows, withheld: true });
  const invite = await peer.request('INVITE');
  expect(invite.header('from')).toMatch(/^"Anonymous" <sip:anonymous@anonymous\.invalid>;tag=/);
  expect(invite.header('privacy')).toBe('id');
  expect(invite.header('p-asserted-identity')).toContain('222333444');
  peer.answer(invite, 486);
});

test('a name or number with a line break adds no header and ends no field', async () => {
  const evil = '"\r\nX-Evil: 1\r\n\r\n<sip:x>;tag=1, \\';
  dial(toTrunk('60\r\nX-Evil: 2>;a=b'), { number: '22\r\nX-Evil: 3@x>', displayName: evil, withheld: false });
  const invite = await peer.request('INVITE');
  expect(invite.text).not.toMatch(/^x-evil/im);
  expect(invite.all('from')).toHaveLength(1);
  expect(invite.header('from')).toMatch(
    /^"\\" X-Evil: 1 <sip:x>;tag=1, \\\\" <sip:22%20X-Evil%3A%203%40x%3E@[^>]*>;tag=[0-9a-f]+$/,
  );
  expect(invite.uri).toBe(
    `sip:60%20X-Evil%3A%202%3E%3Ba%3Db@127.0.0.2:${peer.port}`.replace('%3Ba', ';a').replace('%3Db', '=b'),
  );
  peer.answer(invite, 486);
});

test.each([486, 404, 503, 302, 603])('refused with %i', async (status) => {
  const leg = dial();
  peer.answer(await peer.request('INVITE'), status, { lines: [peer.contact()] });
  expect(await office.event('leg-refused')).toMatchObject({ leg, status });
  expect(office.gateway.counters().legs).toBe(0);
  expect((await peer.request('ACK')).header('cseq')).toBe('1 ACK');
});

const challenge = (nonce: string, more = '') =>
  `Digest realm="prov, ider", nonce="${nonce}", algorithm=MD5, qop="auth"${more}`;
const asked = (message: RawMessage) => /nonce="([^"]*)"/.exec(message.header('proxy-authorization'))?.[1];

test('a provider that asks who we are is answered: same Call-ID and From tag, CSeq + 1; a stale nonce once more', async () => {
  const leg = dial();
  const first = await peer.request('INVITE');
  peer.answer(first, 407, { lines: [`Proxy-Authenticate: ${challenge('n1')}`] });
  const second = await peer.request('INVITE');
  expect(second.header('call-id')).toBe(first.header('call-id'));
  expect(second.header('from')).toBe(first.header('from'));
  expect(second.header('cseq')).toBe('2 INVITE');
  expect(second.header('proxy-authorization')).toContain('username="acc,ount", realm="prov, ider"');
  expect(second.header('proxy-authorization')).toContain(`uri="${second.uri}"`);
  peer.answer(second, 407, { lines: [`Proxy-Authenticate: ${challenge('n2', ', stale=true')}`] });
  const third = await peer.request('INVITE');
  expect([third.header('cseq'), asked(third)]).toEqual(['3 INVITE', 'n2']);
  peer.answer(third, 200, { body: sdp(4100), lines: [peer.contact()] });
  expect(await office.event('leg-answered')).toMatchObject({ leg });
  expect((await peer.next('ACK', (m) => m.header('cseq') === '3 ACK')).method).toBe('ACK');
  office.run({ to: 'sip', do: 'bye', leg, cause: 'caller-hung-up' });
  const bye = await peer.request('BYE');
  peer.answer(bye, 401, { lines: [`WWW-Authenticate: ${challenge('n3')}`] });
  const again = await peer.request('BYE');
  expect(again.header('authorization')).toContain('nonce="n3"');
  peer.answer(again, 200);
});

test('asked again with a new nonce, our password is wrong: refused', async () => {
  const leg = dial();
  for (const nonce of ['n1', 'n2'])
    peer.answer(await peer.request('INVITE'), 401, { lines: [`WWW-Authenticate: ${challenge(nonce)}`] });
  expect(await office.event('leg-refused')).toMatchObject({ leg, status: 401 });
  expect(office.gateway.counters().legs).toBe(0);
});

test('cancelled: answered elsewhere says so, and the 487 ends the leg', async () => {
  const leg = dial();
  const invite = await peer.request('INVITE');
  peer.answer(invite, 180);
  await office.event('leg-ringing');
  office.run({ to: 'sip', do: 'cancel', leg, cause: 'answered-elsewhere' });
  const cancel = await peer.request('CANCEL');
  expect(cancel.header('reason')).toBe('SIP;cause=200;text="Call completed elsewhere"');
  peer.answer(cancel, 200);
  peer.answer(invite, 487);
  expect(await office.event('leg-refused')).toMatchObject({ leg, status: 487 });
  expect(office.gateway.counters().legs).toBe(0);
});

test('cancelled: the phone that rang is told who took the call, whatever their name is made of', async () => {
  const leg = dial();
  const invite = await peer.request('INVITE');
  peer.answer(invite, 180);
  await office.event('leg-ringing');
  office.run({ to: 'sip', do: 'cancel', leg, cause: 'answered-elsewhere', takenBy: 'Boris "B"' });
  const cancel = await peer.request('CANCEL');
  expect(cancel.header('reason')).toBe('SIP;cause=200;text="Call completed elsewhere: Boris \\"B\\""');
  peer.answer(cancel, 200);
  peer.answer(invite, 487);
  expect(await office.event('leg-refused')).toMatchObject({ leg, status: 487 });
});

test('cancelled before anything was heard: CANCEL waits for the first provisional (RFC 3261 section 9.1)', async () => {
  const leg = dial();
  office.run({ to: 'sip', do: 'cancel', leg, cause: 'caller-gave-up' });
  const invite = await peer.request('INVITE');
  await office.settled(peer);
  expect(peer.received.some(({ method }) => method === 'CANCEL')).toBe(false);
  peer.answer(invite, 180);
  peer.answer(await peer.request('CANCEL'), 200);
  peer.answer(invite, 487);
  expect(await office.event('leg-refused')).toMatchObject({ leg, status: 487 });
});

test('a challenge that crosses our CANCEL is not answered with a new INVITE', async () => {
  const leg = dial();
  const invite = await peer.request('INVITE');
  office.run({ to: 'sip', do: 'cancel', leg, cause: 'caller-gave-up' });
  peer.answer(invite, 407, { lines: [`Proxy-Authenticate: ${challenge('n1')}`] });
  expect(await office.event('leg-refused')).toMatchObject({ leg, status: 407 });
  expect(office.gateway.counters().legs).toBe(0);
});

test('a 200 that crosses our CANCEL is acknowledged and ended with BYE', async () => {
  const leg = dial();
  const invite = await peer.request('INVITE');
  peer.answer(invite, 180);
  await office.event('leg-ringing');
  office.run({ to: 'sip', do: 'cancel', leg, cause: 'answered-elsewhere' });
  peer.answer(await peer.request('CANCEL'), 200);
  peer.answer(invite, 200, { body: sdp(4100), lines: [peer.contact()] });
  await office.event('leg-answered');
  await peer.request('ACK');
  office.run({ to: 'sip', do: 'bye', leg, cause: 'answered-elsewhere' }); // what the router says of a late leg
  peer.answer(await peer.request('BYE'), 200);
  expect(office.gateway.counters().legs).toBe(0);
});

test('an answer without a description is nobody to talk to: BYE and 488', async () => {
  const leg = dial();
  peer.answer(await peer.request('INVITE'), 200, { lines: [peer.contact()] });
  expect(await office.event('leg-refused')).toMatchObject({ leg, status: 488 });
  await peer.request('ACK');
  peer.answer(await peer.request('BYE'), 200);
});

test('a CANCEL that nobody answers ends after its time', async () => {
  const leg = dial();
  const invite = await peer.request('INVITE');
  peer.answer(invite, 180);
  await office.event('leg-ringing');
  office.run({ to: 'sip', do: 'cancel', leg, cause: 'no-answer' });
  await peer.request('CANCEL');
  office.clock.forward(40_000);
  expect(await office.event('leg-refused')).toMatchObject({ leg, status: 408 });
  expect(office.gateway.counters().legs).toBe(0);
});

test('a phone behind NAT is called at the source it registered from, with its own contact in the Request-URI', async () => {
  const phone = await office.phone('127.0.0.5');
  const target = await registered(phone, 'Contact: <sip:anna@10.1.2.3:5060;ob>');
  const leg = dial(target);
  const invite = await phone.request('INVITE');
  expect(invite.uri).toBe('sip:anna@10.1.2.3:5060;ob');
  expect(invite.header('from')).toContain('<sip:+420222333444@trunkline.test>');
  phone.answer(invite, 200, { body: sdp(4200), lines: ['Contact: <sip:anna@10.1.2.3:5060;ob>'] });
  await office.event('leg-answered');
  await phone.request('ACK');
  phone.send(
    phone.textOf({
      method: 'BYE',
      uri: invite.header('contact').replace(/[<>]/g, ''),
      from: `${invite.header('to')};tag=rawtag`,
      to: invite.header('from'),
      callId: invite.header('call-id'),
      cseq: 7,
    }),
  );
  expect(await office.event('leg-hung-up')).toMatchObject({ leg, why: 'bye' });
});

test('a contact that looks like a browser’s is called at its source too, not where its words lead', async () => {
  const phone = await office.phone('127.0.0.5');
  const target = await registered(phone, `Contact: <sip:anna@x.invalid:${peer.port};maddr=127.0.0.2>`);
  dial(target);
  phone.answer(await phone.request('INVITE'), 486);
});

test('what cannot be reached is refused at once: an expired binding, an unknown trunk', async () => {
  const gone = dial({ kind: 'binding', binding: bindingIdOf('gone') });
  expect(await office.event('leg-refused')).toMatchObject({ leg: gone, status: 480 });
  const nowhere = dial({ kind: 'trunk', trunk: trunkIdOf('none'), number: '1' });
  expect(await office.event('leg-refused')).toMatchObject({ leg: nowhere, status: 503 });
});

test('when the engine is lost, every leg ends', async () => {
  const waiting = dial();
  await peer.request('INVITE');
  const talking = dial();
  const invite = await peer.request('INVITE');
  peer.answer(invite, 200, { body: sdp(4100), lines: [peer.contact()] });
  await office.event('leg-answered');
  await office.engine.stop();
  expect(await office.event('leg-refused')).toMatchObject({ leg: waiting, status: 503 });
  expect(await office.event('leg-hung-up')).toMatchObject({ leg: talking, why: 'no-ack' });
  expect(office.gateway.counters().legs).toBe(0);
  expect(office.gateway.ready()).toBe(false);
  expect(office.problems.splice(0)).toHaveLength(1);
});

test('the test peer reads what it writes', () => {
  const text = 'SIP/2.0 401 x\r\nWWW-Authenticate: Digest realm="r", nonce="n", algorithm=MD5\r\n\r\n';
  expect(challengeIn(parse(text))).toEqual({ realm: 'r', nonce: 'n', algorithm: 'MD5', stale: false });
});

test('a phone that forwards by itself says where: the most wished for first (RFC 3261 section 8.1.3.4)', async () => {
  const target = await registered(peer);
  const leg = dial(target);
  const invite = await peer.request('INVITE');
  peer.answer(invite, 302, { lines: ['Contact: <sip:102@x>;q=0.3', 'Contact: <sip:%2B420601111111@x>;q=0.7'] });
  expect(await office.event('leg-redirected')).toMatchObject({ leg, contacts: ['+420601111111', '102'] });
  expect(office.gateway.counters().legs).toBe(0);
  dial(target);
  peer.answer(await peer.request('INVITE'), 302);
  expect((await office.event('leg-refused')).status).toBe(302); // to nowhere
  const late = dial(target);
  const cancelled = await peer.request('INVITE');
  peer.answer(cancelled, 180);
  office.run({ to: 'sip', do: 'cancel', leg: late, cause: 'answered-elsewhere', takenBy: 'Petr "P" Malý' });
  const cancel = await peer.request('CANCEL');
  expect(cancel.header('reason')).toBe('SIP;cause=200;text="Call completed elsewhere: Petr \\"P\\" Malý"');
  peer.answer(cancel, 200);
  peer.answer(cancelled, 302, { lines: [peer.contact('102')] });
  expect(await office.event('leg-refused')).toMatchObject({ leg: late, status: 302 }); // nobody wants to know any more
});

test('who passed the call on: the number alone to a trunk, and a name to a phone; a hidden one is marked or not said', async () => {
  const passed = (target: InviteTarget, withheld = false) => {
    const divertedBy = { number: '+420222333444', displayName: 'Eva', withheld };
    office.run({ to: 'sip', do: 'invite', leg: newLeg(), target, shows, sdp: sdpOf(sdp(5000)), divertedBy });
    return peer.request('INVITE');
  };
  const outside = await passed(toTrunk());
  expect(outside.header('diversion')).toMatch(
    /^<sip:222333444@127\.0\.0\.1:\d+>;reason=unknown;counter=1;privacy=off$/,
  );
  expect(outside.header('history-info')).toMatch(
    /^<sip:222333444@[^>]*>;index=1, <sip:601111111@[^>]*>;index=1\.1;mp=1$/,
  );
  peer.answer(outside, 486);
  const hidden = await passed(toTrunk(), true);
  expect(hidden.header('diversion')).toContain(';privacy=full');
  peer.answer(hidden, 486);
  const phone = await registered(peer);
  const inside = await passed(phone);
  expect(inside.header('diversion')).toMatch(/^"Eva" <sip:\+420222333444@/);
  peer.answer(inside, 486);
  const unsaid = await passed(phone, true);
  expect([unsaid.header('diversion'), unsaid.header('history-info')]).toEqual(['', '']);
  peer.answer(unsaid, 486);
});

test('which of our numbers was called stands in what every phone shows, also of a hidden caller', async () => {
  const target = await registered(peer);
  const offered = (shown: ShownCaller) => {
    const calledName = 'Sales & "more"';
    office.run({ to: 'sip', do: 'invite', leg: newLeg(), target, shows: shown, sdp: sdpOf(sdp(5000)), calledName });
    return peer.request('INVITE');
  };
  const known = await offered({ number: '+420601', displayName: 'Eva', withheld: false });
  expect(known.header('from')).toMatch(/^"Eva \(Sales & \\"more\\"\)" <sip:\+420601@/);
  expect(known.header('to')).toMatch(/^"Sales & \\"more\\"" <sip:anna@/);
  expect(known.header('alert-info')).toBe('<http://localhost>;info=Sales-more-');
  peer.answer(known, 486);
  const hidden = await offered({ number: '', withheld: true });
  expect(hidden.header('from')).toMatch(/^"Anonymous \(Sales & \\"more\\"\)" <sip:anonymous@anonymous\.invalid>/);
  peer.answer(hidden, 486);
});

test('a device of ours is told which call it is, a provider is not', async () => {
  const phone = await office.phone();
  const leg = dial(await registered(phone));
  expect((await phone.request('INVITE')).header('x-trunkline-call')).toBe(callOfLeg(leg));
  dial();
  expect((await peer.request('INVITE')).header('x-trunkline-call')).toBe('');
});
