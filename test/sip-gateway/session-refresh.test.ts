import { callIdOf, type LegId, legIdOf, sdpOf, trunkIdOf } from '../../call-router/values/ids';
import { acknowledge, invite, type Office, officeWithCarrier } from './office';
import { type RawMessage, type RawPhone, type Request, sdp } from './raw-phone';

let office: Office;
let carrier: RawPhone;
let calls = 0;

beforeEach(async () => {
  ({ office, carrier } = await officeWithCarrier());
});
afterEach(async () => {
  expect(office.problems).toEqual([]);
  await office.close();
});

const allows = 'Allow: INVITE, ACK, BYE, CANCEL, UPDATE';

/** A call of ours that the carrier has answered; `lines` of its 200. */
async function dialled(lines: readonly string[]): Promise<{ readonly leg: LegId; readonly dialog: Request }> {
  const leg = legIdOf(callIdOf(String(++calls).padStart(32, '0')), 2);
  const target = { kind: 'trunk', trunk: trunkIdOf('carrier'), number: '601' } as const;
  office.run({ to: 'sip', do: 'invite', leg, target, shows: { number: '2', withheld: false }, sdp: sdpOf(sdp(5000)) });
  const asked = await carrier.request('INVITE');
  expect([asked.header('session-expires'), asked.header('min-se')]).toEqual(['1800', '90']);
  carrier.answer(asked, 200, { lines: [carrier.contact(), ...lines], body: sdp(4100) });
  await office.event('leg-answered');
  await carrier.request('ACK');
  const [from, to, callId] = [`${asked.header('to')};tag=rawtag`, asked.header('from'), asked.header('call-id')];
  return { leg, dialog: { method: '', uri: office.uri, from, to, callId, cseq: 10 } };
}

/** A call of the carrier that we have answered. */
async function taken(lines: readonly string[]) {
  const request = invite('<sip:601@127.0.0.2>', `sip:222@127.0.0.1:${office.sip.port}`, {
    lines: ['Content-Type: application/sdp', carrier.contact(), ...lines],
    body: sdp(),
  });
  carrier.send(carrier.textOf(request));
  const { leg } = await office.event('invite-received');
  office.run({ to: 'sip', do: 'answer', leg, sdp: sdpOf(sdp(5000)) });
  const answer = await carrier.response(request);
  acknowledge(carrier, request, answer);
  await office.event('ack-received');
  return { leg, answer, dialog: { ...request, to: answer.header('to'), cseq: 2, lines: [], body: '' } };
}

const refreshed = async (status = 200, lines: readonly string[] = []): Promise<RawMessage> => {
  const update = await carrier.request('UPDATE');
  carrier.answer(update, status, { lines: [carrier.contact(), ...lines] });
  return update;
};
const quiet = async () => {
  await office.settled(carrier);
  expect(carrier.received.filter(({ status }) => status !== 100).map(({ startLine }) => startLine)).toEqual([]);
};
const ended = async (leg: LegId) => {
  const bye = await carrier.request('BYE');
  expect(bye.header('reason')).toBe('SIP;cause=408;text="Session timer expired"');
  carrier.answer(bye, 200);
  expect(await office.event('leg-hung-up')).toMatchObject({ leg, why: 'session-expired' });
  expect(office.gateway.counters().legs).toBe(0);
};

test('we refresh at half of what was agreed, with UPDATE, again and again; and nothing is left after the BYE', async () => {
  const before = office.clock.waiting;
  const { leg } = await dialled(['Require: timer', 'Session-Expires: 600;refresher=uac', allows]);
  for (let i = 0; i < 3; i++) {
    office.clock.forward(299_000);
    await quiet();
    office.clock.forward(1_000);
    const update = await refreshed(200, ['Session-Expires: 600;refresher=uac']);
    expect([update.header('session-expires'), update.header('min-se')]).toEqual(['600;refresher=uac', '90']);
    expect([update.header('supported'), update.body]).toEqual(['timer', '']);
    expect(update.header('contact')).not.toBe('');
    await office.settled(carrier);
  }
  office.run({ to: 'sip', do: 'bye', leg, cause: 'caller-hung-up' });
  carrier.answer(await carrier.request('BYE'), 200);
  expect(office.clock.waiting).toBe(before);
});

test('a refresh that finds nobody ends the call', async () => {
  const { leg } = await dialled(['Session-Expires: 600;refresher=uac', allows]);
  office.clock.forward(300_000);
  await refreshed(481);
  await ended(leg);
});

test('a refresh without any answer ends the call before its time is over', async () => {
  const { leg } = await dialled(['Session-Expires: 600;refresher=uac', allows]);
  office.clock.forward(300_000);
  await carrier.request('UPDATE');
  office.clock.forward(268_000);
  carrier.received.splice(0); // repeated, for nobody
  await ended(leg);
});

test('glare, and an interval too small: again after a while, with more', async () => {
  await dialled(['Session-Expires: 600;refresher=uac', allows]);
  office.clock.forward(300_000);
  await refreshed(491);
  await quiet();
  office.clock.forward(4_000); // 2.1 to 4 s: the Call-ID is ours
  await refreshed(422, ['Min-SE: 1000']);
  await office.settled(carrier);
  office.clock.forward(500);
  expect((await refreshed(200)).header('session-expires')).toBe('1000;refresher=uac');
  await office.settled(carrier);
  office.clock.forward(10_000_000); // they answered without a timer: none runs
  await quiet();
});

test('without UPDATE a re-INVITE repeats our description; a new answer goes to the router, the old one does not', async () => {
  const { leg } = await dialled(['Session-Expires: 600;refresher=uac', 'Allow: INVITE, ACK, BYE']);
  for (const port of [4100, 4102]) {
    office.clock.forward(300_000);
    const again = await carrier.request('INVITE');
    expect([again.body, again.header('content-type')]).toEqual([sdp(5000), 'application/sdp']);
    const agreed = ['Session-Expires: 600;refresher=uac', carrier.contact()];
    carrier.answer(again, 200, { lines: agreed, body: sdp(port).replace('1 1 IN', '1 2 IN') });
    expect((await carrier.request('ACK')).header('cseq')).toBe(again.header('cseq').replace('INVITE', 'ACK'));
    await office.settled(carrier);
  }
  expect(await office.event('reoffer-received')).toMatchObject({ leg, offer: expect.stringContaining('audio 4102') });
  expect(office.events.filter((event) => 'leg' in event)).toEqual([]);
});

test('a carrier that knows of no session timers has none', async () => {
  await dialled([allows]);
  office.clock.forward(10_000_000);
  await quiet();
});

test('INVITE: 422 of the other end is answered with what it takes, once', async () => {
  const leg = legIdOf(callIdOf('e'.repeat(32)), 2);
  const target = { kind: 'trunk', trunk: trunkIdOf('carrier'), number: '601' } as const;
  office.run({ to: 'sip', do: 'invite', leg, target, shows: { number: '2', withheld: false }, sdp: sdpOf(sdp(5000)) });
  const first = await carrier.request('INVITE');
  carrier.answer(first, 422, { lines: ['Min-SE: 3600'] });
  const second = await carrier.request('INVITE');
  expect([second.header('session-expires'), second.header('min-se')]).toEqual(['3600', '3600']);
  expect([second.header('call-id'), second.header('cseq')]).toEqual([first.header('call-id'), '2 INVITE']);
  carrier.answer(second, 422, { lines: ['Min-SE: 3600'] });
  expect(await office.event('leg-refused')).toMatchObject({ leg, status: 422 });
});

test('a caller who refreshes keeps the call; when nothing comes any more it ends', async () => {
  const asks = ['Supported: timer', 'Session-Expires: 600;refresher=uac', allows];
  const { leg, answer, dialog } = await taken(asks);
  expect([answer.header('require'), answer.header('session-expires')]).toEqual(['timer', '600;refresher=uac']);
  office.clock.forward(500_000);
  const update = { ...dialog, method: 'UPDATE', lines: [carrier.contact(), ...asks] };
  const kept = await carrier.ask(update);
  expect([kept.status, kept.header('session-expires')]).toEqual([200, '600;refresher=uac']);
  office.clock.forward(500_000);
  const reinvite = {
    ...dialog,
    method: 'INVITE',
    cseq: 3,
    lines: [carrier.contact(), 'Content-Type: application/sdp', ...asks],
  };
  carrier.send(carrier.textOf({ ...reinvite, body: sdp(4002) }));
  await office.event('reoffer-received');
  office.run({ to: 'sip', do: 'accept-reoffer', leg, sdp: sdpOf(sdp(5000)) });
  const again = await carrier.response(reinvite);
  expect(again.header('session-expires')).toBe('600;refresher=uac');
  acknowledge(carrier, reinvite, again);
  await office.event('ack-received');
  office.clock.forward(567_000);
  await quiet();
  office.clock.forward(1_000);
  await ended(leg);
});

test('a caller who leaves it to us is refreshed by us', async () => {
  const { answer } = await taken(['Supported: timer', allows]);
  expect(answer.header('session-expires')).toBe('1800;refresher=uas');
  office.clock.forward(900_000);
  expect((await refreshed(200, ['Session-Expires: 1800;refresher=uac'])).header('session-expires')).toBe(
    '1800;refresher=uac',
  );
});

test('an interval below 90 s is refused with ours, at the start and later; 422 means nothing to who has no timers', async () => {
  const request = invite('<sip:601@127.0.0.2>', `sip:222@127.0.0.1:${office.sip.port}`, {
    lines: [carrier.contact(), 'Supported: timer', 'Session-Expires: 60'],
  });
  const refused = await carrier.ask(request);
  expect([refused.status, refused.header('min-se')]).toEqual([422, '90']);
  const { dialog } = await taken(['Session-Expires: 60']);
  const update = { ...dialog, method: 'UPDATE', lines: [carrier.contact(), 'Supported: timer', 'x: 20'] };
  expect((await carrier.ask(update)).status).toBe(422);
});

test('an UPDATE before the answer: without an offer it is taken, with one it is not (RFC 3311 section 5.2)', async () => {
  const request = invite('<sip:601@127.0.0.2>', `sip:222@127.0.0.1:${office.sip.port}`, {
    lines: ['Content-Type: application/sdp', carrier.contact()],
    body: sdp(),
  });
  carrier.send(carrier.textOf(request));
  const { leg } = await office.event('invite-received');
  office.run({ to: 'sip', do: 'ring', leg });
  const to = (await carrier.response(request)).header('to');
  const update = { ...request, method: 'UPDATE', to, cseq: 2 };
  expect((await carrier.ask({ ...update, lines: [carrier.contact()], body: '' })).status).toBe(200);
  const offering = await carrier.ask({ ...update, cseq: 3, body: sdp(4004) });
  expect([offering.status, offering.header('retry-after')]).toEqual([500, '5']);
});
