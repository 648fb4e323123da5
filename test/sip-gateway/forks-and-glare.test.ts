import { callIdOf, legIdOf, sdpOf, trunkIdOf } from '../../call-router/values/ids';
import { type Office, officeWithCarrier } from './office';
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

async function dial() {
  const leg = legIdOf(callIdOf(String(++calls).padStart(32, '0')), 2);
  const target = { kind: 'trunk', trunk: trunkIdOf('carrier'), number: '601' } as const;
  office.run({ to: 'sip', do: 'invite', leg, target, shows: { number: '2', withheld: false }, sdp: sdpOf(sdp(5000)) });
  return { leg, asked: await carrier.request('INVITE') };
}

const dialogOf = (asked: RawMessage, tag = 'rawtag'): Request => ({
  method: '',
  uri: office.uri,
  from: `${asked.header('to')};tag=${tag}`,
  to: asked.header('from'),
  callId: asked.header('call-id'),
  cseq: 10,
});

test('of two forks that ring and answer one is kept, the other gets ACK and BYE; the router hears of one answer', async () => {
  const { leg, asked } = await dial();
  carrier.answer(asked, 183, { tag: 'one', body: sdp(4100), lines: [carrier.contact('one')] });
  carrier.answer(asked, 183, { tag: 'two', body: sdp(4200), lines: [carrier.contact('two')] });
  expect((await office.event('leg-progressed')).sdp).toBe(sdp(4100));
  expect((await office.event('leg-progressed')).sdp).toBe(sdp(4200));
  carrier.answer(asked, 200, { tag: 'two', body: sdp(4200), lines: [carrier.contact('two')] });
  carrier.answer(asked, 200, { tag: 'one', body: sdp(4100), lines: [carrier.contact('one')] });
  expect(await office.event('leg-answered')).toMatchObject({ leg, sdp: sdp(4200) });
  const acks = [await carrier.request('ACK'), await carrier.request('ACK')];
  expect(acks.map(({ uri }) => /sip:(\w+)@/.exec(uri)?.[1] ?? '').sort((a, b) => a.localeCompare(b))).toEqual([
    'one',
    'two',
  ]);
  const bye = await carrier.request('BYE');
  expect(bye.header('to')).toContain('tag=one');
  carrier.answer(bye, 200);
  expect(office.events.some(({ type }) => type === 'leg-answered')).toBe(false);
  office.run({ to: 'sip', do: 'bye', leg, cause: 'caller-hung-up' });
  const last = await carrier.request('BYE');
  expect(last.header('to')).toContain('tag=two');
  carrier.answer(last, 200);
  expect(office.gateway.counters().legs).toBe(0);
});

test('a fork that only rang does not disturb the call of the one that answered', async () => {
  const { leg, asked } = await dial();
  carrier.answer(asked, 180, { tag: 'one', lines: [carrier.contact('one')] });
  await office.event('leg-ringing');
  carrier.answer(asked, 200, { tag: 'two', body: sdp(4200), lines: [carrier.contact('two')] });
  await office.event('leg-answered');
  await carrier.request('ACK');
  const stray = { ...dialogOf(asked, 'one'), method: 'BYE' };
  expect((await carrier.ask(stray)).status).toBe(481);
  const { dialog } = { dialog: dialogOf(asked, 'two') };
  expect((await carrier.ask({ ...dialog, method: 'BYE' })).status).toBe(200);
  expect(await office.event('leg-hung-up')).toMatchObject({ leg, why: 'bye' });
});

test('while our re-INVITE is open theirs gets 491, an UPDATE with an offer too, and one without is taken', async () => {
  const { asked } = await dial();
  const agreed = ['Session-Expires: 600;refresher=uac', 'Allow: INVITE, ACK, BYE', carrier.contact()];
  carrier.answer(asked, 200, { lines: agreed, body: sdp(4100) });
  await office.event('leg-answered');
  await carrier.request('ACK');
  office.clock.forward(300_000);
  const ours = await carrier.request('INVITE');
  const dialog = dialogOf(asked);
  const offering = { lines: [carrier.contact(), 'Content-Type: application/sdp'], body: sdp(4102) };
  expect((await carrier.ask({ ...dialog, method: 'INVITE', ...offering })).status).toBe(491);
  expect((await carrier.ask({ ...dialog, method: 'UPDATE', cseq: 11, ...offering })).status).toBe(491);
  expect((await carrier.ask({ ...dialog, method: 'UPDATE', cseq: 12, lines: [carrier.contact()] })).status).toBe(200);
  carrier.answer(ours, 200, { lines: agreed, body: sdp(4100) });
  await carrier.request('ACK');
  const again = { ...dialog, method: 'UPDATE', cseq: 13, ...offering };
  carrier.send(carrier.textOf(again));
  const { leg } = await office.event('reoffer-received');
  office.run({ to: 'sip', do: 'accept-reoffer', leg, sdp: sdpOf(sdp(5000)) });
  expect((await carrier.response(again)).status).toBe(200);
});

test('their UPDATE that crosses ours is answered, and both stand', async () => {
  const { leg, asked } = await dial();
  const agreed = ['Session-Expires: 600;refresher=uac', 'Allow: INVITE, ACK, BYE, UPDATE', carrier.contact()];
  carrier.answer(asked, 200, { lines: agreed, body: sdp(4100) });
  await office.event('leg-answered');
  await carrier.request('ACK');
  office.clock.forward(300_000);
  const ours = await carrier.request('UPDATE');
  const theirs = { ...dialogOf(asked), method: 'UPDATE', lines: [carrier.contact(), 'Supported: timer'] };
  expect((await carrier.ask(theirs)).status).toBe(200);
  carrier.answer(ours, 200, { lines: agreed });
  await office.settled(carrier);
  office.run({ to: 'sip', do: 'bye', leg, cause: 'caller-hung-up' });
  carrier.answer(await carrier.request('BYE'), 200);
  expect(office.gateway.counters().legs).toBe(0);
});
