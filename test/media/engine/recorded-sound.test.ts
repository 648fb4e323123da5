/** A piece of a recording, read from a real file while it is heard. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { RecordedSound } from '../../../media/engine/recorded-sound';
import { emptyHeader, setSamples } from '../../../recordings/wav-header';
import { linearOf } from '../../audio/g711';
import { levelAt } from '../../audio/goertzel';
import { sineOf } from '../../audio/tone';
import { until } from '../media-bench';

const folder = mkdtempSync(path.join(os.tmpdir(), 'recorded-'));
const file = path.join(folder, 'call.wav');
const seconds = 7;
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(() => {
  // Each second has its own note on the left; the right is one loud note.
  const stereo = Buffer.alloc(seconds * 16_000);
  for (let s = 0; s < seconds; s++)
    sineOf('PCMA', { frequencyHz: 400 + s * 100, samples: 8000 }).forEach(
      (byte, i) => (stereo[(s * 8000 + i) * 2] = byte),
    );
  sineOf('PCMA', { frequencyHz: 3000, samples: seconds * 8000, levelDbfs: -3 }).forEach(
    (byte, i) => (stereo[i * 2 + 1] = byte),
  );
  writeFileSync(file, Buffer.concat([setSamples(emptyHeader(), seconds * 8000), stereo]));
});

/** Everything of it, at the speed of the disk. */
async function all(source: RecordedSound): Promise<Int16Array> {
  const frames: Uint8Array[] = [];
  while (!source.isOver) {
    const { pieces, isReading } = source as unknown as { pieces: unknown[]; isReading: boolean };
    if (pieces.length === 0 && isReading) await until(() => !(source as unknown as { isReading: boolean }).isReading);
    if (source.isOver) break;
    const frame = new Uint8Array(160);
    source.fill(frame);
    frames.push(frame);
  }
  return linearOf('PCMA', Buffer.concat(frames));
}

test('the left channel from here to there, over the edge of what is read at once', async () => {
  const audio = await all(new RecordedSound({ files: ['/nowhere.wav', file], fromMs: 1000, toMs: 6000 }));
  expect(audio).toHaveLength(5 * 8000);
  for (let s = 0; s < 5; s++) {
    const second = audio.subarray(s * 8000, (s + 1) * 8000);
    expect(levelAt(500 + s * 100, second)).toBeCloseTo(-10, 0);
    expect(levelAt(3000, second)).toBeLessThan(-40);
  }
});

test('it ends where the file ends', async () => {
  const source = new RecordedSound({ files: [file], fromMs: 6500, toMs: 60_000 });
  expect(await all(source)).toHaveLength(4000);
  expect(source.isWhole).toBe(true);
});

test.each([
  ['no file', ['/nowhere.wav']],
  ['no WAV', [__filename]],
  ['a folder', [folder]],
])('%s is over and not whole', async (_, files) => {
  const source = new RecordedSound({ files, fromMs: 0, toMs: 1000 });
  await until(() => source.isOver);
  expect(source.isWhole).toBe(false);
});

test('closed while it is opened or heard, it gives its file back', async () => {
  const early = new RecordedSound({ files: [file], fromMs: 0, toMs: 5000 });
  early.close();
  const heard = new RecordedSound({ files: [file], fromMs: 0, toMs: 5000 });
  const state = heard as unknown as { isReading: boolean; file: unknown };
  await until(() => !state.isReading);
  expect(state.file).toBeDefined();
  heard.close();
  expect(state.file).toBeUndefined();
  await until(() => (early as unknown as { file: unknown; isReading: boolean }).file === undefined && early.isOver);
});
