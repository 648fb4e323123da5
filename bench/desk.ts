/** The service with the demo's office, and Debian's Chromium beside it in which its people are logged in: what the desk is measured on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { type Office, setUpOffice } from '../demo/office';
import { SipPhone } from '../demo/phone/sip-phone';
import { Service } from '../demo/service';
import { systemClock } from '../server/clock';

export interface Desk {
  readonly service: Service;
  readonly office: Office;
  readonly provider: SipPhone;
  /** A window of its own with nothing of ours in its cache, in which Anna of the demo's office is logged in. */
  readonly openWindow: () => Promise<BrowserContext>;
  readonly close: () => Promise<void>;
}

const flags = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update', '--autoplay-policy=no-user-gesture-required'],
  ...['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--allow-loopback-in-peer-connection'],
];

/** Rejects where there is no Chromium. */
export async function openDesk(): Promise<Desk> {
  const clock = systemClock();
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'trunkline-bench-desk-'));
  const service = await Service.start({ clock, dataFolder, environment: { TRUNKLINE_LOG: 'warn' } });
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });
  const place = { host: '127.0.0.1', port: service.ports.sip };
  const provider = await SipPhone.open({ clock, service: place, username: 'provider', law: 'PCMA' });
  const office = await setUpOffice(service.api, { host: '127.0.0.1', port: provider.port });
  const storageState = await logIn(browser, service.url, office.person);
  return {
    service,
    office,
    provider,
    openWindow: () =>
      browser.newContext({ baseURL: service.url, storageState, serviceWorkers: 'block', locale: 'en-GB' }),
    async close() {
      await browser.close();
      provider.close();
      await service.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

type Kept = Awaited<ReturnType<BrowserContext['storageState']>>;

async function logIn(browser: Browser, url: string, person: Office['person']): Promise<Kept> {
  const window = await browser.newContext({ baseURL: url, serviceWorkers: 'block', locale: 'en-GB' });
  const page = await window.newPage();
  await page.goto('/');
  await page.getByLabel('Login').fill(person.login);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('heading', { name: 'Leads' }).waitFor();
  const kept = await window.storageState();
  await window.close();
  return kept;
}
