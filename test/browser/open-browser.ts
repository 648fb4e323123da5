/** Debian's Chromium, driven by playwright-core, with a profile of its own that is thrown away. */
import { type Browser, chromium, type Page } from 'playwright-core';
import { pathOfTool } from '../require-tool';

export const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

export interface Screen {
  readonly width: number;
  readonly height: number;
}
export const laptop: Screen = { width: 1366, height: 768 };
export const tablet: Screen = { width: 768, height: 1024 };
export const phone: Screen = { width: 390, height: 844 };

/** @param further flags of this one. */
export async function openBrowser(further: readonly string[] = []): Promise<Browser> {
  const executablePath = pathOfTool('chromium');
  if (executablePath === undefined) throw new Error('chromium is not installed');
  return chromium.launch({ executablePath, args: [...flags, ...further] });
}

export interface OpenedPage {
  readonly page: Page;
  /** What went wrong in it: exceptions, refusals of the content security policy, anything on the console. */
  readonly mistakes: string[];
}

interface PageWish {
  readonly url: string;
  readonly screen?: Screen;
  readonly colorScheme?: 'light' | 'dark';
}

/** A window of its own, with its own cookies. */
export async function openPage(
  browser: Browser,
  { url, screen = laptop, colorScheme = 'light' }: PageWish,
): Promise<OpenedPage> {
  const window = await browser.newContext({
    baseURL: url,
    viewport: screen,
    colorScheme,
    locale: 'en-GB',
    timezoneId: 'Europe/Prague',
    acceptDownloads: true,
  });
  const page = await window.newPage();
  page.setDefaultTimeout(15_000);
  const mistakes: string[] = [];
  page.on('pageerror', (error) => mistakes.push(error.message));
  page.on('console', (message) => {
    // Chromium itself writes these lines for each request that is refused and each socket that nobody answers; both are what
    // many tests are about.
    const isRefusal = /^(?:Failed to load resource|WebSocket connection to '\S+' failed: )/.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !isRefusal) mistakes.push(message.text());
  });
  return { page, mistakes };
}

export interface Credentials {
  readonly login: string;
  readonly password: string;
}

/** Sends the log-in form, and waits for the first page. */
export async function logIn(page: Page, credentials: Credentials): Promise<void> {
  await tryLogIn(page, credentials);
  await page.getByRole('heading', { name: 'Leads' }).waitFor();
}

/** Sends the log-in form, whatever comes of it. */
export async function tryLogIn(page: Page, { login, password }: Credentials): Promise<void> {
  await page.goto('/');
  await page.getByLabel('Login').fill(login);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
}
