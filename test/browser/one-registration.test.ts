/**
 * Two tabs of one log-in are one phone: one connection, one tab that rings. Both show the call and can act on it, and when the one that has
 * the phone is closed the other takes it over, also in a talk.
 */
import type { Page } from 'playwright-core';
import { describeWithTool } from '../require-tool';
import { pause } from './desk-office';
import { type HeadsetSuite, openHeadsetSuite } from './headset-suite';
import {
  becomes,
  beginTalk,
  bothHear,
  customerCalls,
  customerHears,
  endAll,
  endTalk,
  isReady,
  measured,
  openHeadset,
  pageHears,
} from './headset-talk';
import { NetworkPath } from './network-path';
import { levelsHeard } from './page-ears';

/** Of the ringing tone. */
const ringHz = 660;
const ringEveryMs = 3_000;

describeWithTool(['chromium', 'mediasoup-worker'], 'two tabs of one log-in', () => {
  let suite: HeadsetSuite;
  let network: NetworkPath;
  let leader: Page;
  let other: Page;
  beforeAll(async () => {
    suite = await openHeadsetSuite();
    network = await NetworkPath.open(suite.desk.service.ports);
  }, 120_000);
  afterAll(async () => {
    network?.close();
    await suite?.close();
  });
  beforeEach(async () => {
    const { browser, desk } = suite;
    ({ page: leader } = await openHeadset(browser, { url: network.url, ...desk.office.person }));
    other = await leader.context().newPage();
    other.setDefaultTimeout(15_000);
    await other.goto('/leads');
    await isReady(other);
  }, 60_000);
  afterEach(async () => {
    await other.context().close();
    await endAll(suite.desk.service);
  });

  const calls = (from: string) => customerCalls(suite.desk.provider, suite.desk.office.rentedNumber, from);
  const talk = (from: string) =>
    beginTalk(leader, { provider: suite.desk.provider, number: suite.desk.office.rentedNumber, from });
  const answer = (page: Page) => page.getByRole('button', { name: /^Answer / });

  it('have one connection, and only one of them rings', async () => {
    expect(network.open('/api/sip')).toBe(1);
    const call = await calls('+420777300001');
    await Promise.all([answer(leader).waitFor(), answer(other).waitFor()]);
    await becomes(
      'the leading tab rings',
      async () => ((await levelsHeard(leader, 'players', [ringHz]))[0] ?? 0) > -30,
    );
    const heard: number[] = [];
    await becomes('a whole ring and more', async () => {
      heard.push(...(await levelsHeard(other, 'players', [ringHz])));
      return heard.length * 40 > ringEveryMs * 1.5;
    });
    expect(Math.max(...heard)).toBeLessThan(-60);
    await call.cancel();
    call.audio.close();
    await answer(other).waitFor({ state: 'detached' });
  }, 60_000);

  it('the other tab answers, holds, resumes and hangs up', async () => {
    const call = await calls('+420777300002');
    await answer(other).click();
    await call.answered;
    await bothHear(leader, call);
    await other.getByRole('button', { name: 'Hold' }).click();
    await other.getByText('On hold').first().waitFor();
    await other.getByRole('button', { name: 'Resume' }).click();
    await bothHear(leader, call);
    await other.getByRole('button', { name: 'Hang up' }).click();
    expect(await call.ended).toEqual({ by: 'them' });
    call.audio.close();
  }, 60_000);

  it('the leading tab is closed: the other registers, and rings', async () => {
    const before = network.opened('/api/sip');
    await leader.close();
    await becomes('the other tab connects', () => network.opened('/api/sip') > before);
    await becomes('the only connection is that of the other tab', () => network.open('/api/sip') === 1);
    await isReady(other);
    const call = await calls('+420777300003');
    await answer(other).waitFor();
    await becomes('it rings', async () => ((await levelsHeard(other, 'players', [ringHz]))[0] ?? 0) > -30);
    await answer(other).click();
    await call.answered;
    await bothHear(other, call);
    await endTalk(other, call);
  }, 60_000);

  it('the leading tab is closed in a talk: the other takes the call up', async () => {
    const call = await talk('+420777300004');
    // The first second may still be what the closed tab had said.
    const from = call.audio.heard().length + 8000;
    await leader.close();
    const [heard] = await Promise.all([customerHears(call, from), pageHears(other)]);
    measured('audio back in another tab', heard);
    await pause(1_000);
    await bothHear(other, call);
    await endTalk(other, call);
  }, 60_000);
});
