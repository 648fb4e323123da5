/** The language and the clock of a person: at the door, changed without a reload, and the same in their next browser. */
import type { Browser, Page } from 'playwright-core';
import { setUpTelephony, type Telephony } from '../../demo/telephony';
import { describeWithTool } from '../require-tool';
import { administrator, type DeskOffice, openDeskOffice } from './desk-office';
import { laptop, logIn, openBrowser, openPage, phone, tablet } from './open-browser';
import { deskPlaces, settingsPlaces, visit } from './places';

describeWithTool(['chromium', 'mediasoup-worker'], 'languages', () => {
  let desk: DeskOffice;
  let browser: Browser;
  let telephony: Telephony;

  beforeAll(async () => {
    desk = await openDeskOffice();
    browser = await openBrowser();
    telephony = await setUpTelephony(desk.service.api, desk.office);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await desk?.close();
  });

  it('the page changes its language without a reload, keeps it, and speaks it in the next browser', async () => {
    const first = await openPage(browser, { url: desk.service.url });
    const { page } = first;
    await logIn(page, administrator);
    await page.goto('/me');
    await page.evaluate(() => document.body.setAttribute('data-not-reloaded', ''));
    await page.getByLabel('Language', { exact: true }).selectOption('ko');
    await page.getByLabel('Time zone').fill('Asia/Seoul');
    await page.getByRole('region', { name: 'Language, clock and keys' }).getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: '내게 전화가 오는 방법' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('ko');
    expect(await page.locator('body[data-not-reloaded]').count()).toBe(1);
    expect(await page.locator('.shell').innerText()).not.toMatch(/\b(?:Leads|Calls|Forwarding|Save|Settings)\b/);
    await page.reload();
    await page.getByRole('link', { name: '통화' }).waitFor();
    await page.keyboard.type('?');
    await page.getByRole('dialog', { name: '내게 전화가 오는 방법' }).waitFor();
    expect(first.mistakes).toEqual([]);
    await page.context().close();

    const next = await openPage(browser, { url: desk.service.url });
    await next.page.goto('/');
    await next.page.getByLabel('Login').fill(administrator.login);
    await next.page.getByLabel('Password').fill(administrator.password);
    await next.page.getByRole('button', { name: 'Log in' }).click();
    await next.page.getByRole('heading', { level: 1, name: '리드' }).waitFor();
    await next.page.context().close();
    expect(next.mistakes).toEqual([]);
  });

  it.each(['cs', 'ro', 'pt', 'ko', 'th'])(
    'no words run out of the screen sideways, %s',
    async (language) => {
      const { page, mistakes } = await openPage(browser, { url: desk.service.url });
      await logInAs(page, language);
      for (const place of [...deskPlaces(desk), ...settingsPlaces(telephony)]) {
        await visit(page, place);
        for (const screen of [laptop, tablet, phone]) {
          await page.setViewportSize(screen);
          const overflowPx = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          expect({ place, width: screen.width, overflowPx }).toEqual({ place, width: screen.width, overflowPx: 0 });
        }
      }
      await page.context().close();
      expect(mistakes).toEqual([]);
    },
    120_000,
  );

  it('what is chosen at the door is spoken at once, and becomes the person’s who had not chosen', async () => {
    const person = { name: 'Somchai', login: 'somchai', password: 'somchai-has-one-9', role: 'operator' };
    await desk.service.api.post('/api/users', person);
    const { page, mistakes } = await openPage(browser, { url: desk.service.url });
    await page.goto('/');
    await page.getByLabel('Language').selectOption('th');
    await page.getByRole('heading', { name: 'เข้าสู่ระบบ Trunkline' }).waitFor();
    await page.getByLabel('ชื่อเข้าระบบ').fill(person.login);
    await page.getByLabel('รหัสผ่าน').fill(person.password);
    await page.getByRole('button', { name: 'เข้าสู่ระบบ' }).click();
    await page.getByRole('navigation').waitFor();
    const me = await page.evaluate(async () => (await fetch('/api/me')).json());
    expect(me).toMatchObject({ language: 'th' });
    expect(await page.locator('html').getAttribute('lang')).toBe('th');
    await page.context().close();
    expect(mistakes).toEqual([]);
  });
});

/** Whatever language the page begins in. */
async function logInAs(page: Page, language: string): Promise<void> {
  await page.goto('/');
  await page.locator('input[name=login]').fill(administrator.login);
  await page.locator('input[name=password]').fill(administrator.password);
  await page.locator('form button').click();
  await page.getByRole('navigation').waitFor();
  const status = await page.evaluate(async (chosen) => {
    const answer = await fetch('/api/me/preferences', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ language: chosen }),
    });
    return answer.status;
  }, language);
  expect(status).toBe(200);
}
