/** What takes half a minute or hours in an office, with limits cut short: nobody answers, a lost BYE, the longest call, too many. */
import type { SipPhone } from '../../demo/phone/sip-phone';
import { nextCall, pause, talk } from './call-tools';
import { RawSip } from './raw-sip';
import { endedCall, type RunningOffice } from './running-office';
import { openOfficeWithLimits } from './short-limits';

describe('limits of calls', () => {
  let office: RunningOffice;
  let provider: SipPhone;
  let anna: SipPhone;

  beforeAll(async () => {
    office = await openOfficeWithLimits({
      callsMax: 3,
      ringTimeoutMs: 1500,
      audioLostMs: 1500,
      callMaxMs: 3000,
      lingerMs: 500,
    });
    [provider, anna] = [await office.provider(), await office.phone(office.anna.desk)];
  }, 60_000);
  afterAll(() => office?.close());

  const talking = (as: string) =>
    talk({ phone: provider, number: office.main, as, toneHz: 440 }, { phone: anna, toneHz: 1000 });

  it('nobody answers: the caller is told after the ring time, the phone stops ringing', async () => {
    const ringing = nextCall(anna);
    const caller = await provider.call(office.main, { from: '777600001' });
    const phone = await ringing;
    phone.ring();
    expect(await caller.ended).toEqual({ by: 'them', status: 480 });
    expect(await phone.ended).toMatchObject({ by: 'them', status: 487 });
    const call = await endedCall(office, '777600001');
    expect(call).toMatchObject({ cause: 'no-answer', fault: 'callee', talkMs: 0, card: { kind: 'lead' } });
    expect(call.ringMs).toBeGreaterThan(1300);
  });

  it('a registered phone that lost power: unreachable, which is not the same as no answer', async () => {
    const gone = await office.phone(office.boris.desk);
    gone.close();
    const caller = await provider.call(office.sales, { from: '777600002' });
    expect(await caller.ended).toEqual({ by: 'them', status: 480 });
    expect(await endedCall(office, '777600002')).toMatchObject({ cause: 'unreachable', fault: 'callee', talkMs: 0 });
  });

  it('a BYE was lost: the silence of one side ends the call for both', async () => {
    const { caller, callee } = await talking('777600003');
    await pause(500);
    callee.audio.stop();
    expect(await caller.ended).toEqual({ by: 'them' });
    expect(await callee.ended).toEqual({ by: 'them' });
    expect(await endedCall(office, '777600003')).toMatchObject({ cause: 'audio-lost', fault: 'nobody' });
  });

  it('a held call may be silent', async () => {
    const { caller, callee } = await talking('777600004');
    await callee.reoffer('sendonly');
    callee.audio.stop();
    await pause(2200);
    await caller.hangUp();
    expect(await endedCall(office, '777600004')).toMatchObject({ cause: 'caller-hung-up' });
  });

  it('the longest call allowed', async () => {
    const { caller, callee } = await talking('777600005');
    expect(await caller.ended).toEqual({ by: 'them' });
    expect(await callee.ended).toEqual({ by: 'them' });
    const call = await endedCall(office, '777600005');
    expect(call).toMatchObject({ cause: 'too-long' });
    expect(Math.abs(call.talkMs - 3000)).toBeLessThan(400);
  });

  it('too many calls: 503 with Retry-After, and the others are not harmed', async () => {
    anna.onCall = (call) => call.ring();
    const callers = await Promise.all(
      [1, 2, 3].map((index) => provider.call(office.main, { from: `77760001${index}` })),
    );
    await Promise.all(callers.map((call) => call.ringing));
    const stranger = await RawSip.open('127.0.0.1', office.service.ports.sip);
    const answers = await stranger.ask('INVITE', { to: office.main, from: '777600020' });
    stranger.close();
    const last = answers.at(-1) ?? '';
    expect(last).toMatch(/^SIP\/2\.0 503 /);
    expect(last).toMatch(/^Retry-After: \d+/m);
    await Promise.all(callers.map((call) => call.cancel()));
    expect(await endedCall(office, '777600013')).toMatchObject({ cause: 'caller-gave-up' });
    const { items } = await office.service.api.get<{ items: readonly object[] }>('/api/calls?phone=777600020');
    expect(items).toEqual([]);
  });
});
