/**
 * What people at the desk wait for: the first list in a browser that has nothing of ours in its cache, and the client's card from
 * the INVITE on. The browser runs on the same machine and shares its cores.
 */
import type { Page } from 'playwright-core';
import { systemClock } from '../server/clock';
import { type Desk, openDesk } from './desk';

export interface DeskFigures {
  /** From the navigation to the first rows of the list, each of the loads. */
  readonly listMs: readonly number[];
  /** What came over the wire, compressed, for the page and its first list. */
  readonly loadedBytes: number;
  /** From the INVITE to the card of a known client on the screen, each of the calls. */
  readonly cardMs: readonly number[];
}

const loads = 20;
const leads = 60;
const calls = 100;
/** Calls that nobody counts: code that runs for the first time is slow in every program on V8. */
const warmUp = 5;
const clock = systemClock();

/** Rejects where there is no Chromium. */
export async function measureDesk(): Promise<DeskFigures> {
  const desk = await openDesk();
  try {
    for (let i = 0; i < leads; i++)
      await desk.service.api.post('/api/leads', { title: `Lead ${i}`, phones: [`+4206000${10_000 + i}`] });
    const loaded = [];
    for (let i = 0; i < loads; i++) loaded.push(await loadOnce(desk));
    const cardMs = await measureCards(desk);
    return { listMs: loaded.map(({ ms }) => ms), loadedBytes: Math.max(...loaded.map(({ bytes }) => bytes)), cardMs };
  } finally {
    await desk.close();
  }
}

/** For people, in one line. */
export function deskText({ listMs, loadedBytes, cardMs }: DeskFigures): string {
  return [
    `first list on a cold cache, ${listMs.length} loads: p50 ${at(listMs, 0.5)}, slowest ${at(listMs, 1)} ms`,
    `loaded ${(loadedBytes / 1024).toFixed(0)} kB compressed`,
    `INVITE in → card on the screen, ${cardMs.length} calls: p50 ${at(cardMs, 0.5)}, p99 ${at(cardMs, 0.99)} ms`,
  ].join('; ');
}

function at(all: readonly number[], share: number): string {
  const sorted = all.toSorted((a, b) => a - b);
  return (sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0).toFixed(0);
}

async function loadOnce(desk: Desk): Promise<{ readonly ms: number; readonly bytes: number }> {
  const window = await desk.openWindow();
  const page = await window.newPage();
  await page.goto('/leads', { waitUntil: 'commit' });
  // React has its listeners in place before anything of the list is on the screen.
  const ms = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const look = (at: number): void => {
          if (document.body.textContent.includes('Lead 59')) resolve(at);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }),
  );
  const bytes = await page.evaluate(() =>
    performance
      .getEntries()
      .reduce((sum, entry) => sum + ('transferSize' in entry ? Number(entry.transferSize) : 0), 0),
  );
  await window.close();
  return { ms, bytes };
}

async function measureCards(desk: Desk): Promise<readonly number[]> {
  const window = await desk.openWindow();
  const page = await window.newPage();
  await page.goto('/deals');
  await page.getByRole('heading', { name: 'Deals' }).waitFor();
  await page.getByRole('button', { name: 'Phone. Headset: ready' }).waitFor();
  const all: number[] = [];
  for (let i = 0; i < warmUp + calls; i++) all.push(await ringOnce(desk, page));
  await window.close();
  return all.slice(warmUp);
}

/** The caller gives up as soon as the card is seen. */
async function ringOnce({ provider, office }: Desk, page: Page): Promise<number> {
  const seen = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const card = (): Element | null => document.querySelector('.pcall-incoming .client-facts');
        const watch = new MutationObserver(() => {
          if (card()?.closest('.pcall-incoming')?.textContent.includes('Karel Růžička') !== true) return;
          watch.disconnect();
          resolve(performance.timeOrigin + new Event('seen').timeStamp);
        });
        watch.observe(document.body, { childList: true, subtree: true, characterData: true });
      }),
  );
  const sentAt = clock.now();
  const outside = await provider.call(office.rentedNumber, { from: office.knownCaller });
  outside.answered.catch(() => undefined); // it never will be
  const ms = (await seen) - sentAt;
  await outside.cancel();
  await outside.ended;
  outside.audio.close();
  await page.locator('.pcall-incoming').waitFor({ state: 'detached' });
  return ms;
}
