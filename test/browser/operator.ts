/**
 * An operator at a page with a headset on: real Chromium with a microphone that says a tone, and an ear on what the page plays.
 * A browser of their own, because the fake microphone's sound belongs to the whole browser.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { clock } from '../service/running-office';
import { pause } from '../service/call-tools';
import { type Credentials, logIn, openBrowser, openPage } from './open-browser';
import { headsetFlags, levelsHeard, wearHeadset } from './page-ears';

export interface OperatorWish extends Credentials {
  /** Of the service. */
  readonly url: string;
  readonly toneHz: number;
}

const hearsWithinMs = 10_000;
const quietDbfs = -45;
const loudDbfs = -30;

export class Operator {
  readonly page: Page;
  readonly toneHz: number;
  readonly mistakes: readonly string[];
  private readonly browser: Browser;
  private readonly folder: string;

  private constructor(browser: Browser, opened: Pick<Operator, 'page' | 'toneHz' | 'mistakes'>, folder: string) {
    this.browser = browser;
    this.page = opened.page;
    this.mistakes = opened.mistakes;
    this.toneHz = opened.toneHz;
    this.folder = folder;
  }

  /** Resolves when their phone is registered. */
  static async open({ url, toneHz, ...credentials }: OperatorWish): Promise<Operator> {
    const folder = mkdtempSync(path.join(tmpdir(), 'trunkline-operator-'));
    const file = path.join(folder, 'tone.wav');
    const browser = await openBrowser(headsetFlags(file, toneHz));
    const { page, mistakes } = await openPage(browser, { url });
    await wearHeadset(page.context());
    await logIn(page, credentials);
    const operator = new Operator(browser, { page, toneHz, mistakes }, folder);
    await page.getByRole('button', { name: 'Phone. Headset: ready' }).waitFor();
    return operator;
  }

  /** By the field to dial. */
  async call(number: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Phone\. / }).click();
    const form = this.page.getByRole('form', { name: 'Dial' });
    await form.getByRole('combobox', { name: 'Call whom' }).fill(number);
    await form.getByRole('button', { name: 'Call', exact: true }).click();
  }

  async answer(): Promise<void> {
    await this.page.getByRole('button', { name: /^Answer/ }).click();
  }

  async hangUp(): Promise<void> {
    await this.page.getByRole('button', { name: /^Hang up/ }).click();
  }

  /** Waits until this tone is heard, and none of the others. */
  async hears(hz: number, ...others: readonly number[]): Promise<void> {
    const giveUpAt = clock.now() + hearsWithinMs;
    for (;;) {
      const levels = await levelsHeard(this.page, 'peers', [hz, ...others, this.toneHz]);
      const [wanted = -120, ...rest] = levels;
      if (wanted > loudDbfs && rest.every((level) => level < quietDbfs)) return;
      if (clock.now() > giveUpAt) throw new Error(`heard ${levels.map((level) => level.toFixed(0)).join(', ')} dBFS`);
      await pause(100);
    }
  }

  async close(): Promise<void> {
    await this.browser.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
