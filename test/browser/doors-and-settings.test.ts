/** Logging in and being refused, the administrator's settings, and a server that goes away and comes back. */
import type { Browser, Page } from 'playwright-core';
import { describeWithTool } from '../require-tool';
import { administrator, type DeskOffice, openDeskOffice } from './desk-office';
import { logIn, openBrowser, openPage, tryLogIn } from './open-browser';

const password = 'a-first-password';

describeWithTool(['chromium', 'mediasoup-worker'], 'doors and settings in the browser', () => {
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

  /** Runs a test in a window of its own and looks that nothing went wrong in it. */
  const inPage = (test: (page: Page) => Promise<void>) => async (): Promise<void> => {
    const { page, mistakes } = await openPage(browser, { url: desk.service.url });
    await test(page);
    await page.context().close();
    expect(mistakes).toEqual([]);
  };
  const addUser = (login: string, more: object = {}): Promise<unknown> =>
    desk.service.api.post('/api/users', { name: `Person ${login}`, login, password, role: 'operator', ...more });

  it(
    'says that login or password is wrong, and lets the right one in',
    inPage(async (page) => {
      await tryLogIn(page, { login: 'anna', password: 'wrong' });
      await page.getByText('Login or password is wrong.').waitFor();
      await page.getByLabel('Password').fill(desk.office.person.password);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Leads' }).waitFor();
      expect(await page.getByRole('link', { name: 'Settings' }).count()).toBe(0);
    }),
  );

  it(
    'insists on a new password where one must be chosen',
    inPage(async (page) => {
      await addUser('fresh', { mustChangePassword: true });
      await tryLogIn(page, { login: 'fresh', password });
      await page.getByText('choose a password that only you know').waitFor();
      await page.getByLabel('Current password').fill(password);
      await page.getByLabel('New password', { exact: true }).fill('my-own-password');
      await page.getByLabel('New password again').fill('my-own-passwort');
      await page.getByRole('button', { name: 'Change password' }).click();
      await page.getByText('The two are not the same.').waitFor();
      await page.getByLabel('New password again').fill('my-own-password');
      await page.getByRole('button', { name: 'Change password' }).click();
      await page.getByRole('heading', { name: 'Leads' }).waitFor();
    }),
  );

  it(
    'says when to try again after too many attempts',
    inPage(async (page) => {
      await addUser('guessed');
      const attempt = (guess: string) =>
        fetch(`${desk.service.url}/api/login`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ login: 'guessed', password: guess }),
        });
      for (let guess = 0; guess < 10; guess += 1) await attempt(`wrong-${guess}`);
      await tryLogIn(page, { login: 'guessed', password });
      await page.getByText(/Too many attempts\. Try again in (a minute|\d+ minutes)\./).waitFor();
    }),
  );

  it(
    'sets from where a role may log in, refuses to shut out its author, and tells the refused person why',
    inPage(async (page) => {
      await logIn(page, administrator);
      await page.getByRole('link', { name: 'Settings' }).click();
      await page.getByRole('link', { name: 'Log-in addresses' }).click();
      await page.getByRole('textbox', { name: 'Administrator' }).fill('10.0.0.0/8');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('This rule would shut you out of the address you are at.').waitFor();
      await page.getByRole('textbox', { name: 'Administrator' }).fill('');
      await page.getByRole('textbox', { name: 'Operator' }).fill('192.0.2.0/24');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved').waitFor();
      await addUser('far');
      const other = await openPage(browser, { url: desk.service.url });
      await tryLogIn(other.page, { login: 'far', password });
      await other.page.getByText('You may not log in from this address.').waitFor();
      await other.page.context().close();
      await page.getByRole('textbox', { name: 'Operator' }).fill('');
      await page.getByRole('button', { name: 'Save' }).click();
    }),
  );

  it(
    'adds a person and a phone, whose password is shown once with the lines to type',
    inPage(async (page) => {
      await logIn(page, administrator);
      await page.goto('/settings/people');
      await page.getByRole('button', { name: 'Add person' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name', { exact: true }).fill('Petr Malý');
      await dialog.getByLabel('Login').fill('anna');
      await dialog.getByLabel('With a password that I tell them').check();
      await dialog.getByLabel('First password').fill(password);
      await dialog.getByLabel('Extension').fill('102');
      await dialog.getByRole('button', { name: 'Add' }).click();
      await dialog.locator('.field-wrong, .form-problem').first().waitFor();
      await dialog.getByLabel('Login').fill('petr');
      await dialog.getByRole('button', { name: 'Add' }).click();
      await page.getByRole('heading', { level: 1, name: 'Petr Malý' }).waitFor();
      await page.getByRole('button', { name: 'Add a phone' }).click();
      await page.getByRole('dialog').getByLabel('Which phone is it?').fill('Desk phone');
      await page.getByRole('dialog').getByRole('button', { name: 'Add' }).click();
      await page.getByText('The password is shown this once.').waitFor();
      const lines = await page.locator('.setup-line code').allTextContents();
      expect(lines).toHaveLength(5);
      expect(lines[2]).toMatch(/^102-/);
      expect(lines[4]?.length).toBeGreaterThan(11);
      await page.getByRole('button', { name: 'I have typed it in' }).click();
      await page.getByRole('cell', { name: 'Desk phone', exact: true }).waitFor();
    }),
  );

  it(
    'adds a trunk and a number with its route',
    inPage(async (page) => {
      await logIn(page, administrator);
      await page.goto('/settings/trunks');
      await page.getByRole('button', { name: 'Add trunk' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Kind').selectOption('address');
      await dialog.getByLabel('Name', { exact: true }).fill('Second provider');
      await dialog.getByLabel('Host').fill('127.0.0.1');
      await dialog.getByLabel('Port', { exact: true }).fill('5999');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('button', { name: 'Second provider', exact: true }).waitFor();
      await page.getByRole('link', { name: 'Numbers' }).click();
      await page.getByRole('button', { name: 'Add number' }).click();
      await dialog.getByLabel('Number', { exact: true }).fill('+420 210 000 002');
      await dialog.getByLabel('Trunk').selectOption('Second provider');
      await dialog.getByLabel('Person').selectOption('Anna Dvořáková');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('row').filter({ hasText: '+420 210 000 002' }).getByText('Anna Dvořáková').waitFor();
    }),
  );

  it(
    'edits the lead statuses, and keeps one that is in use',
    inPage(async (page) => {
      await desk.service.api.post('/api/leads', { title: 'In the first status' });
      await logIn(page, administrator);
      await page.goto('/settings/lists');
      const list = page.getByRole('region', { name: 'Lead statuses' });
      await list.getByRole('button', { name: 'Add' }).click();
      await list.getByLabel('Name').last().fill('Call later');
      await list.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved').waitFor();
      await list.getByRole('button', { name: /^Remove New/ }).click();
      await list.getByRole('button', { name: 'Save' }).click();
      await list.getByRole('alert').waitFor();
    }),
  );

  it(
    'says when the server is gone, and goes on when it is back',
    inPage(async (page) => {
      await logIn(page, administrator);
      await desk.service.stop();
      await page.getByText('The server does not answer.').waitFor();
      await desk.restart();
      await page.getByText('Connected again').waitFor();
      await page.getByText('In the first status').waitFor();
    }),
  );

  it(
    'keeps the chosen look',
    inPage(async (page) => {
      await logIn(page, administrator);
      await page.getByRole('button', { name: /^Menu of/ }).click();
      await page.getByRole('menuitemradio', { name: 'Dark' }).click();
      await page.reload();
      await page.getByRole('heading', { name: 'Leads' }).waitFor();
      expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(20, 23, 28)');
    }),
  );
});
