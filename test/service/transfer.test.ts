/**
 * Transfer and codes in a call on the running service, as people do it: keys of a desk phone, its Xfer key, REST. What each
 * end hears, what the customer's card keeps, and that nothing is left over.
 */
import type { PhoneCall } from '../../demo/phone/phone-call';
import type { SipPhone } from '../../demo/phone/sip-phone';
import type { LiveCall } from '../../server/api/messages';
import { levelAt, loudness } from '../audio/goertzel';
import { channelsOf, expectTone, lately, middleOf, nextCall, pause, type Talk, talk, tone } from './call-tools';
import { endedCall, openOffice, type RunningOffice, until } from './running-office';

const [customerHz, deskHz, targetHz] = [440, 1000, 700];

describe('transfer on the running service', () => {
  let office: RunningOffice;
  let provider: SipPhone;
  let anna: SipPhone;
  let boris: SipPhone;
  let customers = 0;

  beforeAll(async () => {
    office = await openOffice();
    provider = await office.provider('PCMA');
    anna = await office.phone(office.anna.desk, 'PCMU');
    boris = await office.phone(office.boris.desk);
  }, 60_000);
  afterAll(() => office?.close());
  afterEach(() => nothingLives());

  const liveCalls = async (): Promise<readonly LiveCall[]> =>
    (await office.service.api.get<{ items: readonly LiveCall[] }>('/api/live')).items;
  const nothingLives = async (): Promise<void> => {
    await until(liveCalls, (calls) => calls.length === 0);
  };
  const liveIn = (state: LiveCall['state']): Promise<LiveCall> =>
    until(
      async () => (await liveCalls()).find((call) => call.state === state),
      (call) => call !== undefined,
    ).then((call) => {
      if (call === undefined) throw new Error('no such call');
      return call;
    });

  /** A new customer talks to Anna's desk phone. */
  const customerAndAnna = async (): Promise<Talk & { readonly number: string }> => {
    customers += 1;
    const number = `7776000${String(customers).padStart(2, '0')}`;
    const both = await talk(
      { phone: provider, number: office.main, as: number, toneHz: customerHz },
      { phone: anna, toneHz: deskHz },
    );
    return { ...both, number };
  };
  const answered = async (call: PhoneCall): Promise<PhoneCall> => {
    call.answer();
    await call.answered;
    call.audio.say(tone(targetHz));
    return call;
  };
  const hearEachOther = async (customer: PhoneCall, target: PhoneCall): Promise<void> => {
    await pause(1000);
    expectTone(lately(customer.audio.heard()), targetHz, deskHz);
    expectTone(lately(target.audio.heard()), customerHz, deskHz);
  };

  it('blind by **102#: the target sees and hears the customer, one recording on the customer’s card', async () => {
    const { caller: customer, callee: desk, number } = await customerAndAnna();
    await pause(700);
    const { id } = await liveIn('talking');
    const ringing = nextCall(boris);
    await desk.audio.dial('**102#');
    const target = await ringing;
    expect(target.shown).toContain(`+420${number}`);
    expect(await desk.ended).toEqual({ by: 'them' });
    target.ring();
    const before = customer.audio.heard().length;
    await pause(1300);
    expect(loudness(customer.audio.heard().subarray(before))).toBeGreaterThan(-40); // ringback, no silence
    await answered(target);
    await hearEachOther(customer, target);
    expect(customer.audio.digits).toBe('');
    await customer.hangUp();
    expect(await target.ended).toEqual({ by: 'them' });

    const call = await endedCall(office, number);
    expect(call).toMatchObject({ id, cause: 'caller-hung-up', answeredByUserId: office.boris.id });
    expect(call.legs.filter(({ userId }) => userId === office.anna.id).map(({ cause }) => cause)).toContain(
      'transferred',
    );
    const { left, right } = await channelsOf(office, call);
    expectTone(middleOf(left).subarray(0, 3000), customerHz, deskHz);
    expectTone(lately(middleOf(left)), customerHz, targetHz);
    expectTone(middleOf(right).subarray(0, 3000), deskHz, targetHz);
    expectTone(lately(middleOf(right)), targetHz, deskHz);
    const timeline = await office.service.api.get<{ items: readonly { call: { id: string } }[] }>(
      `/api/leads/${call.card?.id}/timeline`,
    );
    expect(timeline.items.map((entry) => entry.call.id)).toEqual([id]);
  }, 30_000);

  it('announced by *102#: colleagues talk unrecorded, hanging up joins customer and target', async () => {
    const { caller: customer, callee: desk, number } = await customerAndAnna();
    await pause(700);
    const ringing = nextCall(boris);
    await desk.audio.dial('*102#');
    const target = await ringing;
    target.ring();
    await answered(target);
    await pause(1500);
    expectTone(lately(desk.audio.heard()), targetHz, customerHz);
    expectTone(lately(target.audio.heard()), deskHz, customerHz);
    expect(levelAt(deskHz, lately(customer.audio.heard()))).toBeLessThan(-45);
    expect(levelAt(targetHz, lately(customer.audio.heard()))).toBeLessThan(-45);
    const heardOfIt = target.audio.heard().length;
    await desk.hangUp();
    const joinedAfter = (target.audio.heard().length - heardOfIt) / 8;
    await hearEachOther(customer, target);
    await target.hangUp();
    expect(await customer.ended).toEqual({ by: 'them' });

    expect(joinedAfter).toBeLessThan(500);
    const call = await endedCall(office, number);
    expect(call).toMatchObject({ cause: 'callee-hung-up', answeredByUserId: office.boris.id });
    const { left, right } = await channelsOf(office, call);
    expectTone(lately(middleOf(right)), targetHz, deskHz);
    // From 1.9 s on (700 ms of talk, six keys) for a second nothing of the colleagues' talk is in the file.
    const consulted = right.subarray(2.0 * 8000, 3.0 * 8000);
    expect(levelAt(deskHz, consulted)).toBeLessThan(-60);
    expect(levelAt(targetHz, consulted)).toBeLessThan(-60);
    expect(levelAt(targetHz, left)).toBeLessThan(-45);
    expect(levelAt(customerHz, left.subarray(2.0 * 8000, 3.0 * 8000))).toBeGreaterThan(-13);
  }, 30_000);

  it('*0# goes back to the customer, *1# pauses and resumes the recording', async () => {
    const { caller: customer, callee: desk, number } = await customerAndAnna();
    const ringing = nextCall(boris);
    await desk.audio.dial('*102#');
    const target = await ringing;
    await answered(target);
    await liveIn('consulting');
    await desk.audio.dial('*0#');
    expect(await target.ended).toEqual({ by: 'them' });
    await pause(800);
    expectTone(lately(customer.audio.heard()), deskHz, targetHz);
    expectTone(lately(desk.audio.heard()), customerHz, targetHz);
    await desk.audio.dial('*1#');
    await until(liveCalls, ([call]) => call?.recording === 'paused');
    await pause(1500);
    await desk.audio.dial('*1#');
    await until(liveCalls, ([call]) => call?.recording === 'running');
    await pause(700);
    await customer.hangUp();
    await desk.ended;
    expect(customer.audio.digits).toBe('');
    const call = await endedCall(office, number);
    const { left } = await channelsOf(office, call);
    expect(Math.abs(left.length / 8 - call.talkMs)).toBeLessThan(300);
    expect(loudness(left.subarray(left.length - 2.2 * 8000, left.length - 1.6 * 8000))).toBeLessThan(-60);
    expectTone(lately(middleOf(left)), customerHz, deskHz);
  }, 30_000);

  it('Xfer, number, Xfer: the phone hears 100, 180, 200 and is let go', async () => {
    const { caller: customer, callee: desk, number } = await customerAndAnna();
    await desk.reoffer('sendonly');
    const ringing = nextCall(boris);
    expect(await desk.refer('102')).toBe(202);
    const target = await ringing;
    expect(target.shown).toContain(`+420${number}`);
    target.ring();
    await until(
      async () => desk.told,
      ({ length }) => length >= 2,
    );
    await answered(target);
    expect(await desk.ended).toEqual({ by: 'them' });
    expect(desk.told).toEqual([100, 180, 200]);
    await hearEachOther(customer, target);
    await customer.hangUp();
    await target.ended;
    expect(await endedCall(office, number)).toMatchObject({ answeredByUserId: office.boris.id });
  }, 30_000);

  it('hanging up right after the 202 leaves the customer ringing at the target', async () => {
    const { caller: customer, callee: desk } = await customerAndAnna();
    const ringing = nextCall(boris);
    expect(await desk.refer('102')).toBe(202);
    await desk.hangUp();
    const target = await ringing;
    target.ring();
    await answered(target);
    await hearEachOther(customer, target);
    await target.hangUp();
    await customer.ended;
  }, 30_000);

  it('Xfer to a busy phone: it hears 486 and has the customer again', async () => {
    const { caller: customer, callee: desk } = await customerAndAnna();
    const ringing = nextCall(boris);
    expect(await desk.refer('102')).toBe(202);
    (await ringing).refuse(486);
    await until(
      async () => desk.told,
      ({ length }) => length >= 2,
    );
    expect(desk.told).toEqual([100, 486]);
    await pause(800);
    expectTone(lately(customer.audio.heard()), deskHz, targetHz);
    expectTone(lately(desk.audio.heard()), customerHz, targetHz);
    await desk.hangUp();
    await customer.ended;
  }, 30_000);

  it.each(['talks', 'rings'])(
    'two calls of one phone become one while the target %s (Replaces)',
    async (target) => {
      const { caller: customer, callee: desk, number } = await customerAndAnna();
      await desk.reoffer('sendonly');
      const { id } = (await liveCalls())[0] ?? {};
      const ringing = nextCall(boris);
      const consulting = await anna.call('102');
      const taker = await ringing;
      taker.ring();
      await consulting.ringing;
      if (target === 'talks') {
        await answered(taker);
        await consulting.answered;
      }
      expect(await desk.refer(consulting)).toBe(202);
      expect(await desk.ended).toEqual({ by: 'them' });
      await consulting.ended;
      if (target === 'rings') await answered(taker);
      await hearEachOther(customer, taker);
      await customer.hangUp();
      await taker.ended;
      expect(await endedCall(office, number)).toMatchObject({ id, answeredByUserId: office.boris.id });
    },
    30_000,
  );

  it('a star of a bank’s menu that is no code reaches the bank', async () => {
    const { caller: desk, callee: bank } = await talk(
      { phone: anna, number: '777600099', toneHz: deskHz },
      { phone: provider, toneHz: customerHz },
    );
    await pause(300);
    await desk.audio.dial('*9');
    await pause(500);
    expect(bank.audio.digits).toBe(''); // it may become a code yet
    await until(
      async () => bank.audio.digits,
      (digits) => digits.length >= 2,
    );
    expect(bank.audio.digits).toBe('*9');
    await desk.audio.dial('5#');
    await until(
      async () => bank.audio.digits,
      (digits) => digits.length >= 4,
    );
    expect(bank.audio.digits).toBe('*95#');
    await desk.hangUp();
    await bank.ended;
  }, 30_000);

  it('by REST: announced, completed; digits of ours reach the customer’s side', async () => {
    const { caller: customer, callee: desk, number } = await customerAndAnna();
    const { id, legs } = await liveIn('talking');
    const legOf = (kind: 'trunkId' | 'userId'): string =>
      legs.find((leg) => leg[kind] !== undefined && leg.state === 'answered')?.id ?? '';
    const command = (name: string, body: object): Promise<LiveCall> =>
      office.service.api.post(`/api/calls/${id}/${name}`, body);
    await command('digits', { legId: legOf('trunkId'), digits: '12#' });
    await until(
      async () => customer.audio.digits,
      (digits) => digits.length >= 3,
    );
    expect(customer.audio.digits).toBe('12#');
    const ringing = nextCall(boris);
    const legId = legOf('userId');
    expect(await command('transfer', { legId, to: '102', kind: 'announced' })).toMatchObject({ state: 'consulting' });
    const target = await answered(await ringing);
    await pause(500);
    expect(await command('transfer/complete', { legId })).toMatchObject({ id, state: 'talking' });
    expect(await desk.ended).toEqual({ by: 'them' });
    await hearEachOther(customer, target);
    await target.hangUp();
    await customer.ended;
    expect(await endedCall(office, number)).toMatchObject({ id, answeredByUserId: office.boris.id });
  }, 30_000);

  it('outbound: passed on blind to a busy phone, the customer comes back to the phone that called', async () => {
    const { caller: desk, callee: customer } = await talk(
      { phone: anna, number: '777600098', toneHz: deskHz },
      { phone: provider, toneHz: customerHz },
    );
    const ringing = nextCall(boris);
    await desk.audio.dial('**102#');
    const target = await ringing;
    const back = nextCall(anna);
    target.refuse(486);
    const again = await back;
    again.answer();
    await again.answered;
    again.audio.say(tone(targetHz));
    await hearEachOther(customer, again);
    await again.hangUp();
    await customer.ended;
  }, 30_000);

  describe('the customer hangs up', () => {
    it('while a blind target rings', async () => {
      const { caller: customer, callee: desk } = await customerAndAnna();
      const ringing = nextCall(boris);
      await desk.audio.dial('**102#');
      const target = await ringing;
      target.ring();
      await customer.hangUp();
      expect(await target.ended).toEqual({ by: 'them', status: 487 });
    });

    it('while the target of an announcement rings', async () => {
      const { caller: customer, callee: desk } = await customerAndAnna();
      const ringing = nextCall(boris);
      await desk.audio.dial('*102#');
      const target = await ringing;
      target.ring();
      await customer.hangUp();
      expect(await target.ended).toEqual({ by: 'them', status: 487 });
      expect(await desk.ended).toEqual({ by: 'them' });
    });

    it('while the colleagues talk: they go on, and are not recorded', async () => {
      const { caller: customer, callee: desk, number } = await customerAndAnna();
      const ringing = nextCall(boris);
      await desk.audio.dial('*102#');
      const target = await answered(await ringing);
      await customer.hangUp();
      await pause(1000);
      expectTone(lately(desk.audio.heard()), targetHz, customerHz);
      expectTone(lately(target.audio.heard()), deskHz, customerHz);
      await desk.hangUp();
      expect(await target.ended).toEqual({ by: 'them' });
      const { right } = await channelsOf(office, await endedCall(office, number));
      expect(levelAt(targetHz, right)).toBeLessThan(-50);
    }, 20_000);

    it('while the phone waits for the outcome of its REFER', async () => {
      const { caller: customer, callee: desk } = await customerAndAnna();
      const ringing = nextCall(boris);
      expect(await desk.refer('102')).toBe(202);
      const target = await ringing;
      target.ring();
      await customer.hangUp();
      expect(await target.ended).toEqual({ by: 'them', status: 487 });
      expect(await desk.ended).toEqual({ by: 'them' });
    });
  });
});
