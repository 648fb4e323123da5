/**
 * A page whose scripts stand still, as on a computer that sleeps or in a tab that the browser froze: its renderer is stopped by SIGSTOP. Its
 * connections stay open and answer pings, so the service has to ask the page itself. Colleagues see its person away, and calls go on to others.
 */
import type { Browser, Page } from 'playwright-core';
import type { PhoneCall } from '../../demo/phone/phone-call';
import { describeWithTool } from '../require-tool';
import { nextCall } from '../service/call-tools';
import { clock } from './desk-office';
import { type HeadsetSuite, openHeadsetSuite } from './headset-suite';
import { customerCalls, endAll, isReady, measured, openHeadset } from './headset-talk';

const boris = { name: 'Boris Novák', login: 'boris', password: 'boris-has-one-9', role: 'operator', extension: '102' };
/** Rings Boris first, then Anna. */
const bothNumber = '+420210000009';
const ringS = 20;
const knownWithinMs = 30_000;

interface Made {
  readonly id: string;
}

describeWithTool(['chromium', 'mediasoup-worker'], 'a page that sleeps', () => {
  let suite: HeadsetSuite;
  let sleeper: Browser;
  let page: Page;
  let colleague: Page;
  let renderers: readonly number[] = [];
  beforeAll(async () => {
    suite = await openHeadsetSuite();
    const { desk, browser, another } = suite;
    const { api, url } = desk.service;
    const { id: borisId } = await api.post<Made>('/api/users', boris);
    const { items } = await api.get<{ items: readonly { trunkId: string }[] }>('/api/numbers');
    const targets = [{ userId: borisId }, { userId: desk.office.person.id }];
    const steps = { ring: { kind: 'ring', order: 'in-order', targets, ringS } };
    const plan = await api.post<Made>('/api/route-plans', { name: 'Both', start: 'ring', steps });
    const route = { to: 'menu', planId: plan.id };
    await api.post('/api/numbers', { number: bothNumber, kind: 'rented', trunkId: items[0]?.trunkId, route });
    sleeper = await another();
    ({ page } = await openHeadset(sleeper, { url, ...boris }));
    ({ page: colleague } = await openHeadset(browser, { url, ...desk.office.person }));
    renderers = await renderersOf(sleeper);
  }, 120_000);
  afterAll(async () => {
    signal('SIGCONT', renderers);
    await endAll(suite.desk.service);
    await suite?.close();
  });

  /** What Anna reads beside Boris's name when she looks for whom to call. */
  const seen = (words: string, timeout = 15_000) =>
    colleague.getByRole('option', { name: `${words} Boris Novák` }).waitFor({ timeout });

  it('is seen as away within 30 s, and calls go on to others at once', async () => {
    await colleague.getByRole('button', { name: /^Phone\. / }).click();
    await colleague.getByRole('combobox', { name: 'Call whom' }).fill('boris');
    await seen('Free');
    expect(renderers.length).toBeGreaterThan(0);
    signal('SIGSTOP', renderers);
    const stoppedAt = clock.now();
    await seen('Away', knownWithinMs);
    measured('away after the page stopped', clock.now() - stoppedAt);
    const calledAt = clock.now();
    const [, inside] = await Promise.all([call('+420777400001'), nextCall(suite.desk.desk)]);
    const rungAfterMs = clock.now() - calledAt;
    measured('the next one rings after', rungAfterMs);
    expect(rungAfterMs).toBeLessThan((ringS * 1000) / 2);
    inside.refuse(486);
  }, 90_000);

  it('wakes: is seen as free, and rings again', async () => {
    signal('SIGCONT', renderers);
    const wokenAt = clock.now();
    await seen('Free', 20_000);
    measured('free after the page went on', clock.now() - wokenAt);
    await isReady(page);
    const outside = await call('+420777400002');
    await page.getByRole('button', { name: /^Answer / }).click();
    await outside.answered;
    await outside.hangUp();
    outside.audio.close();
  }, 60_000);

  const call = (from: string): Promise<PhoneCall> => customerCalls(suite.desk.provider, bothNumber, from);
});

/** Processes in which this browser runs pages: those of the tests' own browser and no others. */
async function renderersOf(browser: Browser): Promise<readonly number[]> {
  const asker = await browser.newBrowserCDPSession();
  const { processInfo } = await asker.send('SystemInfo.getProcessInfo');
  await asker.detach();
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}

function signal(name: 'SIGSTOP' | 'SIGCONT', pids: readonly number[]): void {
  for (const pid of pids) process.kill(pid, name);
}
