/** What the engine plays to a leg: prompts once and cut by a key, music without an end, the far end's own voice. */
import { levelAt, loudness } from '../../audio/goertzel';
import { sineOf } from '../../audio/tone';
import { keyPayloads } from '../keys';
import { until } from '../media-bench';
import type { FarEnd } from './joined-ends';
import { JoinedEnds } from './joined-ends';

let ends: JoinedEnds;
let caller: FarEnd;
let colleague: FarEnd;

beforeEach(async () => {
  ends = new JoinedEnds(23_200);
  caller = await ends.open('caller', 'PCMU');
  colleague = await ends.open('colleague');
});

afterEach(async () => {
  await ends.stop();
  expect(ends.engine.clock.running).toBe(0);
});

const sound = (frequencyHz: number, ms: number): Uint8Array =>
  sineOf('PCMA', { frequencyHz, samples: ms * 8, levelDbfs: -12 });

/** Time passes and what was played in it has arrived. */
async function heard(ms: number): Promise<Int16Array> {
  const before = caller.end.heard.length;
  ends.engine.clock.advance(ms);
  await until(() => caller.end.heard.length >= before + ms / 20);
  return caller.end.audio();
}

const ended = (): unknown[] => ends.engine.said.filter((one) => one.type === 'prompts-ended');
const prompt = (more: { untilDigit?: boolean; isWhole?: boolean } = {}) => ({
  tag: 't1',
  untilDigit: false,
  isWhole: true,
  ...more,
});

test('sounds follow each other without a gap, in the law of the leg, and their end is told when it was heard', async () => {
  // 250 ms is no whole number of packets.
  const sounds = [sound(440, 250), sound(1000, 250)];
  await ends.tell({ type: 'play-sounds', leg: 'caller', sounds, prompt: prompt() });
  const audio = await heard(500);
  expect(audio).toHaveLength(4000);
  expect(levelAt(440, audio.subarray(0, 2000))).toBeCloseTo(-12, 0);
  expect(levelAt(1000, audio.subarray(0, 2000))).toBeLessThan(-40);
  expect(levelAt(1000, audio.subarray(2000))).toBeCloseTo(-12, 0);
  await ends.engine.counters();
  expect(ended()).toEqual([]);
  ends.engine.clock.advance(20);
  await ends.engine.counters();
  expect(ended()).toEqual([{ type: 'prompts-ended', leg: 'caller', tag: 't1', how: 'played' }]);
  expect(new Set(caller.end.heard.map((packet) => packet.ssrc)).size).toBe(1);
  // Nobody is joined to it: silence goes on, without a gap.
  await until(() => caller.end.heard.length >= 26);
  expect(
    caller.end.heard.map(({ timestamp }, i) => timestamp - (caller.end.heard[0]?.timestamp ?? 0) - i * 160),
  ).toEqual(Array.from({ length: 26 }, () => 0));
  expect(loudness(caller.end.audio().subarray(4000))).toBeLessThan(-60);
});

test('what is not there is left out and said so; with nothing at all the end comes at the first beat', async () => {
  await ends.tell({ type: 'play-sounds', leg: 'caller', sounds: [], prompt: prompt({ isWhole: false }) });
  ends.engine.clock.advance(20);
  await ends.engine.counters();
  expect(ended()).toMatchObject([{ how: 'not-there' }]);
  await until(() => caller.end.heard.length > 0);
  expect(loudness(caller.end.audio())).toBeLessThan(-60);
});

test('the silence behind a prompt makes room for whoever is joined', async () => {
  await ends.tell({ type: 'play-sounds', leg: 'caller', sounds: [sound(440, 40)], prompt: prompt() });
  await heard(100);
  await ends.tell({ type: 'join', a: 'caller', b: 'colleague' });
  ends.engine.clock.advance(20);
  await ends.engine.counters();
  const before = caller.end.heard.length;
  ends.engine.clock.advance(200);
  await ends.engine.counters();
  expect(caller.end.heard.length).toBe(before);
});

test('the first key cuts it when it goes down, and the music behind it begins', async () => {
  await ends.tell({
    type: 'play-sounds',
    leg: 'caller',
    sounds: [sound(440, 10_000)],
    prompt: prompt({ untilDigit: true }),
    music: sound(600, 1030),
  });
  await heard(200);
  const [first = Buffer.alloc(4), ...rest] = keyPayloads('5', 80);
  await ends.sendKey(caller, [first]);
  expect(ended()).toMatchObject([{ how: 'cut' }]);
  expect(ends.engine.said.some((one) => one.type === 'digit')).toBe(false);
  await ends.sendKey(caller, rest);
  expect(ends.told()).toEqual(['5 80 ms']);
  const audio = (await heard(3000)).subarray(-20_000);
  expect(levelAt(600, audio)).toBeCloseTo(-12, 0);
  expect(levelAt(440, audio)).toBeLessThan(-40);
});

test('a key does not cut what is to be heard whole', async () => {
  await ends.tell({ type: 'play-sounds', leg: 'caller', sounds: [sound(440, 400)], prompt: prompt() });
  await ends.press(caller, '5');
  expect(ended()).toEqual([]);
  ends.engine.clock.advance(400);
  await ends.engine.counters();
  expect(ended()).toMatchObject([{ how: 'played' }]);
});

test('of a prompt that another replaced, or that was stopped, no end is told', async () => {
  const play = (tag: string) =>
    ends.tell({ type: 'play-sounds', leg: 'caller', sounds: [sound(440, 100)], prompt: { ...prompt(), tag } });
  await play('one');
  await play('two');
  await heard(60);
  await ends.tell({ type: 'stop-playing', leg: 'caller' });
  await ends.pass(300);
  await play('three');
  await heard(100);
  await ends.pass(20);
  expect(ended()).toMatchObject([{ tag: 'three' }]);
});

test('whoever is joined is not heard while something plays, hears meanwhile, and is heard again by itself', async () => {
  await ends.join(caller, colleague);
  await ends.speak(5, [colleague, 1700]);
  await until(() => caller.end.heard.length === 5);
  await ends.tell({ type: 'play-sounds', leg: 'caller', sounds: [sound(440, 200)], prompt: prompt() });
  await ends.speak(10, [colleague, 1700], [caller, 1000]);
  await until(() => caller.end.heard.length === 15 && colleague.end.heard.length === 10);
  expect(levelAt(1700, caller.end.audio().subarray(5 * 160))).toBeLessThan(-40);
  expect(levelAt(1000, colleague.end.audio())).toBeGreaterThan(-11);
  await ends.pass(20);
  await ends.speak(5, [colleague, 1700]);
  await until(() => caller.end.heard.length === 20);
  expect(levelAt(1700, caller.end.audio().subarray(-800))).toBeGreaterThan(-11);
  const steps = caller.end.heard
    .slice(1)
    .map((one, i) => (one.sequence - (caller.end.heard[i]?.sequence ?? 0)) & 0xffff);
  expect(new Set(steps)).toEqual(new Set([1]));
});

test('the far end hears itself until told otherwise', async () => {
  await ends.tell({ type: 'echo', leg: 'caller', is: 'on' });
  await ends.speak(20, [caller, 700]);
  await until(() => caller.end.heard.length === 20);
  expect(levelAt(700, caller.end.audio())).toBeGreaterThan(-11);
  await ends.tell({ type: 'echo', leg: 'caller', is: 'off' });
  await ends.speak(5, [caller, 700]);
  expect(caller.end.heard).toHaveLength(20);
});

test('whoever hears itself after a prompt hears nothing else: the silence that waits for a key ends', async () => {
  await ends.tell({ type: 'play-sounds', leg: 'caller', sounds: [sound(440, 100)], prompt: prompt() });
  await heard(200);
  await ends.tell({ type: 'echo', leg: 'caller', is: 'on' });
  ends.engine.clock.advance(20);
  await ends.engine.counters();
  const before = caller.end.heard.length;
  await ends.speak(20, [caller, 700]);
  await until(() => caller.end.heard.length >= before + 20);
  ends.engine.clock.advance(200);
  await ends.engine.counters();
  expect(caller.end.heard).toHaveLength(before + 20);
});

test('a leg that is not spoken to yet hears nothing, and its prompt ends in its time', async () => {
  await ends.engine.leg('early', caller.end, { rtp: undefined } as never);
  await ends.tell({ type: 'play-sounds', leg: 'early', sounds: [sound(440, 100)], prompt: prompt() });
  ends.engine.clock.advance(120);
  await ends.engine.counters();
  expect(ended()).toMatchObject([{ leg: 'early', how: 'played' }]);
});

test('music has silence where its file has, and ends with its leg', async () => {
  const music = new Uint8Array(1600).fill(0xd5);
  await ends.tell({ type: 'play-sounds', leg: 'caller', sounds: [], music });
  expect(loudness(await heard(1000))).toBeLessThan(-60);
  await ends.tell({ type: 'close', leg: 'caller' });
});
