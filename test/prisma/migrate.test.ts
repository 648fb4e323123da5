// Migrations at the start: applied once and noted as Prisma notes them, refused when edited or unknown, also by two at once.
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync, appendFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { threadClock } from '../../prisma/clock';
import { connect, type Store } from '../../prisma/connect';
import { migrate } from '../../prisma/migrate';
import { describeWithTool } from '../require-tool';
import { startPostgres } from './postgres-server';

const sources = path.resolve(__dirname, '../../prisma');
const first = '20261123000000_first';
const all = readdirSync(path.join(sources, 'sqlite/migrations')).filter((name) => name.startsWith('2'));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'trunkline-migrate-'));
  cpSync(path.join(sources, 'sqlite/migrations'), path.join(folder, 'migrations'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (url: string) => connect({ url, country: 'CZ', clock: threadClock, key: Buffer.alloc(32) });

async function withStore(work: (store: Store, migrations: string) => Promise<void>): Promise<void> {
  const store = await open(`file:${path.join(folder, 'test.db')}`);
  try {
    await work(store, path.join(folder, 'migrations'));
  } finally {
    await store.close();
  }
}

function addMigration(name: string, sql: string): void {
  cpSync(path.join(folder, 'migrations', first), path.join(folder, 'migrations', name), { recursive: true });
  writeFileSync(path.join(folder, 'migrations', name, 'migration.sql'), sql);
}

test('an empty database gets all migrations, a migrated one none', () =>
  withStore(async (store, migrations) => {
    expect(await migrate(store, migrations)).toEqual(all);
    expect(await migrate(store, migrations)).toEqual([]);
    addMigration(
      '20270101000000_more',
      '-- More\nCREATE TABLE "More" ("id" TEXT);\n\nCREATE INDEX "i" ON "More"("id");\n',
    );
    expect(await migrate(store, migrations)).toEqual(['20270101000000_more']);
    const rows = await store.client.$queryRaw<
      { checksum: string; finished_at: unknown; applied_steps_count: number }[]
    >`
      SELECT "checksum", "finished_at", "applied_steps_count" FROM "_prisma_migrations" ORDER BY "migration_name"`;
    expect(rows).toHaveLength(all.length + 1);
    for (const row of rows) {
      expect(row.checksum).toMatch(/^[0-9a-f]{64}$/);
      expect(row.finished_at).toBeTruthy();
      expect(Number(row.applied_steps_count)).toBe(1);
    }
  }));

test('a migration edited after it was applied is refused', () =>
  withStore(async (store, migrations) => {
    await migrate(store, migrations);
    appendFileSync(path.join(migrations, first, 'migration.sql'), '-- edited\n');
    await expect(migrate(store, migrations)).rejects.toMatchObject({
      name: 'MigrationError',
      message: expect.stringContaining(first),
    });
  }));

test('a database from a newer version is refused', () =>
  withStore(async (store, migrations) => {
    addMigration('20270101000000_more', 'CREATE TABLE "More" ("id" TEXT);');
    await migrate(store, migrations);
    rmSync(path.join(migrations, '20270101000000_more'), { recursive: true });
    await expect(migrate(store, migrations)).rejects.toMatchObject({ name: 'MigrationError' });
  }));

test('a migration that fails leaves nothing behind', () =>
  withStore(async (store, migrations) => {
    await migrate(store, migrations);
    addMigration('20270101000000_more', 'CREATE TABLE "More" ("id" TEXT);\nCREATE TABLE "Call" ("id" TEXT);\n');
    await expect(migrate(store, migrations)).rejects.toThrow();
    addMigration('20270101000000_more', 'CREATE TABLE "More" ("id" TEXT);\n');
    expect(await migrate(store, migrations)).toEqual(['20270101000000_more']);
  }));

describeWithTool('postgres', 'migrations on PostgreSQL', () => {
  test('two processes that start at once migrate once', async () => {
    const server = await startPostgres();
    const stores = await Promise.all([open(server.url), open(server.url)]);
    const applied = await Promise.all(stores.map((store) => migrate(store)));
    await Promise.all(stores.map((store) => store.close()));
    await server.stop();
    expect(applied.flat()).toEqual(all);
  });
});
