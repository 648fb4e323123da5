/**
 * A full disk, a real one: 1 MB of memory mounted as a file system (root only), so that recordings meet ENOSPC where
 * they would. Calls go on: every block gets its credit.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { livePaths } from '../../recordings/layout';
import { readWav } from '../audio/wav';
import { type RecorderUnderTest as Recorder, RecorderUnderTest, blockAt, callNumber } from './recorder-under-test';
import { newFolder, removeFolder, sidecar } from './recorder-under-test';

const call = callNumber(1);
let folder: string;
let recorder: Recorder;

function mountSmallDisk(at: string): string | undefined {
  if (process.getuid?.() !== 0) return 'only root may mount a small file system';
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', at], { stdio: 'pipe' });
    return undefined;
  } catch {
    return 'mounting is not allowed here';
  }
}

const probe = newFolder();
const whyNot = mountSmallDisk(probe);
if (whyNot === undefined) execFileSync('umount', [probe]);
removeFolder(probe);
const describeOnSmallDisk = whyNot === undefined ? describe : describe.skip;

describeOnSmallDisk(`a full disk${whyNot === undefined ? '' : ` (skipped: ${whyNot})`}`, () => {
  const ballast = (): string => path.join(folder, 'ballast');

  beforeEach(async () => {
    folder = newFolder();
    mountSmallDisk(folder);
    recorder = await RecorderUnderTest.begin(folder);
  });
  afterEach(async () => {
    await recorder.stop();
    execFileSync('umount', [folder]);
    removeFolder(folder);
  });

  function fillDisk(): void {
    try {
      for (;;) writeFileSync(ballast(), Buffer.alloc(16 * 1024), { flag: 'a' });
    } catch (error) {
      expect(error).toMatchObject({ code: 'ENOSPC' });
    }
  }
  function sendBlocks(first: number, count: number): void {
    for (let n = first; n < first + count; n++) {
      const stereo = blockAt(n * 4000, 4000);
      recorder.audio({ type: 'block', call, sequence: n, startSample: n * 4000, stereo, overflowed: false });
    }
  }
  function bytesOfBlock(n: number): Buffer {
    return readFileSync(livePaths(folder, call).wav).subarray(58 + n * 8000, 58 + (n + 1) * 8000);
  }

  test('every block keeps its credit, the recording is marked once, an alarm is raised', async () => {
    recorder.order({ type: 'start', call, sidecar });
    sendBlocks(0, 200);
    await recorder.credited(200);
    expect(await recorder.heard('alarm')).toEqual({
      type: 'alarm',
      alarm: 'disk-full',
      state: 'raised',
      code: 'ENOSPC',
    });
    expect(recorder.told.filter(({ type }) => type === 'incomplete')).toHaveLength(1);
    const finished = await recorder.finish(call, 200 * 4000);
    expect(finished.incomplete).toBe(true);
    expect(readWav(readFileSync(livePaths(folder, call).wav)).seconds).toBeGreaterThan(20);
  });

  test('later blocks are written at their own place when there is room again', async () => {
    recorder.order({ type: 'start', call, sidecar });
    sendBlocks(0, 2);
    await recorder.credited(2);
    fillDisk();
    sendBlocks(2, 10);
    await recorder.credited(12);
    await recorder.heard('incomplete');
    unlinkSync(ballast());
    recorder.clock.moveBy(1000);
    sendBlocks(12, 2);
    await recorder.credited(14);
    expect(await recorder.heard('alarm', 2)).toMatchObject({ alarm: 'disk-full', state: 'cleared' });
    expect(await recorder.finish(call, 14 * 4000)).toMatchObject({ durationMs: 7000, incomplete: true });
    for (const n of [0, 1, 12, 13]) expect(bytesOfBlock(n).equals(Buffer.from(blockAt(n * 4000, 4000)))).toBe(true);
    expect(bytesOfBlock(11).every((byte) => byte === 0xd5)).toBe(true);
    expect(JSON.parse(readFileSync(livePaths(folder, call).sidecar, 'utf8'))).toMatchObject({
      state: 'finished',
      incomplete: true,
    });
  });

  test('a recording that began on a full disk is made when there is room', async () => {
    fillDisk();
    recorder.order({ type: 'start', call, sidecar });
    await recorder.heard('incomplete');
    sendBlocks(0, 1);
    await recorder.credited(1);
    unlinkSync(ballast());
    recorder.clock.moveBy(1000);
    sendBlocks(1, 1);
    await recorder.credited(2);
    expect(bytesOfBlock(0).every((byte) => byte === 0xd5)).toBe(true);
    expect(bytesOfBlock(1).equals(Buffer.from(blockAt(4000, 4000)))).toBe(true);
  });

  test('a recording that never found room leaves nothing, and is reported as incomplete', async () => {
    fillDisk();
    recorder.order({ type: 'start', call, sidecar });
    sendBlocks(0, 3);
    expect(await recorder.finish(call, 12_000)).toMatchObject({ sizeBytes: 0, incomplete: true });
  });

  test('the alarm comes before the disk is full, and goes when there is room', async () => {
    await recorder.stop();
    recorder = await RecorderUnderTest.begin(folder, { minFreeBytes: 512 * 1024 });
    writeFileSync(ballast(), Buffer.alloc(700 * 1024));
    recorder.clock.moveBy(5000);
    expect(await recorder.heard('alarm')).toMatchObject({ alarm: 'disk-low', state: 'raised' });
    unlinkSync(ballast());
    recorder.clock.moveBy(5000);
    expect(await recorder.heard('alarm', 2)).toMatchObject({ alarm: 'disk-low', state: 'cleared' });
  });
});
