/** Digits made anew (RFC 4733), read back by the engine's own reader and looked at packet by packet. */
import { DigitSender } from '../../../media/engine/digit-sender';
import { DigitReceiver, type Heard } from '../../../media/engine/dtmf';
import { OutStream } from '../../../media/engine/out-stream';
import { FakeMediaClock } from '../../fakes/media-clock';
import { parseRtp } from '../rtp-end';

let clock: FakeMediaClock;
let packets: Buffer[];
let out: OutStream;
let sender: DigitSender;

beforeEach(() => {
  clock = new FakeMediaClock();
  packets = [];
  out = new OutStream({ send: (packet) => void packets.push(packet) }, clock);
  out.host = '192.0.2.1';
  out.port = 4000;
  sender = new DigitSender();
  sender.payloadType = 96;
});

function beats(count: number): void {
  for (let i = 0; i < count; i++) {
    clock.advance(20);
    sender.beat(out);
  }
}

const rows = () =>
  packets.map(parseRtp).map((p) => ({
    ...p,
    event: p.payload[0],
    end: ((p.payload[1] ?? 0) & 0x80) !== 0,
    duration: p.payload.readUInt16BE(2),
  }));

test('a press of 100 ms: marker first, growing duration, one time stamp, the end three times', () => {
  sender.press({ event: 5, volume: 10 });
  sender.release(100);
  beats(20);
  expect(rows().map((row) => row.duration)).toEqual([160, 320, 480, 640, 800, 800, 800]);
  expect(rows().map((row) => row.end)).toEqual([false, false, false, false, true, true, true]);
  expect(rows().map((row) => row.marker)).toEqual([true, false, false, false, false, false, false]);
  expect(new Set(rows().map((row) => row.timestamp)).size).toBe(1);
  expect(rows().every((row) => row.payloadType === 96 && row.event === 5)).toBe(true);
  expect(
    rows()
      .slice(1)
      .every((row, i) => row.sequence === ((rows()[i]?.sequence ?? 0) + 1) % 0x10000),
  ).toBe(true);
});

test('it lasts as long as the key is down', () => {
  sender.press({ event: 1, volume: 10 });
  beats(50);
  expect(rows().at(-1)).toMatchObject({ duration: 8000, end: false });
  sender.release(1000);
  beats(10);
  expect(rows().slice(-3)).toEqual([
    expect.objectContaining({ end: true }),
    expect.objectContaining({ end: true }),
    expect.objectContaining({ end: true }),
  ]);
  expect(sender.isBusy).toBe(false);
});

test('quick presses queue up and are read as what they were', () => {
  for (const event of [1, 1, 11]) {
    sender.press({ event, volume: 10 });
    sender.release(70);
  }
  const receiver = new DigitReceiver();
  const heard: Heard[] = [];
  for (let i = 0; i < 60; i++) {
    beats(1);
    for (const packet of packets.splice(0)) heard.push(...receiver.receive(packet, 12, clock.nowMs()));
  }
  expect(heard.flatMap((one) => (one.type === 'ended' ? [[one.press.event, one.durationMs]] : []))).toEqual([
    [1, 70],
    [1, 70],
    [11, 70],
  ]);
});

test('a far end that takes no digits gets none', () => {
  sender.payloadType = undefined;
  sender.press({ event: 5, volume: 10 });
  beats(10);
  expect(packets).toEqual([]);
  expect(sender.isBusy).toBe(false);
});

test('presses of ours: 100 ms each, 60 ms from the end of one to the start of the next, what is no digit left out', () => {
  sender.type('4x*é, D');
  beats(60);
  const starts = rows().filter((row) => row.marker);
  expect(starts.map((row) => row.event)).toEqual([4, 10, 15]);
  expect(starts.map((row) => row.timestamp - (starts[0]?.timestamp ?? 0))).toEqual([0, 1280, 2560]);
  expect(
    rows()
      .filter((row) => row.end)
      .map((row) => row.duration),
  ).toEqual(Array.from({ length: 9 }, () => 800));
});

test('a press that is let go of at once ends where it is: its duration never goes back', () => {
  sender.press({ event: 1, volume: 10 });
  beats(10);
  sender.release(0);
  beats(10);
  expect(rows().map((row) => row.duration)).toEqual([
    ...Array.from({ length: 10 }, (_, i) => (i + 1) * 160),
    ...Array.from({ length: 3 }, () => 1600),
  ]);
});

test('more presses than the queue holds are left out, and it runs empty', () => {
  sender.type('1'.repeat(1000));
  beats(64 * 8 + 1);
  expect(rows().filter((row) => row.marker)).toHaveLength(64);
  expect(sender.isBusy).toBe(false);
});
