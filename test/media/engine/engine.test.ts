/** The whole engine on real sockets, in time that the test moves. */
import { linearOf } from '../../audio/g711';
import { levelAt, loudness } from '../../audio/goertzel';
import { until } from '../media-bench';
import { RtpEnd, bound, rtpPacket } from '../rtp-end';
import { EngineBench, settingOf } from './engine-bench';

let engine: EngineBench;
let a: RtpEnd;
let b: RtpEnd;
let toA: number;
let toB: number;

beforeEach(async () => {
  engine = new EngineBench(Array.from({ length: 40 }, (_, i) => 22_000 + i * 2));
  [a, b] = [await RtpEnd.open('PCMU'), await RtpEnd.open('PCMA')];
  toA = await engine.leg('a', a);
  toB = await engine.leg('b', b, { digitsPayloadType: 97 });
  engine.tell({ type: 'join', a: 'a', b: 'b' });
  await engine.counters();
});

afterEach(async () => {
  a.close();
  b.close();
  await engine.stop();
  expect(engine.clock.running).toBe(0);
});

/** `a` speaks this many packets, each 20 ms, and `b` has heard them. */
async function speak(packets: number): Promise<void> {
  for (let i = 0; i < packets; i++) {
    const before = b.heard.length;
    a.speak(toA, 440);
    await until(() => b.heard.length > before);
    engine.clock.advance(20);
  }
}

test('RTP of a stranger is dropped and counted, before and after the source is locked', async () => {
  await speak(3);
  const stranger = await bound();
  for (let i = 0; i < 10; i++) {
    stranger.send(
      rtpPacket({ payloadType: 0, sequence: i, timestamp: i * 160, ssrc: 9 }, Buffer.alloc(160, 0x80)),
      toA,
      '127.0.0.1',
    );
  }
  let strangers = 0;
  while (strangers < 10) ({ strangers } = await engine.counters());
  await speak(3);
  expect(b.heard).toHaveLength(6);
  stranger.close();
});

test('what is no RTP, or in a payload type nobody agreed on, is dropped and counted', async () => {
  a.sendRaw(toA, Buffer.from('hello, this is no RTP'));
  a.sendRaw(toA, Buffer.alloc(3));
  a.send(toA, 55, Buffer.alloc(160));
  a.sendRaw(toA, Buffer.from([0xb0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1]));
  let malformed = 0;
  while (malformed < 4) ({ malformed } = await engine.counters());
  await speak(1);
  expect(b.heard).toHaveLength(1);
});

test('comfort noise is a sign of life and is not passed on', async () => {
  engine.tell({ type: 'watch', leg: 'a', audioLostMs: 1000 });
  await speak(1);
  for (let i = 0; i < 10; i++) {
    a.send(toA, 13, Buffer.from([60]));
    while ((await engine.counters()).packetsReceived < 2 + i);
    engine.clock.advance(900);
  }
  await speak(1);
  expect(b.heard).toHaveLength(2);
  expect(engine.said.some((one) => one.type === 'audio-lost')).toBe(false);
});

test('after a new description another source may speak, before it not', async () => {
  await speak(2);
  const moved = await RtpEnd.open('PCMU');
  moved.speak(toA, 440);
  while ((await engine.counters()).strangers < 1);
  engine.tell({ type: 'set', leg: 'a', setting: settingOf(moved) });
  await engine.counters();
  moved.speak(toA, 440);
  await until(() => b.heard.length === 3);
  b.speak(toB, 1000);
  await until(() => moved.heard.length === 1);
  expect(a.heard).toHaveLength(0);
  expect(new Set(b.heard.map((packet) => packet.ssrc)).size).toBe(1);
  moved.close();
});

test('a far end behind NAT is answered where it really speaks from', async () => {
  engine.tell({
    type: 'set',
    leg: 'a',
    setting: { ...settingOf(a), rtp: { host: '10.99.99.99', port: 4000 }, plausible: ['10.99.99.99', '127.0.0.1'] },
  });
  await engine.counters();
  await speak(1);
  b.speak(toB, 1000);
  await until(() => a.heard.length === 1);
});

test('a far end that holds is sent nothing, and hears again when it resumes, the stream unbroken', async () => {
  await speak(1);
  b.speak(toB, 1000);
  await until(() => a.heard.length === 1);
  engine.tell({ type: 'set', leg: 'a', setting: { ...settingOf(a), farHears: false } });
  await engine.counters();
  for (let i = 0; i < 5; i++) b.speak(toB, 1000);
  while ((await engine.counters()).packetsReceived < 7);
  engine.tell({ type: 'set', leg: 'a', setting: settingOf(a) });
  await engine.counters();
  b.speak(toB, 1000);
  await until(() => a.heard.length === 2);
  expect(((a.heard[1]?.sequence ?? 0) - (a.heard[0]?.sequence ?? 0)) & 0xffff).toBeLessThanOrEqual(6);
  expect(a.heard[1]?.ssrc).toBe(a.heard[0]?.ssrc);
});

test('a pressed key is told once and made anew for the other leg, in its payload type, and audio stops meanwhile', async () => {
  await speak(3);
  for (const [duration, end] of [
    [160, 0],
    [320, 0],
    [480, 0],
    [640, 0x80],
    [640, 0x80],
    [640, 0x80],
  ]) {
    a.send(toA, 101, Buffer.from([5, (end ?? 0) | 10, (duration ?? 0) >> 8, (duration ?? 0) & 0xff]));
    const { packetsReceived } = await engine.counters();
    while ((await engine.counters()).packetsReceived === packetsReceived && packetsReceived < 9);
    engine.clock.advance(20);
  }
  expect(await engine.heard('digit')).toMatchObject({ leg: 'a', digit: '5', durationMs: 80 });
  engine.clock.advance(200);
  await until(() => b.heard.filter((packet) => packet.payloadType === 97).length >= 6);
  a.timestamp += 960;
  await speak(3);
  const events = b.heard.filter((packet) => packet.payloadType === 97);
  expect(events.filter((packet) => ((packet.payload[1] ?? 0) & 0x80) !== 0)).toHaveLength(3);
  expect(events.map((packet) => packet.marker)).toEqual([
    true,
    ...Array.from({ length: events.length - 1 }, () => false),
  ]);
  expect(events.at(-1)?.payload.readUInt16BE(2)).toBe(640);
  expect(b.heard.some((packet) => packet.payloadType === 101)).toBe(false);
  const sequences = b.heard.map((packet) => packet.sequence);
  expect(sequences.every((sequence, i) => i === 0 || sequence === (((sequences[i - 1] ?? 0) + 1) & 0xffff))).toBe(true);
  expect(engine.said.some((one) => one.type === 'digit')).toBe(false);
});

test('silence is told once when nothing came for so long, and a held far end is not missed', async () => {
  await speak(1);
  await engine.heard('first-packet', 'a');
  engine.tell({ type: 'watch', leg: 'a', audioLostMs: 5000 });
  engine.tell({ type: 'set', leg: 'b', setting: { ...settingOf(b), farSpeaks: false } });
  engine.tell({ type: 'watch', leg: 'b', audioLostMs: 5000 });
  await engine.counters();
  engine.clock.advance(4800);
  await engine.counters();
  expect(engine.said.filter((one) => one.type === 'audio-lost')).toEqual([]);
  engine.clock.advance(20_000);
  await engine.counters();
  expect(engine.said.filter((one) => one.type === 'audio-lost')).toEqual([{ type: 'audio-lost', leg: 'a' }]);
});

test("ringback has the country's frequency and cadence, and the other leg is not heard meanwhile", async () => {
  engine.tell({ type: 'play', leg: 'b', tone: 'ringback', country: 'DE' });
  await engine.counters();
  for (let i = 0; i < 300; i++) {
    engine.clock.advance(20);
    if (i % 50 === 0) a.speak(toA, 1700);
    await until(() => b.heard.length > i);
  }
  const audio = b.audio();
  expect(audio).toHaveLength(48_000);
  expect(levelAt(425, audio.subarray(0, 8000))).toBeCloseTo(-12, 0);
  expect(loudness(audio.subarray(8000, 40_000))).toBeLessThan(-60);
  expect(levelAt(425, audio.subarray(40_000, 48_000))).toBeCloseTo(-12, 0);
  expect(levelAt(1700, audio)).toBeLessThan(-60);
  engine.tell({ type: 'stop-playing', leg: 'b' });
  await engine.counters();
  await speak(2);
  const steps = b.heard.slice(1).map((packet, i) => (packet.sequence - (b.heard[i]?.sequence ?? 0)) & 0xffff);
  expect(new Set(steps)).toEqual(new Set([1]));
  expect(new Set(b.heard.map((packet) => packet.ssrc)).size).toBe(1);
});

test('the recording has the customer left and us right, and goes on when a side changes its leg', async () => {
  engine.tell({ type: 'record', call: 'c', customer: 'a', ours: 'b' });
  await engine.counters();
  await speak(60);
  const c = await RtpEnd.open('PCMA');
  const toC = await engine.leg('c', c);
  engine.tell({ type: 'record', call: 'c', customer: 'c', ours: 'b' });
  await engine.counters();
  for (let i = 0; i < 40; i++) {
    c.speak(toC, 1000);
    b.speak(toB, 1700);
    const wanted = 60 + (i + 1) * 2;
    while ((await engine.counters()).packetsReceived < wanted);
    engine.clock.advance(20);
  }
  engine.tell({ type: 'stop-recording', call: 'c' });
  await until(() => engine.recorded.at(-1)?.type === 'end');
  expect(engine.recorded.at(-1)).toEqual({ type: 'end', call: 'c', totalSamples: 16_000 });
  const starts = engine.recorded.map((one) => (one.type === 'block' ? one.startSample : -1));
  expect(starts).toEqual([0, 4000, 8000, 12_000, -1]);
  const [left, right] = [channel(0), channel(1)];
  expect([levelAt(440, left.subarray(0, 9600)), levelAt(1000, left.subarray(9600))]).toEqual([
    expect.closeTo(-10, 0),
    expect.closeTo(-10, 0),
  ]);
  expect(levelAt(1000, left.subarray(0, 9600))).toBeLessThan(-45);
  expect(loudness(right.subarray(0, 9600))).toBeLessThan(-60);
  expect(levelAt(1700, right.subarray(9600))).toBeCloseTo(-10, 0);
  expect(levelAt(1000, right.subarray(9600))).toBeLessThan(-45);
  c.close();
});

test('reports say what came and what was sent; those of the far end tell loss, jitter and round trip', async () => {
  await speak(100);
  engine.clock.advance(10_000);
  await until(() => a.reports.length > 0 && b.reports.length > 0);
  const own = b.reports[0] ?? Buffer.alloc(0);
  // We are the sender towards b: SR without a block (nothing came from it), SDES behind it.
  expect([own.readUInt8(1), own.readUInt8(0) & 0x1f, own.readUInt32BE(4)]).toEqual([200, 0, b.heard[0]?.ssrc]);
  expect([own.readUInt32BE(20), own.readUInt32BE(24)]).toEqual([100, 16_000]);
  expect(own.readUInt8(29)).toBe(202);
  const block = (a.reports[0] ?? Buffer.alloc(0)).subarray(8);
  expect([a.reports[0]?.readUInt8(1), block.readUInt32BE(0), block.readUInt32BE(4)]).toEqual([201, a.ssrc, 0]);
  b.sendReport(
    toB + 1,
    reportOf({
      from: 77,
      about: b.heard[0]?.ssrc ?? 0,
      lost: 10,
      jitter: 80,
      lsr: own.readUInt32BE(8) * 65_536 + (own.readUInt32BE(12) >>> 16),
    }),
  );
  await engine.counters();
  await engine.counters();
  engine.tell({ type: 'close', leg: 'b' });
  const { quality } = await engine.heard('closed', 'b');
  expect(quality).toMatchObject({ packetsSent: 100, sentLossRatio: 0.1, sentJitterMs: 10, codec: 'PCMA' });
  expect(quality.roundTripMs).toBeGreaterThan(0);
  await until(() => b.reports.some((report) => report.subarray(-8).readUInt8(1) === 203));
});

test('loss on the way in is in the last word of a leg', async () => {
  for (let i = 0; i < 100; i++) {
    if (i % 5 === 4) a.sequence++;
    a.speak(toA, 440);
  }
  while ((await engine.counters()).packetsReceived < 100);
  engine.tell({ type: 'close', leg: 'a' });
  const { quality } = await engine.heard('closed', 'a');
  expect(quality.receivedLossRatio).toBeCloseTo(20 / 120, 2);
});

/** One channel of what the recorder got. */
function channel(side: number): Int16Array {
  const stereo = Buffer.concat(engine.recorded.flatMap((one) => (one.type === 'block' ? [one.stereo] : [])));
  return linearOf(
    'PCMA',
    stereo.filter((_, i) => i % 2 === side),
  );
}

interface Report {
  readonly from: number;
  readonly about: number;
  readonly lost: number;
  readonly jitter: number;
  /** NTP seconds and fraction of our report, of which the middle counts. */
  readonly lsr: number;
}

/** A receiver report of the far end, made by hand. */
function reportOf({ from, about, lost, jitter, lsr }: Report): Buffer {
  const packet = Buffer.alloc(32);
  packet.set([0x81, 201, 0, 7]);
  packet.writeUInt32BE(from, 4);
  packet.writeUInt32BE(about, 8);
  packet.writeUIntBE(lost, 13, 3);
  packet.writeUInt32BE(jitter, 20);
  packet.writeUInt32BE(lsr % 0x1_0000_0000, 24);
  return packet;
}
