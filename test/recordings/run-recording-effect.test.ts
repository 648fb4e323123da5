/** The main side with the real thread: effects in, events out, alarms, and the loss of the thread. */
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { RecordingEvent } from '../../call-router/event';
import { epochMs } from '../../call-router/values/ids';
import { livePaths } from '../../recordings/layout';
import { LevelMeter, linearOfALaw } from '../../recordings/level';
import type { FromMedia } from '../../recordings/messages';
import { type Recordings, startRecordings } from '../../recordings/run-recording-effect';
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

function start(into = folder): Promise<Recordings> {
  const { port1, port2 } = new MessageChannel();
  media = port1;
  const post = (event: RecordingEvent): void => {
    events.push(event);
    wake();
  };
  return startRecordings({ folder: into, clock: { now: () => at }, post, mediaPort: port2, minFreeBytes: 0 });
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
  expect(await second.recover()).toEqual([{ call, sidecar, incomplete: true, durationMs: 500, sizeBytes: 8058 }]);
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
