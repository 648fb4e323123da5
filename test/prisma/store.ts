// Store tests run on SQLite and, where it is installed, on PostgreSQL: the same test bodies, a database of their own.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { CallRecord } from '../../call-router/values/cdr';
import { callIdOf, epochMs, legIdOf, userIdOf } from '../../call-router/values/ids';
import { type E164, e164From } from '../../call-router/values/number';
import { type Database, openDatabase } from '../../prisma/database';
import type { Answer } from '../../prisma/operations';
import type { UserRow } from '../../prisma/records';
import { systemClock } from '../../server/clock';
import { describeWithTool } from '../require-tool';
import { type PostgresServer, startPostgres } from './postgres-server';

export interface StoreUnderTest {
  readonly db: () => Database;
  readonly url: () => string;
  readonly folder: () => string;
  /** Opens it anew, as after a restart. */
  readonly reopen: () => Promise<void>;
}

export const clock = systemClock();
export const system = { userId: 'system', role: 'system' } as const;
export const operator = (user: UserRow) => ({ userId: user.id, role: 'operator' as const });

/** The body's tests share one database. */
export function describeStore(name: string, body: (store: StoreUnderTest) => void): void {
  describe(`${name} (SQLite)`, () => body(withStore('sqlite')));
  describeWithTool('postgres', `${name} (PostgreSQL)`, () => body(withStore('postgresql')));
}

function withStore(kind: 'sqlite' | 'postgresql'): StoreUnderTest {
  let folder = '';
  let url = '';
  let db: Database | undefined;
  let server: PostgresServer | undefined;
  const open = async (): Promise<void> => {
    db = await openDatabase({ url, dataFolder: folder, key: Buffer.alloc(32, 7), country: 'CZ', clock });
  };
  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'trunkline-store-'));
    server = kind === 'postgresql' ? await startPostgres() : undefined;
    url = server?.url ?? `file:${path.join(folder, 'test.db')}`;
    await open();
  }, 60_000);
  afterAll(async () => {
    await db?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    db: () => {
      if (db === undefined) throw new Error('the database is not open');
      return db;
    },
    url: () => url,
    folder: () => folder,
    reopen: async () => {
      await db?.close();
      await open();
    },
  };
}

/** The value, or the test fails with the problem. */
export function valueOf<Value>(answer: Answer<Value>): Value {
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer.problem)}`);
  return answer.value;
}

let numbersGiven = 0;
/** A Czech mobile number that no other test of this file uses. */
export function newNumber(): E164 {
  numbersGiven += 1;
  return e164From(`+420601${String(numbersGiven).padStart(6, '0')}`);
}

export async function newUser(db: Database, name: string, extension?: string): Promise<UserRow> {
  const login = `${name}-${newNumber()}`;
  const fields = { name, login, role: 'operator' as const, passwordHash: 'hash' };
  return valueOf(await db.reading.ask('create-user', { ...fields, ...(extension === undefined ? {} : { extension }) }));
}

let callsGiven = 0;
/** An inbound call as it arrives; `more` says what else is known of it. */
export function newCall(from: E164, more: Partial<CallRecord> = {}): CallRecord {
  callsGiven += 1;
  const id = callIdOf(`ca11${String(callsGiven).padStart(28, '0')}`);
  const startedAt = epochMs(1_780_000_000_000 + callsGiven * 60_000);
  return {
    id,
    direction: 'inbound',
    startedAt,
    ringMs: 0,
    talkMs: 0,
    totalMs: 0,
    callerTyped: from,
    callerNumber: from,
    calleeTyped: '+420222333444',
    calleeNumber: e164From('+420222333444'),
    rangUserIds: [],
    otherCards: [],
    recording: 'none',
    legs: [{ id: legIdOf(id, 1), direction: 'incoming', kind: 'trunk', startedAt }],
    ...more,
  };
}

/** The same call, answered by a person and ended. */
export function ended(call: CallRecord, user?: UserRow): CallRecord {
  const by = user === undefined ? {} : { answeredByUserId: userIdOf(user.id), rangUserIds: [userIdOf(user.id)] };
  return {
    ...call,
    ...by,
    answeredAt: epochMs(call.startedAt + 4000),
    endedAt: epochMs(call.startedAt + 34_000),
    ringMs: 4000,
    talkMs: 30_000,
    totalMs: 34_000,
    cause: 'caller-hung-up',
    fault: 'nobody',
  };
}
