import { bindingIdOf, callIdOf, type LegId, legIdOf, sdpOf } from '../../call-router/values/ids';
import { acknowledge, device, invite, Office, proven, realm, register, trunk } from './office';
import { type RawMessage, type RawPhone, type Request, sdp } from './raw-phone';

let office: Office;
let phone: RawPhone;
let pbx: RawPhone;

const answersOptions = (peer: RawPhone) =>
  peer.always((message) => {
    if (message.method === 'OPTIONS') peer.answer(message, 200);
    return message.method === 'OPTIONS';
  });

beforeEach(async () => {
  office = await Office.open({ devices: [device('anna')], trunks: [] });
  phone = await office.phone('127.0.0.3');
  pbx = await office.phone('127.0.0.4');
  office.gateway.configure({
    devices: [device('anna')],
    trunks: [trunk({ id: 'pbx', kind: 'pbx', host: '127.0.0.4', port: pbx.port })],
  });
  answersOptions(phone);
  answersOptions(pbx);
});
afterEach(async () => {
  expect(office.problems).toEqual([]);
  await office.close();
});

/** A dialog as the peer sees it. */
interface Talk {
  readonly peer: RawPhone;
  readonly leg: LegId;
  readonly dialog: Request;
}

const described = (peer: RawPhone) => ({ lines: ['Content-Type: application/sdp', peer.contact()], body: sdp() });

/** A call the phone has made, up to here or to its answer. */
async function dialled(until: 'ringing' | 'answered' = 'answered'): Promise<Talk> {
  const request = invite(`<sip:anna@${realm}>`, `sip:102@${realm}`, described(phone));
  const answering = proven(phone, request, 'anna');
  const { leg } = await office.event('invite-received');
  if (until === 'ringing') office.run({ to: 'sip', do: 'ring', leg });
  else office.run({ to: 'sip', do: 'answer', leg, sdp: sdpOf(sdp(5000)) });
  const answer = await answering;
  expect(answer.header('allow')).toBe(
    until === 'ringing' ? '' : 'INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, INFO, PRACK, REFER',
  );
  if (until === 'answered') {
    acknowledge(phone, { ...request, cseq: 2 }, answer);
    await office.event('ack-received');
  }
  return { peer: phone, leg, dialog: { ...request, to: answer.header('to'), cseq: 2, lines: [], body: '' } };
}

/** A call that rang at the phone, which took it. */
async function taken(): Promise<Talk> {
  await proven(phone, register('anna', [phone.contact('anna')]), 'anna');
  const { bindings } = await office.event('bindings-changed');
  const target = { kind: 'binding' as const, binding: bindingIdOf(bindings.at(-1)?.id ?? '') };
  const leg = legIdOf(callIdOf('f'.repeat(32)), 2);
  const shows = { number: '+420601111111', withheld: false };
  office.run({ to: 'sip', do: 'invite', leg, target, shows, sdp: sdpOf(sdp(5000)) });
  const asked = await phone.request('INVITE');
  expect(asked.header('supported')).toBe('100rel, timer, norefersub, replaces');
  phone.answer(asked, 200, { tag: 'annas', lines: [phone.contact('anna')], body: sdp() });
  await office.event('leg-answered');
  const [from, to, callId] = [`${asked.header('to')};tag=annas`, asked.header('from'), asked.header('call-id')];
  return { peer: phone, leg, dialog: { method: '', uri: office.uri, from, to, callId, cseq: 10 } };
}

const refer = (talk: Talk, lines: readonly string[], cseq = 3): Request => ({
  ...talk.dialog,
  method: 'REFER',
  cseq,
  lines: [talk.peer.contact(), ...lines],
});

/** Sends a REFER that the router takes on. */
async function accepted(talk: Talk, lines: readonly string[], cseq = 3): Promise<RawMessage> {
  const request = refer(talk, lines, cseq);
  talk.peer.send(talk.peer.textOf(request));
  await office.event('refer-received');
  office.run({ to: 'sip', do: 'accept-refer', leg: talk.leg });
  return talk.peer.response(request);
}

/** The next NOTIFY, answered, as what it says. */
async function told({ peer }: Talk, status = 200): Promise<readonly string[]> {
  const notify = await peer.request('NOTIFY');
  expect(notify.header('content-type')).toBe('message/sipfrag;version=2.0');
  expect(notify.header('contact')).not.toBe('');
  peer.answer(notify, status);
  return [notify.header('event'), notify.header('subscription-state'), notify.body];
}

const tagOf = (value: string): string => /tag=([^;>]+)/.exec(value)?.[1] ?? '';
/** As a phone writes it: the tags in the order of who is to take the call over. */
const replaces = ({ dialog }: Talk, more = ''): string =>
  encodeURIComponent(`${dialog.callId};to-tag=${tagOf(dialog.to)};from-tag=${tagOf(dialog.from)}${more}`);
const notify = (leg: LegId, status: number) => office.run({ to: 'sip', do: 'notify-refer', leg, status });

async function hangUp({ peer, dialog }: Talk, cseq: number): Promise<void> {
  expect((await peer.ask({ ...dialog, method: 'BYE', cseq, lines: [] })).status).toBe(200);
  await office.event('leg-hung-up');
}

test('REFER: 202, and NOTIFY tells how it goes until the end; then the next one is told apart', async () => {
  const talk = await dialled();
  const request = refer(talk, [`Refer-To: <sip:*8101%23@${realm}>`, 'Referred-By: <sip:anna@x>']);
  phone.send(phone.textOf(request));
  expect(await office.event('refer-received')).toEqual({
    ...{ from: 'sip', type: 'refer-received', at: office.clock.now(), leg: talk.leg, call: talk.leg.slice(0, -2) },
    target: '*8101#',
  });
  office.run({ to: 'sip', do: 'accept-refer', leg: talk.leg });
  const answer = await phone.response(request);
  expect([answer.status, answer.header('refer-sub')]).toEqual([202, '']);
  expect(answer.header('contact')).toContain(`127.0.0.1:${office.sip.port}`);
  expect(await told(talk)).toEqual(['refer', 'active;expires=60', 'SIP/2.0 100 Trying\r\n']);
  office.clock.forward(4_000);
  notify(talk.leg, 180);
  expect(await told(talk)).toEqual(['refer', 'active;expires=56', 'SIP/2.0 180 Ringing\r\n']);
  notify(talk.leg, 200);
  expect(await told(talk)).toEqual(['refer', 'terminated;reason=noresource', 'SIP/2.0 200 OK\r\n']);
  notify(talk.leg, 486); // over: nothing
  expect((await accepted(talk, ['r: <tel:601111111>'], 4)).status).toBe(202);
  expect(await told(talk)).toEqual(['refer;id=4', 'active;expires=60', 'SIP/2.0 100 Trying\r\n']);
  notify(talk.leg, 486);
  expect((await told(talk))[2]).toBe('SIP/2.0 486 Busy Here\r\n');
  await hangUp(talk, 5);
  expect(phone.received.filter(({ method }) => method === 'NOTIFY')).toEqual([]);
  expect(office.gateway.counters().legs).toBe(0);
});

test('an office PBX may transfer too', async () => {
  const request = invite('<sip:201@127.0.0.4>', `sip:102@${realm}`, described(pbx));
  pbx.send(pbx.textOf(request));
  const { leg } = await office.event('invite-received');
  office.run({ to: 'sip', do: 'answer', leg, sdp: sdpOf(sdp(5000)) });
  const answer = await pbx.response(request);
  acknowledge(pbx, request, answer);
  const talk = { peer: pbx, leg, dialog: { ...request, to: answer.header('to'), body: '' } };
  expect((await accepted(talk, ['Refer-To: <sip:103@x>'])).status).toBe(202);
  await told(talk);
});

test('Refer-Sub: false: accepted, and not a word after it (RFC 4488)', async () => {
  const talk = await dialled();
  const lines = ['Refer-To: <sip:103@x>', 'Refer-Sub: false', 'Require: norefersub'];
  const answer = await accepted(talk, lines);
  expect([answer.status, answer.header('refer-sub')]).toEqual([202, 'false']);
  notify(talk.leg, 180);
  notify(talk.leg, 200);
  await hangUp(talk, 4);
  expect(phone.received.filter(({ method }) => method === 'NOTIFY')).toEqual([]);
});

test('Replaces names the other leg of the phone, whichever side began it, answered or still ringing', async () => {
  const first = await taken();
  const second = await dialled();
  const asks = async (talk: Talk, other: Talk, cseq: number) => {
    const request = refer(talk, [`Refer-To: <sip:127.0.0.1?Replaces=${replaces(other)}>`], cseq);
    phone.send(phone.textOf(request));
    expect(await office.event('refer-received')).toMatchObject({ leg: talk.leg, target: '', replaces: other.leg });
    office.run({ to: 'sip', do: 'refuse-refer', leg: talk.leg, cause: 'not-allowed' });
    expect((await phone.response(request)).status).toBe(403);
  };
  await asks(first, second, 11);
  await asks(second, first, 3);
  await asks(first, await dialled('ringing'), 12);
  const early = refer(first, [`Refer-To: <sip:102@x?Replaces=${replaces(second, ';early-only')}>`], 13);
  expect((await phone.ask(early)).status).toBe(486);
});

test('Replaces that names no dialog of ours, or its own, is refused', async () => {
  const talk = await dialled();
  const other = { ...talk, dialog: { ...talk.dialog, to: '<sip:x>;tag=wrong' } };
  expect((await phone.ask(refer(talk, [`Refer-To: <sip:1@x?Replaces=${replaces(other)}>`]))).status).toBe(481);
  expect((await phone.ask(refer(talk, [`Refer-To: <sip:1@x?Replaces=${replaces(talk)}>`], 4))).status).toBe(481);
  expect(office.events.some(({ type }) => type === 'refer-received')).toBe(false);
});

test.each([
  [400, []],
  [400, ['Refer-To: <sip:101@x>', 'Refer-To: <sip:102@x>']],
  [400, ['Refer-To: <sip:101@x>', 'r: <sip:102@x>']],
  [400, ['Refer-To: 101']],
  [416, ['Refer-To: <https://x/101>']],
  [420, ['Refer-To: <sip:101@x>', 'Require: norefersub, multiple-refer']],
])('%i: %j', async (status, lines) => {
  const talk = await dialled();
  const answer = await phone.ask(refer(talk, lines));
  expect([answer.status, answer.header('unsupported')]).toEqual([status, status === 420 ? 'multiple-refer' : '']);
  expect((await accepted(talk, ['Refer-To: <sip:101@x>'], 4)).status).toBe(202);
  expect((await told(talk))[0]).toBe('refer;id=4');
});

test('one at a time: the second waits its turn, before the answer and while the transfer runs', async () => {
  const talk = await dialled();
  const first = refer(talk, ['Refer-To: <sip:101@x>']);
  phone.send(phone.textOf(first));
  await office.event('refer-received');
  expect((await phone.ask(refer(talk, ['Refer-To: <sip:102@x>'], 4))).status).toBe(491);
  office.run({ to: 'sip', do: 'accept-refer', leg: talk.leg });
  expect((await phone.response(first)).status).toBe(202);
  expect((await phone.ask(refer(talk, ['Refer-To: <sip:102@x>'], 5))).status).toBe(491);
  expect(office.events.some(({ type }) => type === 'refer-received')).toBe(false);
});

test('before its call is answered a phone transfers nothing', async () => {
  const talk = await dialled('ringing');
  expect((await phone.ask(refer(talk, ['Refer-To: <sip:101@x>']))).status).toBe(491);
});

test('nobody answers it: 500 after five seconds, and a late answer does nothing', async () => {
  const talk = await dialled();
  const request = refer(talk, ['Refer-To: <sip:101@x>']);
  phone.send(phone.textOf(request));
  await office.event('refer-received');
  office.clock.forward(5_000);
  expect((await phone.response(request)).status).toBe(500);
  office.run({ to: 'sip', do: 'accept-refer', leg: talk.leg });
  notify(talk.leg, 200);
  await hangUp(talk, 4);
  expect(phone.received.filter(({ method }) => method === 'NOTIFY')).toEqual([]);
});

test('BYE right after 202: the NOTIFY may find nobody, and nothing is left', async () => {
  const before = office.clock.waiting;
  const talk = await dialled();
  await accepted(talk, ['Refer-To: <sip:101@x>']);
  await hangUp(talk, 4);
  await told(talk, 481);
  notify(talk.leg, 200);
  await office.settled(pbx);
  expect(phone.received.filter(({ method }) => method === 'NOTIFY')).toEqual([]);
  expect(office.gateway.counters().legs).toBe(0);
  expect(office.clock.waiting).toBe(before);
});

test('BYE while the REFER is unanswered ends both; so does a BYE of ours', async () => {
  const before = office.clock.waiting;
  for (const who of ['phone', 'router']) {
    const talk = await dialled();
    const request = refer(talk, ['Refer-To: <sip:101@x>']);
    phone.send(phone.textOf(request));
    await office.event('refer-received');
    if (who === 'phone') await hangUp(talk, 4);
    else {
      office.run({ to: 'sip', do: 'bye', leg: talk.leg, cause: 'ended-by-command' });
      phone.answer(await phone.request('BYE'), 200);
    }
    expect((await phone.response(request)).status).toBe(487);
  }
  expect(office.gateway.counters().legs).toBe(0);
  expect(office.clock.waiting).toBe(before);
});

test('a phone that knows of no subscription hears no more; the transfer goes on, and it may ask again', async () => {
  const talk = await dialled();
  await accepted(talk, ['Refer-To: <sip:101@x>']);
  await told(talk, 481);
  await office.settled(pbx);
  notify(talk.leg, 180);
  expect((await phone.ask(refer(talk, ['Refer-To: <sip:102@x>'], 4))).status).toBe(491);
  notify(talk.leg, 200);
  expect((await accepted(talk, ['Refer-To: <sip:102@x>'], 5)).status).toBe(202);
  expect(await told(talk)).toEqual(['refer;id=5', 'active;expires=60', 'SIP/2.0 100 Trying\r\n']);
});

test('a transfer that takes too long ends its subscription with what was told last', async () => {
  const talk = await dialled();
  await accepted(talk, ['Refer-To: <sip:101@x>']);
  await told(talk);
  notify(talk.leg, 180);
  await told(talk);
  office.clock.forward(60_000);
  expect(await told(talk)).toEqual(['refer', 'terminated;reason=timeout', 'SIP/2.0 180 Ringing\r\n']);
});
