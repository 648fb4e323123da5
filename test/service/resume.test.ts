/**
 * A page that loses its connection in a call of the running service: the far end hears music and then the page again, by the
 * token that the desk socket gives; or it hears no change at all, where the audio goes on. WebRTC apart, all parts are real.
 */
import type { PhoneCall } from '../../demo/phone/phone-call';
import type { SipPhone } from '../../demo/phone/sip-phone';
import type { CallRow } from '../../prisma/records';
import { levelAt, loudness } from '../audio/goertzel';
import { answers, lately, tone } from './call-tools';
import { logIn, openPage, type OpenPage } from './open-page';
import { clock, openOffice, type RunningOffice, until } from './running-office';

const [pageHz, deskHz] = [440, 1000];

let office: RunningOffice;
let cookie: string;
let boris: SipPhone;
beforeAll(async () => {
  office = await openOffice();
  cookie = await logIn(office, 'anna');
  boris = await office.phone(office.boris.desk);
}, 60_000);
afterAll(() => office.close());

const hears = async (call: PhoneCall, isSo: (samples: Int16Array) => boolean): Promise<Int16Array> =>
  until(async () => lately(call.audio.heard()), isSo);
const isTone = (hz: number) => (samples: Int16Array) => samples.length === 4000 && levelAt(hz, samples) > -13;
const isMusic = (samples: Int16Array): boolean => levelAt(pageHz, samples) < -45 && loudness(samples) > -45;

interface Talking {
  readonly page: OpenPage;
  readonly desk: PhoneCall;
}

/** Anna's page calls Boris' desk phone, and both say their tones. */
async function talking(): Promise<Talking> {
  const page = await openPage(office, cookie);
  expect(await page.register()).toBe(200);
  const answered = answers(boris);
  const { answer } = await page.call('102');
  expect(answer.status).toBe(200);
  const desk = await answered;
  page.audio.say(tone(pageHz));
  desk.audio.say(tone(deskHz));
  await hears(desk, isTone(pageHz));
  return { page, desk };
}

test('loaded anew in a call: music within 3 s, a wrong token takes nothing, the right one goes on with the call', async () => {
  const { page, desk } = await talking();
  const lostAt = clock.now();
  await page.vanish('silent');
  await hears(desk, isMusic);
  expect(clock.now() - lostAt).toBeLessThan(3000);
  // The page that comes after the offer is told of it all the same.
  const again = await openPage(office, cookie);
  const { token, forMs } = await again.desk.hear('resume');
  expect(forMs).toBeGreaterThan(10_000);
  expect(await again.register()).toBe(200);
  expect((await again.call(`resume-${'0'.repeat(32)}`)).answer.status).toBe(404);
  const { answer } = await again.call(`resume-${token}`);
  expect(answer.status).toBe(200);
  again.audio.say(tone(pageHz));
  await hears(desk, isTone(pageHz));
  await until(async () => lately(again.audio.heard()), isTone(deskHz));
  expect((await again.call(`resume-${token}`)).answer.status).toBe(404);
  await desk.hangUp();
  expect((await again.sip.phone.request('BYE')).method).toBe('BYE');
  // One call and one recording, with the page twice in it.
  const { items } = await until(
    () => office.service.api.get<{ readonly items: readonly CallRow[] }>(`/api/calls?userId=${office.anna.id}`),
    (found) => found.items[0]?.recording?.state === 'finished',
  );
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({ cause: 'callee-hung-up', direction: 'internal' });
  expect(items[0]?.legs.map(({ userId, cause }) => [userId, cause])).toEqual([
    [office.anna.id, 'transferred'],
    [office.boris.id, 'callee-hung-up'],
    [office.anna.id, 'callee-hung-up'],
  ]);
  expect(items[0]?.recording?.durationMs).toBeGreaterThan((items[0]?.talkMs ?? 0) - 500);
  await again.vanish('silent');
});

test('the connection closes and the audio goes on: the far end hears no change, and nothing is offered', async () => {
  const { page, desk } = await talking();
  const other = await openPage(office, cookie);
  await page.vanish('goes on');
  // Longer than the watch that finds a page that is silent.
  const heardBefore = desk.audio.heard().length;
  await until(
    async () => desk.audio.heard().length,
    (now) => now - heardBefore > 3 * 8000,
  );
  const since = desk.audio.heard().subarray(heardBefore);
  for (let at = 0; at + 4000 <= since.length; at += 4000)
    expect(levelAt(pageHz, since.subarray(at, at + 4000))).toBeGreaterThan(-13);
  expect(other.desk.told.some(({ type }) => type === 'resume')).toBe(false);
  await desk.hangUp();
  await other.vanish('silent');
  page.audio.stop();
});

test('loaded anew while it rings: the new page rings and answers', async () => {
  const page = await openPage(office, cookie);
  expect(await page.register()).toBe(200);
  const person = { doNotDisturb: false, forwards: {}, ringsOn: ['headset'] };
  await office.service.api.put(`/api/users/${office.anna.id}/person`, person);
  const calling = await boris.call('101');
  const first = await page.sip.phone.request('INVITE');
  page.sip.phone.answer(first, 180, { lines: [page.sip.phone.contact('page')] });
  await calling.ringing;
  await page.vanish('silent');
  const again = await openPage(office, cookie);
  expect(await again.register()).toBe(200);
  const invite = await again.sip.phone.request('INVITE');
  again.sip.phone.answer(invite, 200, { body: answerAsBrowser(invite.body), lines: [again.sip.phone.contact('page')] });
  await calling.answered;
  await calling.hangUp();
  await again.sip.phone.request('BYE');
  await again.vanish('silent');
});

/** What a browser says to our offer; nothing is sent after it. */
function answerAsBrowser(offer: string): string {
  const mid = /^a=mid:(\S+)/m.exec(offer)?.[1] ?? '0';
  const lines = [
    ...['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', 'm=audio 9 UDP/TLS/RTP/SAVPF 8', 'c=IN IP4 0.0.0.0'],
    ...['a=rtpmap:8 PCMA/8000', 'a=rtcp-mux', `a=mid:${mid}`, 'a=sendrecv', 'a=setup:active', 'a=ssrc:4711 cname:page'],
    ...['a=ice-ufrag:abcd', `a=ice-pwd:${'x'.repeat(24)}`, `a=fingerprint:sha-256 ${Array(32).fill('AB').join(':')}`],
  ];
  return `${lines.join('\r\n')}\r\n`;
}
