/** The first start of an office: from an empty installation to a call that was answered and recorded, by the pages alone. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { PhoneCall } from '../../demo/phone/phone-call';
import { SipPhone } from '../../demo/phone/sip-phone';
import { Service } from '../../demo/service';
import { sentence } from '../../demo/spoken';
import { describeWithTool } from '../require-tool';
import { administrator, clock, pause } from './desk-office';
import { logIn, openBrowser, type OpenedPage, openPage, phone as phoneScreen, tryLogIn } from './open-browser';

const number = '+420210000001';

describeWithTool(['chromium', 'mediasoup-worker'], 'the first start in the browser', () => {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'trunkline-first-'));
  let service: Service;
  let browser: Browser;
  let provider: SipPhone;
  let desk: SipPhone | undefined;
  let opened: OpenedPage;
  let page: Page;

  beforeAll(async () => {
    const environment = { TRUNKLINE_LOG: 'warn', TRUNKLINE_ADMIN_PASSWORD: administrator.password };
    service = await Service.start({ clock, dataFolder, environment });
    const place = { host: '127.0.0.1', port: service.ports.sip };
    provider = await SipPhone.open({ clock, service: place, username: 'provider', law: 'PCMA' });
    browser = await openBrowser();
    opened = await openPage(browser, { url: service.url });
    page = opened.page;
    await tryLogIn(page, administrator);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    desk?.close();
    provider?.close();
    await service?.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  it('asks an administrator without numbers which line there is', async () => {
    await page.getByRole('heading', { name: 'Rented number, own mobile number or office PBX?' }).waitFor();
    await page.getByRole('button', { name: 'Rented number' }).click();
    await page.getByRole('heading', { name: 'What the provider gave you' }).waitFor();
  });

  it('says what is wrong with the connection and what to do, and goes on when the provider answers', async () => {
    await page.getByRole('radio', { name: 'Our address' }).check();
    await page.getByLabel('Name of the provider').fill('Telephone company');
    await page.getByLabel('Host').fill('no-such-host.invalid');
    await page.getByRole('button', { name: 'Test and go on' }).click();
    await page.getByText('nobody knows this host name').waitFor();
    await page.getByLabel('Host').fill('127.0.0.1');
    await page.getByLabel('Port', { exact: true }).fill(String(provider.port));
    await page.getByRole('button', { name: 'Test and go on' }).click();
    await page.getByRole('heading', { name: 'Which number, and who answers it?' }).waitFor();
  });

  it('is left and taken up where it was, in another browser too', async () => {
    const other = await openPage(browser, { url: service.url, screen: phoneScreen });
    await tryLogIn(other.page, administrator);
    await other.page.getByRole('heading', { name: 'Which number, and who answers it?' }).waitFor();
    await other.page.context().close();
    expect(other.mistakes).toEqual([]);
    await page.getByRole('link', { name: 'Clients' }).click();
    await page.getByRole('heading', { level: 1, name: 'Clients' }).waitFor();
    await page.goto('/');
    await page.getByRole('textbox', { name: 'Number', exact: true }).fill(number);
    expect(await page.getByLabel('Extension').inputValue()).toBe('101');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('heading', { name: 'Where is it answered?' }).waitFor();
  });

  it('shows the lines of a desk phone, and sees it register', async () => {
    await page.getByRole('radio', { name: 'On a desk phone' }).check();
    await page.getByRole('button', { name: 'Add a phone' }).click();
    const lines = page.locator('.setup-line code');
    await lines.nth(4).waitFor();
    const [, port, username = '', , password = ''] = await lines.allTextContents();
    expect(port).toBe(String(service.ports.sip));
    const place = { host: '127.0.0.1', port: service.ports.sip };
    desk = await SipPhone.open({ clock, service: place, username, password, law: 'PCMU' });
    expect(await desk.register()).toBe(200);
    await page.getByText('The phone is registered and can be rung.').waitFor();
    await page.getByRole('button', { name: 'Go on' }).click();
  });

  it('ends with a real call: seen as it arrives, answered, recorded', async () => {
    await page.getByText('From another phone call').waitFor();
    await page.getByText('+420 210 000 001').waitFor();
    await page.getByText('Waiting for the call').waitFor();
    const rung = new Promise<PhoneCall>((resolve) => {
      if (desk !== undefined) desk.onCall = resolve;
    });
    const outside = await provider.call(number, { from: '+420777123456' });
    const inside = await rung;
    inside.ring();
    await page.getByText('It rings: +420 777 123 456. Answer it.').waitFor();
    inside.answer();
    await Promise.all([outside.answered, inside.answered]);
    outside.audio.say(sentence('customer'));
    await page.getByText('You are talking with +420 777 123 456.').waitFor();
    await pause(1_000); // they talk
    await outside.hangUp();
    await inside.ended;
    outside.audio.close();
    inside.audio.close();
    await page.getByText(/^It works: you talked for/).waitFor();
    await page.getByText('The conversation was recorded:').waitFor();
    await page.getByRole('button', { name: 'Finish' }).click();
    await page.getByRole('heading', { name: 'Leads' }).waitFor();
    await page.context().close();
    expect(opened.mistakes).toEqual([]);
  });

  it('is not asked again', async () => {
    const again = await openPage(browser, { url: service.url });
    await logIn(again.page, administrator);
    await again.page.context().close();
  });
});
