/** The disk of the recordings is full, a real one (1 MB of memory mounted as a file system; root only): calls go on. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CallRow } from '../../prisma/records';
import { expectTone, lately, pause, talk } from './call-tools';
import { openOffice, type RunningOffice, until } from './running-office';

function mountSmallDisk(at: string): string | undefined {
  if (process.getuid?.() !== 0) return 'only root may mount a small file system';
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', at], { stdio: 'pipe' });
    return undefined;
  } catch {
    return 'mounting is not allowed here';
  }
}

const dataFolder = mkdtempSync(path.join(tmpdir(), 'trunkline-full-'));
const recordings = path.join(dataFolder, 'recordings');
mkdirSync(recordings);
const whyNot = mountSmallDisk(recordings);
const describeOnSmallDisk = whyNot === undefined ? describe : describe.skip;

afterAll(() => {
  if (whyNot === undefined) execFileSync('umount', [recordings]);
  rmSync(dataFolder, { recursive: true, force: true });
});

/** What lies on the small disk of calls that live. */
async function bytesRecorded(): Promise<number> {
  const live = path.join(recordings, 'live');
  const files = readdirSync(live).filter((name) => name.endsWith('.wav'));
  return files.reduce((sum, name) => sum + statSync(path.join(live, name)).size, 0);
}

describeOnSmallDisk(`a full disk${whyNot === undefined ? '' : ` (skipped: ${whyNot})`}`, () => {
  let office: RunningOffice;
  beforeAll(async () => {
    office = await openOffice({ TRUNKLINE_LOG: 'silent' }, { dataFolder });
  }, 60_000);
  afterAll(() => office?.close());

  it('the call goes on, its recording is marked incomplete, an alarm is raised', async () => {
    const [provider, anna] = [await office.provider(), await office.phone(office.anna.desk)];
    const { caller } = await talk(
      { phone: provider, number: office.main, as: '777800001', toneHz: 440 },
      { phone: anna, toneHz: 1000 },
    );
    await until(bytesRecorded, (bytes) => bytes > 8000);
    try {
      for (;;) writeFileSync(path.join(recordings, 'ballast'), Buffer.alloc(4096), { flag: 'a' });
    } catch (error) {
      expect(error).toMatchObject({ code: 'ENOSPC' });
    }
    const ready = (): Promise<{ alarms: readonly string[] }> => office.service.api.get('/readyz');
    await until(ready, ({ alarms }) => alarms.includes('disk-full'));
    const heardBefore = caller.audio.heard().length;
    await pause(600);
    expect(caller.audio.heard().length - heardBefore).toBeGreaterThan(0.4 * 8000);
    expectTone(lately(caller.audio.heard()), 1000, 440);
    await caller.hangUp();
    const ask = (): Promise<{ items: readonly CallRow[] }> => office.service.api.get('/api/calls?phone=777800001');
    const { items } = await until(ask, (page) => page.items[0]?.recording?.state === 'incomplete');
    expect(items[0]).toMatchObject({ cause: 'caller-hung-up', card: { kind: 'lead' } });
  });
});
