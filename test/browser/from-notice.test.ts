/**
 * A person with no phone on and the page closed: the browser is told of the call, a click on "Answer" opens the page, which
 * registers, rings for the call that waits, and answers it. What the push service of the browser's maker does is done by the test.
 */
import type { PushMessage } from '../../server/api/push-messages';
import { type PushService, startPushService } from '../server/push/push-service';
import { describeWithTool } from '../require-tool';
import { endedCall, openOffice, type RunningOffice } from '../service/running-office';
import { expectTone, lately, pause, tone } from '../service/call-tools';
import { Operator } from './operator';

const [customerHz, annaHz] = [440, 1000];
const password = 'a long password';

describeWithTool(['chromium', 'mediasoup-worker'], 'a call to a person whose page is closed', () => {
  let push: PushService;
  let office: RunningOffice;
  let anna: Operator;
  beforeAll(async () => {
    push = await startPushService();
    office = await openOffice({ TRUNKLINE_PUSH_SERVICES: push.origin });
    anna = await Operator.open({ url: office.service.url, login: 'anna', password, toneHz: annaHz });
    const status = await anna.page.evaluate(async (subscription) => {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify(subscription);
      return (await fetch('/api/push/subscription', { method: 'PUT', headers, body })).status;
    }, push.subscription);
    expect(status).toBe(204);
    await anna.page.goto('about:blank');
  }, 60_000);
  afterAll(async () => {
    await anna?.close();
    await office?.close();
    await push.close();
  });

  it('is told, opens the page and answers; both are heard', async () => {
    const provider = await office.provider();
    const outside = await provider.call(office.main, { from: '777500001' });
    const notice = JSON.parse((await push.next()).text) as PushMessage;
    await outside.ringing;
    await anna.page.goto(`${office.service.url}${notice.answer?.path}`);
    await outside.answered;
    outside.audio.say(tone(customerHz));
    await anna.hears(customerHz);
    await pause(700);
    expectTone(lately(outside.audio.heard()), annaHz, customerHz);
    expect(new URL(anna.page.url()).search).toBe('');
    await anna.hangUp();
    expect(await outside.ended).toEqual({ by: 'them' });
    expect(await endedCall(office, '777500001')).toMatchObject({ answeredByUserId: office.anna.id });
    outside.audio.close();
  });
});
