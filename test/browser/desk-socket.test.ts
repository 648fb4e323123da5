/**
 * The page at the desk socket: badges and calls come by it without a question, by REST while it is refused, and by it again when
 * the service is back. The page's clock is moved, so that what it would ask in half a minute is asked at once.
 */
import type { Browser, Page, Request } from 'playwright-core';
import { describeWithTool } from '../require-tool';
import { clock, type DeskOffice, giveUp, openDeskOffice } from './desk-office';
import { logIn, openBrowser, openPage } from './open-browser';

/** Each test goes on from the one before. */
jest.retryTimes(0);

describeWithTool(['chromium', 'mediasoup-worker'], 'the desk socket of a page', () => {
  let desk: DeskOffice;
  let browser: Browser;

  beforeAll(async () => {
    desk = await openDeskOffice();
    browser = await openBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await desk?.close();
  });

  interface Watched {
    readonly page: Page;
    /** Paths that were asked for what the socket tells. */
    readonly asked: string[];
    /** The next desk socket that is welcomed, and all counts were told. */
    readonly told: () => Promise<void>;
  }

  async function open(): Promise<Watched> {
    const { page } = await openPage(browser, { url: desk.service.url });
    await page.clock.install();
    const asked: string[] = [];
    page.on('request', (request: Request) => {
      const { pathname } = new URL(request.url());
      if (pathname === '/api/live' || pathname === '/api/me/desk') asked.push(pathname);
    });
    const told = (): Promise<void> =>
      new Promise((resolve) => {
        page.on('websocket', (socket) => {
          if (!socket.url().endsWith('/api/desk')) return;
          socket.on('framereceived', ({ payload }) => {
            if (String(payload).includes('"type":"desk"')) resolve();
          });
        });
      });
    return { page, asked, told };
  }

  const badge = (page: Page, count: number) =>
    page
      .getByRole('navigation', { name: 'Main' })
      .getByText(`${count} missed ${count === 1 ? 'call' : 'calls'} nobody has followed up`)
      .waitFor({ state: 'attached' });

  it('tells missed calls as they happen, and nobody asks for them', async () => {
    const { page, asked, told } = await open();
    const isTold = told();
    await logIn(page, desk.office.person);
    await isTold;
    await giveUp(desk, '777300001');
    await badge(page, 1);
    asked.length = 0; // by then all parts of the window are there, each of which asks once
    // Without a word for 25 s by its clock the page would take the socket for dead; the server speaks every 7 s.
    await page.clock.runFor(15_000);
    await giveUp(desk, '777300002');
    await badge(page, 2);
    expect(asked).toEqual([]);
    await page.close();
  });

  it('is done without where it is refused: the page asks by REST', async () => {
    const { page, asked } = await open();
    await page.routeWebSocket('**/api/desk', (socket) => socket.close());
    await logIn(page, desk.office.person);
    await badge(page, 2);
    await giveUp(desk, '777300003');
    await page.clock.runFor(5_000);
    await badge(page, 3);
    await page.clock.runFor(20_000);
    expect(asked.filter((path) => path === '/api/live').length).toBeGreaterThan(2);
    expect(asked.filter((path) => path === '/api/me/desk').length).toBeGreaterThan(2);
    await page.close();
  });

  it('is back within five seconds of the return of the service', async () => {
    const { page, told } = await open();
    const isTold = told();
    await logIn(page, desk.office.person);
    await isTold;
    await desk.service.stop();
    const isToldAgain = told();
    await desk.restart();
    const returnedAt = clock.now();
    await isToldAgain;
    expect(clock.now() - returnedAt).toBeLessThan(5_000);
    await page.close();
  }, 60_000);

  it('ends with the log-in, on every page of it', async () => {
    const { page, told } = await open();
    const isTold = told();
    await logIn(page, desk.office.person);
    await isTold;
    const other = await page.context().newPage();
    await other.goto('/');
    await other.getByRole('heading', { name: 'Leads' }).waitFor();
    await other.evaluate(() =>
      fetch('/api/logout', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }),
    );
    for (const one of [page, other]) await one.getByRole('button', { name: 'Log in' }).waitFor();
    await page.context().close();
  });
});
