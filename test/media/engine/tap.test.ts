/** Where audio lies in a recording: in its channel, at its time, whatever the network did. */
import { kind } from '../../../media/engine/kinds';
import type { ToRecorder } from '../../../media/engine/messages';
import { Tap } from '../../../media/engine/tap';

const silence = 0xd5;
let posted: ToRecorder[];
let overflows: number;
let dropped: number;
let tap: Tap;

beforeEach(() => {
  posted = [];
  overflows = 0;
  dropped = 0;
  tap = new Tap(
    { call: 'c', post: (message) => posted.push(message), overflowed: () => overflows++, dropped: () => dropped++ },
    0,
  );
});

interface Said {
  readonly side?: number;
  readonly at: number;
  readonly timestamp: number;
  readonly byte?: number;
  readonly ssrc?: number;
  readonly law?: number;
}

function say({ side = 0, at, timestamp, byte = 1, ssrc = 1, law = kind.pcma }: Said): void {
  tap.write(side, Buffer.alloc(172, byte), { kind: law, start: 12, end: 172, timestamp, ssrc }, at);
  tap.flush(at);
}

/** The whole recording as the recorder would write it. */
function channels(): [number[], number[]] {
  const end = posted.find((message) => message.type === 'end');
  const total = end?.type === 'end' ? end.totalSamples : 0;
  const both: [number[], number[]] = [
    Array.from({ length: total }, () => silence),
    Array.from({ length: total }, () => silence),
  ];
  for (const message of posted) {
    if (message.type === 'end') continue;
    message.stereo.forEach((byte, i) => (both[i % 2 === 0 ? 0 : 1][message.startSample + (i >> 1)] = byte));
  }
  return both;
}

/** Runs of what is not silence: [from, to) in samples. */
function spoken(channel: readonly number[]): number[][] {
  const runs: number[][] = [];
  channel.forEach((byte, i) => {
    if (byte === silence) return;
    const last = runs.at(-1);
    if (last?.[1] === i) last[1] = i + 1;
    else runs.push([i, i + 1]);
  });
  return runs;
}

test('each side lies in its own channel, µ-law comes as A-law, and the last block is as short as the call', () => {
  for (let i = 0; i < 60; i++) {
    say({ side: 0, at: i * 20, timestamp: i * 160, byte: 0x11 });
    say({ side: 1, at: i * 20 + 5, timestamp: 7000 + i * 160, byte: 0x80, ssrc: 2, law: kind.pcmu });
  }
  tap.end(1250);
  const [left, right] = channels();
  expect(left).toHaveLength(10_000);
  expect(spoken(left)).toEqual([[0, 9600]]);
  expect(spoken(right)).toEqual([[40, 9640]]);
  expect(left[5000]).toBe(0x11);
  // µ-law full scale is A-law full scale.
  expect(right[5000]).toBe(0xaa);
  expect(posted.map((message) => (message.type === 'block' ? message.stereo.length / 2 : 'end'))).toEqual([
    4000,
    4000,
    2000,
    'end',
  ]);
  expect(posted.map((message) => (message.type === 'block' ? message.sequence : -1))).toEqual([0, 1, 2, -1]);
});

test('a lost packet is 20 ms of silence and a late one lies in its place', () => {
  for (const [i, at] of [
    [0, 0],
    [1, 20],
    [3, 60],
    [2, 70],
    [5, 100],
  ])
    say({ at: at ?? 0, timestamp: (i ?? 0) * 160 });
  tap.end(1000);
  expect(spoken(channels()[0])).toEqual([
    [0, 640],
    [800, 960],
  ]);
});

test('jitter below 40 ms moves nothing', () => {
  for (let i = 0; i < 100; i++) say({ at: i * 20 + ((i * 7) % 5) * 8, timestamp: 4_294_960_000 + i * 160 });
  tap.end(2100);
  expect(spoken(channels()[0])).toEqual([[0, 16_000]]);
});

test('a source that stands more than 40 ms ahead is set to the clock at once, one that lags after a moment', () => {
  for (let i = 0; i < 10; i++) say({ at: i * 20, timestamp: i * 160 });
  say({ at: 200, timestamp: 50_000 });
  tap.end(400);
  expect(spoken(channels()[0])).toEqual([[0, 1760]]);
});

test('a far end whose clock stood still for 100 ms is in step again within 300 ms', () => {
  for (let i = 0; i < 10; i++) say({ at: i * 20, timestamp: i * 160 });
  for (let i = 10; i < 60; i++) say({ at: 100 + i * 20, timestamp: i * 160 });
  tap.end(1400);
  expect(spoken(channels()[0]).at(-1)?.[1]).toBe((100 + 59 * 20) * 8 + 160);
});

test('a packet delayed by a stall is put where it belongs, not where it came', () => {
  for (let i = 0; i < 10; i++) say({ at: i * 20, timestamp: i * 160 });
  for (let i = 10; i < 15; i++) say({ at: 290, timestamp: i * 160 });
  for (let i = 15; i < 30; i++) say({ at: i * 20, timestamp: i * 160 });
  tap.end(1000);
  expect(spoken(channels()[0])).toEqual([[0, 4800]]);
});

test('another leg on a side goes on in the same timeline', () => {
  for (let i = 0; i < 10; i++) say({ at: i * 20, timestamp: i * 160, ssrc: 1 });
  tap.changeLeg(0);
  for (let i = 0; i < 10; i++) say({ at: 300 + i * 20, timestamp: 900_000 + i * 160, ssrc: 1 });
  tap.end(1000);
  expect(spoken(channels()[0])).toEqual([
    [0, 1600],
    [2400, 4000],
  ]);
});

test('silence is not carried, and time goes on', () => {
  say({ at: 0, timestamp: 0 });
  tap.flush(60_000);
  say({ at: 60_000, timestamp: 480_000 });
  tap.end(60_500);
  expect(posted.map((message) => (message.type === 'block' ? message.startSample : message.totalSamples))).toEqual([
    0, 480_000, 484_000,
  ]);
  expect(spoken(channels()[0])).toEqual([
    [0, 160],
    [480_000, 480_160],
  ]);
});

test('a recorder that does not keep up loses blocks above ten seconds, is told so, and recovers', () => {
  for (let i = 0; i < 25 * 25 + 10; i++) say({ at: i * 20, timestamp: i * 160 });
  const blocks = () => posted.filter((message) => message.type === 'block');
  expect(blocks()).toHaveLength(20);
  expect([overflows, dropped]).toEqual([1, 5]);
  for (let i = 0; i < 20; i++) tap.credit();
  for (let i = 25 * 25 + 10; i < 27 * 25 + 10; i++) say({ at: i * 20, timestamp: i * 160 });
  expect(blocks().map((block) => block.overflowed)).toEqual([...Array.from({ length: 20 }, () => false), true, false]);
});

test('another recorder in the place of a dead one takes blocks at once, though the old one answered none', () => {
  for (let i = 0; i < 25 * 25 + 10; i++) say({ at: i * 20, timestamp: i * 160 });
  tap.creditAll();
  for (let i = 25 * 25 + 10; i < 26 * 25 + 10; i++) say({ at: i * 20, timestamp: i * 160 });
  expect(posted.filter((message) => message.type === 'block')).toHaveLength(21);
});
