/** The recorder: blocks to bytes in a file, whatever order the world comes in. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { sineOf } from '../audio/tone';
import { levelAt } from '../audio/goertzel';
import { readWav } from '../audio/wav';
import { livePaths, shelfPaths } from '../../recordings/layout';
import { type RecorderUnderTest as Recorder, RecorderUnderTest, blockAt, callNumber } from './recorder-under-test';
import { filesBelow, newFolder, removeFolder, sidecar } from './recorder-under-test';

const call = callNumber(1);
const headerBytes = 58;
let folder: string;
let recorder: Recorder;

beforeEach(async () => {
  folder = newFolder();
  recorder = await RecorderUnderTest.begin(folder);
});
afterEach(async () => {
  await recorder.stop();
  removeFolder(folder);
});

function sendBlock(sequence: number, startSample: number, stereo: Uint8Array, overflowed = false): void {
  recorder.audio({ type: 'block', call, sequence, startSample, stereo, overflowed });
}
/** Another call's block has its credit: what was sent before it has arrived. */
async function hasTakenAudio(): Promise<void> {
  const other = callNumber(99);
  recorder.order({ type: 'start', call: other, sidecar });
  await recorder.hasTakenOrders();
  const stereo = blockAt(0, 10);
  recorder.audio({ type: 'block', call: other, sequence: 0, startSample: 0, stereo, overflowed: false });
  await recorder.until(() => recorder.credits.some((credit) => credit.call === other));
}
function audioBytes(file = livePaths(folder, call).wav): Buffer {
  return readFileSync(file).subarray(headerBytes);
}
function readSidecar(): Record<string, unknown> {
  return JSON.parse(readFileSync(livePaths(folder, call).sidecar, 'utf8'));
}

test('blocks become the bytes of the file, each answered with a credit', async () => {
  recorder.order({ type: 'start', call, sidecar });
  for (let n = 0; n < 4; n++) sendBlock(n, n * 4000, blockAt(n * 4000, 4000));
  await recorder.credited(4);
  expect(recorder.credits.map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3]);
  expect(audioBytes().equals(Buffer.from(blockAt(0, 16_000)))).toBe(true);
});

test('the file can be played after each block while it grows', async () => {
  recorder.order({ type: 'start', call, sidecar });
  for (let n = 0; n < 3; n++) {
    sendBlock(n, n * 4000, blockAt(n * 4000, 4000));
    await recorder.credited(n + 1);
    const wav = readWav(readFileSync(livePaths(folder, call).wav));
    expect(wav.seconds).toBe((n + 1) / 2);
    expect(readFileSync(livePaths(folder, call).wav).readUInt32LE(4)).toBe(50 + (n + 1) * 8000);
  }
});

test('the left tone stays left and the right one right, with its level', async () => {
  recorder.order({ type: 'start', call, sidecar });
  const left = sineOf('PCMA', { frequencyHz: 440, levelDbfs: -10, samples: 8000 });
  const right = sineOf('PCMA', { frequencyHz: 1000, levelDbfs: -20, samples: 8000 });
  const stereo = new Uint8Array(16_000).map((_, i) => (i % 2 === 0 ? left[i >> 1] : right[i >> 1]) ?? 0);
  sendBlock(0, 0, stereo);
  const finished = await recorder.finish(call, 8000);
  expect(finished).toMatchObject({ durationMs: 1000, sizeBytes: headerBytes + 16_000, incomplete: false });
  expect(finished.leftRmsDb).toBeCloseTo(-13, 0);
  expect(finished.rightRmsDb).toBeCloseTo(-23, 0);
  const [leftBack, rightBack] = readWav(readFileSync(livePaths(folder, call).wav)).channels;
  if (leftBack === undefined || rightBack === undefined) throw new Error('not stereo');
  expect(levelAt(440, leftBack)).toBeGreaterThan(levelAt(1000, leftBack) + 30);
  expect(levelAt(1000, rightBack)).toBeGreaterThan(levelAt(440, rightBack) + 30);
});

test('a missing range is silence, and what follows stays at its place', async () => {
  recorder.order({ type: 'start', call, sidecar });
  sendBlock(0, 1000, blockAt(1000, 500));
  sendBlock(1, 100_001, blockAt(100_001, 333));
  await recorder.finish(call, 110_000);
  const audio = audioBytes();
  expect(audio.length).toBe(220_000);
  expect(audio.subarray(0, 2000).every((byte) => byte === 0xd5)).toBe(true);
  expect(audio.subarray(2000, 3000).equals(Buffer.from(blockAt(1000, 500)))).toBe(true);
  expect(audio.subarray(3000, 200_002).every((byte) => byte === 0xd5)).toBe(true);
  expect(audio.subarray(200_002, 200_668).equals(Buffer.from(blockAt(100_001, 333)))).toBe(true);
  expect(audio.subarray(200_668).every((byte) => byte === 0xd5)).toBe(true);
});

test('a block that comes late or again changes nothing but its own place', async () => {
  recorder.order({ type: 'start', call, sidecar });
  sendBlock(1, 4000, blockAt(4000, 4000));
  sendBlock(0, 0, blockAt(0, 4000));
  sendBlock(1, 4000, blockAt(4000, 4000));
  await recorder.finish(call, 8000);
  expect(audioBytes().equals(Buffer.from(blockAt(0, 8000)))).toBe(true);
});

test('audio before its start is held and written, with its end', async () => {
  sendBlock(0, 0, blockAt(0, 4000));
  recorder.audio({ type: 'end', call, totalSamples: 4000 });
  await hasTakenAudio();
  recorder.order({ type: 'start', call, sidecar });
  recorder.order({ type: 'finish', call });
  expect(await recorder.heard('finished')).toMatchObject({ durationMs: 500 });
  expect(recorder.credits.filter((credit) => credit.call === call)).toHaveLength(1);
});

test('audio of a call nobody records is dropped after five seconds and counted', async () => {
  sendBlock(0, 0, blockAt(0, 4000));
  await hasTakenAudio();
  recorder.clock.moveBy(5001);
  expect((await recorder.heard('counters', 2)).counters.blocksUnknown).toBe(1);
  expect(filesBelow(folder).filter((name) => name.includes(call))).toEqual([]);
});

test('the sidecar is there before the audio, names ids only, and follows an update', async () => {
  const named = { kind: 'contact', id: 'contact-1', name: 'Jana Nová', isNew: false } as const;
  recorder.order({ type: 'start', call, sidecar: { ...sidecar, card: named } });
  recorder.order({ type: 'update', call, sidecar: { ...sidecar, card: { kind: 'lead', id: 'lead-7' } } });
  sendBlock(0, 0, blockAt(0, 4000));
  await recorder.credited(1);
  expect(readSidecar()).toEqual({
    version: 1,
    call,
    state: 'recording',
    incomplete: false,
    sidecar: { ...sidecar, card: { kind: 'lead', id: 'lead-7' } },
  });
  await recorder.finish(call, 4000);
  expect(readSidecar()).toMatchObject({ state: 'finished', durationMs: 500, sizeBytes: 8058 });
});

test('no name of a client reaches the disk', async () => {
  const named = { kind: 'contact', id: 'contact-1', name: 'Jana Nová', isNew: false } as const;
  recorder.order({ type: 'start', call, sidecar: { ...sidecar, card: named } });
  sendBlock(0, 0, blockAt(0, 10));
  await recorder.credited(1);
  expect(readFileSync(livePaths(folder, call).sidecar, 'utf8')).not.toContain('Jana');
});

test('a recording in which nobody was heard leaves no file', async () => {
  recorder.order({ type: 'start', call, sidecar });
  const finished = await recorder.finish(call, 16_000);
  expect(finished).toMatchObject({ sizeBytes: 0, durationMs: 0 });
  expect(finished).not.toHaveProperty('leftRmsDb');
  expect(filesBelow(folder)).toEqual([]);
});

test('an overflow in the media engine marks the recording, once', async () => {
  recorder.order({ type: 'start', call, sidecar });
  sendBlock(0, 0, blockAt(0, 4000));
  sendBlock(5, 20_000, blockAt(20_000, 4000), true);
  sendBlock(9, 40_000, blockAt(40_000, 4000), true);
  await recorder.credited(3);
  expect(readSidecar()).toMatchObject({ incomplete: true });
  expect((await recorder.finish(call, 44_000)).incomplete).toBe(true);
  expect(recorder.told.filter(({ type }) => type === 'incomplete')).toHaveLength(1);
});

test('a block that cannot be placed is dropped with its credit and a mark', async () => {
  recorder.order({ type: 'start', call, sidecar });
  sendBlock(0, 0, blockAt(0, 100));
  for (const startSample of [-1, 0.5, Number.NaN, 2 ** 40]) sendBlock(1, startSample, blockAt(0, 100));
  sendBlock(2, 100, new Uint8Array(0));
  await recorder.credited(6);
  expect(await recorder.finish(call, 2 ** 45)).toMatchObject({ sizeBytes: headerBytes + 200, incomplete: true });
});

test('without an end from the media engine the recording closes after five seconds, marked', async () => {
  recorder.order({ type: 'start', call, sidecar });
  sendBlock(0, 0, blockAt(0, 4000));
  await recorder.credited(1);
  recorder.order({ type: 'finish', call });
  await recorder.hasTakenOrders();
  recorder.clock.moveBy(5000);
  expect(await recorder.heard('finished')).toMatchObject({ durationMs: 500, incomplete: true });
});

test('an id that is no id never becomes a path', async () => {
  const evil = '../../../../tmp/evil';
  recorder.order({ type: 'start', call: evil as typeof call, sidecar });
  recorder.audio({ type: 'block', call: evil, sequence: 0, startSample: 0, stereo: blockAt(0, 10), overflowed: false });
  recorder.order({ type: 'start', call, sidecar });
  sendBlock(0, 0, blockAt(0, 10));
  await recorder.credited(1);
  expect(filesBelow(folder)).toEqual([`live/${call}.json`, `live/${call}.wav`]);
});

test('a finished recording that the database has moves to its shelf after its time, and 300 leave no file open', async () => {
  const before = readdirSync('/proc/self/fd').length;
  const calls = Array.from({ length: 300 }, (_, n) => callNumber(1000 + n));
  for (const each of calls) recorder.order({ type: 'start', call: each, sidecar });
  for (let n = 0; n < 3; n++) {
    for (const each of calls) {
      const stereo = blockAt(n * 100, 100);
      recorder.audio({ type: 'block', call: each, sequence: n, startSample: n * 100, stereo, overflowed: false });
    }
  }
  for (const each of calls) recorder.audio({ type: 'end', call: each, totalSamples: 300 });
  for (const each of calls) recorder.order({ type: 'finish', call: each });
  await recorder.heard('finished', 300);
  recorder.clock.moveBy(5000);
  const onShelf = calls.map((each) => path.relative(folder, shelfPaths(folder, each).wav));
  for (const each of calls) recorder.order({ type: 'linked', call: each });
  await recorder.hasTakenOrders();
  recorder.clock.moveBy(60_000);
  recorder.order({ type: 'stop' });
  await recorder.heard('stopped');
  expect(filesBelow(folder).filter((name) => name.endsWith('.wav'))).toEqual(onShelf.sort());
  expect(readdirSync('/proc/self/fd').length).toBeLessThanOrEqual(before);
  recorder = await RecorderUnderTest.begin(folder);
});
