/** Somebody holds the database's write lock for seconds: the call goes on, and its unknown caller gets a lead all the same. */
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import type { CallRow } from '../../prisma/records';
import { pause, talk } from './call-tools';
import { openOffice, type RunningOffice, until } from './running-office';

let office: RunningOffice;
beforeAll(async () => {
  office = await openOffice({ TRUNKLINE_LOG: 'silent' });
}, 60_000);
afterAll(() => office?.close());

test('a caller nobody knows has a lead once the database is back, and the call is on it', async () => {
  const [provider, anna] = [await office.provider(), await office.phone(office.anna.desk)];
  const other = new Sqlite(path.join(office.dataFolder, 'trunkline.db'));
  other.exec('BEGIN IMMEDIATE');
  const { caller } = await talk(
    { phone: provider, number: office.main, as: '777900001', toneHz: 440 },
    { phone: anna, toneHz: 1000 },
  );
  await pause(6500); // longer than the look-up's deadline and than SQLite waits for a lock
  await caller.hangUp();
  other.exec('ROLLBACK');
  other.close();
  const ask = (): Promise<{ items: readonly CallRow[] }> => office.service.api.get('/api/calls?phone=777900001');
  const { items } = await until(ask, (page) => page.items[0]?.recording?.state === 'finished');
  expect(items).toMatchObject([{ card: { kind: 'lead' }, cause: 'caller-hung-up', recording: { state: 'finished' } }]);
  const leads = await office.service.api.get<{ items: readonly object[] }>('/api/leads?phone=777900001');
  expect(leads.items).toHaveLength(1);
}, 60_000);
