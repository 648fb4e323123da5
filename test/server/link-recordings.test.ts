/** Recordings get into the database, also when it refuses them for a while: real database threads, a trigger that refuses. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import type { CallId } from '../../call-router/values/ids';
import { epochMs } from '../../call-router/values/ids';
import { type Database, openDatabase } from '../../prisma/database';
import type { RecoveredRecording } from '../../recordings/messages';
import { systemClock } from '../../server/clock';
import { type RecordingLinks, recordingLinks } from '../../server/link-recordings';
import { callNumber } from '../recordings/recorder-under-test';
import { ended, newCall, newNumber, system, valueOf } from '../prisma/store';

let folder: string;
let database: Database;
let linked: CallId[];
let timers: (() => void)[];
let links: RecordingLinks;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'trunkline-links-'));
  database = await openDatabase({ url: 'file:', dataFolder: folder, key: Buffer.alloc(32), country: 'CZ', clock });
  linked = [];
  timers = [];
  links = recordingLinks({
    calls: database.calls,
    clock: { ...clock, after: (_ms, task) => (timers.push(task), () => undefined) },
    log: { warn: () => undefined, error: () => undefined },
    linked: (call) => linked.push(call),
  });
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});
const clock = systemClock();

/** As a full disk does: every write of a recording fails. */
function refuse(): () => void {
  const direct = new Sqlite(path.join(folder, 'trunkline.db'));
  for (const event of ['INSERT', 'UPDATE'])
    direct.exec(`CREATE TRIGGER refuse_${event} BEFORE ${event} ON Recording BEGIN SELECT RAISE(ABORT, 'full'); END`);
  return () => {
    for (const event of ['INSERT', 'UPDATE']) direct.exec(`DROP TRIGGER refuse_${event}`);
    direct.close();
  };
}

const recordingOf = async (id: string) =>
  valueOf(await database.reading.ask('get-call', { viewer: system, id })).recording;
const tried = async (): Promise<void> => {
  while (timers.length === 0) await new Promise((done) => setImmediate(done));
};

test('a finished recording that the database refused is linked when it takes it again, and not said linked before', async () => {
  const call = newCall(newNumber());
  await database.calls.ask('save-call', ended(call));
  const allow = refuse();
  const at = epochMs(1);
  const finished = { from: 'recordings', type: 'recording-finished', at, call: call.id, incomplete: false } as const;
  links.finished({ ...finished, durationMs: 2000, sizeBytes: 32_058 });
  await tried();
  expect([linked, links.isFailing(), await recordingOf(call.id)]).toEqual([[], true, undefined]);
  allow();
  timers.shift()?.();
  await links.flush();
  expect([linked, links.isFailing()]).toEqual([[call.id], false]);
  expect(await recordingOf(call.id)).toMatchObject({ state: 'finished', durationMs: 2000 });
});

const found = (n: number): RecoveredRecording => ({
  call: callNumber(n),
  sidecar: { direction: 'inbound', startedAt: epochMs(1000 + n), answeredAt: epochMs(2000 + n) },
  durationMs: 500,
  sizeBytes: 8058,
  incomplete: true,
});

test('a thousand recovered recordings are linked in some groups, not one by one', async () => {
  const all = Array.from({ length: 1000 }, (_, n) => found(n + 1));
  const begun = performance.now();
  await links.recovered(all);
  expect(linked).toHaveLength(1000);
  expect(performance.now() - begun).toBeLessThan(10_000); // one by one each waits for its own commit: 100 s
  expect(await recordingOf(callNumber(1000))).toMatchObject({ state: 'incomplete', durationMs: 500 });
}, 30_000);

test('the levels of a recording come with it, and are not erased by a file that does not know them', async () => {
  const levels = { leftRmsDb: -20.5, rightRmsDb: -31 };
  await links.recovered([{ ...found(1), ...levels, incomplete: false }]);
  expect(await recordingOf(callNumber(1))).toMatchObject({ state: 'finished', ...levels });
  await links.recovered([{ ...found(1), wasCut: true }]);
  expect(await recordingOf(callNumber(1))).toMatchObject({ state: 'incomplete', ...levels });
});

test('one that cannot be linked keeps nobody back: the others are, it waits', async () => {
  const bad = { ...found(2), sidecar: { ...found(2).sidecar, startedAt: epochMs(Number.NaN) } };
  await links.recovered([found(1), bad, found(3)]);
  expect(linked).toEqual([callNumber(1), callNumber(3)]);
  expect(links.isFailing()).toBe(true);
});
