/** The data folder holds HA1s, password hashes, keys and clients: what the service writes into it is for its own user only. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Service } from '../../demo/service';
import { systemClock } from '../../server/clock';

const parent = mkdtempSync(path.join(tmpdir(), 'trunkline-private-'));
const dataFolder = path.join(parent, 'data');
const root = path.resolve(__dirname, '../..');
let service: Service | undefined;
let umask: number;

beforeAll(async () => {
  umask = process.umask(0o022); // as on most machines
  service = await Service.start({ clock: systemClock(), dataFolder, environment: { TRUNKLINE_LOG: 'silent' } });
}, 40_000);
afterAll(async () => {
  await service?.kill();
  process.umask(umask);
  rmSync(parent, { recursive: true, force: true });
});

/** Names of what others may read or write, below a folder. */
function open(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => (statSync(file).mode & 0o077) !== 0)
    .map((file) => path.relative(folder, file));
}
const run = (name: string, ...words: readonly string[]): void =>
  void execFileSync(process.execPath, [path.join(root, 'dist/server', `${name}.js`), ...words], {
    env: { ...process.env, TRUNKLINE_DATA: dataFolder },
    stdio: 'pipe',
  });

test('files and folders of the data folder are closed to others, also those of the database', () => {
  expect(readdirSync(dataFolder)).toContain('trunkline.db');
  expect(open(dataFolder)).toEqual([]);
  expect(statSync(dataFolder).mode & 0o077).toBe(0);
});

test('a database that was open to others is closed at the next start', async () => {
  await service?.stop();
  chmodSync(path.join(dataFolder, 'trunkline.db'), 0o644);
  service = await Service.start({ clock: systemClock(), dataFolder, environment: { TRUNKLINE_LOG: 'silent' } });
  expect(open(dataFolder)).toEqual([]);
}, 40_000);

test('so are a backup and what is restored from it', () => {
  const archive = path.join(parent, 'backup.tar.gz');
  run('backup', archive);
  expect(statSync(archive).mode & 0o777).toBe(0o600);
  const restored = path.join(parent, 'restored');
  run('restore', archive, '--into', restored);
  expect(open(restored)).toEqual([]);
});
