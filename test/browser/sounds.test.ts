/** Sounds in the page: a WAV as it is, another format converted by FFmpeg in the browser, our own text replaced and restored. */
import type { Browser, Page } from 'playwright-core';
import { wavOf } from '../media/sound/wav-fixture';
import { describeWithTool } from '../require-tool';
import { administrator, type DeskOffice, openDeskOffice } from './desk-office';
import { logIn, type OpenedPage, openBrowser, openPage } from './open-browser';

const rateHz = 22_050;
const tone = (seconds: number): readonly number[] =>
  Array.from({ length: seconds * rateHz }, (_, at) => 0.4 * Math.sin((2 * Math.PI * 440 * at) / rateHz));

const wav = wavOf(tone(2), { coding: 'pcm16', rateHz, channels: 2 });

/** Sun's AU format: magic, where the sound begins, its size, 16-bit PCM, rate, channels; all big-endian. */
function auOf(samples: readonly number[]): Buffer {
  const head = Buffer.alloc(24);
  head.write('.snd');
  [24, samples.length * 2, 3, rateHz, 1].forEach((value, at) => head.writeUInt32BE(value, 4 + at * 4));
  const body = Buffer.alloc(samples.length * 2);
  samples.forEach((sample, at) => body.writeInt16BE(Math.round(sample * 32_767), at * 2));
  return Buffer.concat([head, body]);
}

describeWithTool(['chromium', 'mediasoup-worker'], 'sounds in the browser', () => {
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

  const upload = async (name: string, buffer: Buffer): Promise<void> => {
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('File').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
    await dialog.getByRole('button', { name: 'Upload' }).click();
  };

  it('takes a WAV file, names it by the file, and plays it', async () => {
    await page.goto('/settings/sounds');
    await page.getByText('No sounds of your own yet').waitFor();
    await page.getByRole('button', { name: 'Upload a sound' }).click();
    await upload('Good morning.wav', wav);
    const row = page.getByRole('row').filter({ hasText: 'Good morning' });
    await row.getByText('0:02').waitFor();
    await row.getByRole('button', { name: 'Play: Good morning' }).click();
    await row.getByRole('button', { name: 'Stop: Good morning' }).waitFor();
    await row.getByRole('button', { name: 'Play: Good morning' }).waitFor();
  });

  it('converts another format in the browser, as music on hold', async () => {
    await page.getByRole('button', { name: 'Upload a sound' }).click();
    await page.getByRole('dialog').getByLabel('Used as').selectOption('Music on hold');
    await upload('Piano.au', auOf(tone(3)));
    const row = page.getByRole('row').filter({ hasText: 'Piano' });
    await row.getByText('0:03').waitFor({ timeout: 40_000 });
    await row.getByText('Music on hold').waitFor();
  }, 60_000);

  it('says that a file is no sound, and what the server does not take, and keeps the name', async () => {
    await page.getByRole('button', { name: 'Upload a sound' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('My greeting');
    await upload('letter.mp3', Buffer.from('This is a letter and no sound at all. '.repeat(40)));
    await dialog.getByText('This file cannot be read as sound.').waitFor({ timeout: 40_000 });
    await upload('short.wav', wavOf([0, 0, 0], { coding: 'pcm16', rateHz, channels: 1 }));
    await dialog.getByText('The file has no sound, or less than a tenth of a second.').waitFor();
    expect(await dialog.getByLabel('Name', { exact: true }).inputValue()).toBe('My greeting');
    await upload('long-enough.wav', wav);
    await page.getByRole('row').filter({ hasText: 'My greeting' }).waitFor();
  }, 60_000);

  it('is chosen in a route, or uploaded there without leaving the form', async () => {
    await page.goto('/settings/routes/new');
    await page.getByLabel('Name', { exact: true }).fill('Hello');
    await page.getByLabel('Add a step').selectOption('greeting');
    await page.getByLabel('What is heard, part 1').selectOption('Good morning');
    await page.getByLabel('What is heard, part 2').selectOption('Upload a sound…');
    await upload('Today closed.wav', wav);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByLabel('Then', { exact: true }).selectOption('+hang-up');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: 'Hello' }).waitFor();
    await page.getByRole('button', { name: '1 Greeting Good morning Today closed' }).waitFor();
    await page.goto('/settings/sounds');
    await page.getByRole('button', { name: 'Remove Good morning' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByText('It is still used by plan Hello.').waitFor();
  });

  it('stands for a text of ours in one language until it is taken away', async () => {
    await page.goto('/settings/sounds');
    await page.getByLabel('Language').selectOption('Czech');
    const shown = page.getByRole('table', { name: 'What Trunkline says' });
    await shown.getByRole('row').nth(1).waitFor();
    const { items } = await desk.service.api.get<{ items: { name: string; texts: Record<string, string> }[] }>(
      '/api/prompts',
    );
    const busy = items.find(({ name }) => name === 'busy')?.texts['cs'] ?? '';
    await page.getByLabel('Find a text').fill(busy.slice(0, 14));
    await page.getByRole('button', { name: `Replace “${busy}”` }).click();
    await upload('obsazeno.wav', wav);
    const row = shown.getByRole('row').filter({ hasText: busy });
    await row.getByText('busy (cs)').waitFor();
    await row.getByRole('button', { name: 'Remove busy (cs)' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await row.getByText('busy (cs)').waitFor({ state: 'detached' });
  });
});
