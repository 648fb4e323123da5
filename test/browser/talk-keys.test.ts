/**
 * What is pressed in a talk on the headset happens at the other end, heard by tones: mute, hold, keys, a transfer with announcement; a
 * colleague is called by name; what was noted stands on the client's card.
 */
import type { Page } from 'playwright-core';
import type { PhoneCall } from '../../demo/phone/phone-call';
import { SipPhone } from '../../demo/phone/sip-phone';
import { levelAt, loudness } from '../audio/goertzel';
import { describeWithTool } from '../require-tool';
import { tone } from '../service/call-tools';
import { clock, type DeskOffice } from './desk-office';
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
  openHeadset,
  pageHears,
  personHz,
} from './headset-talk';
import type { OpenedPage } from './open-browser';
import { levelsHeard } from './page-ears';

const boris = { name: 'Boris Novák', login: 'boris', password: 'boris-has-one-9', role: 'operator', extension: '102' };
const colleagueHz = 2_100;

describeWithTool(['chromium', 'mediasoup-worker'], 'the keys of a talk', () => {
  let suite: HeadsetSuite;
  let desk: DeskOffice;
  let opened: OpenedPage;
  let page: Page;
  let borisPhone: SipPhone;

  beforeAll(async () => {
    suite = await openHeadsetSuite();
    ({ desk } = suite);
    const { api, ports, url } = desk.service;
    const { id } = await api.post<{ id: string }>('/api/users', boris);
    const account = await api.post<{ username: string; password: string }>(`/api/users/${id}/devices`, {
      name: 'Desk',
    });
    const service = { host: '127.0.0.1', port: ports.sip };
    borisPhone = await SipPhone.open({ clock, service, ...account, law: 'PCMU' });
    await borisPhone.register();
    opened = await openHeadset(suite.browser, { url, ...desk.office.person });
    page = opened.page;
  }, 120_000);

  afterAll(async () => {
    borisPhone?.close();
    await suite?.close();
  });

  afterEach(async () => {
    await endAll(desk.service);
    await page.locator('.pcall:not(.pcall-after)').first().waitFor({ state: 'detached' });
    expect(opened.mistakes.splice(0)).toEqual([]);
  });

  const panel = () => page.getByRole('complementary', { name: 'Phone' });
  const key = (name: string) => panel().getByRole('button', { name, exact: true });
  const talk = () =>
    beginTalk(page, { provider: desk.provider, number: desk.office.rentedNumber, from: desk.office.knownCaller });
  const borisAnswers = (): Promise<PhoneCall> =>
    new Promise((resolve) => {
      borisPhone.onCall = (call) => {
        call.ring();
        call.answer();
        call.audio.say(tone(colleagueHz));
        resolve(call);
      };
    });
  const lastPiece = (call: PhoneCall, from: number): Int16Array | undefined => {
    const heard = call.audio.heard().subarray(from);
    return heard.length < 1_600 ? undefined : heard.subarray(-1_600);
  };
  const hears = (call: PhoneCall, hz: number): Promise<number> => {
    const from = call.audio.heard().length;
    return becomes(`${hz} Hz is heard`, () => levelAt(hz, lastPiece(call, from) ?? new Int16Array(0)) > -30);
  };

  it('muted, nobody hears me; unmuted, they do', async () => {
    const call = await talk();
    const from = call.audio.heard().length;
    await key('Mute').click();
    await becomes('silence', () => loudness(lastPiece(call, from) ?? tone(personHz)) < -55);
    await pageHears(page);
    await key('Unmute').click();
    await customerHears(call, from);
    await endTalk(page, call);
  }, 40_000);

  it('held, the customer hears music and I nothing; resumed, we hear each other', async () => {
    const call = await talk();
    await key('Hold').click();
    await customerHearsMusic(call, call.audio.heard().length);
    await becomes('the page hears nothing', async () =>
      (await levelsHeard(page, 'peers', [customerHz])).every((level) => level < -60),
    );
    await panel().getByText('On hold').waitFor();
    await key('Resume').click();
    await bothHear(page, call);
    await endTalk(page, call);
  }, 40_000);

  it('keys reach the other end as digits, and what was noted stands on the card', async () => {
    const call = await talk();
    await key('Keypad').click();
    for (const digit of '42#') await key(digit).click();
    await becomes('the digits come', () => call.audio.digits === '42#');
    await endTalk(page, call);
    await panel().getByRole('textbox', { name: 'Note on this call' }).fill('Calls back on Friday');
    await panel().getByText('Saved').waitFor();
    await key('Close').click();
    await page.goto(`/contacts/${desk.office.contactId}`);
    await page.locator('.entry').first().getByText('Calls back on Friday').waitFor();
  }, 60_000);

  it('a colleague is found by name, with how they stand, and called on the desk phone', async () => {
    await page.keyboard.press('d');
    await page.getByRole('combobox', { name: 'Call whom' }).fill('bor');
    await page.getByRole('option', { name: /^Free Boris Novák/ }).click();
    const answered = borisAnswers();
    await page.keyboard.press('Enter');
    const inside = await answered;
    await hears(inside, personHz);
    await becomes('the page hears the colleague', async () =>
      (await levelsHeard(page, 'peers', [colleagueHz])).every((level) => level > -30),
    );
    await panel().getByText('Boris Novák').waitFor();
    await inside.hangUp();
  }, 40_000);

  it('a call is passed on with announcement: talked to, then connected', async () => {
    const call = await talk();
    await key('Transfer').click();
    await panel().getByRole('combobox', { name: 'To whom' }).fill('102');
    const answered = borisAnswers();
    await key('Talk first').click();
    const target = await answered;
    await hears(target, personHz);
    await key('Connect them').click();
    await Promise.all([hears(call, colleagueHz), hears(target, customerHz)]);
    await page.locator('.pcall:not(.pcall-after)').first().waitFor({ state: 'detached' });
    await call.hangUp();
    await target.ended;
  }, 40_000);
});
