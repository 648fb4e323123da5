/**
 * Opening hours, a queue, a menu and a number's route set up with the pages alone, and the way of a call asked for; the
 * picture of the route from the keyboard; what a form refuses and why, and that nothing typed is lost.
 */
import type { Browser, Locator, Page } from 'playwright-core';
import { describeWithTool } from '../require-tool';
import { administrator, type DeskOffice, openDeskOffice } from './desk-office';
import { logIn, type OpenedPage, openBrowser, openPage } from './open-browser';

describeWithTool(['chromium', 'mediasoup-worker'], 'routes in the browser', () => {
  let desk: DeskOffice;
  let browser: Browser;
  let opened: OpenedPage;
  let page: Page;

  beforeAll(async () => {
    desk = await openDeskOffice();
    browser = await openBrowser();
    opened = await openPage(browser, { url: desk.service.url });
    page = opened.page;
    await logIn(page, administrator);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await desk?.close();
  });

  afterEach(() => expect(opened.mistakes.splice(0)).toEqual([]));

  const save = () => page.getByRole('button', { name: 'Save' }).click();
  const steps = (): Locator => page.getByRole('list', { name: 'Steps' });
  const way = (): Locator => page.getByRole('list', { name: 'The way of the call' });

  it('sets opening hours, and says at once what it cannot read', async () => {
    await page.goto('/settings/hours');
    await page.getByText('No opening hours yet').waitFor();
    await page.getByRole('link', { name: 'Add opening hours' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Office hours');
    await page.getByLabel('Time zone').fill('Europe/Prague');
    const tuesday = page.getByRole('textbox', { name: 'Tuesday' });
    await tuesday.fill('nine to five');
    await page.getByText('Cannot read “ninetofive”.').waitFor();
    await save();
    expect(new URL(page.url()).pathname).toBe('/settings/hours/new');
    await tuesday.fill('8-12, 13-17:30');
    await page.getByText('Cannot read').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Add a day' }).click();
    await page.getByLabel('Day', { exact: true }).fill('2026-12-24');
    await page.getByLabel('each year').check();
    await page.getByLabel('What day it is').fill('Christmas Eve');
    await save();
    await page.getByRole('heading', { level: 1, name: 'Office hours' }).waitFor();
    const [calendar] = (await desk.service.api.get<{ items: Record<string, unknown>[] }>('/api/calendars')).items;
    expect(calendar).toMatchObject({
      name: 'Office hours',
      zone: 'Europe/Prague',
      exceptions: [{ date: '12-24', name: 'Christmas Eve', open: [] }],
    });
    expect(calendar?.['week']).toEqual([
      [{ from: '09:00', to: '17:00' }],
      [
        { from: '08:00', to: '12:00' },
        { from: '13:00', to: '17:30' },
      ],
      ...Array.from({ length: 3 }, () => [{ from: '09:00', to: '17:00' }]),
      [],
      [],
    ]);
  });

  it('turns the switch of the hours in their list', async () => {
    await page.goto('/settings/hours');
    const row = page.getByRole('row').filter({ hasText: 'Office hours' });
    await row.getByRole('radio', { name: 'Closed' }).check({ force: true });
    await row.getByText('by hand').waitFor();
    await row.getByRole('radio', { name: 'By the plan' }).check({ force: true });
    await row.getByText('by hand').waitFor({ state: 'detached' });
  });

  it('sets up a queue with its agent', async () => {
    await page.goto('/settings/queues/new');
    await page.getByLabel('Name', { exact: true }).fill('Sales');
    await page.getByLabel('Add to: Agents').selectOption('Anna Dvořáková');
    await save();
    await page.getByRole('heading', { level: 1, name: 'Sales' }).waitFor();
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('button', { name: 'Log out' }).waitFor();
    await page.getByText(/^0 waiting/).waitFor();
  });

  it('builds a route step by step, each shown in the picture, and keeps back one in which nobody rings', async () => {
    await page.goto('/settings/routes/new');
    await page.getByLabel('Name', { exact: true }).fill('Main line');
    await page.getByLabel('Add a step').selectOption('hours');
    await page.getByLabel('When open').selectOption('+menu');
    await page.getByLabel('When closed').selectOption('+hang-up');
    await steps()
      .getByRole('button', { name: /^2 Menu/ })
      .click();
    await page.getByLabel('For', { exact: true }).fill('Sales');
    await page.getByLabel('Key 1 leads to').selectOption('+queue');
    await page.getByRole('button', { name: 'Add a key' }).click();
    await page.getByLabel('Key', { exact: true }).last().fill('1');
    await page.getByText('Key 1 is there twice.').waitFor();
    await page.getByLabel('Key', { exact: true }).last().fill('2');
    await page.getByText('Key 1 is there twice.').waitFor({ state: 'detached' });
    await page.getByLabel('Key 2 leads to').selectOption('+ring');
    await page.getByLabel('If nothing is pressed').selectOption({ label: '4 · Queue Sales' });
    await save();
    // It goes to the step that keeps it back.
    await page.getByText('Nobody rings: add a person or a group.').waitFor();
    await page.getByLabel('Add to: Who rings').selectOption('Anna Dvořáková');
    await page.getByText('Nobody rings').waitFor({ state: 'detached' });
    await save();
    await page.getByRole('heading', { level: 1, name: 'Main line' }).waitFor();
    const picture = page.getByRole('region', { name: 'Picture of the route' });
    expect(await picture.getByRole('button').allInnerTexts()).toEqual([
      expect.stringContaining('1 · Opening hours'),
      expect.stringContaining('2 · Menu'),
      expect.stringContaining('3 · Hang up'),
      expect.stringContaining('4 · Queue'),
      expect.stringContaining('5 · Ring'),
    ]);
  });

  it('opens a step from the picture with the keyboard', async () => {
    const box = page.getByRole('region', { name: 'Picture of the route' }).getByRole('button', { name: /4 · Queue/ });
    await box.focus();
    await page.keyboard.press('Enter');
    await steps()
      .getByRole('button', { name: /^4 Queue/, expanded: true })
      .waitFor();
    expect(await box.getAttribute('aria-current')).toBe('step');
  });

  it('leads a number to the route, with a fallback', async () => {
    await page.goto('/settings/numbers');
    await page.getByRole('button', { name: '+420 210 000 001', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Calls go to').selectOption('A route of steps');
    await dialog.getByLabel('If nobody takes it').selectOption('A person');
    await dialog.getByLabel('Person').selectOption('Anna Dvořáková');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('row').filter({ hasText: '+420 210 000 001' }).getByText('Main line').waitFor();
  });

  it('explains which way a call would go and why, and lights it in the picture', async () => {
    await page.goto('/settings/routes');
    await page.getByRole('link', { name: 'Main line' }).click();
    await page.getByLabel('Time', { exact: true }).fill('2026-11-23T10:00'); // a Monday
    await page.getByLabel('Keys pressed').fill('1');
    await page.getByRole('button', { name: 'Explain' }).click();
    await way().getByText('open: Monday').waitFor();
    await way().getByText('presses 1').waitFor();
    await way().getByText('waits in Sales').waitFor();
    expect(await page.locator('.plan-box.is-passed .plan-kind').allInnerTexts()).toEqual([
      '1 · Opening hours',
      '2 · Menu',
      '4 · Queue',
    ]);
    await page.getByLabel('Time', { exact: true }).fill('2026-11-22T10:00'); // a Sunday
    await page.getByRole('button', { name: 'Explain' }).click();
    await way().getByText('closed: Sunday').waitFor();
    await way().getByRole('button', { name: '3 · Hang up' }).click();
    await steps()
      .getByRole('button', { name: /^3 Hang up/, expanded: true })
      .waitFor();
  });

  it('does not remove hours that a route asks, and says which', async () => {
    await page.goto('/settings/hours');
    await page.getByRole('button', { name: 'Remove Office hours' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
    await dialog.getByText('It is still used by plan Main line.').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });

  it('says what the server refuses at its field and loses nothing that was typed', async () => {
    await page.goto('/settings/queues/new');
    await page.getByLabel('Name', { exact: true }).fill('Second queue');
    await page.getByLabel('Who is rung').selectOption('By skill');
    await page.getByLabel('Skill that is needed').fill('German');
    await page.getByLabel('Add to: Agents').selectOption('Anna Dvořáková');
    await page.getByLabel('Skills of Anna Dvořáková').fill('German, invoices');
    await page.getByLabel('Name', { exact: true }).fill('Sales');
    await save();
    await page.locator('.field').filter({ hasText: 'Name' }).getByText('is in use already').first().waitFor();
    expect(await page.getByLabel('Skills of Anna Dvořáková').inputValue()).toBe('German, invoices');
    expect(await page.getByLabel('Skill that is needed').inputValue()).toBe('German');
    await page.getByLabel('Name', { exact: true }).fill('German hotline');
    await save();
    await page.getByRole('heading', { level: 1, name: 'German hotline' }).waitFor();
  });

  it('says a clash of codes while one types, and the server’s refusal where the page cannot know', async () => {
    await page.goto('/settings/codes');
    const echo = page.getByRole('textbox', { name: 'Echo test' });
    await echo.fill('101');
    await page.getByText('101 is the extension of Anna Dvořáková.').waitFor();
    await echo.fill('112');
    await page.getByRole('textbox', { name: 'Join all' }).fill('5');
    await save();
    await page.getByRole('alert').waitFor();
    expect(await echo.inputValue()).toBe('112');
    expect(await page.getByRole('textbox', { name: 'Join all' }).inputValue()).toBe('5');
    await echo.fill('*44');
    await save();
    await page.getByText('Saved').waitFor();
    await page.getByText('usually *43').waitFor();
  });

  it('keeps the rules of calls out in their order, moved by buttons', async () => {
    await page.goto('/settings/calling-out');
    for (const name of ['Abroad', 'All others']) {
      await page.getByRole('button', { name: 'Add rule' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name', { exact: true }).fill(name);
      if (name === 'Abroad') {
        await dialog.getByLabel('Numbers that begin with').fill('+49\nabc');
        await dialog.getByText('“abc” is no beginning of a number.').waitFor();
        await dialog.getByLabel('Numbers that begin with').fill('+49\n+43');
      }
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('button', { name, exact: true }).waitFor();
    }
    await page.getByRole('button', { name: 'Move All others up' }).click();
    await page.getByRole('row').nth(1).getByText('All others').waitFor();
    const { items } = await desk.service.api.get<{ items: { name: string }[] }>('/api/outgoing-rules');
    expect(items.map(({ name }) => name)).toEqual(['All others', 'Abroad']);
  });
});
