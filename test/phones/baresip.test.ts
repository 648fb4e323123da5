/**
 * A real phone of another maker on the desk: baresip, registered with digest. Each side says its own tone, and the tone
 * is looked for in what the other side heard and in the right channel of the recording.
 */
import type { SipPhone } from '../../demo/phone/sip-phone';
import { levelAt } from '../audio/goertzel';
import { sine } from '../audio/tone';
import { describeWithTool } from '../require-tool';
import { answers, channelsOf, expectTone, lately, middleOf, pause, tone } from '../service/call-tools';
import { clock, endedCall, openOffice, type RunningOffice } from '../service/running-office';
import { Baresip } from './baresip';

const [customerHz, deskHz] = [440, 1000];
const speech = sine({ frequencyHz: deskHz, samples: 60 * 8000 });

describeWithTool('baresip', 'baresip as a desk phone', () => {
  let office: RunningOffice;
  let desk: Baresip;
  let provider: SipPhone;

  beforeAll(async () => {
    office = await openOffice();
    provider = await office.provider();
    const service = { host: '127.0.0.1', port: office.service.ports.sip };
    desk = await Baresip.start({ clock, service, ...office.anna.desk, codec: 'PCMA', speech });
  }, 60_000);
  afterAll(async () => {
    await desk?.close();
    await office?.close();
  });

  it('is called and answers: both sides hear each other, and the recording has each in its channel', async () => {
    const outside = await provider.call(office.main, { from: '777300001' });
    await desk.happens('CALL_INCOMING');
    await outside.ringing;
    desk.answer();
    await outside.answered;
    outside.audio.say(tone(customerHz));
    await pause(2500);
    expectTone(lately(outside.audio.heard()), deskHz, customerHz);
    await outside.hangUp();
    await desk.happens('CALL_CLOSED');
    expectTone(lately(desk.heard()), customerHz, deskHz);
    const call = await endedCall(office, '777300001');
    expect(call).toMatchObject({ cause: 'caller-hung-up', answeredByUserId: office.anna.id, card: { kind: 'lead' } });
    const { left, right } = await channelsOf(office, call);
    expect(Math.abs(left.length / 8 - call.talkMs)).toBeLessThan(300);
    expectTone(lately(middleOf(left)), customerHz, deskHz);
    expectTone(lately(middleOf(right)), deskHz, customerHz);
  });

  it('calls outside, holds, resumes and hangs up', async () => {
    const answered = answers(provider);
    desk.call('777300002');
    const outside = await answered;
    await desk.happens('CALL_ESTABLISHED');
    outside.audio.say(tone(customerHz));
    await pause(1200);
    expectTone(lately(outside.audio.heard()), deskHz, customerHz);
    desk.hold();
    await pause(1500);
    expect(levelAt(deskHz, lately(outside.audio.heard()))).toBeLessThan(-45);
    desk.resume();
    await pause(1200);
    expectTone(lately(outside.audio.heard()), deskHz, customerHz);
    desk.hangUp();
    expect(await outside.ended).toEqual({ by: 'them' });
    const call = await endedCall(office, '777300002');
    expect(call).toMatchObject({ direction: 'outbound', cause: 'caller-hung-up', caller: { userId: office.anna.id } });
    const { left, right } = await channelsOf(office, call);
    expect(Math.abs(left.length / 8 - call.talkMs)).toBeLessThan(300);
    expectTone(left.subarray(2000, 8000), customerHz, deskHz);
    expectTone(right.subarray(3000, 8000), deskHz, customerHz);
    expectTone(lately(middleOf(right)), deskHz, customerHz);
  });

  it('hangs up a call it was called for; the caller hears BYE', async () => {
    const outside = await provider.call(office.main, { from: '777300003' });
    await desk.happens('CALL_INCOMING');
    desk.answer();
    await outside.answered;
    desk.hangUp();
    expect(await outside.ended).toEqual({ by: 'them' });
    expect(await endedCall(office, '777300003')).toMatchObject({ cause: 'callee-hung-up' });
  });

  it('rejects a call while it rings', async () => {
    const outside = await provider.call(office.main, { from: '777300004' });
    await desk.happens('CALL_INCOMING');
    desk.hangUp();
    expect(await outside.ended).toMatchObject({ by: 'them' });
    expect(await endedCall(office, '777300004')).toMatchObject({ talkMs: 0, fault: 'callee' });
  });
});
