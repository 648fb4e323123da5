/** Backup while calls run, restore elsewhere, and play what was restored. Archives that are not right change nothing. */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { MessageChannel, Worker } from 'node:worker_threads';
import { gunzipSync, gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { Header } from 'tar';
import { epochMs } from '../../call-router/values/ids';
import { livePaths } from '../../recordings/layout';
import { systemClock } from '../../server/clock';
import { type Recordings, startRecordings } from '../../recordings/run-recording-effect';
import { createStorage } from '../../recordings/storage';
import { makeBackup } from '../../server/backup';
import { lockFileName, takeDataLock } from '../../server/data-lock';
import { describeRestoreProblem, restoreBackup } from '../../server/restore';
import { readWav } from '../audio/wav';
import { blockAt, callNumber, newFolder, removeFolder, sidecar } from '../recordings/recorder-under-test';

const root = path.resolve(__dirname, '..', '..');
const call = callNumber(1);
const at = epochMs(1_700_000_000_000);
let folder: string;
let data: string;
let file: string;

beforeEach(() => {
  folder = newFolder();
  data = path.join(folder, 'data');
  file = path.join(folder, 'backup.tar.gz');
  mkdirSync(path.join(data, 'tls'), { recursive: true });
  writeFileSync(path.join(data, 'trunkline.key'), 'key of the installation');
  writeFileSync(path.join(data, 'tls', 'authority.pem'), 'authority');
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  removeFolder(folder);
});
/** Ends what a test started, also when it failed in the middle. */
const ends: (() => Promise<unknown>)[] = [];

const urlOf = (of: string): string => `file:${path.join(of, 'trunkline.db')}`;
const configOf = (of: string): Parameters<typeof makeBackup>[0] => ({
  dataFolder: of,
  databaseUrl: urlOf(of),
  keyFile: path.join(of, 'trunkline.key'),
});
const clock = { now: () => epochMs(Date.now()) };

async function startWriter(): Promise<Worker> {
  const workerData = { file: path.join(data, 'trunkline.db') };
  const writer = new Worker(path.join(__dirname, 'sqlite-writer.cjs'), { workerData });
  ends.push(() => writer.terminate());
  await new Promise((done, refuse) => {
    writer.once('message', done);
    writer.once('error', refuse);
  });
  return writer;
}

/** One call that is recorded as fast as its credits come. */
async function startRecordedCall(): Promise<() => Promise<void>> {
  const { port1: media, port2 } = new MessageChannel();
  const recordings: Recordings = await startRecordings({
    folder: path.join(data, 'recordings'),
    clock: { now: () => at, after: systemClock().after },
    post: () => undefined,
    mediaPort: port2,
    minFreeBytes: 0,
  });
  recordings.run({ to: 'recordings', do: 'start', call, at, sidecar });
  let speak: (sequence: number) => void = () => undefined;
  const began = new Promise<void>((done) => {
    speak = (sequence): void => {
      if (sequence === 4) done();
      if (sequence >= 3000) return;
      const stereo = blockAt(sequence * 4000, 4000);
      media.postMessage({ type: 'block', call, sequence, startSample: sequence * 4000, stereo, overflowed: false });
    };
  });
  media.on('message', ({ sequence }: { sequence: number }) => speak(sequence + 1));
  speak(0);
  await began;
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= recordings.stop().finally(() => media.close()));
  ends.push(stop);
  return stop;
}

/** As a person runs it: the built command with the data folder in the environment. */
function npmRun(command: 'backup' | 'restore', ...words: readonly string[]): Promise<{ stdout: string }> {
  const program = path.join(root, 'dist', 'server', `${command}.js`);
  const env = { PATH: process.env['PATH'] ?? '', TRUNKLINE_DATA: data };
  return promisify(execFile)(process.execPath, [program, ...words], { env, cwd: folder, timeout: 25_000 });
}

test('a backup made during a recorded call and steady writes restores to a whole, playable copy', async () => {
  const writer = await startWriter();
  const stopRecordedCall = await startRecordedCall();
  const backup = await npmRun('backup', file);
  expect(backup.stdout).toMatch(/1 recordings/);
  writer.postMessage('stop');
  await new Promise((done) => writer.once('exit', done));
  await stopRecordedCall();

  const elsewhere = path.join(folder, 'elsewhere');
  const restored = await npmRun('restore', file, '--into', elsewhere);
  expect(restored.stdout).toContain(`with 1 recordings into ${elsewhere}`);

  const database = new Database(path.join(elsewhere, 'trunkline.db'), { readonly: true });
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(database.prepare('SELECT sum(held) FROM account').pluck().get()).toBe(1000);
  expect(database.prepare('SELECT held FROM account WHERE id = 2').pluck().get()).toBe(
    database.prepare('SELECT count(*) FROM move').pluck().get(),
  );
  database.close();

  const wav = readFileSync(livePaths(path.join(elsewhere, 'recordings'), call).wav);
  expect(readWav(wav).seconds).toBeGreaterThanOrEqual(2);
  expect(wav.readUInt32LE(54)).toBe(wav.length - 58);
  expect(wav.subarray(58).equals(Buffer.from(blockAt(0, (wav.length - 58) / 2)))).toBe(true);
  expect(readFileSync(path.join(elsewhere, 'trunkline.key'), 'utf8')).toBe('key of the installation');
  expect(readFileSync(path.join(elsewhere, 'tls', 'authority.pem'), 'utf8')).toBe('authority');
  for (const private_ of [file, path.join(elsewhere, 'trunkline.db'), path.join(elsewhere, 'trunkline.key')]) {
    expect(statSync(private_).mode & 0o077).toBe(0);
  }
});

test('a restored recording that was running is found by recovery with its card', async () => {
  (await startWriter()).postMessage('stop');
  const stopRecordedCall = await startRecordedCall();
  expect(await makeBackup(configOf(data), file, clock)).toMatchObject({ ok: true, value: { recordings: 1 } });
  await stopRecordedCall();
  const elsewhere = path.join(folder, 'elsewhere');
  expect(await restoreBackup(file, configOf(elsewhere))).toMatchObject({ ok: true });
  const { port1, port2 } = new MessageChannel();
  const again = await startRecordings({
    folder: path.join(elsewhere, 'recordings'),
    clock: { now: () => at, after: systemClock().after },
    post: () => undefined,
    mediaPort: port2,
    minFreeBytes: 0,
  });
  expect(await again.recover()).toMatchObject([{ call, incomplete: true, sidecar: { card: sidecar.card } }]);
  const stored = await createStorage(path.join(elsewhere, 'recordings')).openRecording(call);
  expect(stored.ok && stored.value.durationMs).toBeGreaterThanOrEqual(2000);
  await again.stop();
  port1.close();
});

test('uploaded sounds are in it, half-made ones are not', async () => {
  (await startWriter()).postMessage('stop');
  mkdirSync(path.join(data, 'sounds'), { mode: 0o700 });
  writeFileSync(path.join(data, 'sounds', 'greeting-1.al'), Buffer.alloc(8000, 0x55), { mode: 0o600 });
  writeFileSync(path.join(data, 'sounds', 'half.tmp'), Buffer.alloc(10));
  expect(await makeBackup(configOf(data), file, clock)).toMatchObject({ ok: true });
  const elsewhere = path.join(folder, 'elsewhere');
  expect(await restoreBackup(file, configOf(elsewhere))).toMatchObject({ ok: true });
  expect(readdirSync(path.join(elsewhere, 'sounds'))).toEqual(['greeting-1.al']);
  const restored = path.join(elsewhere, 'sounds', 'greeting-1.al');
  expect(readFileSync(restored)).toEqual(Buffer.alloc(8000, 0x55));
  expect(statSync(restored).mode & 0o077).toBe(0);
});

describe('refusals', () => {
  let into: string;

  beforeEach(async () => {
    const writer = await startWriter();
    writer.postMessage('stop');
    await new Promise((done) => writer.once('exit', done));
    expect(await makeBackup(configOf(data), file, clock)).toMatchObject({ ok: true });
    into = path.join(folder, 'into');
  });

  async function refusal(archive = file): Promise<string> {
    const restored = await restoreBackup(archive, configOf(into));
    if (restored.ok) throw new Error('it was restored');
    const left = readdirSync(into).filter((name) => name !== 'mine' && name !== lockFileName);
    expect(left).toEqual([]);
    return describeRestoreProblem(restored.problem);
  }

  /** The backup's tar with something done to it, zipped again. */
  function tampered(change: (tar: Buffer) => Buffer): string {
    writeFileSync(file, gzipSync(change(gunzipSync(readFileSync(file)))));
    return file;
  }
  function entryNamed(name: string, type: 'File' | 'SymbolicLink' | 'Directory', linkpath = ''): Buffer {
    const block = Buffer.alloc(512);
    new Header({ path: name, size: 0, mode: 0o600, type, linkpath, mtime: new Date(0) }).encode(block, 0);
    return block;
  }

  test('a second backup of the same name', async () => {
    expect(await makeBackup(configOf(data), file, clock)).toMatchObject({ problem: { kind: 'already-there' } });
    expect(readdirSync(folder).sort()).toEqual(['backup.tar.gz', 'data']);
  });

  test('no data folder, and a folder without a database', async () => {
    const other = path.join(folder, 'b.tar.gz');
    expect(await makeBackup(configOf(into), other, clock)).toMatchObject({ problem: { kind: 'no-data' } });
    mkdirSync(into);
    expect(await makeBackup(configOf(into), other, clock)).toMatchObject({ problem: { kind: 'database' } });
  });

  test('a data folder with content stays as it is', async () => {
    mkdirSync(into);
    writeFileSync(path.join(into, 'mine'), 'mine');
    expect(await refusal()).toMatch(/is not empty/);
    expect(readFileSync(path.join(into, 'mine'), 'utf8')).toBe('mine');
  });

  test('a running service', async () => {
    const lock = takeDataLock(into);
    expect(await refusal()).toMatch(new RegExp(`process ${process.pid}`));
    if (lock.ok) lock.value.release();
  });

  test('an archive that is cut off, wherever', async () => {
    const whole = statSync(file).size;
    for (const left of [whole - 1, whole - 9, whole >> 1, 200]) {
      truncateSync(file, left);
      expect(await refusal()).toMatch(/cut off/);
    }
  });

  test('a tar cut off before its manifest', async () => {
    tampered((tar) => Buffer.concat([tar.subarray(0, tar.indexOf('manifest.txt')), Buffer.alloc(1024)]));
    expect(await refusal()).toMatch(/cut off/);
  });

  test('a changed byte', async () => {
    tampered((tar) => {
      tar.write('KEY', tar.indexOf('key of the installation'));
      return tar;
    });
    expect(await refusal()).toBe('The archive is damaged: data/trunkline.key is not what was put in.');
  });

  test.each([
    ['a path that leaves the folder', '../../evil', 'File'],
    ['a path below ours that leaves it', 'data/../../evil', 'File'],
    ['an absolute path', '/tmp/evil', 'File'],
    ['a symbolic link', 'data/link', 'SymbolicLink'],
    ['a folder', 'data/folder', 'Directory'],
    ['a name of somebody else', 'evil', 'File'],
  ] as const)('%s', async (_, name, type) => {
    tampered((tar) => Buffer.concat([entryNamed(name, type, type === 'SymbolicLink' ? '/etc' : ''), tar]));
    expect(await refusal()).toMatch(/nothing was taken from it/);
  });

  test('a file that the manifest does not know', async () => {
    tampered((tar) => Buffer.concat([entryNamed('data/extra', 'File'), tar]));
    expect(await refusal()).toMatch(/damaged/);
  });

  test('what is no archive at all', async () => {
    writeFileSync(file, 'certainly not');
    expect(await refusal()).toMatch(/no backup/);
    writeFileSync(file, gzipSync(Buffer.alloc(4096, 7)));
    expect(await refusal()).toMatch(/no backup/);
    expect(await refusal(path.join(folder, 'nowhere'))).toMatch(/cannot be read/);
  });

  test('the command says it in one line and exits 1', async () => {
    writeFileSync(file, 'certainly not');
    await expect(npmRun('restore', file, '--into', into)).rejects.toMatchObject({
      code: 1,
      stderr: 'This is no backup of Trunkline, or it is damaged.\n',
    });
  });
});
