/** A later offer of ours: sent when the dialog may carry it, once, and what the far end says to it. */
import { callIdOf, type LegId, legIdOf, sdpOf, trunkIdOf } from '../../call-router/values/ids';
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

const reoffer = (leg: LegId, port: number): void =>
  office.run({ to: 'sip', do: 'reoffer', leg, sdp: sdpOf(sdp(port)) });

async function dialled(): Promise<{ readonly leg: LegId; readonly asked: RawMessage }> {
  const leg = legIdOf(callIdOf(String(++calls).padStart(32, '0')), 2);
  const target = { kind: 'trunk', trunk: trunkIdOf('carrier'), number: '601' } as const;
  office.run({ to: 'sip', do: 'invite', leg, target, shows: { number: '2', withheld: false }, sdp: sdpOf(sdp(5000)) });
  return { leg, asked: await carrier.request('INVITE') };
}

async function answered(asked: RawMessage): Promise<void> {
  carrier.answer(asked, 200, { lines: [carrier.contact()], body: sdp(4100) });
  await office.event('leg-answered');
  await carrier.request('ACK');
}

const isQuiet = async (): Promise<void> => {
  await office.settled(carrier);
  expect(carrier.received.filter(({ status }) => status !== 100).map(({ startLine }) => startLine)).toEqual([]);
};

test('goes out in the dialog, is acknowledged, and its answer is told', async () => {
  const { leg, asked } = await dialled();
  await answered(asked);
  reoffer(leg, 5002);
  const again = await carrier.request('INVITE');
  expect([again.header('call-id'), again.body]).toEqual([asked.header('call-id'), sdp(5002)]);
  carrier.answer(again, 200, { lines: [carrier.contact()], body: sdp(4102) });
  expect(await office.event('reoffer-answered')).toMatchObject({ leg, sdp: sdp(4102) });
  await carrier.request('ACK');
  await isQuiet();
});

test('while it rings it waits, and of two the later one is sent', async () => {
  const before = office.clock.waiting;
  const { leg, asked } = await dialled();
  reoffer(leg, 5002);
  reoffer(leg, 5004);
  office.clock.forward(1000);
  await isQuiet();
  await answered(asked);
  office.clock.forward(250);
  const again = await carrier.request('INVITE');
  expect(again.body).toBe(sdp(5004));
  carrier.answer(again, 200, { lines: [carrier.contact()], body: sdp(4104) });
  expect((await office.event('reoffer-answered')).sdp).toBe(sdp(4104));
  await carrier.request('ACK');
  office.clock.forward(10_000);
  await isQuiet();
  office.run({ to: 'sip', do: 'bye', leg, cause: 'caller-hung-up' });
  carrier.answer(await carrier.request('BYE'), 200);
  expect(office.clock.waiting).toBeLessThanOrEqual(before);
});

test('refused, or answered without a description: that is told, and the call stands', async () => {
  const { leg, asked } = await dialled();
  await answered(asked);
  for (const [status, lines] of [[488, []] as const, [200, [carrier.contact()]] as const]) {
    reoffer(leg, 5002);
    carrier.answer(await carrier.request('INVITE'), status, { lines });
    expect(await office.event('reoffer-refused')).toMatchObject({ leg, status });
    await carrier.request('ACK');
  }
  await isQuiet();
  expect(office.gateway.counters().legs).toBe(1);
});

test('both offer at once: theirs gets 491, ours is sent again after a while', async () => {
  const { leg, asked } = await dialled();
  await answered(asked);
  reoffer(leg, 5002);
  const ours = await carrier.request('INVITE');
  const theirs: Request = {
    method: 'INVITE',
    uri: office.uri,
    from: `${asked.header('to')};tag=rawtag`,
    to: asked.header('from'),
    callId: asked.header('call-id'),
    cseq: 10,
    lines: ['Content-Type: application/sdp', carrier.contact()],
    body: sdp(4106),
  };
  expect((await carrier.ask(theirs)).status).toBe(491);
  carrier.answer(ours, 491);
  await carrier.request('ACK');
  await isQuiet();
  office.clock.forward(4000); // 2.1 to 4 s: the Call-ID is ours
  const again = await carrier.request('INVITE');
  expect(again.body).toBe(sdp(5002));
  carrier.answer(again, 200, { lines: [carrier.contact()], body: sdp(4102) });
  expect((await office.event('reoffer-answered')).leg).toBe(leg);
  await carrier.request('ACK');
});

test('a leg that ended meanwhile is offered nothing, and nothing waits for it', async () => {
  const before = office.clock.waiting;
  const { leg, asked } = await dialled();
  reoffer(leg, 5002);
  office.run({ to: 'sip', do: 'cancel', leg, cause: 'caller-gave-up' });
  carrier.answer(asked, 486);
  await office.event('leg-refused', (event) => event.leg === leg).catch(() => undefined);
  office.clock.forward(60_000);
  await office.settled(carrier);
  expect(carrier.received.filter(({ method }) => method === 'INVITE')).toEqual([]);
  expect(office.clock.waiting).toBeLessThanOrEqual(before);
});
