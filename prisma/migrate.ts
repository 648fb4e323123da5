/**
 * Brings the database to the newest form at the start, without Prisma's command line: each migration.sql in the order of its
 * name, in one transaction, noted in Prisma's own `_prisma_migrations` table so that `prisma migrate status` agrees.
 * A file that was edited after it was applied is refused.
 */
import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Store, Tx } from './connect';
import type { DatabaseKind } from './database-url';

/** The start must stop: what is in the database and what is on disk do not belong together. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** Any number, the same in each process: two processes that start at once must not migrate at once (PostgreSQL). */
const advisoryLock = 7_210_001;

/** @param folder where the migrations lie; answers the names of those applied now. */
export async function migrate(store: Store, folder = migrationsFolder(store.kind)): Promise<readonly string[]> {
  const migrations = readMigrations(folder);
  // The schema may not exist yet, so this transaction cannot begin like `store.write`; SQLite's first statement here is a
  // write all the same.
  return store.client.$transaction(
    async (tx) => {
      if (store.kind === 'postgresql') await tx.$executeRaw`SELECT pg_advisory_xact_lock(${advisoryLock}::bigint)`;
      await tx.$executeRawUnsafe(createTable(store.kind));
      const applied = await appliedMigrations(tx);
      const open = migrations.filter((migration) => !isApplied(migration, applied));
      refuseUnknown(migrations, applied);
      for (const migration of open) await apply(tx, migration, store);
      return open.map((migration) => migration.name);
    },
    { maxWait: 60_000, timeout: 600_000 },
  );
}

/** The .sql files stay in the sources: dist/prisma → prisma. */
function migrationsFolder(kind: DatabaseKind): string {
  const here = path.basename(path.dirname(__dirname)) === 'dist' ? path.join(__dirname, '../../prisma') : __dirname;
  return path.join(here, kind, 'migrations');
}

function readMigrations(folder: string): readonly Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(path.join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

type Applied = ReadonlyMap<string, string>;

async function appliedMigrations(tx: Tx): Promise<Applied> {
  const rows = await tx.$queryRaw<{ migration_name: string; checksum: string }[]>`
    SELECT "migration_name", "checksum" FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL`;
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
}

function isApplied(migration: Migration, applied: Applied): boolean {
  const checksum = applied.get(migration.name);
  if (checksum !== undefined && checksum !== migration.checksum)
    throw new MigrationError(`migration ${migration.name} was edited after it was applied; restore the file`);
  return checksum !== undefined;
}

function refuseUnknown(migrations: readonly Migration[], applied: Applied): void {
  const known = new Set(migrations.map((migration) => migration.name));
  const unknown = [...applied.keys()].find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new MigrationError(`the database has migration ${unknown}, which this version does not know; update first`);
}

/** One statement at a time: not every driver takes several in one call. */
async function apply(tx: Tx, migration: Migration, store: Store): Promise<void> {
  for (const statement of statementsOf(migration.sql)) await tx.$executeRawUnsafe(statement);
  const id = randomUUID();
  const at = new Date(store.clock.now()).toISOString();
  const stamp = store.kind === 'sqlite' ? '?' : '$4::timestamptz';
  const marks = store.kind === 'sqlite' ? ['?', '?', '?'] : ['$1', '$2', '$3'];
  await tx.$executeRawUnsafe(
    `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "finished_at", "started_at", "applied_steps_count")
     VALUES (${marks.join(', ')}, ${stamp}, ${store.kind === 'sqlite' ? '?' : '$5::timestamptz'}, 1)`,
    id,
    migration.checksum,
    migration.name,
    at,
    at,
  );
}

/** Our migrations hold no string or body with a `;` at the end of a line. */
function statementsOf(sql: string): readonly string[] {
  return sql
    .split(/;[ \t]*$/m)
    .map((statement) => statement.replace(/^--.*$/gm, '').trim())
    .filter((statement) => statement.length > 0);
}

/** As Prisma itself makes it. */
function createTable(kind: DatabaseKind): string {
  const time = kind === 'sqlite' ? 'DATETIME' : 'TIMESTAMPTZ';
  const now = kind === 'sqlite' ? 'current_timestamp' : 'now()';
  const text = (length: number) => (kind === 'sqlite' ? 'TEXT' : `VARCHAR(${length})`);
  return `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" ${text(36)} PRIMARY KEY NOT NULL,
    "checksum" ${text(64)} NOT NULL,
    "finished_at" ${time},
    "migration_name" ${text(255)} NOT NULL,
    "logs" TEXT,
    "rolled_back_at" ${time},
    "started_at" ${time} NOT NULL DEFAULT ${now},
    "applied_steps_count" ${kind === 'sqlite' ? 'INTEGER UNSIGNED' : 'INTEGER'} NOT NULL DEFAULT 0
  )`;
}
