/** Digits from telephone-event packets, as networks really deliver them. */
import { DigitReceiver, type Heard, digitOf } from '../../../media/engine/dtmf';
import { rtpPacket } from '../rtp-end';

const event = (code: number, timestamp: number, duration: number, end = false): Buffer =>
  rtpPacket(
    { payloadType: 101, sequence: 0, timestamp, ssrc: 1 },
    Buffer.from([code, (end ? 0x80 : 0) | 10, duration >> 8, duration & 0xff]),
  );

interface Given {
  readonly packets: readonly Buffer[];
  /** Silence after the last packet before the clock is looked at. */
  readonly thenMs?: number;
}

function digitsOf({ packets, thenMs = 1000 }: Given): string[] {
  const receiver = new DigitReceiver();
  const heard: Heard[] = [];
  let now = 0;
  for (const packet of packets) {
    heard.push(...receiver.receive(packet, 12, now), ...receiver.look(now));
    now += 20;
  }
  heard.push(...receiver.look(now + thenMs));
  expect(heard.filter((one) => one.type === 'began')).toHaveLength(heard.filter((one) => one.type === 'ended').length);
  return heard.flatMap((one) => (one.type === 'ended' ? [`${digitOf(one.press.event)} ${one.durationMs}`] : []));
}

const press = (code: number, at: number): Buffer[] => [160, 320, 480, 640].map((d) => event(code, at, d));
const ends = (code: number, at: number, duration: number, times = 3): Buffer[] =>
  Array.from({ length: times }, () => event(code, at, duration, true));

test.each<[string, Given, string[]]>([
  ['a whole press', { packets: [...press(5, 1000), ...ends(5, 1000, 800)] }, ['5 100']],
  ['the first packets lost', { packets: [...press(5, 1000).slice(3), ...ends(5, 1000, 800)] }, ['5 100']],
  ['two of three ends lost', { packets: [...press(5, 1000), ...ends(5, 1000, 800, 1)] }, ['5 100']],
  ['all ends lost', { packets: press(5, 1000) }, ['5 80']],
  ['only an end arrived', { packets: ends(5, 1000, 800, 1) }, ['5 100']],
  [
    'all ends lost and the next press begins',
    { packets: [...press(5, 1000), ...press(5, 3000), ...ends(5, 3000, 800)] },
    ['5 80', '5 100'],
  ],
  [
    'the same key twice',
    { packets: [...press(1, 1000), ...ends(1, 1000, 800), ...press(1, 3000), ...ends(1, 3000, 800)] },
    ['1 100', '1 100'],
  ],
  [
    'an end of the press before comes late',
    { packets: [...ends(1, 1000, 800, 2), ...press(2, 3000), ...ends(1, 1000, 800, 1), ...ends(2, 3000, 800)] },
    ['1 100', '2 100'],
  ],
  [
    'time stamps that wrap',
    { packets: [...press(9, 0xffffff00), ...ends(9, 0xffffff00, 800), ...press(8, 0x500), ...ends(8, 0x500, 800)] },
    ['9 100', '8 100'],
  ],
  [
    'star, hash and D',
    { packets: [...ends(10, 1000, 400), ...ends(11, 2000, 400), ...ends(15, 3000, 400)] },
    ['* 50', '# 50', 'D 50'],
  ],
  ['hook flash is no digit', { packets: ends(16, 1000, 400) }, []],
])('%s', (_, given, expected) => {
  expect(digitsOf(given)).toEqual(expected);
});

test('a key held longer than one segment can say is one press', () => {
  const packets = [
    event(7, 1000, 65_000),
    event(7, 1000, 0xffff),
    event(7, 1000 + 0xffff, 160),
    event(7, 1000 + 0xffff, 8000),
    ...ends(7, 1000 + 0xffff, 8160),
  ];
  expect(digitsOf({ packets })).toEqual([`7 ${Math.round((0xffff + 8160) / 8)}`]);
});

test('a packet that is cut short is nothing', () => {
  expect(digitsOf({ packets: [event(5, 1000, 160).subarray(0, 14)] })).toEqual([]);
});

test('a key that is down when another source takes over has come up, and old time stamps count again', () => {
  const receiver = new DigitReceiver();
  receiver.receive(event(5, 9000, 480), 12, 0);
  expect(receiver.reset()).toEqual([{ type: 'ended', press: { event: 5, volume: 10 }, durationMs: 60 }]);
  expect(receiver.reset()).toEqual([]);
  expect(receiver.receive(event(6, 1000, 160), 12, 20)).toEqual([{ type: 'began', press: { event: 6, volume: 10 } }]);
});
