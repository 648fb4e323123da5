/**
 * The microphone and its troubles: refused, missing, in use, unplugged and changed in a call. The page says each time what happened and what to
 * do, and no call ends for want of a microphone: who rings rings on, who talks still hears.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { PhoneCall } from '../../demo/phone/phone-call';
import { levelAt } from '../audio/goertzel';
import { describeWithTool } from '../require-tool';
import { lately, nextCall } from '../service/call-tools';
import { type HeadsetSuite, openHeadsetSuite } from './headset-suite';
import {
  becomes,
  beginTalk,
  bothHear,
  customerCalls,
  customerHears,
  endAll,
  endTalk,
  openHeadset,
  pageHears,
  personHz,
} from './headset-talk';
import { openBrowser } from './open-browser';

const fake = ['--use-fake-device-for-media-stream', '--allow-loopback-in-peer-connection'];

describeWithTool(['chromium', 'mediasoup-worker'], 'the microphone', () => {
  let suite: HeadsetSuite;
  const windows: BrowserContext[] = [];
  const browsers: Browser[] = [];
  beforeAll(async () => {
    suite = await openHeadsetSuite();
  }, 120_000);
  afterAll(() => suite?.close());
  afterEach(async () => {
    for (const window of windows.splice(0)) await window.close();
    for (const browser of browsers.splice(0)) await browser.close();
    await endAll(suite.desk.service);
  });

  const asItIs = () => Promise.resolve();
  const beside = async (window: BrowserContext): Promise<void> => void (await window.addInitScript(takenByOther));

  async function withFlags(...flags: readonly string[]): Promise<Browser> {
    const browser = await openBrowser(flags);
    browsers.push(browser);
    return browser;
  }

  async function open(prepare: (window: BrowserContext) => Promise<void>, browser = suite.browser): Promise<Page> {
    const { service, office } = suite.desk;
    const { page } = await openHeadset(browser, { url: service.url, ...office.person, prepare });
    windows.push(page.context());
    return page;
  }

  const calls = (from: string): Promise<PhoneCall> =>
    customerCalls(suite.desk.provider, suite.desk.office.rentedNumber, from);
  const talk = (page: Page, from: string): Promise<PhoneCall> =>
    beginTalk(page, { provider: suite.desk.provider, number: suite.desk.office.rentedNumber, from });
  const answer = (page: Page) => page.getByRole('button', { name: /^Answer / });
  const says = (page: Page, words: string) => page.getByRole('complementary').getByText(words).waitFor();

  /** Pressed in vain: the page says why, and the customer still hears it ring. */
  async function ringsOn(page: Page, words: string): Promise<void> {
    await answer(page).click();
    await says(page, words);
    await answer(page).waitFor();
    await becomes('it rings on in the office', async () => {
      const { items } = await suite.desk.service.api.get<{ items: readonly { state: string }[] }>('/api/live');
      return items.some(({ state }) => state === 'ringing');
    });
  }

  it('refused: the call rings on, and once it is allowed the same call is answered', async () => {
    const page = await open(asItIs, await withFlags(...fake, '--deny-permission-prompts'));
    const call = await calls('+420777600001');
    await ringsOn(page, 'The browser may not use the microphone.');
    await page.context().grantPermissions(['microphone'], { origin: suite.desk.service.url });
    await answer(page).click();
    await call.answered;
    await pageHears(page);
    await endTalk(page, call);
  }, 60_000);

  it('missing: the call rings on, and another phone takes it', async () => {
    const page = await open(asItIs, await withFlags('--disable-audio-input', '--use-fake-ui-for-media-stream'));
    const rung = nextCall(suite.desk.desk);
    const call = await calls('+420777600002');
    await ringsOn(page, 'There is no microphone. Plug in a headset; the call waits for it.');
    const inside = await rung;
    inside.answer();
    await call.answered;
    await call.hangUp();
    await inside.ended;
    call.audio.close();
  }, 60_000);

  it('in use by another program: the call rings on, and is answered when that one has ended', async () => {
    const page = await open(beside);
    const call = await calls('+420777600003');
    await ringsOn(page, 'Another program uses the microphone. Close that program, then try again.');
    await page.evaluate(() => {
      globalThis.isTaken = undefined;
    });
    await answer(page).click();
    await call.answered;
    await bothHear(page, call);
    await endTalk(page, call);
  }, 60_000);

  it('unplugged in a talk: said, the person still hears, and is heard again by what is plugged in', async () => {
    const page = await open(beside);
    await page.evaluate(() => {
      globalThis.isTaken = undefined;
    });
    const call = await talk(page, '+420777600004');
    await page.evaluate(() => {
      globalThis.isTaken = 'NotFoundError';
      const track = globalThis.microphones.at(-1);
      track?.stop();
      track?.dispatchEvent(new Event('ended'));
    });
    await says(page, 'There is no microphone. Plug in a headset; the call waits for it.');
    await pageHears(page);
    const from = call.audio.heard().length;
    await page.evaluate(() => {
      globalThis.isTaken = undefined;
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    });
    await page.getByText(/^You are heard through /).waitFor();
    await customerHears(call, from);
    await bothHear(page, call);
    await endTalk(page, call);
  }, 60_000);

  it('chosen once and not there any more: another one is taken', async () => {
    const page = await open(async (window) => void (await window.addInitScript(choseOneThatIsGone)));
    const call = await talk(page, '+420777600006');
    expect(await page.evaluate(() => globalThis.wishes.map((wish) => wish?.deviceId))).toEqual([
      { exact: 'gone' },
      undefined,
    ]);
    await endTalk(page, call);
  }, 60_000);

  it('changed in a talk: the other microphone is taken without a gap in the talk, and said', async () => {
    const page = await open(asItIs);
    const call = await talk(page, '+420777600005');
    const from = call.audio.heard().length;
    await takeOther(page);
    await customerHears(call, from);
    const live = () => page.evaluate(() => globalThis.microphones.filter((one) => one.readyState === 'live').length);
    // The old ones end a moment after the new ones are there.
    await becomes('the phone and the test have one each', async () => (await live()) === 2);
    expect(levelAt(personHz, call.audio.heard().subarray(-1600))).toBeGreaterThan(-30);
    await endTalk(page, call);
  }, 60_000);

  it('changed by who is muted: nothing is heard of them until they want it', async () => {
    const page = await open(asItIs);
    const call = await talk(page, '+420777600007');
    await page.getByRole('button', { name: 'Mute' }).click();
    await becomes('the customer hears silence', () => levelAt(personHz, lately(call.audio.heard())) < -60);
    const from = call.audio.heard().length;
    await takeOther(page);
    const enough = from + 8000;
    await becomes('a second is heard', () => call.audio.heard().length > enough);
    expect(levelAt(personHz, call.audio.heard().subarray(from))).toBeLessThan(-60);
    await page.getByRole('button', { name: 'Unmute' }).click();
    await customerHears(call, enough);
    await endTalk(page, call);
  }, 60_000);
});

/** By the page where a headset is tested, in a talk. */
async function takeOther(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Phone\. / }).click();
  await page.getByRole('link', { name: 'Test my headset' }).click();
  await page.getByRole('button', { name: 'Try the microphone' }).click();
  const choice = page.getByLabel('Which microphone');
  const name = (await choice.locator('option').allInnerTexts()).at(-1) ?? '';
  await choice.selectOption(name);
  await page.getByText(`You are heard through ${name}.`).waitFor();
}

declare global {
  /** Why the system gives no microphone now: the name of the browser's error. */
  var isTaken: string | undefined;
}

/** The world outside the page: while something has the microphone, the system refuses it. */
function takenByOther(): void {
  globalThis.isTaken = 'NotReadableError';
  const { mediaDevices } = navigator;
  const take = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = (wished) =>
    globalThis.isTaken === undefined
      ? take(wished)
      : Promise.reject(new DOMException('Could not start audio source', globalThis.isTaken));
}

function choseOneThatIsGone(): void {
  localStorage.setItem('trunkline.audio', JSON.stringify({ microphone: 'gone' }));
}
