/**
 * What fits on a screen: 20 rows of a list and 10 calls of a card on a small laptop; on a tablet and a phone nothing runs out
 * sideways; every control has a name for screen readers; a list works from the keyboard.
 */
import type { Browser, Page } from 'playwright-core';
import { setUpTelephony, type Telephony } from '../../demo/telephony';
import { describeWithTool } from '../require-tool';
import { administrator, type DeskOffice, endedCall, giveUp, openDeskOffice } from './desk-office';
import { laptop, logIn, openBrowser, openPage, phone, type Screen, tablet } from './open-browser';
import { deskPlaces, settingsPlaces } from './places';

const leadsMade = 30;
const callsMade = 12;

describeWithTool(['chromium', 'mediasoup-worker'], 'screens', () => {
  let desk: DeskOffice;
  let browser: Browser;
  let telephony: Telephony;

  beforeAll(async () => {
    desk = await openDeskOffice();
    browser = await openBrowser();
    telephony = await setUpTelephony(desk.service.api, desk.office);
    for (let count = 0; count < leadsMade; count += 1) {
      await desk.service.api.post('/api/leads', { title: `Lead ${count}`, phones: [`60212${1000 + count}`] });
    }
    for (let count = 0; count < callsMade; count += 1) await giveUp(desk, desk.office.knownCaller);
    await endedCall(desk, desk.office.knownCaller);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await desk?.close();
  });

  const onScreen = async (screen: Screen, look: (page: Page) => Promise<void>): Promise<void> => {
    const { page, mistakes } = await openPage(browser, { url: desk.service.url, screen });
    await logIn(page, administrator);
    await look(page);
    await page.context().close();
    expect(mistakes).toEqual([]);
  };

  it('shows 20 rows of a list and 10 calls of a card on a small laptop', () =>
    onScreen(laptop, async (page) => {
      await page.getByText('Lead 29').waitFor();
      expect(await wholeInSight(page, '.list-row')).toBeGreaterThanOrEqual(20);
      await page.goto(`/contacts/${desk.office.contactId}`);
      await page
        .locator('.entry')
        .nth(callsMade - 1)
        .waitFor();
      expect(await wholeInSight(page, '.entry-line')).toBeGreaterThanOrEqual(10);
    }));

  it('moves through a list with the arrow keys and opens a row with Enter', () =>
    onScreen(laptop, async (page) => {
      await page.getByRole('link', { name: 'Lead 29' }).focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: 'Lead 28' }).waitFor();
    }));

  it.each([
    ['laptop', laptop],
    ['tablet', tablet],
    ['phone', phone],
  ] as const)(
    'runs out nowhere sideways and names every control, %s',
    (_name, screen) =>
      onScreen(screen, async (page) => {
        for (const place of [...deskPlaces(desk), ...settingsPlaces(telephony)]) {
          await page.goto(place);
          await page.getByRole('heading', { level: 1 }).waitFor();
          await page.waitForFunction(() => document.querySelector('.spinner') === null);
          expect({ place, ...(await page.evaluate(lookAround)) }).toEqual({ place, overflowPx: 0, nameless: [] });
        }
      }),
    60_000,
  );
});

function wholeInSight(page: Page, selector: string): Promise<number> {
  return page.locator(selector).evaluateAll((elements) => {
    const boxes = elements.map((element) => element.getBoundingClientRect());
    return boxes.filter((box) => box.top >= 0 && box.bottom <= innerHeight).length;
  });
}

/** Runs in the page. */
function lookAround(): { overflowPx: number; nameless: string[] } {
  const controls = [
    ...document.querySelectorAll<HTMLElement>('button, a[href], input:not([type=hidden]), select, textarea'),
  ];
  const nameOf = (element: HTMLElement): string => {
    const labels = 'labels' in element && element.labels instanceof NodeList ? [...element.labels] : [];
    const words = [
      element.getAttribute('aria-label'),
      element.textContent,
      ...labels.map((label) => label.textContent),
    ];
    return words.join('').trim();
  };
  const nameless = controls.filter((element) => nameOf(element) === '').map((element) => element.outerHTML);
  return { overflowPx: document.documentElement.scrollWidth - innerWidth, nameless };
}
