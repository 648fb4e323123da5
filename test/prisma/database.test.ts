// The two database threads as a whole: copied away while they write, killed, asked for nonsense, closed with writes waiting.
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import { openDatabase } from '../../prisma/database';
import { DatabaseThread } from '../../prisma/database-thread';
import type { CallOperations } from '../../prisma/operations';
import { seedContacts, seededNumber } from '../../prisma/seed-contacts';
import { clock, describeStore, ended, newCall, newNumber, system, valueOf } from './store';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'trunkline-database-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = () =>
  openDatabase({ url: 'file:test.db', dataFolder: folder, key: Buffer.alloc(32), country: 'CZ', clock });

describe('a SQLite file copied away while calls are saved', () => {
  test('opens clean, with every call that was answered as saved before', async () => {
    const db = await open();
    const file = path.join(folder, 'test.db');
    const saved: string[] = [];
    const writing = (async () => {
      for (let group = 0; group < 12; group++) {
        const records = Array.from({ length: 20 }, () => ended(newCall(newNumber())));
        await Promise.all(records.map((record) => db.calls.ask('save-call', record)));
        saved.push(...records.map((record) => record.id));
      }
    })();
    let copies = 0;
    const inFlight = { ended: false };
    void writing.then(() => {
      inFlight.ended = true;
    });
    while (!inFlight.ended) {
      const sure = saved.length;
      const copy = path.join(folder, `copy-${copies++}.db`);
      copyFileSync(file, copy);
      if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`);
      const opened = new Sqlite(copy);
      expect(opened.pragma('integrity_check', { simple: true })).toBe('ok');
      const count = opened.prepare<[], { n: number }>('SELECT count(*) AS n FROM "Call"').get()?.n ?? 0;
      expect(count).toBeGreaterThanOrEqual(sure);
      opened.close();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await writing;
    await db.close();
    expect(copies).toBeGreaterThan(1);
  });
});

describe('a database thread', () => {
  const thread = () =>
    new DatabaseThread<CallOperations>({
      file: 'calls-worker',
      settings: { url: `file:${path.join(folder, 'test.db')}`, country: 'CZ', key: new Uint8Array(32) },
      clock,
      deadlineMs: 5000,
    });

  test('that dies rejects what was asked of it, is started anew and works on', async () => {
    const calls = thread();
    await calls.start();
    await calls.ask('save-call', newCall(newNumber()));
    const terminate = jest.spyOn(Worker.prototype, 'postMessage').mockImplementationOnce(function die(this: Worker) {
      void this.terminate();
    });
    await expect(calls.ask('save-call', newCall(newNumber()))).rejects.toMatchObject({ name: 'StoreUnavailable' });
    terminate.mockRestore();
    expect(calls.isReady()).toBe(false);
    await expect(calls.ask('save-call', newCall(newNumber()))).rejects.toMatchObject({ name: 'StoreUnavailable' });
    const tooLate = clock.now() + 20_000;
    while (!calls.isReady() && clock.now() < tooLate) await new Promise((resolve) => setImmediate(resolve));
    const number = newNumber();
    const request = { number, typed: number, makes: 'lead', at: clock.now() } as const;
    expect(await calls.ask('match-client', request)).toMatchObject({ found: true });
    await calls.close();
  });

  test('that cannot open its database says why, and is not tried again', async () => {
    writeFileSync(path.join(folder, 'test.db'), 'this is no database, but a letter of some length'.repeat(100));
    await expect(open()).rejects.toThrow();
    const key = Buffer.alloc(32);
    const url = 'postgresql://nobody@127.0.0.1:9/none';
    await expect(openDatabase({ url, dataFolder: folder, key, country: 'CZ', clock })).rejects.toThrow();
  });

  test('that is asked for something unknown answers with an error by its name', async () => {
    const calls = thread();
    await calls.start();
    await expect(calls.ask('no-such' as 'save-call', newCall(newNumber()))).rejects.toMatchObject({ name: 'Error' });
    await calls.close();
  });
});

test('what failed is told without the values it failed on: they are names and numbers of people', async () => {
  const db = await open();
  const user = { userId: 'nobody', name: 'Desk of Jana', username: 'jana', ha1Md5: 'a', ha1Sha256: 7 as never };
  const contact = db.reading.ask('create-contact', { name: 'Jana', phones: [], email: { of: 'jana@x.cz' } as never });
  await expect(contact).rejects.toMatchObject({ message: expect.not.stringMatching(/jana/i) });
  const password = { userId: 'jana', passwordHash: 'secret', mustChangePassword: false };
  await expect(db.reading.ask('set-password', password)).rejects.toMatchObject({ message: 'P2025' });
  expect(await db.reading.ask('create-device', user)).toMatchObject({ problem: { kind: 'not-found' } });
  await db.close();
});

describe('closing', () => {
  test('waits for the writes that were asked for', async () => {
    const db = await open();
    const call = ended(newCall(newNumber()));
    const saving = db.calls.ask('save-call', call);
    await db.close();
    await saving;
    const again = await open();
    expect(valueOf(await again.reading.ask('get-call', { viewer: system, id: call.id })).id).toBe(call.id);
    await again.close();
    expect(again.ready()).toBe(false);
  });
});

describeStore('seeding', (store) => {
  test('makes contacts that are found by their numbers', async () => {
    await seedContacts({ url: store.url(), count: 500, clock });
    const number = seededNumber(499);
    const request = { number, typed: number, makes: 'lead', at: clock.now() } as const;
    expect(await store.db().calls.ask('match-client', request)).toMatchObject({
      card: { kind: 'contact', isNew: false },
    });
  });
});
