/** What issue G asks of the page, on real calls: the new lead is marked, the card has the call, the recording is heard. */
import type { Browser, Page, Response } from 'playwright-core';
import { describeWithTool } from '../require-tool';
import { type DeskOffice, endedCall, endTalk, openDeskOffice, pause, startTalk } from './desk-office';
import { logIn, type OpenedPage, openBrowser, openPage } from './open-browser';

const talkMs = 3_500;

describeWithTool(['chromium', 'mediasoup-worker'], 'calls and cards in the browser', () => {
  let desk: DeskOffice;
  let browser: Browser;
  let opened: OpenedPage;
  let page: Page;

  beforeAll(async () => {
    desk = await openDeskOffice();
    browser = await openBrowser();
    for (const caller of [desk.office.knownCaller, desk.office.unknownCaller]) {
      const talk = await startTalk(desk, caller);
      await pause(talkMs);
      await endTalk(talk);
      await endedCall(desk, caller);
    }
    opened = await openPage(browser, { url: desk.service.url });
    page = opened.page;
    await logIn(page, desk.office.person);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await desk?.close();
  });

  afterEach(() => expect(opened.mistakes.splice(0)).toEqual([]));

  it('marks the lead of an unknown caller as new until somebody opens it', async () => {
    await page.goto('/leads');
    const row = page.getByRole('row').nth(1);
    await row.getByText('New', { exact: true }).first().waitFor();
    await row.getByText('+420 777 123 456').first().waitFor();
    await page.getByRole('navigation', { name: 'Main' }).getByText('1 new lead').waitFor({ state: 'attached' });
    await row.getByRole('link').click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('navigation', { name: 'Main' }).getByText('1 new lead').waitFor({ state: 'detached' });
    await page.goto('/leads');
    await page.getByRole('row').nth(1).waitFor();
    expect(await page.locator('.new-mark').count()).toBe(0);
  });

  it('shows the call on the card and plays its recording, and a jump asks only for that part of the file', async () => {
    await page.goto(`/contacts/${desk.office.contactId}`);
    const entry = page.locator('.entry').first();
    await entry.getByText('Caller hung up').waitFor();
    await entry.getByText('Anna Dvořáková').waitFor();
    const asked: { readonly status: number; readonly range: string }[] = [];
    const look = (response: Response): void => {
      if (!response.url().endsWith('/audio')) return;
      asked.push({ status: response.status(), range: response.request().headers()['range'] ?? '' });
    };
    page.on('response', look);
    await entry.getByRole('button', { name: /^Play the recording/ }).click();
    await page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 0.3);
    const length = await page.evaluate(() => document.querySelector('audio')?.duration ?? 0);
    expect(length).toBeGreaterThan(talkMs / 1000 - 1);
    await page.getByRole('slider', { name: 'Position' }).fill('2.5');
    await page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 2.6);
    await page.getByRole('button', { name: 'Pause' }).click();
    page.off('response', look);
    expect(asked.length).toBeGreaterThan(0);
    for (const { status, range } of asked) expect([status, range]).toEqual([206, expect.stringMatching(/^bytes=\d+-/)]);
  });

  it('hears one side alone, and faster', async () => {
    const client = page.getByRole('button', { name: 'Client', exact: true });
    await client.click();
    expect(await client.getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('button', { name: 'Speed 1×' }).click();
    await page.getByRole('button', { name: 'Speed 1.5×' }).waitFor();
    await page.getByRole('slider', { name: 'Position' }).fill('0');
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 0.5);
    expect(await page.evaluate(() => document.querySelector('audio')?.playbackRate)).toBe(1.5);
  });

  it('saves a recording as MP3 made in the browser', async () => {
    await page.getByRole('button', { name: 'Save the recording' }).click();
    await page.getByText(/GPL-2.0-or-later/).waitFor();
    const saved = page.waitForEvent('download', { timeout: 30_000 });
    await page.getByRole('menuitem', { name: 'Save as MP3' }).click();
    const download = await saved;
    expect(download.suggestedFilename()).toMatch(/^call-\d{4}-.*\.mp3$/);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk));
    const mp3 = Buffer.concat(chunks);
    const isMp3 = mp3.toString('latin1', 0, 3) === 'ID3' || mp3.readUInt16BE(0) >> 5 === 0x7ff;
    expect(isMp3).toBe(true);
    // 64 kbit/s: 8 kB a second.
    expect(mp3.length).toBeGreaterThan((talkMs / 1000 - 1) * 8000);
  }, 45_000);

  it('names the person on the company’s card', async () => {
    await page.goto('/clients?show=companies');
    await page.getByRole('link', { name: 'Růžička & Partners' }).click();
    const entry = page.locator('.entry').first();
    await entry.getByRole('link', { name: 'Karel Růžička' }).waitFor();
  });

  it('finds a client by a piece of the name or of the number, from the keyboard alone', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('růži');
    await page.getByRole('option', { name: /Karel Růžička/ }).waitFor();
    await page.getByRole('combobox').first().fill('602 111');
    await page.getByRole('option').first().filter({ hasText: 'Karel Růžička' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Karel Růžička' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/contacts/${desk.office.contactId}`);
  });

  it('shows a call that goes on, and plays what is recorded so far', async () => {
    const talk = await startTalk(desk, '+420777999888');
    await page.goto('/calls');
    const live = page.getByRole('region', { name: 'Calls going on now' });
    await live.getByText('Talking').waitFor();
    await pause(1_500);
    await live.getByRole('link').first().click();
    const entry = page.locator('.entry').first();
    await entry.getByText('Talking').waitFor();
    await entry.getByRole('button', { name: /^Play the recording/ }).click();
    await page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 0.3);
    await endTalk(talk);
    await entry.getByText('Caller hung up').waitFor();
  });

  it('lists calls by how they ended', async () => {
    await page.goto('/calls');
    await page.getByRole('row').nth(3).waitFor();
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByLabel('How it ended').selectOption('Busy');
    await page.getByText('Nothing matches').waitFor();
    await page.getByLabel('How it ended').selectOption('Caller hung up');
    await page.getByRole('row').nth(3).waitFor();
    expect(new URL(page.url()).search).toBe('?ended=caller-hung-up');
  });

  it('converts a lead, and its call goes along', async () => {
    await page.goto('/leads');
    await page.getByRole('row').filter({ hasText: '+420 777 123 456' }).getByRole('link').click();
    await page.getByRole('button', { name: 'Convert' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name of the contact').fill('Jana Bílá');
    await dialog.getByLabel('Begin a deal').fill('Roof repair');
    await dialog.getByRole('button', { name: 'Convert' }).click();
    await page.getByRole('heading', { level: 1, name: 'Jana Bílá' }).waitFor();
    await page.locator('.entry').first().getByText('Caller hung up').waitFor();
    await page.getByRole('link', { name: 'Roof repair' }).waitFor();
  });

  it('keeps notes and changed fields', async () => {
    await page.getByLabel('Notes').fill('Prefers calls after ten.');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Save' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('dialog').getByLabel('E-mail').fill('jana@example.org');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'jana@example.org' }).waitFor();
    await page.reload();
    await page.getByRole('link', { name: 'jana@example.org' }).waitFor();
    expect(await page.getByLabel('Notes').inputValue()).toBe('Prefers calls after ten.');
  });
});
