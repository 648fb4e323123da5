/** What the suites about headsets share: the service with its office, a Chromium whose microphones say a tone, and the end of both. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { type DeskOffice, openDeskOffice } from './desk-office';
import { personHz } from './headset-talk';
import { openBrowser } from './open-browser';
import { headsetFlags } from './page-ears';

export interface HeadsetSuite {
  readonly desk: DeskOffice;
  readonly browser: Browser;
  /** Another one with a microphone that says this tone. */
  readonly another: (toneHz?: number) => Promise<Browser>;
  readonly close: () => Promise<void>;
}

export async function openHeadsetSuite(): Promise<HeadsetSuite> {
  const folder = mkdtempSync(path.join(tmpdir(), 'trunkline-headset-'));
  const browsers: Browser[] = [];
  const another = async (toneHz = personHz): Promise<Browser> => {
    const browser = await openBrowser(headsetFlags(path.join(folder, `${toneHz}.wav`), toneHz));
    browsers.push(browser);
    return browser;
  };
  const [desk, browser] = await Promise.all([openDeskOffice(), another()]);
  return {
    desk,
    browser,
    another,
    async close() {
      for (const one of browsers) await one.close();
      await desk.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
