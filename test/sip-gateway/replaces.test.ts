import { bindingIdOf, callIdOf, type LegId, legIdOf, sdpOf } from '../../call-router/values/ids';
import { acknowledge, device, invite, Office, proven, realm, register, trunk } from './office';
import { type RawMessage, type RawPhone, type Request, sdp } from './raw-phone';

let office: Office;
/** Of anna, who rings or talks; of petr, who takes the call over; and a provider. */
let phone: RawPhone;
let picker: RawPhone;
let carrier: RawPhone;
let calls = 0;

beforeEach(async () => {
  office = await Office.open({ devices: [device('anna'), device('petr')], trunks: [] });
  [phone, picker, carrier] = [await office.phone('127.0.0.3'), await office.phone('127.0.0.4'), await office.phone()];
  for (const peer of [phone, carrier])
    peer.always((message) => {
      if (message.method === 'OPTIONS') peer.answer(message, 200);
      return message.method === 'OPTIONS';
    });
});
afterEach(async () => {
  expect(office.problems).toEqual([]);
  await office.close();
});

interface Dialog {
  readonly leg: LegId;
  readonly asked: RawMessage;
  /** As whoever takes it over writes it: our tag is the to-tag. */
  readonly replaces: string;
}

/** A call of ours that rings at anna's phone. */
async function ringing(): Promise<Dialog> {
  await proven(phone, register('anna', [phone.contact('anna')]), 'anna');
  const { bindings } = await office.event('bindings-changed');
  const target = { kind: 'binding' as const, binding: bindingIdOf(bindings.at(-1)?.id ?? '') };
  const leg = legIdOf(callIdOf(String(++calls).padStart(32, 'a')), 2);
  const shows = { number: '+420601111111', withheld: false };
  office.run({ to: 'sip', do: 'invite', leg, target, shows, sdp: sdpOf(sdp(5000)) });
  const asked = await phone.request('INVITE');
  phone.answer(asked, 180, { tag: 'annas' });
  await office.event('leg-ringing');
  const ourTag = /tag=(\w+)/.exec(asked.header('from'))?.[1];
  return { leg, asked, replaces: `Replaces: ${asked.header('call-id')};to-tag=${ourTag};from-tag=annas` };
}

async function answered(dialog: Dialog): Promise<void> {
  phone.answer(dialog.asked, 200, { tag: 'annas', lines: [phone.contact('anna')], body: sdp() });
  await office.event('leg-answered');
  await phone.request('ACK');
}

const takeOver = (...lines: readonly string[]): Request =>
  invite(`<sip:petr@${realm}>`, `sip:101@${realm}`, {
    lines: ['Content-Type: application/sdp', picker.contact(), 'Require: replaces', ...lines],
    body: sdp(4002),
  });

async function accepted(...lines: readonly string[]) {
  const asked = proven(picker, takeOver(...lines), 'petr').catch(() => undefined);
  const event = await office.event('invite-received');
  office.run({ to: 'sip', do: 'refuse', leg: event.leg, cause: 'not-allowed' });
  await asked;
  return event.replaces;
}
const refused = async (...lines: readonly string[]) => (await proven(picker, takeOver(...lines), 'petr')).status;

test('a ringing call of a colleague is named by its dialog, as the lamp told it', async () => {
  const dialog = await ringing();
  expect(await accepted(dialog.replaces)).toEqual({ leg: dialog.leg, earlyOnly: false });
  expect(await accepted(`${dialog.replaces};early-only`)).toEqual({ leg: dialog.leg, earlyOnly: true });
});

test('an answered call too, but not with early-only: 486', async () => {
  const dialog = await ringing();
  await answered(dialog);
  expect(await accepted(dialog.replaces)).toEqual({ leg: dialog.leg, earlyOnly: false });
  expect(await refused(`${dialog.replaces};early-only`)).toBe(486);
});

test('a dialog nobody knows is 481, one that has ended 603, and two or half of one 400', async () => {
  const dialog = await ringing();
  expect(await refused(dialog.replaces.replace('annas', 'other'))).toBe(481);
  expect(await refused(dialog.replaces, dialog.replaces)).toBe(400);
  expect(await refused(`Replaces: ${dialog.asked.header('call-id')};to-tag=x`)).toBe(400);
  office.run({ to: 'sip', do: 'cancel', leg: dialog.leg, cause: 'answered-elsewhere' });
  expect(await refused(dialog.replaces)).toBe(603);
  phone.answer(await phone.request('CANCEL'), 200);
  phone.answer(dialog.asked, 487, { tag: 'annas' });
  await office.event('leg-refused');
  expect(await refused(dialog.replaces)).toBe(603);
  expect(office.events.some(({ type }) => type === 'invite-received')).toBe(false);
});

test('a call that the other end began and we have not answered is not ours to give away: 481', async () => {
  const request = takeOver('X-None: 1');
  const ringback = proven(picker, request, 'petr');
  const { leg } = await office.event('invite-received');
  office.run({ to: 'sip', do: 'ring', leg });
  const tag = /tag=(\w+)/.exec((await ringback).header('to'))?.[1];
  const theirs = /tag=(\w+)/.exec(request.from)?.[1];
  const asked = { ...takeOver(`Replaces: ${request.callId};to-tag=${tag};from-tag=${theirs}`) };
  expect((await proven(picker, asked, 'petr')).status).toBe(481);
});

test('a provider takes no call of ours over', async () => {
  const dialog = await ringing();
  const { address: host, port } = carrier;
  office.gateway.configure({
    devices: [device('anna'), device('petr')],
    trunks: [trunk({ id: 'carrier', kind: 'address', host, port })],
  });
  const request = takeOver(dialog.replaces);
  const withoutRequire = { ...request, lines: [carrier.contact(), dialog.replaces], body: '' };
  expect((await carrier.ask(withoutRequire)).status).toBe(403);
  const required = { ...request, callId: `${request.callId}2` };
  expect((await carrier.ask(required)).header('unsupported')).toBe('replaces');
});

test('a caller who requires it gets provisional responses that are repeated until PRACK', async () => {
  const request = takeOver('Require: 100rel');
  const ringback = proven(picker, request, 'petr');
  const { leg } = await office.event('invite-received');
  office.run({ to: 'sip', do: 'ring', leg });
  const ring = await ringback;
  expect([ring.status, ring.header('require')]).toEqual([180, '100rel']);
  const rack = `RAck: ${ring.header('rseq')} 2 INVITE`;
  const prack = { ...request, method: 'PRACK', to: ring.header('to'), cseq: 3, lines: [rack], body: '' };
  expect((await picker.ask(prack)).status).toBe(200);
  office.run({ to: 'sip', do: 'answer', leg, sdp: sdpOf(sdp(5000)) });
  const answer = await picker.response({ ...request, cseq: 2 });
  expect(answer.status).toBe(200);
  acknowledge(picker, { ...request, cseq: 2 }, answer);
  await office.event('ack-received');
});

test('a reliable 183 of a phone is acknowledged with PRACK', async () => {
  const dialog = await ringing();
  phone.answer(dialog.asked, 183, {
    tag: 'annas',
    lines: ['Require: 100rel', 'RSeq: 7', phone.contact()],
    body: sdp(),
  });
  expect((await phone.request('PRACK')).header('rack')).toBe('7 1 INVITE');
  await office.event('leg-progressed');
});
