/** A browser of the tests: a page of real Chromium with one RTCPeerConnection, which speaks a tone and says what it hears. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { type Sdp, sdpOf } from '../../call-router/values/ids';
import { flags } from '../browser/open-browser';
import { pathOfTool } from '../require-tool';
import * as inPage from './browser-page';

/** One for all pages of a suite. Candidates of loopback are no use in life, so Chromium must be told to take them. */
export async function openAudioBrowser(): Promise<Browser> {
  const executablePath = pathOfTool('chromium');
  if (executablePath === undefined) throw new Error('chromium is not installed');
  const args = [...flags, '--allow-loopback-in-peer-connection', '--use-fake-ui-for-media-stream'];
  return chromium.launch({ executablePath, args });
}

export class BrowserEnd {
  readonly hz: number;
  private readonly page: Page;

  private constructor(page: Page, hz: number) {
    this.page = page;
    this.hz = hz;
  }

  static async open(browser: Browser, hz: number): Promise<BrowserEnd> {
    const page = await browser.newPage();
    await page.evaluate(inPage.makePhone, hz);
    return new BrowserEnd(page, hz);
  }

  async offer(options: RTCOfferOptions = {}): Promise<Sdp> {
    return sdpOf(await this.page.evaluate(inPage.offerOf, options));
  }

  async answer(offer: Sdp): Promise<Sdp> {
    return sdpOf(await this.page.evaluate(inPage.answerTo, offer));
  }

  async takeAnswer(answer: Sdp): Promise<void> {
    await this.page.evaluate(inPage.takeAnswer, answer);
  }

  async turn(direction: RTCRtpTransceiverDirection): Promise<void> {
    await this.page.evaluate(inPage.turn, direction);
  }

  async codecHeard(): Promise<string> {
    return this.page.evaluate(inPage.codecHeard);
  }

  async state(): Promise<string> {
    return this.page.evaluate(inPage.connectionState);
  }

  async levels(...tones: number[]): Promise<readonly number[]> {
    return (await this.page.evaluate(inPage.listen, tones)).map(({ dbfs }) => dbfs);
  }

  /** Waits until this tone is heard well, and the other not at all. Returns how long that took. */
  async hears(hz: number, notHz: number): Promise<number> {
    const start = performance.now();
    for (;;) {
      const [wanted = -120, other = 0] = await this.levels(hz, notHz);
      if (wanted > -16 && other < -40) return performance.now() - start;
      await pause(20);
    }
  }

  /** Waits until nothing of this tone is heard. */
  async hearsNothingOf(hz: number): Promise<void> {
    for (;;) {
      const [level = 0] = await this.levels(hz);
      if (level < -60) return;
      await pause(20);
    }
  }

  async close(): Promise<void> {
    await this.page.close();
  }
}
