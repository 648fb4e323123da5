/**
 * One thread's connection to the database: SQLite through better-sqlite3 or PostgreSQL through pg, behind one Prisma client
 * type. Writes go through `write`, which is one transaction and takes the write lock first.
 */
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { PrismaPg } from '@prisma/adapter-pg';
import type { Clock } from './clock';
import { type DatabaseKind, databaseKindOf } from './database-url';
import { PrismaClient as PostgresqlClient } from './postgresql/generated/client';
import { type Prisma, PrismaClient } from './sqlite/generated/client';

export type Db = PrismaClient;
export type Tx = Prisma.TransactionClient;
export interface Store {
  readonly kind: DatabaseKind;
  readonly client: Db;
  /** ISO 3166: whose national numbers are typed here. */
  readonly country: string;
  readonly clock: Clock;
  /** 32 bytes; seals trunk passwords (AES-256-GCM). */
  readonly key: Buffer;
  write<Value>(work: (tx: Tx) => Promise<Value>): Promise<Value>;
  close(): Promise<void>;
}

export interface ConnectOptions {
  /** `file:/path/to.db` or `postgresql://…`. */
  readonly url: string;
  readonly country: string;
  readonly clock: Clock;
  readonly key: Buffer;
}

const busyTimeoutMs = 5000;
/**
 * Pages of 4 KiB. Carrying the log over into the file costs an fsync, which a live call would wait for, so the reading thread
 * does it every second (reading-worker.ts); only a log that it left to grow so far is carried over by whoever writes.
 */
const walPagesMax = 20_000;
/** Waiting for the connection and for the transaction itself; far above what either takes. */
const transactionWaitMs = 10_000;
const transactionMs = 30_000;
const poolMax = 8;

export async function connect(options: ConnectOptions): Promise<Store> {
  const kind = databaseKindOf(options.url);
  const client = kind === 'sqlite' ? sqliteClient(options.url) : postgresqlClient(options.url);
  await client.$connect();
  if (kind === 'sqlite') await prepareSqlite(client);
  return {
    kind,
    client,
    country: options.country,
    clock: options.clock,
    key: options.key,
    write: (work) => writeTransaction(kind, client, work),
    close: () => client.$disconnect(),
  };
}

function sqliteClient(url: string): Db {
  return new PrismaClient({ adapter: new PrismaBetterSqlite3({ url, timeout: busyTimeoutMs }) });
}

/** The two generated clients differ in names of types only: both come from the same models. */
function postgresqlClient(url: string): Db {
  return new PostgresqlClient({
    adapter: new PrismaPg({ connectionString: url, max: poolMax }),
  }) as unknown as Db;
}

/**
 * WAL lets the reading thread read while the calls thread writes. synchronous=NORMAL: a crash of the process loses nothing,
 * a power cut may lose the last commits but leaves the file whole (SQLite documentation, "WAL").
 */
async function prepareSqlite(client: Db): Promise<void> {
  for (const pragma of [
    'journal_mode = WAL',
    'synchronous = NORMAL',
    'foreign_keys = ON',
    'cache_size = -16000',
    'mmap_size = 268435456',
    'temp_store = MEMORY',
    `wal_autocheckpoint = ${walPagesMax}`,
  ]) {
    await client.$queryRawUnsafe(`PRAGMA ${pragma}`);
  }
}

/**
 * SQLite: the adapter begins deferred, and a transaction that read before another thread committed can no longer write
 * (SQLITE_BUSY_SNAPSHOT, without waiting). So the first statement is a write that changes nothing.
 */
async function writeTransaction<Value>(
  kind: DatabaseKind,
  client: Db,
  work: (tx: Tx) => Promise<Value>,
): Promise<Value> {
  return client.$transaction(
    async (tx) => {
      if (kind === 'sqlite') await tx.$executeRawUnsafe('UPDATE "Setting" SET "value" = "value" WHERE 0');
      return work(tx);
    },
    { maxWait: transactionWaitMs, timeout: transactionMs },
  );
}
