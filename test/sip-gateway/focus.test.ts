import { callIdOf, type LegId, sdpOf } from '../../call-router/values/ids';
import { acknowledge, device, invite, Office, proven, realm, trunk } from './office';
import { type RawPhone, type Request, sdp } from './raw-phone';

let office: Office;
let phone: RawPhone;
const conference = callIdOf('c'.repeat(32));
const name = `conf-${conference}`;

beforeEach(async () => {
  office = await Office.open({ devices: [device('anna')], trunks: [] });
  phone = await office.phone('127.0.0.3');
});
afterEach(async () => {
  expect(office.problems).toEqual([]);
  await office.close();
});

async function called(dialled: string, allow = 'INVITE, ACK, BYE, UPDATE') {
  const lines = ['Content-Type: application/sdp', phone.contact(), `Allow: ${allow}`];
  const request = invite(`<sip:anna@${realm}>`, `sip:${dialled}@${realm}`, { lines, body: sdp() });
  const answering = proven(phone, request, 'anna');
  answering.catch(() => undefined); // some calls are left unanswered
  const event = await office.event('invite-received');
  const answered = async () => {
    office.run({ to: 'sip', do: 'answer', leg: event.leg, sdp: sdpOf(sdp(5000)) });
    const answer = await answering;
    acknowledge(phone, { ...request, cseq: 2 }, answer);
    await office.event('ack-received');
    const dialog: Request = { ...request, to: answer.header('to'), cseq: 3, lines: [phone.contact()], body: '' };
    return { answer, dialog };
  };
  return { event, answered };
}
const mark = (leg: LegId, of?: typeof conference) =>
  office.run({ to: 'sip', do: 'mark-focus', leg, ...(of === undefined ? {} : { conference: of }) });
const ours = () => `sip:${name}@127.0.0.1:${office.sip.port}`;

test('a phone that dialled a conference hears in the 200 that it talks to a focus', async () => {
  const { event, answered } = await called('conference');
  expect(event).not.toHaveProperty('focusOf');
  mark(event.leg, conference);
  expect((await answered()).answer.header('contact')).toBe(`<${ours()}>;isfocus`);
});

test('a talk that becomes a conference is told by UPDATE, and again when it is none; a later answer says the same', async () => {
  const { event, answered } = await called('102');
  const { answer, dialog } = await answered();
  expect(answer.header('contact')).not.toContain('isfocus');
  mark(event.leg, conference);
  mark(event.leg, conference); // nothing new
  const update = await phone.request('UPDATE');
  expect([update.header('contact'), update.body]).toEqual([`<${ours()}>;isfocus`, '']);
  phone.answer(update, 200, { lines: [phone.contact()] });
  const again = {
    ...dialog,
    method: 'INVITE',
    lines: [...(dialog.lines ?? []), 'Content-Type: application/sdp'],
    body: sdp(),
  };
  phone.send(phone.textOf(again));
  await office.event('reoffer-received');
  office.run({ to: 'sip', do: 'accept-reoffer', leg: event.leg, sdp: sdpOf(sdp(5000)) });
  const accepted = await phone.response(again);
  expect(accepted.header('contact')).toBe(`<${ours()}>;isfocus`);
  acknowledge(phone, again, accepted);
  await office.event('ack-received');
  const refresh = await phone.ask({ ...dialog, method: 'UPDATE', cseq: 4 });
  expect(refresh.header('contact')).toBe(`<${ours()}>;isfocus`);
  mark(event.leg);
  const plain = await phone.request('UPDATE');
  expect(plain.header('contact')).toBe(`<sip:trunkline@127.0.0.1:${office.sip.port}>`);
  phone.answer(plain, 200, { lines: [phone.contact()] });
});

test('a phone without UPDATE is not bothered', async () => {
  const { event, answered } = await called('102', 'INVITE, ACK, BYE');
  await answered();
  mark(event.leg, conference);
  office.run({ to: 'sip', do: 'bye', leg: event.leg, cause: 'caller-hung-up' });
  phone.answer(await phone.request('BYE'), 200);
  expect(phone.received.some(({ method }) => method === 'UPDATE')).toBe(false);
});

test('REFER and INVITE to the focus name the conference', async () => {
  const { answered } = await called('102');
  const { dialog } = await answered();
  const refer = { ...dialog, method: 'REFER', lines: [phone.contact(), `Refer-To: <${ours()};isfocus>`] };
  phone.send(phone.textOf(refer));
  const { leg, conference: referred } = await office.event('refer-received');
  expect(referred).toBe(conference);
  office.run({ to: 'sip', do: 'refuse-refer', leg, cause: 'not-allowed' });
  expect((await phone.response(refer)).status).toBe(403);
  expect((await called(name)).event.focusOf).toBe(conference);
  expect((await called(`${name}0`)).event).not.toHaveProperty('focusOf');
});

test('a provider calls no conference of ours by its name', async () => {
  const carrier = await office.phone('127.0.0.2');
  const { address: host, port } = carrier;
  office.gateway.configure({ devices: [], trunks: [trunk({ id: 'carrier', kind: 'address', host, port })] });
  carrier.send(carrier.textOf(invite('<sip:601@x>', ours(), { lines: [carrier.contact()] })));
  const event = await office.event('invite-received');
  expect(event).not.toHaveProperty('focusOf');
  mark(event.leg, conference);
  office.run({ to: 'sip', do: 'answer', leg: event.leg, sdp: sdpOf(sdp()) });
  const answer = await carrier.next('200', ({ status }) => status === 200);
  expect(answer.header('contact')).not.toContain('isfocus');
});
