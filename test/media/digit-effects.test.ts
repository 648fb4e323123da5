/** Digits as the router asks for them and is told of them, through a media worker and real sockets in real time. */
import { callIdOf, sdpOf } from '../../call-router/values/ids';
import { keyPayloads, spelled } from './keys';
import { MediaBench, each20ms, legOf, portIn, until } from './media-bench';
import { type HeardPacket, RtpEnd } from './rtp-end';

const [phoneLeg, customerLeg] = [legOf('digits', 1), legOf('digits', 2)];
let media: MediaBench;
let phone: RtpEnd;
let customer: RtpEnd;
let toPhone: number;

beforeAll(async () => {
  media = await MediaBench.start({ rtpPorts: { from: 22_800, to: 22_899 } });
  [phone, customer] = [await RtpEnd.open('PCMA'), await RtpEnd.open('PCMA')];
  toPhone = portIn(await media.answering(phoneLeg, phone));
  await media.offering(customerLeg, customer);
  media.run({ to: 'media', do: 'join', a: phoneLeg, b: customerLeg });
  ofPhone('gate-digits');
});

afterAll(async () => {
  phone.close();
  customer.close();
  await media.stop();
});

afterEach(() => customer.heard.splice(0));

function ofPhone(what: 'gate-digits' | 'swallow-digits' | 'replay-digits'): void {
  media.run({ to: 'media', do: what, leg: phoneLeg });
}

/** Presses one key and gives what was told of it. */
async function press(key: string, durationMs = 60): Promise<unknown> {
  const payloads = keyPayloads(key, durationMs);
  await each20ms(payloads.length, (i) => phone.send(toPhone, 101, payloads[i] ?? Buffer.alloc(4)));
  phone.timestamp += payloads.length * 160;
  const { digit, withheld } = await media.happened('digit-received', phoneLeg);
  return withheld === undefined ? digit : { digit, withheld };
}

/** The customer has heard these presses to the last of their three ends. */
async function customerHeard(presses: readonly string[]): Promise<void> {
  const isEnd = ({ payload, payloadType }: HeardPacket): boolean =>
    payloadType === 101 && (payload.readUInt8(1) & 0x80) !== 0;
  await until(() => customer.heard.filter(isEnd).length >= presses.length * 3);
  expect(spelled(customer.heard)).toEqual(presses);
}

const withheld = (digit: string) => ({ digit, withheld: true });

test('a digit passes; a star code is withheld and swallowed, over a re-INVITE too', async () => {
  expect(await press('5')).toBe('5');
  expect(await press('*')).toEqual(withheld('*'));
  media.run({ to: 'media', do: 'take-reoffer', leg: phoneLeg, offer: sdpOf(phone.sdp()) });
  await media.happened('offer-accepted', phoneLeg);
  expect(await press('1')).toEqual(withheld('1'));
  expect(await press('#')).toEqual(withheld('#'));
  ofPhone('swallow-digits');
  expect(await press('6')).toBe('6');
  await customerHeard(['5 60 ms', '6 60 ms']);
});

test('a wrong code is sent on', async () => {
  expect(await press('*', 80)).toEqual(withheld('*'));
  expect(await press('9', 140)).toEqual(withheld('9'));
  ofPhone('replay-digits');
  await customerHeard(['* 80 ms', '9 140 ms']);
});

test('digits of ours reach the far end of the leg, and no event tells of them', async () => {
  media.run({ to: 'media', do: 'send-digits', leg: customerLeg, digits: '0#' });
  await customerHeard(['0 100 ms', '# 100 ms']);
  expect(media.events.filter((event) => event.type === 'digit-received')).toEqual([]);
});

test('what comes for a leg or a recording that is gone means nothing', async () => {
  const gone = legOf('gone', 1);
  for (const what of ['gate-digits', 'swallow-digits', 'replay-digits'] as const)
    media.run({ to: 'media', do: what, leg: gone });
  media.run({ to: 'media', do: 'send-digits', leg: gone, digits: '1' });
  media.run({ to: 'media', do: 'pause-recording', call: callIdOf('gone') });
  expect(await media.server?.counters()).toMatchObject({ legs: 2, recordings: 0 });
});
