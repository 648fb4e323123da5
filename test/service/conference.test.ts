/**
 * Conferences on the running service with real phones, each saying a tone of its own: everybody hears exactly the others,
 * left in the recording is the customer and right everybody else, and whoever leaves leaves the others talking.
 */
import type { PhoneCall } from '../../demo/phone/phone-call';
import type { SipPhone } from '../../demo/phone/sip-phone';
import type { LiveCall } from '../../server/api/messages';
import { levelAt } from '../audio/goertzel';
import { sine } from '../audio/tone';
import { answers, channelsOf, lately, nextCall, pause, type Talk, talk } from './call-tools';
import {
  clock,
  type DeviceLogin,
  endAllCalls,
  endedCall,
  openOffice,
  type RunningOffice,
  until,
} from './running-office';

const [customerHz, annaHz, borisHz, danaHz] = [440, 1000, 700, 1300];
const allHz = [customerHz, annaHz, borisHz, danaHz];

/** Soft enough that three of them together need no limiter. */
const soft = (frequencyHz: number): Int16Array => sine({ frequencyHz, levelDbfs: -20, samples: 8000 });

/** Which tones are there at their level, and which not at all. */
function tonesIn(samples: Int16Array) {
  const levels = allHz.map((hz) => [hz, Math.round(levelAt(hz, samples))] as const);
  const loud = levels.filter(([, level]) => level > -23 && level < -18).map(([hz]) => hz);
  const quiet = levels.filter(([, level]) => level < -45).map(([hz]) => hz);
  return { loud, quiet, levels };
}

const exactly = (...heard: readonly number[]) => ({
  loud: allHz.filter((hz) => heard.includes(hz)),
  quiet: allHz.filter((hz) => !heard.includes(hz)),
});

/** Pieces of 0.25 s. A busy machine tears a gap into some of them. */
const piecesOf = (samples: Int16Array): readonly Int16Array[] =>
  Array.from({ length: Math.floor(samples.length / 2000) }, (_, i) => samples.subarray(i * 2000, (i + 1) * 2000));

/** Somewhere in there are exactly these tones. */
function expectTones(samples: Int16Array, ...heard: readonly number[]): void {
  expect(piecesOf(samples).map(tonesIn)).toContainEqual(expect.objectContaining(exactly(...heard)));
}

const secondsWith = (hz: number, samples: Int16Array): number =>
  piecesOf(samples).filter((piece) => levelAt(hz, piece) > -30).length / 4;

describe('conferences on the running service', () => {
  let office: RunningOffice;
  let provider: SipPhone;
  let anna: SipPhone;
  let boris: SipPhone;
  let dana: SipPhone;
  let danaId: string;
  let customers = 0;

  beforeAll(async () => {
    office = await openOffice();
    provider = await office.provider('PCMA');
    anna = await office.phone(office.anna.desk, 'PCMU');
    boris = await office.phone(office.boris.desk);
    const { api } = office.service;
    const user = { name: 'Dana', login: 'dana', password: 'a long password', role: 'operator', extension: '104' };
    danaId = (await api.post<{ id: string }>('/api/users', { ...user, rights: ['supervise'] })).id;
    dana = await office.phone(await api.post<DeviceLogin>(`/api/users/${danaId}/devices`, { name: 'desk' }));
    await api.post('/api/rooms', { name: 'Meeting', number: '5', pin: '246', membersMax: 5 });
  }, 60_000);
  afterAll(() => office?.close());
  afterEach(() => endAllCalls(office.service));

  const liveCalls = async (): Promise<readonly LiveCall[]> =>
    (await office.service.api.get<{ items: readonly LiveCall[] }>('/api/live')).items;
  const conference = (members: number): Promise<LiveCall> =>
    until(
      async () => (await liveCalls()).find((call) => call.members?.length === members),
      (call) => call !== undefined,
    ).then((call) => {
      if (call === undefined) throw new Error('no conference');
      return call;
    });
  const theCall = async (): Promise<LiveCall> => {
    const [call] = await liveCalls();
    if (call === undefined) throw new Error('no call');
    return call;
  };
  const post = (call: LiveCall, command: string, body: object): Promise<LiveCall> =>
    office.service.api.post<LiveCall>(`/api/calls/${call.id}/${command}`, body);

  const customerAndAnna = async (): Promise<Talk & { readonly number: string }> => {
    customers += 1;
    const number = `7775000${String(customers).padStart(2, '0')}`;
    const both = await talk(
      { phone: provider, number: office.main, as: number, toneHz: customerHz },
      { phone: anna, toneHz: annaHz },
    );
    both.caller.audio.say(soft(customerHz));
    both.callee.audio.say(soft(annaHz));
    return { ...both, number };
  };
  const joins = async (phone: SipPhone, hz: number): Promise<PhoneCall> => {
    const call = await answers(phone);
    call.audio.say(soft(hz));
    return call;
  };
  /** Once all tones of joining are over. */
  const settled = (): Promise<void> => pause(1500);
  /** Waits until they hear exactly these tones, for half a second. */
  const hears = async (call: PhoneCall, ...tones: readonly number[]): Promise<void> => {
    const { loud, quiet } = exactly(...tones);
    const wanted = JSON.stringify([loud, quiet]);
    const heard = async () => tonesIn(lately(call.audio.heard()));
    await until(heard, (seen) => JSON.stringify([seen.loud, seen.quiet]) === wanted);
  };

  it('*3# in a consultation: each hears exactly the two others; one leaves, two go on; left the customer, right the others', async () => {
    const { caller: customer, callee: desk, number } = await customerAndAnna();
    await pause(700);
    const consulted = joins(boris, borisHz);
    await desk.audio.dial('*102#');
    const third = await consulted;
    await pause(500);
    await desk.audio.dial('*3#');
    await conference(3);
    await settled();
    await hears(customer, annaHz, borisHz);
    await hears(desk, customerHz, borisHz);
    await hears(third, customerHz, annaHz);
    expect(customer.audio.digits + third.audio.digits).toBe('');
    await third.hangUp();
    await until(theCall, ({ state }) => state === 'talking');
    await pause(1000);
    await hears(customer, annaHz);
    await hears(desk, customerHz);
    await customer.hangUp();
    expect(await desk.ended).toEqual({ by: 'them' });

    const call = await endedCall(office, number);
    expect(call).toMatchObject({ cause: 'caller-hung-up', recording: { state: 'finished' } });
    const { left, right } = await channelsOf(office, call);
    expect(left.length).toBe(right.length);
    for (const part of [left.subarray(0, 12_000), left.subarray(-12_000)]) expectTones(part, customerHz);
    for (const part of [right.subarray(0, 12_000), right.subarray(-12_000)]) expectTones(part, annaHz);
    expectTones(right, annaHz, borisHz);
    for (const hz of [annaHz, borisHz]) expect(secondsWith(hz, left)).toBe(0);
  }, 40_000);

  it('by page: a third and a fourth; whoever made it leaves and the others stay; a phone that holds plays its music to nobody', async () => {
    const { caller: customer, callee: desk, number } = await customerAndAnna();
    const live = await theCall();
    const third = joins(boris, borisHz);
    expect(await post(live, 'conference', { add: '102' })).toMatchObject({ state: 'conferring' });
    const second = await third;
    const fourth = joins(dana, danaHz);
    await post(live, 'conference', { add: '104' });
    const last = await fourth;
    await conference(4);
    await settled();
    await hears(customer, annaHz, borisHz, danaHz);
    await hears(last, customerHz, annaHz, borisHz);
    await desk.hangUp();
    await conference(3);
    await settled();
    await hears(customer, borisHz, danaHz);
    // Its music is its tone, and goes on.
    await second.reoffer('sendonly');
    await pause(800);
    await hears(customer, danaHz);
    await hears(last, customerHz);
    await second.reoffer('sendrecv');
    await pause(800);
    await hears(customer, borisHz, danaHz);
    await second.hangUp();
    await last.hangUp();
    expect(await customer.ended).toEqual({ by: 'them' });
    expect((await endedCall(office, number)).cause).toBe('callee-hung-up');
  }, 40_000);

  it('listening, whispering, barging in: who hears whom, and what is recorded', async () => {
    const { caller: customer, callee: desk, number } = await customerAndAnna();
    const live = await theCall();
    const listening = joins(dana, danaHz);
    await post(live, 'supervise', { userId: danaId });
    const supervisor = await listening;
    await pause(1000);
    await hears(supervisor, customerHz, annaHz);
    await hears(desk, customerHz);
    await hears(customer, annaHz);
    await post(live, 'supervise', { userId: danaId, how: 'whisper' });
    await pause(1000);
    await hears(desk, customerHz, danaHz);
    await hears(customer, annaHz);
    const bargedAt = clock.now();
    await post(live, 'supervise', { userId: danaId, how: 'barge' });
    await pause(1000);
    await hears(customer, annaHz, danaHz);
    await supervisor.hangUp();
    const bargedS = (clock.now() - bargedAt) / 1000;
    await until(theCall, ({ state }) => state === 'talking');
    await pause(800);
    await hears(customer, annaHz);
    await desk.hangUp();
    const call = await endedCall(office, number);
    const { left, right } = await channelsOf(office, call);
    expectTones(left.subarray(-12_000), customerHz);
    for (const part of [right.subarray(0, 12_000), right.subarray(-6000)]) expectTones(part, annaHz);
    expectTones(right, annaHz, danaHz);
    // While she whispered, for a second and more, she was not recorded.
    expect(secondsWith(danaHz, right)).toBeLessThan(bargedS + 0.5);
    expect(secondsWith(danaHz, left)).toBe(0);
    expect(call.legs.filter(({ isSupervisor }) => isSupervisor)).toMatchObject([{ userId: danaId }]);
  }, 40_000);

  it('a room with a PIN: three phones meet, and the last but one hears that it is alone', async () => {
    const [first, second, third] = [await anna.call('*605'), await boris.call('*605'), await dana.call('*605')];
    const calls = [first, second, third] as const;
    for (const [i, call] of calls.entries()) {
      await call.answered;
      call.audio.say(soft([annaHz, borisHz, danaHz][i] ?? annaHz));
      await pause(300);
      await call.audio.dial('246');
      await conference(i + 1);
    }
    await settled();
    await hears(first, borisHz, danaHz);
    await hears(second, annaHz, danaHz);
    await hears(third, annaHz, borisHz);
    const live = await conference(3);
    expect(live).toMatchObject({ direction: 'internal', recording: 'running' });
    await first.hangUp();
    await conference(2);
    await pause(800);
    await hears(second, danaHz);
    await third.hangUp();
    await conference(1);
    await second.hangUp();
  }, 40_000);

  it('a phone’s own conference key (RFC 4579): its calls come to the focus, each record names it, the customer’s card has both', async () => {
    const { caller: customer, callee: desk, number } = await customerAndAnna();
    await desk.reoffer('sendonly');
    const answering = joins(boris, borisHz);
    const consultation = await anna.call('102');
    await Promise.all([consultation.answered, answering]);
    const colleague = await answering;
    await consultation.reoffer('sendonly');
    const focus = await anna.call('conference');
    await focus.answered;
    focus.audio.say(soft(annaHz));
    const made = await conference(1);
    expect(await desk.refer(`conf-${made.id}`)).toBe(202);
    expect(await consultation.refer(`conf-${made.id}`)).toBe(202);
    await conference(3);
    expect(await desk.ended).toEqual({ by: 'them' });
    expect(desk.told).toContain(200);
    await settled();
    await hears(customer, annaHz, borisHz);
    await hears(colleague, customerHz, annaHz);
    await hears(focus, customerHz, borisHz);
    await focus.hangUp();
    await conference(2);
    await customer.hangUp();
    expect(await colleague.ended).toEqual({ by: 'them' });
    const { items } = await until(
      () => office.service.api.get<{ items: readonly LiveCall[] }>(`/api/calls?phone=${number}`),
      (page) => page.items.length > 0,
    );
    const record = await endedCall(office, number);
    expect(record).toMatchObject({ cause: 'transferred', conferenceWith: [made.id] });
    expect(items.length).toBeGreaterThan(0);
    const timeline = await office.service.api.get<{ items: readonly { call: { id: string } }[] }>(
      `/api/leads/${record.card?.id}/timeline`,
    );
    expect(timeline.items.map(({ call }) => call.id)).toEqual([made.id, record.id]);
  }, 40_000);

  it('mixed in the phone: both calls are recorded and each names the other', async () => {
    const { caller: customer, callee: desk, number } = await customerAndAnna();
    await desk.reoffer('sendonly');
    const other = `777400${String(customers).padStart(3, '0')}`;
    const incoming = nextCall(provider);
    const second = await anna.call(other);
    const outside = await incoming;
    outside.answer();
    await Promise.all([outside.answered, second.answered]);
    outside.audio.say(soft(borisHz));
    await desk.reoffer('sendrecv');
    await pause(2200);
    await second.hangUp();
    await desk.hangUp();
    await customer.ended;
    const [a, b] = [await endedCall(office, number), await endedCall(office, other)];
    expect([a.conferenceWith, b.conferenceWith]).toEqual([[b.id], [a.id]]);
    expect([a.recording?.state, b.recording?.state]).toEqual(['finished', 'finished']);
  }, 40_000);
});
