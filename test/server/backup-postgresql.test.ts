/** Backup and restore of an installation whose database is PostgreSQL: by its own pg_dump and pg_restore. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { epochMs } from '../../call-router/values/ids';
import { describeBackupProblem, makeBackup } from '../../server/backup';
import { describeRestoreProblem, restoreBackup } from '../../server/restore';
import { type PostgresServer, startPostgres } from '../prisma/postgres-server';
import { newFolder, removeFolder } from '../recordings/recorder-under-test';
import { describeWithTool } from '../require-tool';

const clock = { now: () => epochMs(1_700_000_000_000) };

describeWithTool('postgres', 'a backup of a PostgreSQL database', () => {
  let server: PostgresServer;
  let folder: string;
  let file: string;

  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);
  afterAll(() => server.stop());
  beforeEach(() => {
    folder = newFolder();
    file = path.join(folder, 'backup.tar.gz');
    mkdirSync(path.join(folder, 'data'));
    writeFileSync(path.join(folder, 'data', 'trunkline.key'), 'key');
  });
  afterEach(() => removeFolder(folder));

  const configOf = (name: string, databaseUrl = server.url): Parameters<typeof makeBackup>[0] => ({
    dataFolder: path.join(folder, name),
    databaseUrl,
    keyFile: path.join(folder, name, 'trunkline.key'),
  });

  async function query(sql: string): Promise<readonly unknown[]> {
    const client = new Client({ connectionString: server.url });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }

  test('comes back as it was, over what is there now', async () => {
    await query(
      'CREATE TABLE IF NOT EXISTS kept (id int PRIMARY KEY); TRUNCATE kept; INSERT INTO kept VALUES (1), (2)',
    );
    expect(await makeBackup(configOf('data'), file, clock)).toMatchObject({ ok: true });
    await query('DELETE FROM kept; INSERT INTO kept VALUES (9)');
    expect(await restoreBackup(file, configOf('into'))).toMatchObject({ ok: true });
    expect(await query('SELECT id FROM kept ORDER BY id')).toEqual([{ id: 1 }, { id: 2 }]);
    expect(readdirSync(path.join(folder, 'into'))).toEqual(['trunkline.key']);
  });

  test('is refused where SQLite is configured', async () => {
    expect(await makeBackup(configOf('data'), file, clock)).toMatchObject({ ok: true });
    const restored = await restoreBackup(file, configOf('into', `file:${path.join(folder, 'into', 'trunkline.db')}`));
    expect(restored.ok ? '' : describeRestoreProblem(restored.problem)).toMatch(/holds a postgresql database/);
  });

  test('says what is wrong when the server cannot be reached', async () => {
    const nowhere = `postgresql://postgres:secret-word@localhost/postgres?host=${encodeURIComponent(folder)}`;
    const backup = await makeBackup(configOf('data', nowhere), file, clock);
    const line = backup.ok ? '' : describeBackupProblem(backup.problem);
    expect(line).toMatch(/^The database could not be copied: /);
    expect(line).not.toContain('secret-word');
    expect(readdirSync(folder)).toEqual(['data']);
  });
});
