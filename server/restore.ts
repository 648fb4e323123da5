/**
 * `npm run restore -- file [--into folder]`: puts a backup into an empty data folder. Everything is unpacked aside and
 * checked before the first file takes its place; a folder with content and a running service are left alone.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fail, type Result, succeed } from '../call-router/values/result';
import { loadPostgresql, type SnapshotProblem, sqliteDamage } from '../prisma/snapshot';
import { type ArchiveProblem, type ReadArchive, readArchive } from './archive-reader';
import { describeSnapshotProblem } from './backup';
import { syncFolder } from './backup-archive';
import { describeMistakes, takeConfig } from './config';
import { lockFileName, takeDataLock } from './data-lock';

export type RestoreProblem =
  | { readonly kind: 'running'; readonly pid: number }
  | { readonly kind: 'not-empty'; readonly folder: string }
  | { readonly kind: 'archive'; readonly problem: ArchiveProblem }
  | { readonly kind: 'database'; readonly why: string }
  /** The archive is of a PostgreSQL database, and none is named, or the other way round. */
  | { readonly kind: 'other-database'; readonly needs: 'sqlite' | 'postgresql' }
  | { readonly kind: 'load'; readonly problem: SnapshotProblem }
  | { readonly kind: 'failed'; readonly why: string };

export interface RestoreReport {
  readonly createdAt: string;
  readonly recordings: number;
  /** A key that was kept outside the data folder lies here now; TRUNKLINE_KEY_FILE must name it. */
  readonly keyFile: string | undefined;
}

export interface RestoreTarget {
  readonly dataFolder: string;
  /** As in `config.databaseUrl`: decides which kind of database is expected. */
  readonly databaseUrl: string;
}

/** Unpacks, checks, and only then moves a backup into an empty or new data folder. */
export async function restoreBackup(
  file: string,
  target: RestoreTarget,
): Promise<Result<RestoreReport, RestoreProblem>> {
  const into = target.dataFolder;
  const lock = takeDataLock(into);
  if (!lock.ok && lock.problem.kind === 'held') return fail({ kind: 'running', pid: lock.problem.pid });
  if (!lock.ok) return fail({ kind: 'failed', why: `${into} cannot be written` });
  const aside = path.join(into, `.restore-${randomBytes(6).toString('hex')}`);
  try {
    if (!(await isEmpty(into))) return fail({ kind: 'not-empty', folder: into });
    await mkdir(aside, { mode: 0o700 });
    const read = await readArchive(file, aside);
    if (!read.ok) return fail({ kind: 'archive', problem: read.problem });
    const database = await restoreDatabase(aside, target, read.value);
    if (!database.ok) return database;
    return succeed(await moveIn(aside, into, read.value));
  } catch (error) {
    return fail({ kind: 'failed', why: error instanceof Error ? error.message : String(error) });
  } finally {
    await rm(aside, { recursive: true, force: true });
    lock.value.release();
  }
}

async function restoreDatabase(
  aside: string,
  target: RestoreTarget,
  { head, names }: ReadArchive,
): Promise<Result<undefined, RestoreProblem>> {
  const isSqlite = target.databaseUrl.startsWith('file:');
  if (isSqlite !== (head.database === 'sqlite')) return fail({ kind: 'other-database', needs: head.database });
  const copy = path.join(aside, names[0] ?? '');
  if (isSqlite) {
    const damage = sqliteDamage(copy);
    return damage === undefined ? succeed(undefined) : fail({ kind: 'database', why: damage });
  }
  const loaded = await loadPostgresql(target.databaseUrl, copy);
  if (!loaded.ok) return fail({ kind: 'load', problem: loaded.problem });
  await rm(copy);
  return succeed(undefined);
}

/** The database last: a start after a crash in the middle would otherwise find it without its key. */
async function moveIn(aside: string, into: string, { head, names }: ReadArchive): Promise<RestoreReport> {
  const unpacked = path.join(aside, 'data');
  const database = path.basename(names[0] ?? '');
  const entries = await readdir(unpacked);
  for (const name of entries.sort((one, other) => Number(one === database) - Number(other === database))) {
    await rename(path.join(unpacked, name), path.join(into, name));
  }
  let keyFile: string | undefined;
  if (names.includes('outside/trunkline.key')) {
    keyFile = path.join(into, 'trunkline.key');
    await rename(path.join(aside, 'outside', 'trunkline.key'), keyFile);
  }
  await syncFolder(into);
  return { createdAt: head.createdAt, recordings: names.filter((name) => name.endsWith('.wav')).length, keyFile };
}

async function isEmpty(folder: string): Promise<boolean> {
  const names = await readdir(folder);
  // A restore that was cut off leaves its own folder behind, and nothing else.
  return names.every((name) => name === lockFileName || name === 'lost+found' || name.startsWith('.restore-'));
}

/** One line for a person. */
export function describeRestoreProblem(problem: RestoreProblem): string {
  switch (problem.kind) {
    case 'running':
      return `Trunkline is running on this data folder (process ${problem.pid}): stop it first, or use --into.`;
    case 'not-empty':
      return `${problem.folder} is not empty: move it aside first, or restore elsewhere with --into.`;
    case 'archive':
      return describeArchiveProblem(problem.problem);
    case 'database':
      return `The database in the archive is damaged: ${problem.why}`;
    case 'other-database':
      return `The archive holds a ${problem.needs} database: TRUNKLINE_DATABASE_URL must name such a one.`;
    case 'load':
      return describeSnapshotProblem(problem.problem);
    case 'failed':
      return `Nothing was restored: ${problem.why}`;
  }
}

function describeArchiveProblem(problem: ArchiveProblem): string {
  switch (problem.kind) {
    case 'unreadable':
      return `The archive cannot be read: ${problem.why}`;
    case 'not-a-backup':
      return 'This is no backup of Trunkline, or it is damaged.';
    case 'cut-off':
      return 'The archive is cut off: its end is missing.';
    case 'unsafe-entry':
      return `The archive holds what no backup of ours holds, so nothing was taken from it: ${problem.name}`;
    case 'damaged':
      return `The archive is damaged: ${problem.name} is not what was put in.`;
    case 'later-version':
      return `The archive is of a later version (${problem.version}) than this Trunkline reads.`;
  }
}

async function main(words: readonly string[]): Promise<number> {
  process.umask(0o077);
  const [file, option, into, ...rest] = words;
  const isRight = file !== undefined && rest.length === 0 && (option === undefined || (option === '--into' && into));
  if (!isRight) return complain('Usage: npm run restore -- file.tar.gz [--into folder]');
  const config = takeConfig(into === undefined ? process.env : { ...process.env, TRUNKLINE_DATA: into });
  if (!config.ok) return complain(describeMistakes(config.problem));
  const restored = await restoreBackup(path.resolve(file), config.value);
  if (!restored.ok) return complain(describeRestoreProblem(restored.problem));
  const { createdAt, recordings, keyFile } = restored.value;
  const folder = config.value.dataFolder;
  process.stdout.write(`Restored the backup of ${createdAt} with ${recordings} recordings into ${folder}.\n`);
  if (keyFile !== undefined) process.stdout.write(`Its key is ${keyFile}: TRUNKLINE_KEY_FILE must name it.\n`);
  return 0;
}

function complain(line: string): number {
  process.stderr.write(`${line}\n`);
  return 1;
}

if (require.main === module) {
  void main(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
}
