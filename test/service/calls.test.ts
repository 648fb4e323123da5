/** Calls of registered phones, a provider and the API on the running service: what each end hears and what is written down. */
import type { SipPhone } from '../../demo/phone/sip-phone';
import { levelAt, loudness } from '../audio/goertzel';
import { channelsOf, expectTone, lately, middleOf, nextCall, pause, talk, tone } from './call-tools';
import { endedCall, openOffice, type RunningOffice, until } from './running-office';

const [customerHz, deskHz] = [440, 1000];

interface Live {
  readonly id: string;
  readonly state: string;
  readonly legs: readonly { readonly id: string; readonly state: string }[];
}

describe('calls of the running service', () => {
  let office: RunningOffice;
  let provider: SipPhone;
  let anna: SipPhone;
  let boris: SipPhone;

  beforeAll(async () => {
    office = await openOffice();
    [provider, anna, boris] = [
      await office.provider('PCMA'),
      await office.phone(office.anna.desk, 'PCMU'),
      await office.phone(office.boris.desk),
    ];
  }, 60_000);
  afterAll(() => office?.close());

  const live = async (): Promise<Live> => {
    const ask = (): Promise<{ items: readonly Live[] }> => office.service.api.get('/api/live');
    const { items } = await until(ask, (page) => page.items.some((call) => call.state !== 'ended'));
    const call = items.find(({ state }) => state !== 'ended');
    if (call === undefined) throw new Error('no call lives');
    return call;
  };

  it('a µ-law phone and an A-law provider hear each other; hold and resume in one recording', async () => {
    const { caller, callee } = await talk(
      { phone: provider, number: office.main, as: '777500001', toneHz: customerHz },
      { phone: anna, toneHz: deskHz },
    );
    await pause(1200);
    expectTone(lately(caller.audio.heard()), deskHz, customerHz);
    expectTone(lately(callee.audio.heard()), customerHz, deskHz);

    const beforeHold = caller.audio.heard().length;
    expect(await callee.reoffer('sendonly')).toContain('a=recvonly');
    callee.audio.stop();
    await pause(2500);
    const whileHeld = caller.audio.heard().subarray(beforeHold);
    expect(levelAt(deskHz, lately(whileHeld))).toBeLessThan(-45);
    expect(loudness(whileHeld)).toBeGreaterThan(-45); // a soft beep for who waits, every five seconds
    expect((await live()).legs.map(({ state }) => state).sort()).toEqual(['answered', 'held']);

    expect(await callee.reoffer('sendrecv')).toContain('a=sendrecv');
    callee.audio.say(tone(deskHz));
    await pause(1200);
    expectTone(lately(caller.audio.heard()), deskHz, customerHz);
    expectTone(lately(callee.audio.heard()), customerHz, deskHz);
    await callee.hangUp();
    expect(await caller.ended).toEqual({ by: 'them' });

    const call = await endedCall(office, '777500001');
    expect(call).toMatchObject({ cause: 'callee-hung-up', fault: 'nobody' });
    const { left, right } = await channelsOf(office, call);
    expect(Math.abs(left.length / 8 - call.talkMs)).toBeLessThan(300);
    expectTone(middleOf(left).subarray(0, 6000), customerHz, deskHz);
    expectTone(middleOf(right).subarray(0, 6000), deskHz, customerHz);
    expectTone(lately(middleOf(right)), deskHz, customerHz);
    expect(loudness(right.subarray(2.2 * 8000, 3.2 * 8000))).toBeLessThan(-60); // held: our side said nothing
  });

  it('inside to inside: no client, and the callee sees who calls', async () => {
    const { caller, callee } = await talk(
      { phone: anna, number: '102', toneHz: customerHz },
      { phone: boris, toneHz: deskHz },
    );
    expect(callee.shown).toMatch(/^"?Anna"? <sip:101@/);
    await pause(700);
    expectTone(lately(caller.audio.heard()), deskHz, customerHz);
    expectTone(lately(callee.audio.heard()), customerHz, deskHz);
    await callee.hangUp();
    expect(await caller.ended).toEqual({ by: 'them' });
    const ask = (): Promise<{ items: readonly { cause?: string; card?: object }[] }> =>
      office.service.api.get('/api/calls?direction=internal');
    const { items } = await until(ask, (page) => page.items[0]?.cause !== undefined);
    expect(items[0]).toMatchObject({ cause: 'callee-hung-up', answeredByUserId: office.boris.id });
    expect(items[0]?.card).toBeUndefined();
  });

  it('the phone that should ring is gone: the caller is told, and the lead is there', async () => {
    const person = await office.service.api.post<{ id: string }>('/api/users', {
      name: 'Dana',
      login: 'dana',
      password: 'a long password',
      role: 'operator',
      extension: '104',
    });
    const route = { to: 'user', userId: person.id };
    const { items } = await office.service.api.get<{ items: readonly { trunkId?: string }[] }>('/api/numbers');
    const number = { number: '+420210000003', kind: 'rented', trunkId: items[0]?.trunkId, route };
    await office.service.api.post('/api/numbers', number);
    const caller = await provider.call('+420210000003', { from: '777500002' });
    expect(await caller.ended).toEqual({ by: 'them', status: 480 });
    const call = await endedCall(office, '777500002');
    expect(call).toMatchObject({ cause: 'unreachable', fault: 'callee', card: { kind: 'lead' } });
  });

  it('keys pressed on one side arrive once each on the other, and are not heard as speech', async () => {
    const { caller, callee } = await talk(
      { phone: provider, number: office.main, as: '777500003', toneHz: customerHz },
      { phone: anna, toneHz: deskHz },
    );
    await pause(300);
    caller.audio.stop();
    for (const digit of '159#') {
      caller.audio.press(digit);
      await pause(250);
    }
    await until(
      async () => callee.audio.digits,
      (digits) => digits.length >= 4,
    );
    expect(callee.audio.digits).toBe('159#');
    expect(caller.audio.digits).toBe('');
    await caller.hangUp();
    await endedCall(office, '777500003');
  });

  it('click-to-call rings the person’s own phones first, then dials', async () => {
    const ownPhone = nextCall(anna);
    const outside = nextCall(provider);
    const made = await office.service.api.post<{ id: string }>('/api/calls', {
      fromUserId: office.anna.id,
      to: '+420777500004',
    });
    const own = await ownPhone;
    expect(own.shown).toContain('+420777500004');
    own.ring();
    own.answer();
    await own.answered;
    const callee = await outside;
    expect(callee.shown).toContain(office.main);
    callee.ring();
    await pause(600);
    expect(loudness(own.audio.heard())).toBeGreaterThan(-40); // ringback
    callee.answer();
    await callee.answered;
    own.audio.say(tone(deskHz));
    callee.audio.say(tone(customerHz));
    await pause(900);
    expectTone(lately(own.audio.heard()), customerHz, deskHz);
    expectTone(lately(callee.audio.heard()), deskHz, customerHz);
    await callee.hangUp();
    expect(await own.ended).toEqual({ by: 'them' });
    const call = await endedCall(office, '777500004');
    expect(call).toMatchObject({ id: made.id, direction: 'outbound', cause: 'callee-hung-up', card: { kind: 'lead' } });
    const { left, right } = await channelsOf(office, call);
    expectTone(lately(middleOf(left)), customerHz, deskHz);
    expectTone(lately(middleOf(right)), deskHz, customerHz);
  });

  it('a call that is ended through the API ends for both', async () => {
    const { caller, callee } = await talk(
      { phone: provider, number: office.sales, as: '777500005', toneHz: customerHz },
      { phone: boris, toneHz: deskHz },
    );
    await pause(300);
    const { id } = await live();
    await office.service.api.post(`/api/calls/${id}/hangup`, {});
    expect(await caller.ended).toEqual({ by: 'them' });
    expect(await callee.ended).toEqual({ by: 'them' });
    expect(await endedCall(office, '777500005')).toMatchObject({ id, cause: 'ended-by-command', fault: 'nobody' });
  });
});
