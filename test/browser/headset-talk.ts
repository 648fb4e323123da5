/**
 * A person at a page with a headset on, and the customer they talk with: what the tests of faults begin with, and how they tell that each
 * hears the other again. Both say a tone of their own, and audio is judged by it.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { PhoneCall } from '../../demo/phone/phone-call';
import type { SipPhone } from '../../demo/phone/sip-phone';
import type { Service } from '../../demo/service';
import { levelAt, loudness } from '../audio/goertzel';
import { tone } from '../service/call-tools';
import { clock, pause } from './desk-office';
import { type Credentials, logIn, type OpenedPage, openPage } from './open-browser';
import { levelsHeard, wearHeadset } from './page-ears';

/** What the person's microphone says, and what the customer says. */
export const [personHz, customerHz] = [700, 1300];

const settleMs = 20_000;
const pollMs = 40;
const [loudDbfs, quietDbfs] = [-30, -45];

/** Asks until it is so; answers how long that took. `what` is said of what never came to be. */
export async function becomes(
  what: string,
  isSo: () => Promise<boolean> | boolean,
  withinMs = settleMs,
): Promise<number> {
  const startedAt = clock.now();
  while (!(await isSo())) {
    if (clock.now() - startedAt > withinMs) throw new Error(`${what}: not within ${withinMs} ms`);
    await pause(pollMs);
  }
  return clock.now() - startedAt;
}

export interface HeadsetWish extends Credentials {
  readonly url: string;
  /** Done to the window before the page is opened. */
  readonly prepare?: (window: BrowserContext) => Promise<void>;
}

/** A window of its own with the headset, logged in, its phone registered. */
export async function openHeadset(browser: Browser, wish: HeadsetWish): Promise<OpenedPage> {
  const { url, prepare, ...credentials } = wish;
  const opened = await openPage(browser, { url });
  await wearHeadset(opened.page.context());
  await prepare?.(opened.page.context());
  await logIn(opened.page, credentials);
  await isReady(opened.page);
  return opened;
}

/** The phone of the page is registered. */
export const isReady = (page: Page, timeout = settleMs): Promise<void> =>
  page
    .getByRole('button', { name: /Headset: ready/ })
    .first()
    .waitFor({ timeout });

/** The customer calls through the provider, and speaks as soon as they are answered. */
export async function customerCalls(provider: SipPhone, number: string, from: string): Promise<PhoneCall> {
  const call = await provider.call(number, { from });
  call.answered.then(
    () => call.audio.say(tone(customerHz)),
    () => undefined, // some never are
  );
  return call;
}

/** The customer calls, the page answers, each hears the other. */
export async function beginTalk(
  page: Page,
  customer: { readonly provider: SipPhone; readonly number: string; readonly from: string },
): Promise<PhoneCall> {
  const call = await customerCalls(customer.provider, customer.number, customer.from);
  await page.getByRole('button', { name: /^Answer / }).click();
  await call.answered;
  await bothHear(page, call);
  return call;
}

/** Waits until each hears the other; answers how long that took. */
export async function bothHear(page: Page, call: PhoneCall): Promise<number> {
  const from = call.audio.heard().length;
  const [one, other] = await Promise.all([pageHears(page), customerHears(call, from)]);
  return Math.max(one, other);
}

/** Waits until the page hears the customer's tone, and not its own. */
export const pageHears = (page: Page): Promise<number> =>
  becomes('the page hears the customer', async () => {
    const [wanted = -120, own = 0] = await levelsHeard(page, 'peers', [customerHz, personHz]);
    return wanted > loudDbfs && own < quietDbfs;
  });

/** How long a piece of audio must be before it is judged: 200 ms. */
const pieceSamples = 1600;

/** Waits until the last 200 ms of what the customer heard after this sample are the person's tone. */
export const customerHears = (call: PhoneCall, fromSample: number): Promise<number> =>
  becomes('the customer hears the person', () => {
    const piece = latest(call, fromSample);
    return piece !== undefined && levelAt(personHz, piece) > loudDbfs && levelAt(customerHz, piece) < quietDbfs;
  });

/** Waits until the customer hears something that is neither the person nor themselves: music. */
export const customerHearsMusic = (call: PhoneCall, fromSample: number): Promise<number> =>
  becomes('the customer hears music', () => {
    const piece = latest(call, fromSample);
    return (
      piece !== undefined &&
      loudness(piece) > -40 &&
      [personHz, customerHz].every((hz) => levelAt(hz, piece) < quietDbfs)
    );
  });

function latest(call: PhoneCall, fromSample: number): Int16Array | undefined {
  const heard = call.audio.heard().subarray(fromSample);
  return heard.length < pieceSamples ? undefined : heard.subarray(heard.length - pieceSamples);
}

/** The customer hangs up, and the page has no call any more. */
export async function endTalk(page: Page, call: PhoneCall): Promise<void> {
  await call.hangUp();
  call.audio.close();
  await page.locator('.pcall:not(.pcall-after)').first().waitFor({ state: 'detached' });
}

/** What is left of a test that failed is no hindrance to the next one. */
export async function endAll({ api }: Service): Promise<void> {
  const { items } = await api.get<{ items: readonly { readonly id: string }[] }>('/api/live');
  for (const { id } of items) await api.post(`/api/calls/${id}/hangup`, {});
}

/** Seen by whoever reads the test's output; limits on times are the bench's. */
export const measured = (what: string, ms: number): void =>
  void process.stdout.write(`    ${what}: ${Math.round(ms)} ms\n`);
