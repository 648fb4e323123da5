// Takes the pictures of the desk in docs/screens: the service of dist/ with the demo's office, two spoken calls and a page of
// leads in it, looked at in Debian's Chromium. Run after a build: node scripts/screens.mjs [folder]
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { phonePictures } from './screens-phone.mjs';
import { administrationPictures, firstStartPictures } from './screens-administration.mjs';
import { everydayPictures, furnishEveryday } from './screens-everyday.mjs';

const require = createRequire(import.meta.url);
const root = path.resolve(import.meta.dirname, '..');
const { systemClock } = require('../dist/server/clock.js');
const { Service } = require('../dist/demo/service.js');
const { setUpOffice } = require('../dist/demo/office.js');
const { setUpTelephony } = require('../dist/demo/telephony.js');
const { SipPhone } = require('../dist/demo/phone/sip-phone.js');
const { sentence } = require('../dist/demo/spoken.js');

const clock = systemClock();
const out = path.resolve(root, process.argv[2] ?? 'docs/screens');
const sizes = { laptop: [1366, 768], tablet: [768, 1024], phone: [390, 844] };
const administrator = { login: 'admin', password: 'pictures-only-1' };
const pause = (ms) => new Promise((resolve) => clock.after(ms, resolve));

const dataFolder = mkdtempSync(path.join(tmpdir(), 'trunkline-screens-'));
const environment = { TRUNKLINE_LOG: 'warn', TRUNKLINE_ADMIN_PASSWORD: administrator.password };
const service = await Service.start({ clock, dataFolder, environment });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
    ...['--disable-background-networking', '--disable-component-update', '--allow-loopback-in-peer-connection'],
    ...['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  ],
});
try {
  const office = await furnish();
  mkdirSync(out, { recursive: true });
  for (const size of Object.keys(sizes)) for (const look of ['light', 'dark']) await picture(size, look, office);
  for (const size of Object.keys(sizes)) for (const look of ['light', 'dark']) await phone(size, look, office);
  await furnishEveryday({ api: service.api, office, phones: office.phones, sentence, pause });
  for (const size of Object.keys(sizes)) for (const look of ['light', 'dark']) await everyday(size, look, office);
  const telephony = await setUpTelephony(service.api, office);
  for (const size of Object.keys(sizes)) for (const look of ['light', 'dark']) await settings(size, look, telephony);
  for (const size of Object.keys(sizes)) for (const look of ['light', 'dark']) await administration(size, look, office);
} finally {
  await browser.close();
  await service.stop();
  rmSync(dataFolder, { recursive: true, force: true });
}
process.exit(0);

async function furnish() {
  const place = { host: '127.0.0.1', port: service.ports.sip };
  const provider = await SipPhone.open({ clock, service: place, username: 'provider', law: 'PCMA' });
  const office = await setUpOffice(service.api, { host: '127.0.0.1', port: provider.port });
  const desk = await SipPhone.open({ clock, service: place, ...office.deskPhone, law: 'PCMU' });
  await desk.register();
  const sources = ['Spring advertisement', 'Web form', 'Recommendation', 'Fair in Brno'];
  const names = [
    'Jana Bílá',
    'Tomáš Kučera',
    'Ioana Popescu',
    'Rui Ferreira',
    'Min-jun Park',
    'Somchai Suwan',
    'Eva Nová',
  ];
  for (let count = 0; count < 28; count += 1) {
    const lead = await service.api.post('/api/leads', {
      title: names[count % 7],
      phones: [`+42060${2 + (count % 6)}${100_000 + count * 7919}`],
      source: sources[count % 4],
      ...(count % 3 ? { responsibleUserId: office.person.id, status: 'in-progress' } : {}),
    });
    if (count < 27) await service.api.post(`/api/leads/${lead.id}/open`, {});
  }
  await service.api.post('/api/deals', {
    title: 'Roof repair, two houses',
    contactId: office.contactId,
    amount: '184500',
  });
  for (let count = 0; count < 14; count += 1) await call(office, provider, desk, office.knownCaller, count % 3);
  for (const caller of ['+420777123456', '+40213456789', '+420603222111'])
    await call(office, provider, desk, caller, 0);
  return { ...office, phones: { provider, desk } };
}

/** `how` 0: talks; 1: the caller gives up; 2: the desk phone is busy. */
async function call(office, provider, desk, caller, how) {
  const rung = new Promise((resolve) => {
    desk.onCall = resolve;
  });
  const outside = await provider.call(office.rentedNumber, { from: caller });
  outside.answered.catch(() => undefined);
  const inside = await rung;
  if (how === 2) inside.refuse(486);
  else {
    inside.ring();
    await outside.ringing;
    await pause(300);
  }
  if (how === 1) await outside.cancel();
  if (how === 0) {
    inside.answer();
    await Promise.all([outside.answered, inside.answered]);
    outside.audio.say(sentence('customer'));
    inside.audio.say(sentence('colleague'));
    await pause(2500);
    await outside.hangUp();
  }
  await Promise.all([outside.ended, inside.ended]);
  outside.audio.close();
  inside.audio.close();
}

/** As the person whose desk it is sees it. */
async function everyday(size, look, office) {
  const { window, page, take } = await openWindow(size, look);
  await logIn(page, office.person);
  await everydayPictures(page, take);
  await window.close();
}

async function phone(size, look, office) {
  const { window, page, take } = await openWindow(size, look);
  await logIn(page, office.person);
  await phonePictures(page, take, { office, pause, sentence });
  await window.close();
}

async function openWindow(size, look) {
  const [width, height] = sizes[size];
  const window = await browser.newContext({
    baseURL: service.url,
    viewport: { width, height },
    colorScheme: look,
    locale: 'en-GB',
    timezoneId: 'Europe/Prague',
  });
  const page = await window.newPage();
  const take = async (name) => {
    await page.waitForFunction(() => document.querySelector('.spinner') === null);
    await pause(400);
    await page.screenshot({ path: path.join(out, `${name}-${size}-${look}.png`) });
  };
  return { window, page, take };
}

async function logIn(page, { login, password }) {
  await page.goto('/');
  await page.getByLabel('Login').fill(login);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('heading', { name: 'Leads' }).waitFor();
}

async function picture(size, look, office) {
  const { window, page, take } = await openWindow(size, look);
  await logIn(page, administrator);
  await take('leads');
  await page.goto(`/contacts/${office.contactId}`);
  await page.locator('.play-toggle').first().click();
  await page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 1);
  await take('card');
  await page.goto('/calls');
  await page.getByRole('row').nth(3).waitFor();
  await take('calls');
  if (size !== 'laptop') return window.close();
  await page.goto('/settings/numbers');
  await page.getByRole('row').nth(1).waitFor();
  await take('numbers');
  return window.close();
}

async function settings(size, look, { calendarId, queueId, planId }) {
  const { window, page, take } = await openWindow(size, look);
  await logIn(page, administrator);
  await page.goto(`/settings/routes/${planId}`);
  const boxes = page.locator('.plan-box');
  await boxes.nth(9).waitFor();
  if (size === 'laptop') {
    await page.getByLabel('Call to').selectOption({ label: '+420 210 000 002 Main line' });
    await page.getByLabel('Time', { exact: true }).fill('2026-11-23T10:00');
    await page.getByLabel('Keys pressed').fill('1');
    await page.getByRole('button', { name: 'Explain' }).click();
    await page.getByRole('list', { name: 'The way of the call' }).waitFor();
  }
  await take('route');
  await page.goto(`/settings/queues/${queueId}`);
  await page.getByText('logged out').first().waitFor();
  await take('queue');
  await page.goto(`/settings/hours/${calendarId}`);
  await page.getByLabel('Monday').waitFor();
  await take('hours');
  await page.goto('/settings/codes');
  await page.getByLabel('Echo test').waitFor();
  await take('codes');
  return window.close();
}

async function administration(size, look, office) {
  const { window, page, take } = await openWindow(size, look);
  await logIn(page, administrator);
  await firstStartPictures(page, take);
  await administrationPictures(page, take, { office, providerPort: office.phones.provider.port });
  return window.close();
}
