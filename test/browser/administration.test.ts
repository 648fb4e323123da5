/** The administrator's days: a trunk tested before it is saved, people who come and go, features that are switched off. */
import type { Browser, Page } from 'playwright-core';
import { describeWithTool } from '../require-tool';
import { administrator, type DeskOffice, endedCall, endTalk, openDeskOffice, pause, startTalk } from './desk-office';
import { logIn, openBrowser, openPage } from './open-browser';

describeWithTool(['chromium', 'mediasoup-worker'], 'administration in the browser', () => {
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

  const inPage = (test: (page: Page) => Promise<void>) => async (): Promise<void> => {
    const { page, mistakes } = await openPage(browser, { url: desk.service.url });
    await logIn(page, administrator);
    await test(page);
    await page.context().close();
    expect(mistakes).toEqual([]);
  };

  it(
    'tests a trunk as it stands in the form: what is so, and what to do',
    inPage(async (page) => {
      await page.goto('/settings/trunks');
      await page.getByRole('button', { name: 'Add trunk' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Kind').selectOption('address');
      await dialog.getByLabel('Host').fill('127.0.0.1');
      await dialog.getByLabel('Port', { exact: true }).fill(String(desk.provider.port));
      await dialog.getByRole('button', { name: 'Test', exact: true }).click();
      await dialog.getByText(/^Answers in \d+ ms$/).waitFor();
      await dialog.getByLabel('Host').fill('no-such-host.invalid');
      await dialog.getByRole('button', { name: 'Test', exact: true }).click();
      await dialog.getByText('nobody knows this host name').waitFor();
      await dialog.getByText('Check the spelling.').waitFor();
    }),
  );

  it(
    'says what is wrong with a host, an address, a number and an extension while one types',
    inPage(async (page) => {
      await page.goto('/settings/trunks');
      await page.getByRole('button', { name: 'Add trunk' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Host').fill('sip:sip.example.net');
      await dialog.getByText('Only the name or address, without sip: or http:').waitFor();
      await dialog.getByLabel('Host').fill('192.0.2.300');
      await dialog.getByText('four numbers from 0 to 255').waitFor();
      await dialog.getByLabel('Further addresses that may call us').fill('10.0.0.0/4');
      await dialog.getByText('10.0.0.0/4 is too wide').waitFor();
      await page.goto('/settings/numbers');
      await page.getByRole('button', { name: 'Add number' }).click();
      await dialog.getByLabel('Number', { exact: true }).fill('+420*10');
      await dialog.getByText('The * stands at the end').waitFor();
      await page.goto('/settings/people');
      await page.getByRole('button', { name: 'Add person' }).click();
      await dialog.getByLabel('Extension').fill('012');
      await dialog.getByText('It begins with 1 to 9').waitFor();
    }),
  );

  it(
    'invites a person, who chooses a password behind the link and is in; the link has ended then',
    inPage(async (page) => {
      await page.goto('/settings/people');
      await page.getByRole('button', { name: 'Add person' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name', { exact: true }).fill('Jana Nová');
      await dialog.getByLabel('Login').fill('jana');
      await dialog.getByLabel('Extension').fill('105');
      await dialog.getByRole('button', { name: 'Add' }).click();
      await dialog.getByText('Copy this link and give it to them.').waitFor();
      const link = new URL((await dialog.locator('code').textContent()) ?? '');
      await dialog.getByRole('button', { name: 'Done' }).click();
      await page.getByRole('heading', { level: 1, name: 'Jana Nová' }).waitFor();
      const guest = await openPage(browser, { url: desk.service.url });
      await guest.page.goto(`/welcome${link.hash}`);
      await guest.page.getByText('Your login is jana.').waitFor();
      await guest.page.getByLabel('Password', { exact: true }).fill('my-own-password');
      await guest.page.getByLabel('New password again').fill('my-own-password');
      await guest.page.getByRole('button', { name: 'Set password and log in' }).click();
      await guest.page.getByRole('heading', { name: 'Leads' }).waitFor();
      await guest.page.goto('about:blank');
      await guest.page.goto(`/welcome${link.hash}`);
      await guest.page.getByText('This link has ended').waitFor();
      await guest.page.context().close();
      expect(guest.mistakes).toEqual([]);
    }),
  );

  it(
    'dismisses a person: they are out at once, and what was theirs is with the colleague',
    inPage(async (page) => {
      const people = (await desk.service.api.get('/api/users')) as { items: { id: string; login: string }[] };
      const jana = people.items.find(({ login }) => login === 'jana')?.id;
      await desk.service.api.post('/api/leads', { title: 'Jana’s lead', responsibleUserId: jana });
      const hers = await openPage(browser, { url: desk.service.url });
      await logIn(hers.page, { login: 'jana', password: 'my-own-password' });
      await page.goto(`/settings/people/${jana}`);
      await page.getByRole('button', { name: 'Dismiss …' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Who takes over').selectOption({ label: 'Administrator' });
      await dialog.getByRole('button', { name: 'Dismiss', exact: true }).click();
      await dialog.getByText('With Administrator now:').waitFor();
      await dialog.getByText('one lead').waitFor();
      await dialog.getByRole('button', { name: 'Close' }).last().click();
      await page.getByText('Dismissed: cannot log in').waitFor();
      await hers.page.getByRole('heading', { name: 'Log in' }).waitFor();
      await hers.page.context().close();
      await page.getByRole('button', { name: 'Let in again' }).click();
      await page.getByRole('button', { name: 'Dismiss …' }).waitFor();
    }),
  );

  it(
    'narrows the calls by time, client and person, and exports what is shown',
    inPage(async (page) => {
      const talk = await startTalk(desk, '+420777123456');
      await pause(700); // they talk
      await endTalk(talk);
      await endedCall(desk, '+420777123456');
      await page.goto('/calls');
      await page.getByRole('row').nth(1).waitFor();
      await page.getByRole('button', { name: 'Filter' }).click();
      await page.getByLabel('Time').selectOption('Yesterday');
      await page.getByText('Nothing matches').waitFor();
      await page.getByLabel('Time').selectOption('Today');
      await page.getByLabel('Person').selectOption(desk.office.person.name);
      await page.getByLabel('How it ended').selectOption('Answered');
      await page.getByRole('row').nth(1).waitFor();
      await page.getByRole('button', { name: 'Filter (3)' }).waitFor();
      const download = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Export CSV' }).click();
      const file = await (await download).createReadStream();
      const text = Buffer.concat(await file.toArray()).toString('utf8');
      expect(text.startsWith('\uFEFFBegan,Direction,')).toBe(true);
      expect(text).toContain("'+420777123456");
      await page.getByRole('button', { name: 'Clear filter' }).click();
      await page.getByRole('button', { name: 'Filter', exact: true }).waitFor();
    }),
  );

  it(
    'adds an outcome, saves it on a call and filters by it; once removed, the call keeps it',
    inPage(async (page) => {
      await page.goto('/settings/lists');
      const list = page.getByRole('region', { name: 'Outcomes of calls' });
      await list.getByRole('button', { name: 'Add' }).click();
      await list.getByLabel('Name').last().fill('Wants a visit');
      await list.getByRole('button', { name: 'Move Wants a visit up' }).click();
      await list.getByRole('button', { name: 'Save' }).click();
      await list.getByRole('button', { name: 'Save' }).waitFor({ state: 'detached' });
      const call = await endedCall(desk, '+420777123456');
      await page.goto(`/calls/${call.id}`);
      const written = page.getByRole('region', { name: 'Note on this call' });
      await written.getByLabel('Outcome').waitFor();
      const edges = await written
        .locator('textarea, select')
        .evaluateAll((fields) => fields.map((field) => Math.round(field.getBoundingClientRect().right)));
      expect(new Set(edges).size).toBe(1);
      await written.getByLabel('Outcome').selectOption('Wants a visit');
      await written.getByText('Saved').waitFor();
      await page.goto('/calls');
      await page.getByRole('button', { name: 'Filter' }).click();
      await page.getByLabel('Outcome').selectOption('Sale');
      await page.getByText('Nothing matches').waitFor();
      await page.getByLabel('Outcome').selectOption('Wants a visit');
      await page.getByRole('row').nth(1).getByText('Wants a visit').waitFor();
      expect(await page.getByRole('row').count()).toBe(2);
      await page.goto('/settings/lists');
      await list.getByRole('button', { name: 'Remove Wants a visit' }).click();
      await list.getByRole('button', { name: 'Save' }).click();
      await list.getByRole('button', { name: 'Save' }).waitFor({ state: 'detached' });
      await page.goto(`/calls/${call.id}`);
      await written.getByRole('option', { name: 'Wants a visit', selected: true }).waitFor({ state: 'attached' });
      await page.goto('/calls');
      await page.getByRole('button', { name: 'Filter' }).click();
      expect(await page.getByLabel('Outcome').getByRole('option', { name: 'Wants a visit' }).count()).toBe(0);
      await page.getByRole('row').nth(1).getByText('Wants a visit').waitFor();
    }),
  );

  it('gives the head of a group its people’s calls, live calls and reports', async () => {
    const { api } = desk.service;
    const made = (await api.post('/api/users', {
      name: 'Eva Vedoucí',
      login: 'eva',
      password: 'a-first-password',
      role: 'operator',
      extension: '107',
    })) as { id: string };
    const { id } = desk.office.person;
    await api.post('/api/groups', { name: 'Sales', userIds: [id], headUserId: made.id, isPickupGroup: false });
    const { page, mistakes } = await openPage(browser, { url: desk.service.url });
    await logIn(page, { login: 'eva', password: 'a-first-password' });
    await page.goto('/calls?show=all');
    await page.getByRole('row').nth(1).waitFor();
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByLabel('Person').selectOption('Group Sales');
    await page.getByRole('row').nth(1).waitFor();
    const talk = await startTalk(desk, '+420777999888');
    const live = page.getByRole('region', { name: 'Calls going on now' });
    await live.getByText('Talking').waitFor();
    await live.getByRole('button', { name: /^More/ }).click();
    await page.getByRole('menuitem', { name: 'Listen' }).waitFor();
    await page.keyboard.press('Escape');
    await endTalk(talk);
    await page.getByRole('link', { name: 'Reports' }).click();
    await page.getByRole('heading', { name: 'Reports' }).waitFor();
    await page.getByRole('row').filter({ hasText: desk.office.person.name }).waitFor();
    await page.goto('/calls?show=missed');
    await page.getByLabel('Whose').selectOption('Missed by Sales');
    await page.context().close();
    expect(mistakes).toEqual([]);
  });

  it(
    'switches a feature off, and it is gone from all pages',
    inPage(async (page) => {
      await page.goto('/settings/features');
      await page.getByRole('link', { name: 'Deals' }).waitFor();
      await page.getByLabel('Deals').uncheck();
      await page.getByLabel('Conferences').uncheck();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved').waitFor();
      await page.getByRole('link', { name: 'Deals' }).waitFor({ state: 'detached' });
      expect(await page.getByRole('link', { name: 'Conference rooms' }).count()).toBe(0);
      await page.goto('/deals');
      await page.getByText('There is no such page').waitFor();
      await page.goto(`/contacts/${desk.office.contactId}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await page.getByText('Open deals').count()).toBe(0);
      await page.goto('/settings/codes');
      await page.getByRole('heading', { name: 'Parking', exact: true }).waitFor();
      expect(await page.getByText('*60').count()).toBe(0);
      await page.goto('/settings/features');
      await page.getByLabel('Deals').check();
      await page.getByLabel('Conferences').check();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('link', { name: 'Deals' }).waitFor();
    }),
  );
});
