/**
 * `npm run backup [-- file]`: one archive of database, recordings and keys, made while calls run. The archive holds the
 * installation's key, so it is for its owner's eyes only (0600) and worth as much as the data folder.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { setPriority } from 'node:os';
import path from 'node:path';
import { fail, type Result, succeed } from '../call-router/values/result';
import { dumpPostgresql, type SnapshotProblem, snapshotSqlite } from '../prisma/snapshot';
import { type ArchiveEntry, writeArchive } from './backup-archive';
import { type BackupSources, backupEntries } from './backup-contents';
import { type Clock, systemClock } from './clock';
import { type Config, describeMistakes, takeConfig } from './config';

export type BackupConfig = Pick<Config, 'dataFolder' | 'databaseUrl' | 'keyFile'>;

export type BackupProblem =
  | { readonly kind: 'no-data'; readonly folder: string }
  | { readonly kind: 'already-there'; readonly file: string }
  | { readonly kind: 'database'; readonly problem: SnapshotProblem }
  | { readonly kind: 'failed'; readonly why: string };

export interface BackupReport {
  readonly file: string;
  readonly sizeBytes: number;
  readonly recordings: number;
  readonly recordingBytes: number;
  readonly otherFiles: number;
}

/** Live calls come first. */
const niceness = 10;

/** Makes one archive of an installation, running or not. */
export async function makeBackup(
  config: BackupConfig,
  file: string,
  clock: Pick<Clock, 'now'>,
): Promise<Result<BackupReport, BackupProblem>> {
  if (!(await exists(config.dataFolder))) return fail({ kind: 'no-data', folder: config.dataFolder });
  if (await exists(file)) return fail({ kind: 'already-there', file });
  let aside: string | undefined;
  try {
    aside = await mkdtemp(path.join(path.dirname(file), '.trunkline-backup-'));
    const copy = path.join(aside, 'database');
    const at = clock.now();
    const copied = await copyDatabase(config.databaseUrl, copy);
    if (!copied.ok) return fail({ kind: 'database', problem: copied.problem });
    return succeed(await archive(sourcesOf(config, copy, at), file));
  } catch (error) {
    return fail({ kind: 'failed', why: error instanceof Error ? error.message : String(error) });
  } finally {
    if (aside !== undefined) await rm(aside, { recursive: true, force: true });
  }
}

async function copyDatabase(url: string, to: string): Promise<Result<undefined, SnapshotProblem>> {
  return isSqlite(url) ? snapshotSqlite(fileOf(url), to) : dumpPostgresql(url, to);
}

function sourcesOf(config: BackupConfig, copy: string, at: number): BackupSources {
  const databaseFile = isSqlite(config.databaseUrl) ? fileOf(config.databaseUrl) : undefined;
  return {
    dataFolder: config.dataFolder,
    recordingsFolder: path.join(config.dataFolder, 'recordings'),
    keyFile: config.keyFile,
    database: { copy, name: nameOfDatabase(config.dataFolder, databaseFile) },
    databaseFile,
    at,
  };
}

async function archive(sources: BackupSources, file: string): Promise<BackupReport> {
  let recordings = 0;
  let recordingBytes = 0;
  let otherFiles = 0;
  async function* counted(): AsyncGenerator<ArchiveEntry> {
    for await (const entry of backupEntries(sources)) {
      if (entry.name.endsWith('.wav')) {
        recordings += 1;
        recordingBytes += entry.sizeBytes;
      } else if (!entry.name.startsWith('data/recordings/')) otherFiles += 1;
      yield entry;
    }
  }
  const createdAt = new Date(sources.at).toISOString();
  const database = sources.databaseFile === undefined ? 'postgresql' : 'sqlite';
  await writeArchive(file, { createdAt, database }, counted());
  return { file, sizeBytes: (await stat(file)).size, recordings, recordingBytes, otherFiles };
}

/** Its own name where it is a file of the data folder. */
function nameOfDatabase(dataFolder: string, databaseFile: string | undefined): string {
  if (databaseFile === undefined) return 'data/trunkline.pgdump';
  const relative = path.relative(dataFolder, databaseFile);
  return relative.startsWith('..') ? 'data/trunkline.db' : path.posix.join('data', relative);
}

function isSqlite(url: string): boolean {
  return url.startsWith('file:');
}

function fileOf(url: string): string {
  return path.resolve(url.slice('file:'.length));
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/** One line for a person. */
export function describeBackupProblem(problem: BackupProblem): string {
  switch (problem.kind) {
    case 'no-data':
      return `There is nothing to back up: no data folder ${problem.folder} (TRUNKLINE_DATA says where it is).`;
    case 'already-there':
      return `${problem.file} is there already; name another file.`;
    case 'database':
      return describeSnapshotProblem(problem.problem);
    case 'failed':
      return `The backup failed: ${problem.why}`;
  }
}

/** One line for a person. */
export function describeSnapshotProblem(problem: SnapshotProblem): string {
  switch (problem.kind) {
    case 'no-database':
      return `The database cannot be opened: ${problem.why}`;
    case 'program-missing':
      return `${problem.program} is not installed: apt-get install postgresql-client`;
    case 'failed':
      return `The database could not be copied: ${problem.why}`;
  }
}

async function main(file: string | undefined): Promise<number> {
  process.umask(0o077);
  const config = takeConfig(process.env);
  if (!config.ok) return complain(describeMistakes(config.problem));
  const clock = systemClock();
  setPriority(niceness);
  const stamp = new Date(clock.now())
    .toISOString()
    .replaceAll(/[-:]|\.\d+Z/g, '')
    .replace('T', '-');
  const backup = await makeBackup(config.value, path.resolve(file ?? `trunkline-backup-${stamp}.tar.gz`), clock);
  if (!backup.ok) return complain(describeBackupProblem(backup.problem));
  const { sizeBytes, recordings, recordingBytes, otherFiles } = backup.value;
  process.stdout.write(
    `Backed up the database, ${recordings} recordings (${megabytes(recordingBytes)}) and ${otherFiles - 1} other files ` +
      `to ${backup.value.file} (${megabytes(sizeBytes)}).\n` +
      'It holds the key to everything in it: keep it as safe as the data folder.\n',
  );
  return 0;
}

function complain(line: string): number {
  process.stderr.write(`${line}\n`);
  return 1;
}

function megabytes(sizeBytes: number): string {
  return `${(sizeBytes / 1e6).toFixed(1)} MB`;
}

if (require.main === module) {
  void main(process.argv[2]).then((code) => {
    process.exitCode = code;
  });
}
