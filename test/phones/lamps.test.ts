/**
 * Lamps (RFC 4235) and the voicemail lamp (RFC 3842) against the running service, as a desk phone uses them: it watches a
 * colleague and a park slot, sees ringing, talking and silence, and takes the ringing call by the dialog the lamp named
 * (INVITE with Replaces, RFC 3891). baresip 1.0 watches no dialogs, so our own small phone does; who talks is baresip's part
 * in codes.test.ts.
 */
import type { SipPhone } from '../../demo/phone/sip-phone';
import { Watch } from '../../demo/phone/watch';
import { answers, expectTone, lately, nextCall, pause, talk, tone } from '../service/call-tools';
import { endedCall, openOffice, type RunningOffice, until } from '../service/running-office';

const [customerHz, borisHz, annaHz] = [440, 1000, 700];

describe('lamps of a running office', () => {
  let office: RunningOffice;
  let provider: SipPhone;
  let anna: SipPhone;
  let boris: SipPhone;

  beforeAll(async () => {
    office = await openOffice();
    provider = await office.provider();
    anna = await office.phone(office.anna.home);
    boris = await office.phone(office.boris.desk);
  }, 60_000);
  afterAll(() => office?.close());

  const told = (watch: Watch, pattern: RegExp): Promise<string> =>
    until(
      async () => watch.last.body,
      (body) => pattern.test(body),
    );
  const dark = /<dialog-info[^>]*state="full"[^>]*>\s*<\/dialog-info>/;

  it('a colleague’s lamp: dark, ringing, talking, dark; and a last word when the watch ends', async () => {
    const lamp = await Watch.open(anna, { user: '102', event: 'dialog' });
    const first = await told(lamp, dark);
    expect(first).toContain('version="0"');
    expect(lamp.last.state).toMatch(/^active;expires=\d+/);
    const ringing = nextCall(boris);
    const customer = await provider.call(office.sales, { from: '777900001' });
    const call = await ringing;
    call.ring();
    const early = await told(lamp, /<state>early<\/state>/);
    expect(early).toContain('direction="recipient"');
    call.answer();
    await customer.answered;
    await told(lamp, /<state>confirmed<\/state>/);
    await customer.hangUp();
    await told(lamp, dark);
    await lamp.end();
    await until(
      async () => lamp.last.state,
      (state) => state.startsWith('terminated'),
    );
  }, 20_000);

  it('the ringing call is taken by the dialog that the lamp names, and the phone that rang stops', async () => {
    const lamp = await Watch.open(anna, { user: '102', event: 'dialog' });
    const ringing = nextCall(boris);
    const customer = await provider.call(office.sales, { from: '777900002' });
    const atBoris = await ringing;
    atBoris.ring();
    const early = await told(lamp, /<state>early<\/state>/);
    const [callId = '', local = '', remote = ''] = ['call-id', 'local-tag', 'remote-tag'].map(
      (name) => new RegExp(` ${name}="([^"]*)"`).exec(early)?.[1],
    );
    const replaces = `${callId};to-tag=${remote};from-tag=${local}`;
    const taken = await anna.call('102', { extra: [['Replaces', replaces]] });
    await taken.answered;
    await customer.answered;
    await atBoris.ended;
    customer.audio.say(tone(customerHz));
    taken.audio.say(tone(annaHz));
    await pause(1000);
    expectTone(lately(customer.audio.heard()), annaHz, borisHz);
    expectTone(lately(taken.audio.heard()), customerHz, borisHz);
    await told(lamp, dark);
    await customer.hangUp();
    expect(await endedCall(office, '777900002')).toMatchObject({ answeredByUserId: office.anna.id });
    await lamp.end();
  }, 20_000);

  it('a park slot’s lamp is lit while a call waits there', async () => {
    const lamp = await Watch.open(anna, { user: '*7001', event: 'dialog' });
    await told(lamp, dark);
    const { caller: customer, callee } = await talk(
      { phone: provider, number: office.sales, as: '777900003', toneHz: customerHz },
      { phone: boris, toneHz: borisHz },
    );
    await callee.audio.dial('*7#');
    await told(lamp, /<state>confirmed<\/state>/);
    await callee.ended;
    const back = await anna.call('*7001');
    await back.answered;
    await told(lamp, dark);
    back.audio.say(tone(annaHz));
    await pause(1000);
    expectTone(lately(customer.audio.heard()), annaHz, borisHz);
    await customer.hangUp();
    await lamp.end();
  }, 20_000);

  it('the voicemail lamp of a person without messages is off', async () => {
    const lamp = await Watch.open(boris, { user: 'voicemail', event: 'message-summary' });
    await until(
      async () => lamp.last.body,
      (body) => /Messages-Waiting: no/i.test(body),
    );
    await lamp.end();
  }, 20_000);

  it('whoever has not proven an account, and a provider, watches nothing', async () => {
    await expect(Watch.open(provider, { user: '102', event: 'dialog' })).rejects.toThrow(/40[13]/);
    const answered = answers(boris);
    const customer = await provider.call(office.sales, { from: '777900004' });
    await answered;
    await customer.hangUp();
  }, 20_000);
});
