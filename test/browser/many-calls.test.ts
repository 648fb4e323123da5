/** Ten thousand calls: however far one scrolls, the page holds only the rows in sight and a few around them. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { callIdOf, epochMs } from '../../call-router/values/ids';
import { Service } from '../../demo/service';
import { openDatabase } from '../../prisma/database';
import { describeWithTool } from '../require-tool';
import { administrator, clock } from './desk-office';
import { openBrowser, openPage, tryLogIn } from './open-browser';

const calls = 10_000;
const rowsMax = 80;

describeWithTool(['chromium', 'mediasoup-worker'], 'ten thousand calls in the browser', () => {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'trunkline-many-'));
  let service: Service;
  let browser: Browser;

  beforeAll(async () => {
    await fill(dataFolder);
    const environment = { TRUNKLINE_LOG: 'warn', TRUNKLINE_ADMIN_PASSWORD: administrator.password };
    service = await Service.start({ clock, dataFolder, environment });
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  it('scroll with a bounded number of rows in the page, and every place shows its rows', async () => {
    const { page, mistakes } = await openPage(browser, { url: service.url });
    await tryLogIn(page, administrator);
    await page.getByRole('heading', { name: 'First start' }).waitFor(); // this office has no number
    await page.goto('/calls?show=all');
    await page.locator('.list-row').nth(1).waitFor();
    const most = await scrollToTheEnd(page);
    expect(most).toBeLessThanOrEqual(rowsMax);
    for (const share of [0, 0.5, 0.25, 0.9, 1]) {
      await page.evaluate((to) => {
        const scroller = document.querySelector('.list-scroll');
        if (scroller !== null) scroller.scrollTop = to * (scroller.scrollHeight - scroller.clientHeight);
      }, share);
      const at = Math.round(share * calls);
      await page.waitForFunction(
        ([place, slack]) =>
          [...document.querySelectorAll('.list-item')].some(
            (item) => Math.abs(Number(item.getAttribute('data-index')) - place) <= slack,
          ),
        [at, 60] as const,
      );
      expect(await page.locator('.list-row').count()).toBeLessThanOrEqual(rowsMax);
    }
    await page.context().close();
    expect(mistakes).toEqual([]);
  }, 180_000);
});

/** Until the last of all is there; answers how many rows there were at once at the most. */
async function scrollToTheEnd(page: Page): Promise<number> {
  return page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        let most = 0;
        const step = (): void => {
          const scroller = document.querySelector('.list-scroll');
          const rows = document.querySelectorAll('.list-row').length;
          most = Math.max(most, rows);
          const loaded = Number(document.querySelector('.list')?.getAttribute('aria-rowcount')) - 1;
          if (scroller !== null) scroller.scrollTop = scroller.scrollHeight;
          if (loaded >= wanted) resolve(most);
          else requestAnimationFrame(step);
        };
        step();
      }),
    calls,
  );
}

/** As the service would have saved them, a minute apart. */
async function fill(folder: string): Promise<void> {
  const url = `file:${path.join(folder, 'trunkline.db')}`;
  const database = await openDatabase({ url, dataFolder: folder, key: randomBytes(32), country: 'CZ', clock });
  const newest = clock.now();
  await Promise.all(
    Array.from({ length: calls }, (_, minute) => {
      const startedAt = epochMs(newest - minute * 60_000);
      return database.calls.ask('save-call', {
        id: callIdOf(randomBytes(16).toString('hex')),
        direction: 'inbound',
        startedAt,
        answeredAt: epochMs(startedAt + 2000),
        endedAt: epochMs(startedAt + 32_000),
        ringMs: 2000,
        talkMs: 30_000,
        totalMs: 32_000,
        cause: 'caller-hung-up',
        fault: 'nobody',
        callerTyped: `+4207771${String(minute).padStart(5, '0')}`,
        calleeTyped: '+420210000001',
        rangUserIds: [],
        otherCards: [],
        recording: 'none',
        legs: [],
      });
    }),
  );
  await database.close();
}
