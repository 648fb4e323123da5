/** The service is restarted while an office has its pages open: all phones are registered again within 5 s of its return, one after the other. */
import type { Page } from 'playwright-core';
import { describeWithTool } from '../require-tool';
import { clock } from './desk-office';
import { type HeadsetSuite, openHeadsetSuite } from './headset-suite';
import { bothHear, customerCalls, endTalk, isReady, measured, openHeadset } from './headset-talk';
import { NetworkPath } from './network-path';

const windows = 6;
/** In a stampede they all come with the first look at whether the service is there. */
const spreadMsMin = 300;

describeWithTool(['chromium', 'mediasoup-worker'], 'pages when the service is restarted', () => {
  let suite: HeadsetSuite;
  let network: NetworkPath;
  const pages: Page[] = [];
  beforeAll(async () => {
    suite = await openHeadsetSuite();
    const { desk, browser } = suite;
    network = await NetworkPath.open(desk.service.ports);
    const prepare = (window: Parameters<NetworkPath['leadThere']>[0]) => network.leadThere(window);
    for (let n = 0; n < windows; n += 1)
      pages.push((await openHeadset(browser, { url: network.url, ...desk.office.person, prepare })).page);
  }, 180_000);
  afterAll(async () => {
    network?.close();
    await suite?.close();
  });

  it('are registered again by themselves, without a stampede, and take calls', async () => {
    const { desk } = suite;
    await desk.service.stop();
    await Promise.all(
      pages.map((page) =>
        page
          .getByRole('button', { name: /Headset: connecting/ })
          .first()
          .waitFor(),
      ),
    );
    await desk.restart();
    const before = network.upgrades.length;
    const backAt = clock.now();
    const times = await Promise.all(
      pages.map(async (page) => {
        await isReady(page);
        return clock.now() - backAt;
      }),
    );
    measured('the last page registered after the return', Math.max(...times));
    const lines = network.upgrades.slice(before).filter(({ path }) => path.startsWith('/api/sip'));
    const at = lines.map((line) => line.at).toSorted((one, other) => one - other);
    const spreadMs = (at.at(-1) ?? 0) - (at[0] ?? 0);
    measured('their connections came within', spreadMs);
    expect(spreadMs).toBeGreaterThan(spreadMsMin);
    expect(await desk.desk.register()).toBe(200);
    const [page] = pages;
    if (page === undefined) throw new Error('no page');
    const call = await customerCalls(desk.provider, desk.office.rentedNumber, '+420777500001');
    await page.getByRole('button', { name: /^Answer / }).click();
    await call.answered;
    await bothHear(page, call);
    await endTalk(page, call);
  }, 120_000);
});
