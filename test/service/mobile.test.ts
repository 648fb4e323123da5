/**
 * A person's own mobile on the running service, with real audio; a provider's side is the mobile as well. It proves itself by a
 * spoken code, which is read back from what was heard; rings along and must press 1; calls through the office with a PIN.
 */
import type { PhoneCall } from '../../demo/phone/phone-call';
import type { SipPhone } from '../../demo/phone/sip-phone';
import { uriOf } from '../../demo/phone/wire';
import { levelAt, loudness } from '../audio/goertzel';
import { answers, channelsOf, expectTone, lately, middleOf, nextCall, pause, tone } from './call-tools';
import { figuresIn, wasSaid } from './heard-prompts';
import { endedCall, openOffice, type RunningOffice, until } from './running-office';

const [customerHz, mobileHz, deskHz] = [440, 700, 1000];
/** Czech dial tone (ITU-T E.180 supplement 2). */
const dialToneHz = 425;
const mobileNumber = '+420777000101';

interface Made {
  readonly id: string;
}

describe('a person’s own mobile', () => {
  let office: RunningOffice;
  let provider: SipPhone;
  let anna: SipPhone;
  let mobile: Made;

  beforeAll(async () => {
    office = await openOffice();
    provider = await office.provider();
    anna = await office.phone(office.anna.desk);
    mobile = await office.service.api.post<Made>('/api/numbers', {
      number: mobileNumber,
      kind: 'mobile',
      ownerUserId: office.anna.id,
      route: { to: 'user', userId: office.anna.id },
    });
  }, 60_000);
  afterAll(() => office?.close());
  afterEach(async () => {
    for (const phone of [provider, anna]) phone.onCall = (call) => call.refuse(480);
    await until(
      () => office.service.api.get<{ items: readonly object[] }>('/api/live'),
      ({ items }) => items.length === 0,
    );
  });

  const said = (prompt: string, call: PhoneCall): Promise<boolean> =>
    until(
      async () => wasSaid(prompt, call.audio.heard()),
      (isSaid) => isSaid,
    );
  const isVerified = async (): Promise<boolean> => {
    const { items } = await office.service.api.get<{ items: readonly { number: string; isVerified: boolean }[] }>(
      '/api/numbers',
    );
    return items.some((one) => one.number === mobileNumber && one.isVerified);
  };
  const hearEachOther = async (customer: PhoneCall, ours: PhoneCall, oursHz: number): Promise<void> => {
    await pause(1000);
    expectTone(lately(customer.audio.heard()), oursHz, customerHz);
    expectTone(lately(ours.audio.heard()), customerHz, oursHz);
  };

  it('rings nobody’s mobile before it is proved', async () => {
    const rung: string[] = [];
    provider.onCall = (call) => rung.push(call.shown);
    anna.onCall = (call) => call.refuse(486);
    const customer = await provider.call(office.main, { from: '777400000' });
    expect(await customer.ended).toEqual({ by: 'them', status: 486 });
    expect(rung).toEqual([]);
  });

  it('is called and told a code; a wrong one proves nothing, the one that was said does', async () => {
    const { api } = office.service;
    const reached = answers(provider);
    await api.post(`/api/numbers/${mobile.id}/verification`, {});
    const call = await reached;
    expect(uriOf(call.shown)).toContain(office.main);
    await until(
      async () => figuresIn(call.audio.heard()),
      (figures) => figures.length >= 6,
    );
    expect(wasSaid('verification-code', call.audio.heard())).toBe(true);
    const code = figuresIn(call.audio.heard()).slice(0, 6);
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    const prove = (digits: string): Promise<unknown> =>
      api.post(`/api/numbers/${mobile.id}/verification/code`, { code: digits });
    await expect(prove(wrong)).rejects.toThrow(/40\d|42\d/);
    expect(await isVerified()).toBe(false);
    await prove(code);
    expect(await isVerified()).toBe(true);
    await call.hangUp();
    const { items } = await api.get<{ items: readonly object[] }>('/api/calls?phone=777000101');
    expect(items).toEqual([]); // no conversation, no record
  }, 30_000);

  it('rings along with the desk phone, is asked, presses 1 and talks', async () => {
    const [ringing, deskRings] = [nextCall(provider), nextCall(anna)];
    const customer = await provider.call(office.main, { from: '777400001' });
    const [own, desk] = await Promise.all([ringing, deskRings]);
    desk.ring();
    own.answer();
    await own.answered;
    await said('press-1-to-accept', own);
    expect(customer.audio.received).toBe(0); // still ringing for the customer
    await own.audio.dial('1');
    await customer.answered;
    expect(await desk.ended).toEqual({ by: 'them', status: 487 });
    customer.audio.say(tone(customerHz));
    own.audio.say(tone(mobileHz));
    await hearEachOther(customer, own, mobileHz);
    expect(customer.audio.digits).toBe('');
    await customer.hangUp();
    await own.ended;
    const call = await endedCall(office, '777400001');
    expect(call).toMatchObject({ answeredByUserId: office.anna.id, direction: 'inbound' });
    const { right } = await channelsOf(office, call);
    expectTone(lately(middleOf(right)), mobileHz, customerHz);
  }, 30_000);

  it('its mailbox speaks and presses nothing: the desk phone rings on and has the call', async () => {
    const [ringing, deskRings] = [nextCall(provider), nextCall(anna)];
    const customer = await provider.call(office.main, { from: '777400002' });
    const [mailbox, desk] = await Promise.all([ringing, deskRings]);
    desk.ring();
    mailbox.answer();
    await mailbox.answered;
    mailbox.audio.say(tone(mobileHz));
    await said('press-1-to-accept', mailbox);
    await pause(500);
    expect(levelAt(mobileHz, customer.audio.heard())).toBeLessThan(-60);
    desk.answer();
    await customer.answered;
    expect(await mailbox.ended).toEqual({ by: 'them' });
    customer.audio.say(tone(customerHz));
    desk.audio.say(tone(deskHz));
    await hearEachOther(customer, desk, deskHz);
    await desk.hangUp();
    await customer.ended;
    const { right } = await channelsOf(office, await endedCall(office, '777400002'));
    expect(levelAt(mobileHz, right)).toBeLessThan(-50);
  }, 30_000);

  it('a call that its operator has forwarded to us rings the desk, not the mobile again', async () => {
    const rung: string[] = [];
    provider.onCall = (call) => rung.push(call.shown);
    const desk = answers(anna);
    const customer = await provider.call('+420999999999', {
      from: '777400003',
      extra: [['Diversion', `<sip:${mobileNumber}@127.0.0.1>;reason=no-answer`]],
    });
    const talking = await desk;
    await customer.answered;
    expect(rung).toEqual([]);
    await customer.hangUp();
    await talking.ended;
    expect(await endedCall(office, '777400003')).toMatchObject({ answeredByUserId: office.anna.id });
  }, 20_000);

  describe('calling through the office', () => {
    const calledIn = async (pin: string): Promise<PhoneCall> => {
      const own = await provider.call(office.sales, { from: '777000101' });
      await own.answered;
      await said('enter-pin', own);
      await own.audio.dial(`${pin}#`);
      return own;
    };

    beforeAll(async () => {
      const { api } = office.service;
      const { items } = await api.get<{ items: readonly { id: string; number: string }[] }>('/api/numbers');
      const sales = items.find(({ number }) => number === office.sales)?.id;
      await api.patch(`/api/numbers/${sales}`, { isCallThrough: true });
      await api.patch(`/api/users/${office.anna.id}`, { pin: '2468' });
    });

    it('PIN, dial tone, a number: the office’s number is shown, both talk, it is on the card of who was called', async () => {
      const own = await calledIn('2468');
      const before = own.audio.heard().length;
      await until(
        async () => levelAt(dialToneHz, lately(own.audio.heard().subarray(before))),
        (level) => level > -30,
      );
      const reached = answers(provider);
      await own.audio.dial('777400010#');
      const callee = await reached;
      expect(uriOf(callee.shown)).toContain(office.main);
      expect(callee.invite.startLine).toContain('777400010');
      own.audio.say(tone(mobileHz));
      callee.audio.say(tone(customerHz));
      await hearEachOther(callee, own, mobileHz);
      await own.hangUp();
      await callee.ended;
      const call = await endedCall(office, '777400010');
      expect(call).toMatchObject({ direction: 'outbound', caller: { userId: office.anna.id }, card: { kind: 'lead' } });
      const { left, right } = await channelsOf(office, call);
      expectTone(lately(middleOf(left)), customerHz, mobileHz);
      expectTone(lately(middleOf(right)), mobileHz, customerHz);
    }, 30_000);

    it('a wrong PIN three times: told each time, the call ends, an alarm', async () => {
      const own = await calledIn('1111');
      await said('wrong-pin', own);
      for (const pin of ['2222', '3333']) await own.audio.dial(`${pin}#`);
      expect(await own.ended).toEqual({ by: 'them' });
      expect(loudness(lately(own.audio.heard()))).toBeGreaterThan(-60);
      const { items } = await office.service.api.get<{ items: readonly { kind: string; userId?: string }[] }>(
        '/api/alarms',
      );
      expect(items).toContainEqual(expect.objectContaining({ kind: 'wrong-pin', userId: office.anna.id }));
    }, 30_000);

    it('whoever else calls that number goes its route', async () => {
      const other = await provider.call(office.sales, { from: '777400011' });
      expect(await other.ended).toEqual({ by: 'them', status: 480 }); // Boris has no phone on
    });
  });
});
