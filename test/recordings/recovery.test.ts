/** What a crash leaves is repaired, linked by its sidecar only, and never linked to the wrong card. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { livePaths, orphansFolder, pathsIn, shelfFolder, shelfPaths } from '../../recordings/layout';
import type { RecoveredRecording } from '../../recordings/messages';
import { emptyHeader } from '../../recordings/wav-header';
import { readWav } from '../audio/wav';
import { type RecorderUnderTest as Recorder, RecorderUnderTest, blockAt, callNumber } from './recorder-under-test';
import { filesBelow, newFolder, removeFolder, sidecar } from './recorder-under-test';

const call = callNumber(7);
let folder: string;
let recorder: Recorder | undefined;

beforeEach(() => {
  folder = newFolder();
  mkdirSync(path.join(folder, 'live'));
});
afterEach(async () => {
  await recorder?.stop();
  recorder = undefined;
  removeFolder(folder);
});

async function recover(): Promise<readonly RecoveredRecording[]> {
  recorder = await RecorderUnderTest.begin(folder);
  recorder.order({ type: 'recover' });
  return (await recorder.heard('recovered')).recordings;
}

/** As a crash leaves it: sizes in the header not patched, bytes of half a frame at the end. */
function leaveWav(file = livePaths(folder, call).wav, samples = 4000): void {
  writeFileSync(file, Buffer.concat([emptyHeader(), blockAt(0, samples), Buffer.from([1])]));
}
function leaveSidecar(content: object, file = livePaths(folder, call).sidecar): void {
  writeFileSync(file, JSON.stringify({ version: 1, call, state: 'recording', incomplete: false, sidecar, ...content }));
}

test('kill -9 in the middle: all that was credited plays, and the sidecar says whose it is', async () => {
  const calls = [callNumber(1), callNumber(2), callNumber(3)];
  const child = spawn(process.execPath, [path.join(__dirname, 'child-recorder.cjs'), folder, ...calls]);
  const written = await new Promise<number>((done, refuse) => {
    child.once('error', refuse);
    child.stderr.on('data', (text) => refuse(new Error(String(text))));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const sequence = Number(line.replace('written ', ''));
      if (sequence >= 49) done(sequence);
    });
  });
  const exited = new Promise((done) => child.once('exit', done));
  child.kill('SIGKILL');
  await exited;
  const beforeRepair = readWav(readFileSync(livePaths(folder, calls[0] ?? call).wav));
  expect(beforeRepair.seconds).toBeGreaterThanOrEqual((written + 1) / 2);
  const found = await recover();
  expect(found.map((one) => one.call).sort()).toEqual(calls);
  for (const one of found) {
    expect(one).toMatchObject({ incomplete: true, sidecar: { card: { kind: 'lead', id: `lead-of-${one.call}` } } });
    const bytes = readFileSync(livePaths(folder, one.call).wav);
    expect(bytes.length).toBe(one.sizeBytes);
    expect(bytes.readUInt32LE(54)).toBe(bytes.length - 58);
    expect(bytes.subarray(58).equals(Buffer.from(blockAt(0, (bytes.length - 58) / 2)))).toBe(true);
    expect(one.durationMs).toBe(Math.floor(readWav(bytes).seconds * 1000));
  }
});

test('sizes are repaired from the real length, cut at a whole frame', async () => {
  leaveWav();
  leaveSidecar({});
  expect(await recover()).toEqual([
    { call, sidecar, incomplete: true, durationMs: 500, sizeBytes: 8058, wasCut: true },
  ]);
  expect(readWav(readFileSync(livePaths(folder, call).wav)).seconds).toBe(0.5);
  expect(JSON.parse(readFileSync(livePaths(folder, call).sidecar, 'utf8'))).toMatchObject({ state: 'recovered' });
});

test('a message that was being left is reported with it; half a message is none', async () => {
  const message = { mailbox: 'm1', since: 1_790_000_000_000, fromMs: 250 };
  leaveWav();
  leaveSidecar({ sidecar: { ...sidecar, message } });
  expect(await recover()).toMatchObject([{ call, sidecar: { ...sidecar, message } }]);
  await recorder?.stop();
  leaveSidecar({ sidecar: { ...sidecar, message: { mailbox: 'm1' } } });
  expect((await recover()).map((one) => one.sidecar)).toEqual([sidecar]);
});

test('what was finished just before the end is reported again, whole', async () => {
  leaveWav();
  const levels = { leftRmsDb: -20.5, rightRmsDb: -31, leftPeakDb: -3, rightPeakDb: -9 };
  leaveSidecar({ state: 'finished', durationMs: 500, sizeBytes: 8058, levels });
  const loudness = { leftRmsDb: -20.5, rightRmsDb: -31 };
  expect(await recover()).toEqual([
    { call, sidecar, incomplete: false, durationMs: 500, sizeBytes: 8058, ...loudness },
  ]);
});

test('a recording is reported until the database has it and it has moved to its shelf', async () => {
  leaveWav();
  leaveSidecar({});
  await recover();
  await recorder?.stop();
  expect(await recover()).toMatchObject([{ call, incomplete: true }]);
  recorder?.clock.moveBy(3_600_000);
  await recorder?.stop();
  expect(await recover()).toMatchObject([{ call, incomplete: true }]);
  recorder?.order({ type: 'linked', call });
  await recorder?.hasTakenOrders();
  recorder?.clock.moveBy(61_000);
  await recorder?.stop();
  expect(filesBelow(folder)).toEqual([`00/00/${call}.json`, `00/00/${call}.wav`]);
  expect(await recover()).toEqual([]);
});

test('a crash between the two renames of the move is mended', async () => {
  mkdirSync(shelfFolder(folder, call), { recursive: true });
  leaveWav(shelfPaths(folder, call).wav);
  leaveSidecar({ state: 'finished' });
  expect(await recover()).toMatchObject([{ call, durationMs: 500 }]);
  expect(existsSync(shelfPaths(folder, call).sidecar)).toBe(true);
  expect(existsSync(livePaths(folder, call).sidecar)).toBe(false);
});

test.each<readonly [string, () => void]>([
  ['no sidecar', () => undefined],
  ['a sidecar cut off', () => writeFileSync(livePaths(folder, call).sidecar, '{"version":1,"call":"')],
  ["another call's sidecar", () => leaveSidecar({ call: callNumber(8) })],
  ['a card that is none', () => leaveSidecar({ sidecar: { ...sidecar, card: { kind: 'everyone', id: 'x' } } })],
])('audio with %s is kept and linked to nobody', async (_, leave) => {
  leaveWav();
  leave();
  expect(await recover()).toEqual([]);
  expect((await recorder?.heard('counters'))?.counters.orphansFound).toBe(1);
  expect(readWav(readFileSync(pathsIn(orphansFolder(folder), call).wav)).seconds).toBe(0.5);
  expect(existsSync(livePaths(folder, call).wav)).toBe(false);
});

test('a recording without a sample is removed, and so are half-written sidecars', async () => {
  leaveWav();
  truncateSync(livePaths(folder, call).wav, 58);
  leaveSidecar({});
  leaveSidecar({}, `${livePaths(folder, call).sidecar}.tmp`);
  leaveSidecar({ call: callNumber(9) }, livePaths(folder, callNumber(9)).sidecar);
  expect(await recover()).toEqual([]);
  expect(filesBelow(folder)).toEqual([]);
});

test('recovery leaves alone what is being recorded now', async () => {
  recorder = await RecorderUnderTest.begin(folder);
  recorder.order({ type: 'start', call, sidecar });
  recorder.audio({ type: 'block', call, sequence: 0, startSample: 0, stereo: blockAt(0, 10), overflowed: false });
  await recorder.credited(1);
  recorder.order({ type: 'recover' });
  expect((await recorder.heard('recovered')).recordings).toEqual([]);
  expect(await recorder.finish(call, 10)).toMatchObject({ sizeBytes: 78, incomplete: false });
});
