/**
 * A consistent copy of the database while the service writes to it, for the backup: SQLite by `VACUUM INTO` on a second
 * connection (one read transaction; in WAL mode nobody waits for it), PostgreSQL by pg_dump. Never used by the service.
 */
import { spawn } from 'node:child_process';
import Database from 'better-sqlite3';
import { fail, type Result, succeed } from '../call-router/values/result';

export type SnapshotProblem =
  | { readonly kind: 'no-database'; readonly why: string }
  /** pg_dump or pg_restore is not installed. */
  | { readonly kind: 'program-missing'; readonly program: string }
  | { readonly kind: 'failed'; readonly why: string };

/** How long a write transaction of the service may keep us waiting. */
const busyTimeoutMs = 10_000;
/** Where pg_dump and pg_restore are looked for; the rest of our environment is not theirs. */
const programPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** Of a program's own words, so much is shown. */
const whyCharactersMax = 400;

/** Copies a SQLite database file into a new file `to`, whole and without WAL. */
export function snapshotSqlite(file: string, to: string): Result<undefined, SnapshotProblem> {
  let database: Database.Database | undefined;
  try {
    // Not read-only: the first reader of a WAL left by a crash must be able to recover it.
    database = new Database(file, { fileMustExist: true, timeout: busyTimeoutMs });
    database.prepare('VACUUM INTO ?').run(to);
    return succeed(undefined);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return fail(database === undefined ? { kind: 'no-database', why } : { kind: 'failed', why });
  } finally {
    database?.close();
  }
}

/** SQLite's own opinion of a database file; undefined if it is whole. */
export function sqliteDamage(file: string): string | undefined {
  try {
    const database = new Database(file, { readonly: true, fileMustExist: true });
    try {
      const said: unknown = database.pragma('integrity_check', { simple: true });
      return said === 'ok' ? undefined : String(said).slice(0, whyCharactersMax);
    } finally {
      database.close();
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Dumps a PostgreSQL database into `to`, in pg_dump's own compressed format. */
export function dumpPostgresql(url: string, to: string): Promise<Result<undefined, SnapshotProblem>> {
  return runProgram('pg_dump', ['--format=custom', '--no-owner', `--file=${to}`], url);
}

/** Loads such a dump, replacing what is there, in one transaction. */
export function loadPostgresql(url: string, dump: string): Promise<Result<undefined, SnapshotProblem>> {
  const replaceAll = ['--clean', '--if-exists', '--no-owner', '--single-transaction', '--exit-on-error'];
  return runProgram('pg_restore', [...replaceAll, `--dbname=${databaseOf(url)}`, dump], url);
}

function runProgram(
  program: string,
  commandLine: readonly string[],
  url: string,
): Promise<Result<undefined, SnapshotProblem>> {
  return new Promise((done) => {
    const child = spawn(program, [...commandLine], { env: environmentOf(url), stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (text: Buffer) => {
      said = (said + text.toString('utf8')).slice(-whyCharactersMax);
    });
    child.once('error', () => done(fail({ kind: 'program-missing', program })));
    child.once('close', (code) => {
      if (code === 0) done(succeed(undefined));
      else done(fail({ kind: 'failed', why: said.trim() || `${program} ended with ${code}` }));
    });
  });
}

/** By libpq's variables, so that the password is in nobody's process list. */
function environmentOf(url: string): Record<string, string> {
  const { hostname, port, username, password, searchParams } = new URL(url);
  const host = searchParams.get('host') ?? decodeURIComponent(hostname);
  const sslMode = searchParams.get('sslmode');
  return {
    PATH: programPath,
    PGDATABASE: databaseOf(url),
    ...(host === '' ? {} : { PGHOST: host.replace(/^\[|\]$/g, '') }),
    ...(port === '' ? {} : { PGPORT: port }),
    ...(username === '' ? {} : { PGUSER: decodeURIComponent(username) }),
    ...(password === '' ? {} : { PGPASSWORD: decodeURIComponent(password) }),
    ...(sslMode === null ? {} : { PGSSLMODE: sslMode }),
  };
}

function databaseOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1));
}
