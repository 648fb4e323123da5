/** The main side with the real thread: effects in, events out, alarms, and the loss of the thread. */
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { RecordingEvent } from '../../call-router/event';
import { epochMs } from '../../call-router/values/ids';
import { livePaths } from '../../recordings/layout';
import { LevelMeter, linearOfALaw } from '../../recordings/level';
import type { FromMedia, RecoveredRecording } from '../../recordings/messages';
import { type Recordings, type RecordingsOptions, startRecordings } from '../../recordings/run-recording-effect';
import { systemClock } from '../../server/clock';
import { isRecordingHeader } from '../../recordings/wav-header';
import { fromALaw } from '../audio/g711';
import { blockAt, callNumber, filesBelow, newFolder, removeFolder, sidecar } from './recorder-under-test';

const call = callNumber(3);
const at = epochMs(1_700_000_000_000);
let folder: string;
let media: MessagePort;
let events: RecordingEvent[];
let wake: () => void;

beforeEach(() => {
  folder = newFolder();
  events = [];
  wake = () => undefined;
});
afterEach(() => {
  media.close();
  removeFolder(folder);
});

function start(into = folder, more: Partial<RecordingsOptions> = {}): Promise<Recordings> {
  const { port1, port2 } = new MessageChannel();
  media = port1;
  const post = (event: RecordingEvent): void => {
    events.push(event);
    wake();
  };
  const clock = { now: () => at, after: systemClock().after };
  return startRecordings({ folder: into, clock, post, mediaPort: port2, minFreeBytes: 0, ...more });
}
function audio(message: FromMedia): void {
  media.postMessage(message);
}
async function eventsCame(count: number): Promise<void> {
  while (events.length < count) {
    await new Promise<void>((done) => {
      wake = done;
    });
  }
}

test('start, audio, finish: one event with length, size and loudness', async () => {
  const recordings = await start();
  recordings.run({ to: 'recordings', do: 'start', call, at, sidecar });
  recordings.run({ to: 'recordings', do: 'update', call, sidecar: { ...sidecar, companyId: 'company-2' } });
  audio({ type: 'block', call, sequence: 0, startSample: 0, stereo: blockAt(0, 4000), overflowed: false });
  audio({ type: 'end', call, totalSamples: 4000 });
  recordings.run({ to: 'recordings', do: 'finish', call, at });
  await eventsCame(1);
  expect(events).toEqual([
    {
      from: 'recordings',
      type: 'recording-finished',
      at,
      call,
      durationMs: 500,
      sizeBytes: 8058,
      leftRmsDb: expect.any(Number),
      rightRmsDb: expect.any(Number),
      incomplete: false,
    },
  ]);
  await recordings.stop();
  expect(isRecordingHeader(readFileSync(livePaths(folder, call).wav))).toBe(true);
  expect(recordings.alarms()).toEqual([]);
  expect(recordings.counters()).toMatchObject({ recordingsFinished: 1, blocksWritten: 1 });
});

test('a stop in the middle leaves the recording to the next start', async () => {
  const first = await start();
  const credit = new Promise((done) => media.once('message', done));
  first.run({ to: 'recordings', do: 'start', call, at, sidecar });
  audio({ type: 'block', call, sequence: 0, startSample: 0, stereo: blockAt(0, 4000), overflowed: false });
  expect(await credit).toEqual({ type: 'written', call, sequence: 0 });
  await first.stop();
  const second = await start();
  expect(await second.recover()).toEqual([
    { call, sidecar, incomplete: true, wasCut: true, durationMs: 500, sizeBytes: 8058 },
  ]);
  await second.stop();
});

test('an overflow is an event', async () => {
  const recordings = await start();
  recordings.run({ to: 'recordings', do: 'start', call, at, sidecar });
  audio({ type: 'block', call, sequence: 9, startSample: 400, stereo: blockAt(0, 4000), overflowed: true });
  await eventsCame(1);
  expect(events).toEqual([{ from: 'recordings', type: 'recording-incomplete', call, at }]);
  await recordings.stop();
});

describe('the recorder thread dies', () => {
  const other = callNumber(4);
  const early = callNumber(5);
  const block = (of: typeof call, sequence: number): FromMedia => ({
    type: 'block',
    call: of,
    sequence,
    startSample: sequence * 4000,
    stereo: blockAt(sequence * 4000, 4000),
    overflowed: false,
  });
  /** What cannot be a block makes it throw, as a bug would. */
  const die = (): void => media.postMessage({ ...block(call, 9), stereo: undefined });
  const restart = () => {
    const alarms: string[] = [];
    let done: (left: readonly RecoveredRecording[]) => void = () => undefined;
    const left = new Promise<readonly RecoveredRecording[]>((resolve) => {
      done = resolve;
    });
    const options: Partial<RecordingsOptions> = {
      onAlarm: ({ alarm, state }) => alarms.push(`${alarm} ${state}`),
      onRestarted: (recovered) => {
        media.close();
        const { port1, port2 } = new MessageChannel();
        media = port1;
        recordings?.listen(port2);
        done(recovered);
      },
    };
    return { alarms, left, options };
  };
  let recordings: Recordings | undefined;

  test('another goes on in the same file, marked incomplete, and reports what the dead one had finished', async () => {
    const { alarms, left, options } = restart();
    recordings = await start(folder, options);
    for (const each of [call, other]) recordings.run({ to: 'recordings', do: 'start', call: each, at, sidecar });
    audio(block(other, 0));
    audio({ type: 'end', call: other, totalSamples: 4000 });
    recordings.run({ to: 'recordings', do: 'finish', call: other, at });
    await eventsCame(1);
    audio(block(call, 0));
    die();
    await eventsCame(2);
    expect(recordings.alarms()).toEqual(['recorder-lost']);
    recordings.run({ to: 'recordings', do: 'start', call: early, at, sidecar });
    expect(await left).toMatchObject([
      { call: other, incomplete: false, durationMs: 500, leftRmsDb: expect.any(Number) },
    ]);
    expect(alarms).toEqual(['recorder-lost raised', 'recorder-lost cleared']);
    expect(recordings.alarms()).toEqual([]);
    for (const each of [call, early]) {
      audio(block(each, 2));
      audio({ type: 'end', call: each, totalSamples: 12_000 });
      recordings.run({ to: 'recordings', do: 'finish', call: each, at });
    }
    await eventsCame(5);
    const incomplete = (of: typeof call) => ({ type: 'recording-incomplete', call: of });
    const finished = (of: typeof call) => ({
      type: 'recording-finished',
      call: of,
      durationMs: 1500,
      incomplete: true,
    });
    expect(events.slice(1)).toMatchObject([incomplete(call), incomplete(early), finished(call), finished(early)]);
    await recordings.stop();
    const wav = readFileSync(livePaths(folder, call).wav);
    expect(isRecordingHeader(wav)).toBe(true);
    expect(wav.subarray(58, 58 + 8000).equals(blockAt(0, 4000))).toBe(true);
    expect(wav.subarray(58 + 16_000).equals(blockAt(8000, 4000))).toBe(true);
    expect(wav.subarray(58 + 8000, 58 + 16_000).every((byte) => byte === 0xd5)).toBe(true);
  });

  test('a stop in the pause before the next thread ends it all', async () => {
    recordings = await start();
    recordings.run({ to: 'recordings', do: 'start', call, at, sidecar });
    die();
    await eventsCame(1);
    await recordings.stop();
    expect(recordings.alarms()).toEqual(['recorder-lost']);
  });
});

test('a folder that cannot be made stops the start with one clear line', async () => {
  const file = path.join(folder, 'in-the-way');
  writeFileSync(file, '');
  await expect(start(file)).rejects.toThrow(`The folder for recordings cannot be written (ENOTDIR): ${file}`);
});

test('files and folders are for the service only', async () => {
  chmodSync(folder, 0o755);
  const recordings = await start(path.join(folder, 'recordings'));
  await recordings.stop();
  expect(filesBelow(folder)).toEqual([]);
});

test('the table of levels is the one of G.711', () => {
  for (let code = 0; code < 256; code++) expect(linearOfALaw(code)).toBe(fromALaw(code));
  const meter = new LevelMeter();
  expect(meter.levels()).toBeUndefined();
  meter.add(Uint8Array.of(0xaa, 0xd5, 0x2a, 0xd5));
  expect(meter.levels()).toEqual({ leftRmsDb: -0.1, rightRmsDb: -72.2, leftPeakDb: -0.1, rightPeakDb: -72.2 });
});
