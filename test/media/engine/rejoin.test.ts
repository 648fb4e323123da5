/** Legs that are joined with one, then another, then the first again, or with nobody: no bridge is left, no stream breaks. */
import { levelAt, loudness } from '../../audio/goertzel';
import { until } from '../media-bench';
import type { HeardPacket } from '../rtp-end';
import { type FarEnd, JoinedEnds } from './joined-ends';

let ends: JoinedEnds;
let a: FarEnd;
let b: FarEnd;
let c: FarEnd;

beforeEach(async () => {
  ends = new JoinedEnds(22_400);
  [a, b, c] = [await ends.open('a', 'PCMU'), await ends.open('b'), await ends.open('c')];
});

afterEach(async () => {
  await ends.stop();
  expect(ends.engine.clock.running).toBe(0);
});

const everybody = (packets: number) => ends.speak(packets, [a, 440], [b, 1000], [c, 1700]);

/** One SSRC, and each packet one behind the one before. */
function expectUnbroken(heard: readonly HeardPacket[]): void {
  const first = heard[0];
  expect(heard.map(({ ssrc, sequence }) => [ssrc, sequence])).toEqual(
    heard.map((_, i) => [first?.ssrc, ((first?.sequence ?? 0) + i) & 0xffff]),
  );
}

const stepsOf = (heard: readonly HeardPacket[]): number[] =>
  heard.slice(1).map(({ timestamp }, i) => (timestamp - (heard[i]?.timestamp ?? 0)) >>> 0);

test('a leg joined with one, another and the first again hears each in turn in one stream, and nobody else does', async () => {
  await ends.join(a, b);
  await everybody(30);
  await ends.join(a, c);
  await everybody(30);
  await ends.join(a, b);
  await everybody(30);
  await until(() => a.end.heard.length === 90 && b.end.heard.length === 60 && c.end.heard.length === 30);
  const heard = a.end.audio();
  const third = (n: number) => heard.subarray(n * 4800, (n + 1) * 4800);
  expect([0, 1, 2].map((n) => levelAt(1000, third(n)) > -11)).toEqual([true, false, true]);
  expect([0, 1, 2].map((n) => levelAt(1700, third(n)) > -11)).toEqual([false, true, false]);
  for (const { end } of [a, b, c]) expectUnbroken(end.heard);
  for (const { end } of [b, c]) expect(levelAt(440, end.audio())).toBeGreaterThan(-11);
  expect(levelAt(440, heard)).toBeLessThan(-45);
  expect(new Set(stepsOf(a.end.heard))).toEqual(new Set([160]));
  // Who waited meanwhile: its time has gone on with the clock.
  expect(stepsOf(b.end.heard).filter((step) => step !== 160)).toEqual([31 * 160]);
  expect(a.end.heard.flatMap(({ marker }, i) => (marker ? [i] : []))).toEqual([0, 30, 60]);
});

test('the third is let go from both sides: separating the old pair later does not touch the new one', async () => {
  await ends.join(a, b);
  await ends.join(a, c);
  await ends.tell({ type: 'separate', a: 'a', b: 'b' }, { type: 'separate', a: 'b', b: 'a' });
  await everybody(5);
  await until(() => a.end.heard.length === 5 && c.end.heard.length === 5);
  expect(b.end.heard).toEqual([]);
});

test('closing a leg that was joined before does not touch those who talk now', async () => {
  await ends.join(a, b);
  await ends.join(b, c);
  await ends.tell({ type: 'close', leg: 'a' });
  await ends.speak(5, [b, 1000], [c, 1700]);
  await until(() => b.end.heard.length === 5 && c.end.heard.length === 5);
  expect(a.end.heard).toEqual([]);
});

test('after a separation nobody is heard, whichever is named first', async () => {
  await ends.join(a, b);
  await ends.speak(5, [a, 440], [b, 1000]);
  await ends.tell({ type: 'separate', a: 'b', b: 'a' });
  await ends.speak(10, [a, 440], [b, 1000]);
  await ends.join(b, a);
  await ends.speak(5, [a, 440], [b, 1000]);
  await until(() => a.end.heard.length === 10 && b.end.heard.length === 10);
  for (const { end } of [a, b]) {
    expectUnbroken(end.heard);
    expect(stepsOf(end.heard).filter((step) => step !== 160)).toEqual([11 * 160]);
  }
});

test('a leg that is left alone hears the hold tone while the other consults, then the other again', async () => {
  await ends.join(a, b);
  await everybody(10);
  await ends.tell(
    { type: 'separate', a: 'a', b: 'b' },
    { type: 'play', leg: 'a', tone: 'hold', country: 'CZ' },
    { type: 'join', a: 'b', b: 'c' },
  );
  await everybody(100);
  await ends.tell({ type: 'stop-playing', leg: 'a' }, { type: 'join', a: 'a', b: 'b' });
  await everybody(10);
  await until(() => a.end.heard.length === 120 && b.end.heard.length === 120 && c.end.heard.length === 100);
  const alone = a.end.audio().subarray(1600, 1600 + 16_000);
  expect(loudness(alone)).toBeGreaterThan(-60);
  expect(levelAt(1000, alone)).toBeLessThan(-60);
  expect(levelAt(1700, alone)).toBeLessThan(-60);
  expect(levelAt(1000, a.end.audio().subarray(-1600))).toBeGreaterThan(-11);
  for (const { end } of [a, b, c]) expectUnbroken(end.heard);
  // The tone's beat begins 20 ms later; from there on nothing is missing.
  expect(stepsOf(a.end.heard).flatMap((step, i) => (step === 160 ? [] : [[i, step]]))).toEqual([[9, 320]]);
});

test('a leg that was never joined hears a tone from its first packet', async () => {
  await ends.tell({ type: 'play', leg: 'c', tone: 'hold', country: 'CZ' });
  await ends.pass(400);
  await until(() => c.end.heard.length === 20);
  expectUnbroken(c.end.heard);
  await ends.tell({ type: 'stop-playing', leg: 'c' });
  await ends.pass(200);
  expect(c.end.heard).toHaveLength(20);
});
