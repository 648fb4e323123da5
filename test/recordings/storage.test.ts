/** Listening: ranges, growing files, the move to the shelf, and ids that are no ids. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { livePaths, shelfFolder, shelfPaths } from '../../recordings/layout';
import { type StoredRecording, createStorage } from '../../recordings/storage';
import { readWav } from '../audio/wav';
import { type RecorderUnderTest as Recorder, RecorderUnderTest, blockAt, callNumber } from './recorder-under-test';
import { newFolder, removeFolder, sidecar } from './recorder-under-test';

const call = callNumber(5);
let folder: string;
let recorder: Recorder;
let sequence = 0;

beforeEach(async () => {
  folder = newFolder();
  sequence = 0;
  recorder = await RecorderUnderTest.begin(folder);
  recorder.order({ type: 'start', call, sidecar });
});
afterEach(async () => {
  await recorder.stop();
  removeFolder(folder);
});

async function speak(blocks: number): Promise<void> {
  for (let n = 0; n < blocks; n++, sequence++) {
    const stereo = blockAt(sequence * 4000, 4000);
    recorder.audio({ type: 'block', call, sequence, startSample: sequence * 4000, stereo, overflowed: false });
  }
  await recorder.credited(sequence);
}

async function opened(id: string = call): Promise<StoredRecording> {
  const found = await createStorage(folder).openRecording(id);
  if (!found.ok) throw new Error(found.problem.kind);
  return found.value;
}

test('a growing recording is whole for each request', async () => {
  await speak(2);
  const early = await opened();
  await speak(2);
  const later = await opened();
  expect(early).toMatchObject({ sizeBytes: 16_058, durationMs: 1000, isGrowing: true, contentType: 'audio/wav' });
  expect(later).toMatchObject({ sizeBytes: 32_058, durationMs: 2000, etag: early.etag });
  const bytes = await buffer(early.createReadStream());
  expect(bytes.length).toBe(early.sizeBytes);
  expect(readWav(bytes).seconds).toBe(1);
  expect(bytes.subarray(58).equals(Buffer.from(blockAt(0, 8000)))).toBe(true);
});

test('any range gives just these bytes', async () => {
  await speak(20);
  await recorder.finish(call, 80_000);
  const recording = await opened();
  const whole = await buffer(recording.createReadStream());
  const last = recording.sizeBytes - 1;
  for (const [start, end] of [
    [0, 0],
    [0, 57],
    [10, 58],
    [57, 58],
    [58, 58],
    [100_001, 100_777],
    [last, last],
    [5, last],
  ]) {
    if (start === undefined || end === undefined) continue;
    const part = await buffer(recording.createReadStream({ start, end }));
    expect(part.equals(whole.subarray(start, end + 1))).toBe(true);
  }
});

test('a finished one has a strong etag of its own', async () => {
  await speak(1);
  await recorder.finish(call, 4000);
  expect(await opened()).toMatchObject({ etag: `"${call}-8058"`, isGrowing: false, incomplete: false });
});

test('a listener who is in the middle when it moves to the shelf hears the rest', async () => {
  await speak(1);
  await recorder.finish(call, 4000);
  const recording = await opened();
  mkdirSync(shelfFolder(folder, call), { recursive: true });
  renameSync(livePaths(folder, call).wav, shelfPaths(folder, call).wav);
  renameSync(livePaths(folder, call).sidecar, shelfPaths(folder, call).sidecar);
  expect((await buffer(recording.createReadStream())).length).toBe(8058);
  expect((await opened()).sizeBytes).toBe(8058);
});

test('a listener who leaves leaves no file open', async () => {
  await speak(40);
  const before = readdirSync('/proc/self/fd').length;
  const recording = await opened();
  const stream = recording.createReadStream();
  await new Promise((done) => stream.once('data', done));
  const closed = new Promise((done) => stream.once('close', done));
  stream.destroy();
  await closed;
  expect(readdirSync('/proc/self/fd').length).toBe(before);
});

test.each([
  '../../etc/passwd',
  `../live/${call}`,
  `${call}/`,
  `${call}\n`,
  `${call.slice(0, 31)}A`,
  `${call}0`,
  '',
  `..%2f${call}`,
  `${call}\0`,
])('an id that is none is not found: %j', async (id) => {
  await speak(1);
  expect(await createStorage(folder).openRecording(id)).toEqual({ ok: false, problem: { kind: 'not-found' } });
});

test('what is not there, what is empty and what has no sidecar is not found', async () => {
  const storage = createStorage(folder);
  expect(await storage.openRecording(callNumber(6))).toMatchObject({ problem: { kind: 'not-found' } });
  expect(await storage.openRecording(call)).toMatchObject({ problem: { kind: 'not-found' } });
  writeFileSync(path.join(folder, 'live', `${callNumber(8)}.wav`), blockAt(0, 4000));
  expect(await storage.openRecording(callNumber(8))).toMatchObject({ problem: { kind: 'not-found' } });
});

test('a file that is no recording of ours is refused', async () => {
  await speak(1);
  await recorder.finish(call, 4000);
  writeFileSync(livePaths(folder, call).wav, blockAt(0, 4000));
  expect(await createStorage(folder).openRecording(call)).toMatchObject({ problem: { kind: 'unreadable' } });
});
