/**
 * A talk at a page goes on through what happens to browsers: its connections are cut, its machine gets another address, the page is loaded
 * anew. Chromium and the service are real, the network between them is the test's, and what each side hears is judged by its tone.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { PhoneCall } from '../../demo/phone/phone-call';
import { channelsOf } from '../../demo/spoken';
import type { CallRow } from '../../prisma/records';
import { levelAt } from '../audio/goertzel';
import { describeWithTool } from '../require-tool';
import { mediaWorkersOf } from '../service/media-worker';
import { type DeskOffice, endedCall } from './desk-office';
import { type HeadsetSuite, openHeadsetSuite } from './headset-suite';
import {
  becomes,
  beginTalk,
  bothHear,
  customerHears,
  customerHearsMusic,
  customerHz,
  endAll,
  endTalk,
  isReady,
  measured,
  openHeadset,
  pageHears,
  personHz,
} from './headset-talk';
import { NetworkPath } from './network-path';

describeWithTool(['chromium', 'mediasoup-worker'], 'a talk at a page', () => {
  let suite: HeadsetSuite;
  let desk: DeskOffice;
  let network: NetworkPath;
  let browser: Browser;
  let page: Page;
  let mistakes: string[];
  beforeAll(async () => {
    suite = await openHeadsetSuite();
    ({ desk, browser } = suite);
    network = await NetworkPath.open(desk.service.ports);
  }, 120_000);
  afterAll(async () => {
    network?.close();
    await suite?.close();
  });
  beforeEach(async () => {
    const prepare = (window: BrowserContext) => network.leadThere(window);
    ({ page, mistakes } = await openHeadset(browser, { url: network.url, ...desk.office.person, prepare }));
  }, 60_000);
  afterEach(async () => {
    await page?.context().close();
    await endAll(desk.service);
    // Chromium writes down each connection that fails; that is what these tests do to it.
    expect(mistakes.filter((line) => !/WebSocket connection to|ERR_INTERNET_DISCONNECTED/.test(line))).toEqual([]);
  });

  const talk = (from: string): Promise<PhoneCall> =>
    beginTalk(page, { provider: desk.provider, number: desk.office.rentedNumber, from });

  /** How often the SIP socket was opened. */
  const opened = (): number => network.opened('/api/sip');

  it('its SIP socket is killed: back and registered anew, and nobody has heard a gap', async () => {
    const call = await talk('+420777200001');
    const before = opened();
    const from = call.audio.heard().length;
    expect(network.cut('/api/sip')).toBe(1);
    await becomes('another SIP socket', () => opened() > before);
    await isReady(page);
    await bothHear(page, call);
    const heard = call.audio.heard().subarray(from);
    const pieces = Array.from({ length: Math.floor(heard.length / 1600) }, (_, at) =>
      heard.subarray(at * 1600, at * 1600 + 1600),
    );
    expect(pieces.filter((piece) => levelAt(personHz, piece) < -30)).toEqual([]);
    // The way back into the dialog is the new connection.
    await endTalk(page, call);
  }, 60_000);

  it('the machine gets another address: new connections, new candidates, and both hear each other within 3 s', async () => {
    const call = await talk('+420777200002');
    const before = opened();
    network.changeAddress();
    const from = call.audio.heard().length;
    // What the browser says of it.
    await page.context().setOffline(true);
    await page.context().setOffline(false);
    const [heard] = await Promise.all([customerHears(call, from), pageHears(page)]);
    measured('audio back after a change of address', heard);
    expect(opened()).toBeGreaterThan(before);
    await isReady(page);
    await bothHear(page, call);
    await endTalk(page, call);
  }, 60_000);

  it('the path dies in silence, which no browser tells: within 3 s of its return both hear each other', async () => {
    const call = await talk('+420777200006');
    const before = opened();
    network.goDark();
    const noticed = await becomes('the page tries another connection', () => opened() > before, 20_000);
    measured('a silent path noticed', noticed);
    network.comeBack();
    const from = call.audio.heard().length;
    const [heard, heardByPage] = await Promise.all([customerHears(call, from), pageHears(page)]);
    measured('audio back after a silent path came back', Math.max(heard, heardByPage));
    expect(Math.max(heard, heardByPage)).toBeLessThan(3000);
    await isReady(page);
    await endTalk(page, call);
  }, 60_000);

  it('the media worker is killed: another takes the leg, the page is offered it, and both hear each other within 3 s', async () => {
    const call = await talk('+420777200005');
    const [worker = 0] = mediaWorkersOf(desk.service.pid);
    process.kill(worker, 'SIGKILL');
    await becomes('the worker is gone', () => !mediaWorkersOf(desk.service.pid).includes(worker));
    const from = call.audio.heard().length;
    const [heard, heardByPage] = await Promise.all([customerHears(call, from), pageHears(page)]);
    measured('audio back after the death of a media worker', Math.max(heard, heardByPage));
    expect(Math.max(heard, heardByPage)).toBeLessThan(3000);
    expect(mediaWorkersOf(desk.service.pid).length).toBe(1);
    await bothHear(page, call);
    // Long enough for figures of how it sounded.
    const again = call.audio.heard().length;
    await becomes('a second and a half more', () => call.audio.heard().length > again + 12_000);
    await endTalk(page, call);
    const record = await endedCall(desk, '+420777200005');
    expect(record.cause).toBe('caller-hung-up');
    const { legs } = await desk.service.api.get<CallRow>(`/api/calls/${record.id}`);
    const scores = legs.flatMap((leg) => (leg.answeredAt ? [leg.quality?.received?.mosMean ?? 0] : []));
    expect(scores.map((mos) => mos > 1)).toEqual([true, true]);
  }, 60_000);

  it('the page is loaded anew at once: both hear each other again', async () => {
    const call = await talk('+420777200004');
    await page.reload();
    const from = call.audio.heard().length;
    const [heard] = await Promise.all([customerHears(call, from), pageHears(page)]);
    measured('audio back after a reload', heard);
    await endTalk(page, call);
  }, 60_000);

  it('the page is loaded anew while one is muted, and while the customer is on hold: it stays so', async () => {
    const call = await talk('+420777200006');
    await page.getByRole('button', { name: 'Mute' }).click();
    await page.reload();
    await page.getByRole('button', { name: 'Unmute' }).waitFor();
    await pageHears(page);
    const from = call.audio.heard().length;
    await becomes('a second is heard', () => call.audio.heard().length > from + 8000);
    expect(levelAt(personHz, call.audio.heard().subarray(from))).toBeLessThan(-60);
    await page.getByRole('button', { name: 'Unmute' }).click();
    await customerHears(call, from + 8000);
    await page.getByRole('button', { name: 'Hold' }).click();
    await customerHearsMusic(call, call.audio.heard().length);
    await page.reload();
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    await customerHearsMusic(call, call.audio.heard().length);
    await page.getByRole('button', { name: 'Resume' }).click();
    await customerHears(call, call.audio.heard().length);
    await endTalk(page, call);
  }, 60_000);

  it('the page is loaded anew and slowly: the customer hears music, then the person again, in one call with one recording', async () => {
    const number = '+420777200003';
    const call = await talk(number);
    await becomes('a second of talk', () => call.audio.heard().length > 12_000);
    const from = call.audio.heard().length;
    await page.goto('about:blank');
    measured('music after the page went', await customerHearsMusic(call, from));
    const back = call.audio.heard().length;
    await page.goto('/leads');
    const [heard] = await Promise.all([customerHears(call, back), pageHears(page)]);
    measured('the person heard again after the page came', heard);
    await page.getByText('Talking').first().waitFor();
    // Long enough to be found in the recording.
    const again = call.audio.heard().length;
    await becomes('a second and a half more', () => call.audio.heard().length > again + 12_000);
    await endTalk(page, call);
    const record = await endedCall(desk, number);
    const { items } = await desk.service.api.get<{ items: readonly object[] }>(
      `/api/calls?phone=${encodeURIComponent(number)}`,
    );
    expect(items.length).toBe(1);
    const { status, bytes } = await desk.service.api.bytes(`/api/recordings/${record.recording?.id}/audio`);
    expect(status).toBe(200);
    const { left, right } = channelsOf(bytes);
    for (const [side, hz, otherHz] of [
      [left, customerHz, personHz],
      [right, personHz, customerHz],
    ] as const) {
      const [first, last] = [side.subarray(4000, 8000), side.subarray(-8000, -4000)];
      for (const part of [first, last]) {
        expect(levelAt(hz, part)).toBeGreaterThan(-16);
        expect(levelAt(otherHz, part)).toBeLessThan(-40);
      }
    }
  }, 60_000);
});
