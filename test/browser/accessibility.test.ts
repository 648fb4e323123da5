/**
 * WCAG 2.2 AA on every page, by axe in Chromium: three screens, light and dark, dialogs and menus too; and what axe cannot see:
 * the focus comes back when a dialog closes, nothing moves for those who asked for stillness, single keys can be turned off.
 */
import axe, { type AxeResults, type RunOptions } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { setUpTelephony, type Telephony } from '../../demo/telephony';
import { describeWithTool } from '../require-tool';
import { administrator, type DeskOffice, endedCall, giveUp, openDeskOffice } from './desk-office';
import { laptop, logIn, type OpenedPage, openBrowser, openPage, phone, type Screen, tablet } from './open-browser';
import { deskPlaces, settingsPlaces } from './places';

const rules: RunOptions = {
  runOnly: {
    type: 'tag',
    values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'],
  },
  resultTypes: ['violations'],
};
/** A menu lies above the page and outside its landmarks. */
const layerRules: RunOptions = { ...rules, rules: { region: { enabled: false } } };
/** In the dark only colours are other ones. */
const colours: RunOptions = { runOnly: { type: 'rule', values: ['color-contrast'] }, resultTypes: ['violations'] };
const screens: readonly (readonly [name: string, screen: Screen])[] = [
  ['laptop', laptop],
  ['tablet', tablet],
  ['phone', phone],
];

describeWithTool(['chromium', 'mediasoup-worker'], 'accessibility', () => {
  let desk: DeskOffice;
  let browser: Browser;
  let telephony: Telephony;
  let opened: OpenedPage;
  let page: Page;

  beforeAll(async () => {
    desk = await openDeskOffice();
    browser = await openBrowser();
    telephony = await setUpTelephony(desk.service.api, desk.office);
    await giveUp(desk, desk.office.knownCaller);
    await endedCall(desk, desk.office.knownCaller);
    opened = await openPage(browser, { url: desk.service.url });
    page = opened.page;
    await logIn(page, administrator);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await desk?.close();
  });

  it('is kept on every page, on three screens, light and dark', async () => {
    const found: string[] = [];
    for (const place of [...deskPlaces(desk), ...settingsPlaces(telephony)]) {
      await page.goto(place);
      await settled(page).catch((error: unknown) => {
        throw new Error(`${place} did not come`, { cause: error });
      });
      for (const [name, screen] of screens) {
        await page.setViewportSize(screen);
        found.push(...(await violations(page, { options: rules, where: `${place} ${name}` })));
        await page.emulateMedia({ colorScheme: 'dark' });
        found.push(...(await violations(page, { options: colours, where: `${place} ${name} dark` })));
        await page.emulateMedia({ colorScheme: 'light' });
      }
    }
    await page.setViewportSize(laptop);
    expect(found).toEqual([]);
    expect(opened.mistakes).toEqual([]);
  }, 400_000);

  it('is kept at the door', async () => {
    const door = await openPage(browser, { url: desk.service.url });
    await door.page.goto('/');
    await door.page.getByLabel('Login').waitFor();
    expect(await violations(door.page, { options: rules, where: 'log-in' })).toEqual([]);
    await door.page.context().close();
  });

  it.each([
    ['the help', 'Help of this page'],
    ['a new lead', 'New lead'],
    ['the notices', 'Notices'],
    ['the menu of the person', /^Menu of/],
  ])('is kept in %s, and the focus comes back', async (_what, name) => {
    await page.goto('/leads');
    await settled(page);
    const button = page.getByRole('button', { name, exact: true });
    await button.click();
    const layer = page.locator('[role=dialog], [role=menu]');
    await layer.waitFor();
    await page.waitForFunction(() => document.querySelector('.spinner') === null);
    expect(await violations(page, { options: layerRules, where: String(name) })).toEqual([]);
    await page.keyboard.press('Escape');
    await layer.waitFor({ state: 'detached' });
    await page.waitForFunction((element) => element === document.activeElement, await button.elementHandle());
  });

  it('is kept on the phone: where one dials, and while somebody rings', async () => {
    const own = await openPage(browser, { url: desk.service.url });
    await logIn(own.page, desk.office.person);
    await own.page.getByRole('button', { name: /^Phone\. Headset: ready/ }).click();
    await own.page.getByRole('form', { name: 'Dial' }).waitFor();
    expect(await violations(own.page, { options: rules, where: 'dial' })).toEqual([]);
    const outside = await desk.provider.call(desk.office.rentedNumber, { from: desk.office.knownCaller });
    outside.answered.catch(() => undefined); // it never will be
    await own.page.locator('.pcall-incoming .client-facts').waitFor();
    const found: string[] = [];
    for (const [name, screen] of screens) {
      await own.page.setViewportSize(screen);
      found.push(...(await violations(own.page, { options: rules, where: `ringing ${name}` })));
      await own.page.emulateMedia({ colorScheme: 'dark' });
      found.push(...(await violations(own.page, { options: colours, where: `ringing ${name} dark` })));
      await own.page.emulateMedia({ colorScheme: 'light' });
    }
    await outside.cancel();
    await outside.ended;
    outside.audio.close();
    await own.page.context().close();
    expect(found).toEqual([]);
    expect(own.mistakes).toEqual([]);
  });

  it('does without movement for those who asked for it', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto('/leads');
    await settled(page);
    const moving = await page.evaluate(
      () =>
        [...document.querySelectorAll('*')].filter((element) => {
          const style = getComputedStyle(element);
          const lengths = `${style.transitionDuration}, ${style.animationDuration}`.split(', ');
          return lengths.some((length) => Number.parseFloat(length) > 0.001);
        }).length,
    );
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    expect(moving).toBe(0);
  });

  it('can be done without a mouse: keys go to pages and open the help, but not while one types', async () => {
    await page.goto('/leads');
    await settled(page);
    await page.keyboard.type('gc');
    await page.getByRole('heading', { level: 1, name: 'Calls' }).waitFor();
    await page.keyboard.type('/g?');
    expect(await page.getByRole('combobox', { name: 'Search clients' }).inputValue()).toBe('g?');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.keyboard.type('?');
    await page.getByRole('dialog', { name: 'Calls' }).getByText('The calls that you may see').waitFor();
    await page.keyboard.press('Escape');
  });

  it('lets single keys be turned off', async () => {
    await page.goto('/me');
    await settled(page);
    await page.getByRole('checkbox', { name: /^Single keys/ }).uncheck();
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.type('gc?');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.getByRole('checkbox', { name: /^Single keys/ }).check();
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.type('gc');
    await page.getByRole('heading', { level: 1, name: 'Calls' }).waitFor();
  });
});

async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForFunction(() => document.querySelector('.spinner') === null);
}

interface Look {
  readonly options: RunOptions;
  readonly where: string;
}

/** One line for each rule that is broken, with the elements that break it. */
async function violations(page: Page, { options, where }: Look): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const results = await page.evaluate<AxeResults, RunOptions>(
    (chosen) => (window as unknown as { axe: { run: (options: RunOptions) => Promise<AxeResults> } }).axe.run(chosen),
    options,
  );
  return results.violations.map(({ id, nodes }) => `${where}: ${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
