/**
 * Calls that ring while the person works elsewhere: the desktop shows each that rings at a window without focus, the title blinks, a page
 * that may not sound says so, and who calls during a talk waits with their card. What the browser gives to the desktop is seen by the test
 * in its place.
 */
import type { BrowserContext, Page } from 'playwright-core';
import { describeWithTool } from '../require-tool';
import { type HeadsetSuite, openHeadsetSuite } from './headset-suite';
import { becomes, beginTalk, bothHear, customerCalls, endAll, endTalk, openHeadset } from './headset-talk';
import { levelsHeard } from './page-ears';

/** Of the ringing tone. */
const ringHz = 660;

declare global {
  /** The desktop: the words of each notice on it by its tag, of which there is one at a time. */
  var desktop: Map<string, string>;
  var isAway: boolean;
  /** As in a page in which nobody has clicked yet; a test's page counts as clicked. */
  var keepSilent: () => void;
}

/** Runs in the page: a window that a test brings to the front and back is always in focus for a headless browser. */
function watchDesktop(): void {
  const onDesktop = new Map<string, string>();
  globalThis.desktop = onDesktop;
  globalThis.isAway = false;
  document.hasFocus = () => !globalThis.isAway;
  class Shown extends EventTarget {
    static readonly permission = 'granted';
    private readonly tag: string;
    constructor(words: string, { tag }: { readonly tag: string }) {
      super();
      this.tag = tag;
      onDesktop.set(tag, words);
    }
    close(): void {
      onDesktop.delete(this.tag);
    }
  }
  Object.defineProperty(globalThis, 'Notification', { value: Shown });
}

/** Runs in the page. */
function refuseSound(): void {
  globalThis.keepSilent = () => {
    const { play } = HTMLMediaElement.prototype;
    HTMLMediaElement.prototype.play = () => Promise.reject(new DOMException('no click yet', 'NotAllowedError'));
    const allow = (): void => void (HTMLMediaElement.prototype.play = play);
    addEventListener('click', allow, { capture: true, once: true });
  };
}

async function prepare(window: BrowserContext): Promise<void> {
  await window.addInitScript(watchDesktop);
  await window.addInitScript(refuseSound);
}
const go = (page: Page) => page.evaluate(() => ((globalThis.isAway = true), dispatchEvent(new Event('blur'))));
const comeBack = (page: Page) => page.evaluate(() => ((globalThis.isAway = false), dispatchEvent(new Event('focus'))));
const desktopShows = (page: Page, words: readonly string[]) =>
  page.waitForFunction((wanted) => [...globalThis.desktop.values()].join() === wanted, words.join());

describeWithTool(['chromium', 'mediasoup-worker'], 'a page that rings unseen', () => {
  let suite: HeadsetSuite;
  let page: Page;
  beforeAll(async () => {
    suite = await openHeadsetSuite();
    const { browser, desk } = suite;
    ({ page } = await openHeadset(browser, { url: desk.service.url, ...desk.office.person, prepare }));
  }, 120_000);
  afterAll(() => suite?.close());
  afterEach(() => endAll(suite.desk.service));

  const calls = (from: string) => customerCalls(suite.desk.provider, suite.desk.office.rentedNumber, from);
  const karel = 'Karel Růžička rings';

  it('a notice on the desktop from when the person goes until they come back, and a title that blinks', async () => {
    const title = await page.title();
    const call = await calls(suite.desk.office.knownCaller);
    await page.getByRole('button', { name: 'Answer Karel Růžička' }).waitFor();
    await desktopShows(page, []);
    await go(page);
    await desktopShows(page, [karel]);
    for (const wanted of [karel, title, karel]) await page.waitForFunction((words) => document.title === words, wanted);
    await comeBack(page);
    await desktopShows(page, []);
    await go(page);
    await desktopShows(page, [karel]);
    await call.cancel();
    call.audio.close();
    await desktopShows(page, []);
    await page.waitForFunction((words) => document.title === words, title);
  }, 60_000);

  it('a page that the browser keeps silent says so, and rings from the first click on', async () => {
    await page.evaluate(() => globalThis.keepSilent());
    const call = await calls(suite.desk.office.knownCaller);
    const words = page.getByText('The browser keeps this page silent');
    await words.waitFor();
    expect((await levelsHeard(page, 'players', [ringHz]))[0]).toBeLessThan(-60);
    const ringing = page.getByRole('region', { name: 'Somebody rings' });
    await ringing.click();
    await words.waitFor({ state: 'detached' });
    await becomes('it rings', async () => ((await levelsHeard(page, 'players', [ringHz]))[0] ?? 0) > -30);
    await call.cancel();
    call.audio.close();
    await ringing.waitFor({ state: 'detached' });
  }, 60_000);

  it('a second caller waits with their card while the talk goes on, and is shown on the desktop', async () => {
    const { provider, office } = suite.desk;
    const first = await beginTalk(page, { provider, number: office.rentedNumber, from: '+420777300011' });
    await go(page);
    const second = await calls(office.knownCaller);
    const waiting = page.getByRole('region', { name: 'Somebody rings' }).getByRole('listitem').first();
    await waiting.getByText('Růžička & Partners').waitFor();
    const key = waiting.getByRole('button', { name: 'Answer Karel Růžička' });
    await key.filter({ hasText: 'Hold and answer' }).waitFor();
    await desktopShows(page, [karel]);
    await bothHear(page, first);
    await second.cancel();
    second.audio.close();
    await desktopShows(page, []);
    await bothHear(page, first);
    await endTalk(page, first);
  }, 60_000);
});
