/** The page where a headset is tried: the level moves with what is said, five seconds are recorded and heard again, and nothing stays open. */
import type { Page } from 'playwright-core';
import { describeWithTool } from '../require-tool';
import { type HeadsetSuite, openHeadsetSuite } from './headset-suite';
import { becomes, openHeadset, personHz } from './headset-talk';
import { levelsHeard } from './page-ears';

describeWithTool(['chromium', 'mediasoup-worker'], 'testing a headset', () => {
  let suite: HeadsetSuite;
  let page: Page;
  let mistakes: readonly string[];
  beforeAll(async () => {
    suite = await openHeadsetSuite();
    const { service, office } = suite.desk;
    ({ page, mistakes } = await openHeadset(suite.browser, { url: service.url, ...office.person }));
    await page.goto('/headset');
  }, 120_000);
  afterAll(() => suite?.close());
  afterEach(() => expect(mistakes).toEqual([]));

  const heard = async (hz: number): Promise<number> => (await levelsHeard(page, 'players', [hz]))[0] ?? -120;

  it('asks for a microphone without echo, noise and with gain, and shows how loud one is', async () => {
    await page.getByRole('button', { name: 'Try the microphone' }).click();
    const level = page.getByRole('meter', { name: 'How loud you are' });
    await becomes(
      'the meter moves',
      async () => Number(await level.evaluate((meter: HTMLMeterElement) => meter.value)) > 0.7,
    );
    expect(await page.evaluate(() => globalThis.wishes)).toEqual([
      expect.objectContaining({ echoCancellation: true, noiseSuppression: true, autoGainControl: true }),
    ]);
  }, 30_000);

  it('records five seconds and plays them back', async () => {
    await page.getByRole('button', { name: 'Record 5 seconds' }).click();
    await page.getByText('Speak now…').waitFor();
    expect(await heard(personHz)).toBe(-120);
    await page.getByText('This is how others hear you…').waitFor();
    await becomes('one hears oneself', async () => (await heard(personHz)) > -20);
    await page.getByText('Did you hear yourself clearly? Then all is well.').waitFor();
  }, 30_000);

  it('plays a tone on the speakers', async () => {
    await page.getByRole('button', { name: 'Play a tone: Voices on' }).click();
    await becomes('the tone', async () => (await heard(523)) > -30 && (await heard(659)) > -30);
  }, 30_000);

  it('closes the microphone when one leaves', async () => {
    await page.getByRole('link', { name: 'Clients', exact: true }).first().click();
    await page.getByRole('heading', { name: 'Clients' }).waitFor();
    await becomes('no microphone is open', () =>
      page.evaluate(() => globalThis.microphones.every((one) => one.readyState === 'ended')),
    );
  }, 30_000);
});
