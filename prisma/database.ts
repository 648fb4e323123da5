/**
 * The database as the rest of the service sees it: two doors, each to a thread of its own (DESIGN section 1.4). *calls* does
 * look-ups by key and group-committed writes for live calls; *reading* does lists, search, settings and accounts.
 */
import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Clock } from './clock';
import { databaseKindOf } from './database-url';
import { DatabaseThread } from './database-thread';
import type { CallOperations, ReadingOperations } from './operations';
import type { Ask, ThreadSettings } from './thread-messages';

export interface DatabaseOptions {
  /** `file:` (then `trunkline.db` in the data folder), `file:/elsewhere.db` or `postgresql://…`. */
  readonly url: string;
  readonly dataFolder: string;
  /** 32 bytes. */
  readonly key: Buffer;
  /** ISO 3166: whose national numbers people type. */
  readonly country: string;
  readonly clock: Clock;
}

export interface Database {
  readonly calls: { readonly ask: Ask<CallOperations> };
  readonly reading: { readonly ask: Ask<ReadingOperations> };
  ready(): boolean;
  /** Waits for the writes that were asked for. */
  close(): Promise<void>;
}

/** A live call's request; the router itself waits at most 300 ms for a look-up. */
const callsDeadlineMs = 15_000;
const readingDeadlineMs = 60_000;

/** Opens and migrates. Rejects with `MigrationError` or what the driver says, so that the start stops with one message. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const settings: ThreadSettings = { url: resolvedUrl(options), country: options.country, key: options.key };
  const { clock } = options;
  const calls = new DatabaseThread<CallOperations>({
    file: 'calls-worker',
    settings,
    clock,
    deadlineMs: callsDeadlineMs,
  });
  const reading = new DatabaseThread<ReadingOperations>({
    file: 'reading-worker',
    settings,
    clock,
    deadlineMs: readingDeadlineMs,
  });
  await calls.start(); // alone first: it migrates
  try {
    await reading.start();
  } catch (error) {
    await calls.close();
    throw error;
  }
  return {
    calls: { ask: (op, request) => calls.ask(op, request) },
    reading: { ask: (op, request) => reading.ask(op, request) },
    ready: () => calls.isReady() && reading.isReady(),
    close: async () => {
      await Promise.all([calls.close(), reading.close()]);
    },
  };
}

/** `file:` paths are relative to the data folder. */
function resolvedUrl(options: DatabaseOptions): string {
  if (databaseKindOf(options.url) === 'postgresql') return options.url;
  const file = options.url.replace(/^file:/, '') || 'trunkline.db';
  const resolved = path.resolve(options.dataFolder, file);
  mkdirSync(path.dirname(resolved), { recursive: true, mode: 0o700 });
  for (const part of ['', '-wal', '-shm']) closeToOthers(`${resolved}${part}`);
  return `file:${resolved}`;
}

/** It holds password hashes and clients. A file of another user stays as its owner wants it. */
function closeToOthers(file: string): void {
  if (!existsSync(file)) return;
  const { mode, uid } = statSync(file);
  if ((mode & 0o077) !== 0 && uid === process.getuid?.()) chmodSync(file, 0o600);
}
