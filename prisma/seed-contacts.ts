/**
 * Very many contacts at once, for benches and tests: each with a name and one phone. Not for the service; the database must not
 * be in use. SQLite gets prepared statements of better-sqlite3 and its indexes afterwards, PostgreSQL one INSERT … SELECT.
 */
import Database from 'better-sqlite3';
import type { Clock } from './clock';
import { connect } from './connect';
import { databaseKindOf } from './database-url';
import { folded } from './fold';
import { migrate } from './migrate';

export interface SeedOptions {
  /** `file:/path.db` or `postgresql://…`; migrated first. */
  readonly url: string;
  readonly count: number;
  /** Default +420700000000: contact n has this number plus n. */
  readonly firstNumber?: number;
  readonly clock: Clock;
}

const batchMax = 50_000;
const firstNumberDefault = 420_700_000_000;

/** The phone of contact n, n from 0, in E.164. */
export const seededNumber = (n: number, firstNumber = firstNumberDefault): string => `+${firstNumber + n}`;

export async function seedContacts(options: SeedOptions): Promise<void> {
  const store = await connect({ url: options.url, country: 'CZ', clock: options.clock, key: Buffer.alloc(32) });
  await migrate(store);
  if (databaseKindOf(options.url) === 'postgresql') {
    await store.client.$executeRawUnsafe(postgresqlContacts(options));
    await store.client.$executeRawUnsafe(postgresqlPhones(options));
  }
  await store.close();
  if (databaseKindOf(options.url) === 'sqlite') seedSqlite(options);
}

const firstNames = ['Jan', 'Eva', 'Petr', 'Anna', 'Jiří', 'Marie', 'Tomáš', 'Lenka', 'Karel', 'Věra'];
const lastNames = ['Novák', 'Svoboda', 'Dvořák', 'Černý', 'Procházka', 'Kučera', 'Veselý', 'Horák', 'Němec', 'Šťastný'];

const nameOf = (n: number): string =>
  `${firstNames[n % firstNames.length]} ${lastNames[Math.floor(n / 10) % lastNames.length]} ${n}`;

const seededId = (n: number): string => `5eed${n.toString(16).padStart(28, '0')}`;

function seedSqlite({ url, count, clock, firstNumber }: SeedOptions): void {
  const db = new Database(url.replace(/^file:/, ''));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = OFF');
  db.pragma('cache_size = -200000');
  const indexes = db
    .prepare<[], { name: string; sql: string }>(
      `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name IN ('Contact', 'Phone') AND sql IS NOT NULL`,
    )
    .all();
  for (const { name } of indexes) db.exec(`DROP INDEX "${name}"`);
  const contact = db.prepare(
    'INSERT INTO "Contact" ("id", "name", "nameKey", "createdAt", "updatedAt", "lastActivityAt") VALUES (?, ?, ?, ?, ?, ?)',
  );
  const phone = db.prepare('INSERT INTO "Phone" ("e164", "digits", "typed", "contactId") VALUES (?, ?, ?, ?)');
  const now = BigInt(clock.now());
  const insert = db.transaction((from: number, to: number) => {
    for (let n = from; n < to; n++) {
      const [id, name, number] = [seededId(n), nameOf(n), seededNumber(n, firstNumber)];
      contact.run(id, name, folded(name), now, now, now);
      phone.run(number, number.slice(1), number, id);
    }
  });
  for (let from = 0; from < count; from += batchMax) insert(from, Math.min(count, from + batchMax));
  for (const { sql } of indexes) db.exec(sql);
  db.exec('ANALYZE');
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}

/** Names of the kind above, made by the server itself. */
function postgresqlContacts({ count, clock }: SeedOptions): string {
  const now = clock.now();
  return `INSERT INTO "Contact" ("id", "name", "nameKey", "createdAt", "updatedAt", "lastActivityAt")
    SELECT '5eed' || lpad(to_hex(n), 28, '0'), 'Jan Novák ' || n, 'jan novak ' || n, ${now}, ${now}, ${now}
      FROM generate_series(0, ${count - 1}) AS n`;
}

function postgresqlPhones({ count, firstNumber = firstNumberDefault }: SeedOptions): string {
  return `INSERT INTO "Phone" ("e164", "digits", "typed", "contactId")
    SELECT '+' || (${firstNumber} + n), (${firstNumber} + n)::text, '+' || (${firstNumber} + n),
           '5eed' || lpad(to_hex(n), 28, '0') FROM generate_series(0, ${count - 1}) AS n`;
}
