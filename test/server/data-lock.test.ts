/** One process to a data folder; a lock left by a crash is known for what it is. */
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dataLockHolder, lockFileName, takeDataLock } from '../../server/data-lock';
import { newFolder, removeFolder } from '../recordings/recorder-under-test';

let folder: string;
beforeEach(() => {
  folder = newFolder();
});
afterEach(() => removeFolder(folder));

const lockFile = (): string => path.join(folder, lockFileName);

test('a second taker is told who holds it, until it is given free', () => {
  const first = takeDataLock(folder);
  expect(takeDataLock(folder)).toEqual({ ok: false, problem: { kind: 'held', pid: process.pid } });
  expect(dataLockHolder(folder)).toBe(process.pid);
  if (first.ok) first.value.release();
  expect(dataLockHolder(folder)).toBeUndefined();
  const second = takeDataLock(folder);
  expect(second.ok).toBe(true);
  expect(readdirSync(folder)).toEqual([lockFileName]);
});

test('the lock of a process that is gone is taken over', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  const pid = child.pid;
  await new Promise((done) => child.once('exit', done));
  writeFileSync(lockFile(), JSON.stringify({ pid }));
  expect(takeDataLock(folder).ok).toBe(true);
});

test('the same process number of another start or another boot is no holder', () => {
  const held = takeDataLock(folder);
  const mine: Record<string, unknown> = JSON.parse(readFileSync(lockFile(), 'utf8'));
  for (const other of [{ startTicks: '1' }, { bootId: 'another' }]) {
    writeFileSync(lockFile(), JSON.stringify({ ...mine, ...other }));
    expect(dataLockHolder(folder)).toBeUndefined();
    expect(takeDataLock(folder).ok).toBe(true);
  }
  expect(held.ok).toBe(true);
});

test.each(['', '{', '{"pid":"1"}', '{"pid":-1}', 'null'])('a lock that names nobody is taken over: %j', (text) => {
  writeFileSync(lockFile(), text);
  expect(takeDataLock(folder).ok).toBe(true);
});

test('releasing late does not take the lock of who came after', () => {
  const first = takeDataLock(folder);
  writeFileSync(lockFile(), JSON.stringify({ pid: 1 }));
  if (first.ok) first.value.release();
  expect(readFileSync(lockFile(), 'utf8')).toBe('{"pid":1}');
});

test('a folder that cannot be made is a problem, not a crash', () => {
  writeFileSync(path.join(folder, 'file'), '');
  expect(takeDataLock(path.join(folder, 'file'))).toMatchObject({ ok: false, problem: { kind: 'unusable' } });
});

test.each(['/proc/x', '/proc/x/y', '/proc/self/x'])(
  'a folder that nobody can make is refused at once: %s',
  (nowhere) => {
    expect(takeDataLock(nowhere)).toMatchObject({ ok: false, problem: { kind: 'unusable' } });
  },
);

test('a folder is made with all above it, for us only', () => {
  const deep = path.join(folder, 'a', 'b');
  expect(takeDataLock(deep).ok).toBe(true);
  expect(statSync(path.join(folder, 'a')).mode & 0o777).toBe(0o700);
  expect(statSync(deep).mode & 0o777).toBe(0o700);
});
