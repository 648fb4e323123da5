/** The pages while they are away: installed, told by the server while closed, and standing in while the service cannot be reached. */
import type { Browser, CDPSession, Page } from 'playwright-core';
import type { PushMessage } from '../../server/api/push-messages';
import { describeWithTool } from '../require-tool';
import { administrator, type DeskOffice, openDeskOffice } from './desk-office';
import { logIn, openBrowser, openPage } from './open-browser';

describeWithTool(['chromium'], 'the pages while they are away', () => {
  let desk: DeskOffice;
  let browser: Browser;
  let page: Page;
  let chromium: CDPSession;
  beforeAll(async () => {
    [desk, browser] = await Promise.all([openDeskOffice(), openBrowser()]);
    ({ page } = await openPage(browser, { url: desk.service.url }));
    await page.context().grantPermissions(['notifications'], { origin: desk.service.url });
    chromium = await page.context().newCDPSession(page);
    await logIn(page, administrator);
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await desk.close();
  });

  /** What the push service of the browser's maker would hand over, after the browser has opened it. */
  async function deliver(message: PushMessage | string): Promise<void> {
    const registered = new Promise<string>((resolve) => {
      chromium.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const [first] = registrations;
        if (first !== undefined) resolve(first.registrationId);
      });
    });
    await chromium.send('ServiceWorker.enable');
    const registrationId = await registered;
    const data = typeof message === 'string' ? message : JSON.stringify(message);
    await chromium.send('ServiceWorker.deliverPushMessage', { origin: desk.service.url, registrationId, data });
    await chromium.send('ServiceWorker.disable');
  }

  /** Waits for a notice with this tag and title to be on the screen, alone with its tag. */
  const shown = (tag: string, title: string, stays: boolean) =>
    page.waitForFunction(
      async (wanted) => {
        const worker = await navigator.serviceWorker.ready;
        const notices = await worker.getNotifications({ tag: wanted.tag });
        return (
          notices.length === 1 &&
          notices.every((one) => one.title === wanted.title && one.requireInteraction === wanted.stays)
        );
      },
      { tag, title, stays },
    );

  it('can be installed', async () => {
    const { installabilityErrors } = await chromium.send('Page.getInstallabilityErrors');
    // A test's window keeps nothing after it closes, and is not installed for that reason alone.
    expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
    const { errors, data } = await chromium.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    expect(JSON.parse(data ?? '{}')).toMatchObject({ display: 'standalone', start_url: '/' });
  });

  it('a call is shown with a button to answer, and one that is over takes its place', async () => {
    const call = { tag: 'call-7', path: '/leads', rings: true, answer: { title: 'Answer', path: '/calls' } };
    await deliver({ ...call, title: 'Jana Nováková calls', body: '+420 777 123 456' });
    await shown('call-7', 'Jana Nováková calls', true);
    await deliver({ tag: 'call-7', path: '/leads', rings: false, title: 'Missed call', body: 'Jana Nováková' });
    await shown('call-7', 'Missed call', false);
  });

  it('what it cannot read shows nothing and breaks nothing', async () => {
    await deliver('no JSON');
    await deliver({ tag: 'lead-1', path: '/leads', rings: false, title: 'A new lead is yours', body: 'Web form' });
    await shown('lead-1', 'A new lead is yours', false);
  });

  it('while the service is away it says so in the language of the browser, and comes back by itself', async () => {
    await desk.service.stop();
    await page.goto('/clients');
    await page.getByRole('heading', { name: 'Trunkline cannot be reached' }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    await desk.restart();
    await page.getByRole('heading', { name: 'Clients' }).waitFor({ timeout: 30_000 });
  });
});
