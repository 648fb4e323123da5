/**
 * Calls out of the running service, with real audio: the next trunk when one fails, what the fraud guard says and does, the
 * provider's own words before the answer, keys of several numbers, and recordings that are announced.
 */
import type { FraudGuard } from '../../call-router/state/office';
import type { PhoneCall } from '../../demo/phone/phone-call';
import { SipPhone } from '../../demo/phone/sip-phone';
import { freePort } from '../../demo/service';
import { header, uriOf } from '../../demo/phone/wire';
import { levelAt, loudness } from '../audio/goertzel';
import { answers, channelsOf, expectTone, lately, middleOf, nextCall, pause, talk, tone } from './call-tools';
import { wasSaid } from './heard-prompts';
import { clock, type DeviceLogin, endedCall, openOffice, type RunningOffice, until } from './running-office';

const [deskHz, calleeHz, networkHz, customerHz] = [1000, 700, 550, 440];

interface Made {
  readonly id: string;
}
interface Alarm {
  readonly kind: string;
  readonly userId?: string;
}

describe('calls out of the running service', () => {
  let office: RunningOffice;
  let provider: SipPhone;
  let second: SipPhone;
  let anna: SipPhone;
  let boris: SipPhone;
  let guard: FraudGuard;

  beforeAll(async () => {
    office = await openOffice();
    provider = await office.provider();
    anna = await office.phone(office.anna.desk);
    boris = await office.phone(office.boris.desk);
    guard = await office.service.api.get<FraudGuard>('/api/settings/fraud-guard');
    await addSecondTrunk();
  }, 60_000);
  afterAll(() => office?.close());
  afterEach(async () => {
    for (const phone of [provider, second, anna, boris]) phone.onCall = (call) => call.refuse(480);
    await until(
      () => office.service.api.get<{ items: readonly object[] }>('/api/live'),
      ({ items }) => items.length === 0,
    );
  });

  const numberId = async (digits: string): Promise<string> => {
    const { items } = await office.service.api.get<{ items: readonly { id: string; number: string }[] }>(
      '/api/numbers',
    );
    return items.find(({ number }) => number === digits)?.id ?? '';
  };
  const alarms = async (): Promise<readonly Alarm[]> =>
    (await office.service.api.get<{ items: readonly Alarm[] }>('/api/alarms')).items;

  /** Calls to +420778… go out on the provider, and when it fails on the second trunk. */
  async function addSecondTrunk(): Promise<void> {
    const { api } = office.service;
    const port = await freePort();
    const place = { host: '127.0.0.1', port: office.service.ports.sip };
    second = await SipPhone.open({ clock, service: place, username: 'second', law: 'PCMA', localPort: port });
    office.closers.push(() => second.close());
    const { items } = await api.get<{ items: readonly Made[] }>('/api/trunks');
    const trunk = { name: 'second', kind: 'address', host: '127.0.0.1', port, transport: 'udp' };
    const { id } = await api.post<Made>('/api/trunks', trunk);
    await api.post('/api/outgoing-rules', {
      name: 'two ways',
      prefixes: ['+420778'],
      ways: [
        { trunkId: items[0]?.id, numberId: await numberId(office.main) },
        { trunkId: id, numberId: await numberId(office.sales) },
      ],
    });
  }

  it('503 of the first trunk: the second rings, shows its own number, and both talk', async () => {
    const refused = nextCall(provider);
    const reached = answers(second);
    const caller = await anna.call('778100001');
    (await refused).refuse(503);
    const callee = await reached;
    await caller.answered;
    expect(uriOf(callee.shown)).toContain(office.sales);
    caller.audio.say(tone(deskHz));
    callee.audio.say(tone(calleeHz));
    await pause(1000);
    expectTone(lately(caller.audio.heard()), calleeHz, deskHz);
    expectTone(lately(callee.audio.heard()), deskHz, calleeHz);
    await caller.hangUp();
    await callee.ended;
    const { legs, cause } = await endedCall(office, '778100001');
    expect(cause).toBe('caller-hung-up');
    expect(legs.filter(({ kind }) => kind === 'trunk').map((leg) => leg.sipStatus ?? leg.cause)).toEqual([
      503,
      'caller-hung-up',
    ]);
  }, 20_000);

  it('a country that is closed: the caller hears so, the record and the alarm tell', async () => {
    const caller = await anna.call('004915112345678');
    await caller.answered;
    expect(await caller.ended).toEqual({ by: 'them' });
    expect(loudness(caller.audio.heard())).toBeGreaterThan(-35);
    expect(wasSaid('not-allowed', caller.audio.heard())).toBe(true);
    expect(await endedCall(office, '+4915112345678')).toMatchObject({ cause: 'not-allowed', direction: 'outbound' });
    const found = await until(alarms, (all) => all.some(({ kind }) => kind === 'forbidden-number'));
    expect(found).toContainEqual(expect.objectContaining({ kind: 'forbidden-number', userId: office.anna.id }));
  }, 20_000);

  it('a limit that is reached stops the person, in words, until it is lifted by REST', async () => {
    const { api } = office.service;
    const limits = { ...guard.limits, callsPerHour: 1 };
    await api.put('/api/settings/fraud-guard', { ...guard, limits, offHours: limits });
    provider.onCall = (call) => call.refuse(486);
    await expect((await boris.call('777300001')).answered).rejects.toThrow('486');
    const stopped = await boris.call('777300002');
    await stopped.answered;
    expect(await stopped.ended).toEqual({ by: 'them' });
    expect(wasSaid('limit-reached', stopped.audio.heard())).toBe(true);
    expect(await endedCall(office, '777300002')).toMatchObject({ cause: 'limit-reached' });
    const blocks = await api.get<{ items: readonly { userId: string }[] }>('/api/fraud/blocks');
    expect(blocks.items.map(({ userId }) => userId)).toEqual([office.boris.id]);
    expect(await until(alarms, (all) => all.some(({ kind }) => kind === 'fraud-limit'))).toContainEqual(
      expect.objectContaining({ kind: 'fraud-limit', userId: office.boris.id }),
    );
    await api.put('/api/settings/fraud-guard', guard);
    const still = await boris.call('777300003');
    await still.answered; // the limit is wider, and the block stands
    await still.ended;
    await api.delete(`/api/fraud/blocks/${office.boris.id}`);
    await expect((await boris.call('777300004')).answered).rejects.toThrow('486');
  }, 30_000);

  it('a call for help goes out past every limit, and administrators are told who called', async () => {
    const { api } = office.service;
    const limits = { ...guard.limits, callsPerHour: 0 };
    await api.put('/api/settings/fraud-guard', { ...guard, limits, offHours: limits });
    const reached = answers(provider);
    const caller = await boris.call('112');
    const help = await reached;
    await caller.answered;
    expect(help.invite.startLine).toContain('sip:112@');
    await caller.hangUp();
    await help.ended;
    await api.put('/api/settings/fraud-guard', guard);
    expect(await until(alarms, (all) => all.some(({ kind }) => kind === 'emergency-call'))).toContainEqual(
      expect.objectContaining({ kind: 'emergency-call', userId: office.boris.id }),
    );
  }, 20_000);

  it('the network’s own words are heard before the answer, and are not in the recording', async () => {
    const ringing = nextCall(provider);
    const caller = await anna.call('777300010');
    const callee = await ringing;
    callee.beHeard();
    callee.audio.say(tone(networkHz));
    await caller.ringing;
    await pause(1000);
    expectTone(lately(caller.audio.heard()), networkHz, deskHz);
    callee.answer();
    await caller.answered;
    callee.audio.say(tone(calleeHz));
    caller.audio.say(tone(deskHz));
    await pause(1500);
    expectTone(lately(caller.audio.heard()), calleeHz, networkHz);
    await caller.hangUp();
    await callee.ended;
    const call = await endedCall(office, '777300010');
    const { left, right } = await channelsOf(office, call);
    expect(Math.abs(left.length / 8 - call.talkMs)).toBeLessThan(300);
    expectTone(middleOf(left), calleeHz, networkHz);
    expectTone(lately(middleOf(right)), deskHz, networkHz);
  }, 20_000);

  it('two accounts on one phone, each with its number: rung by it, named by it, showing it', async () => {
    const { api } = office.service;
    const third = '+420210000003';
    const trunkId = (await api.get<{ items: readonly Made[] }>('/api/trunks')).items[0]?.id;
    const route = { to: 'user', userId: office.anna.id };
    await api.post('/api/numbers', { number: third, kind: 'rented', trunkId, name: 'Service line', route });
    const key = async (name: string, digits: string): Promise<{ readonly id: string; readonly phone: SipPhone }> => {
      const device = { name, numberId: await numberId(digits) };
      const made = await api.post<DeviceLogin & Made>(`/api/users/${office.anna.id}/devices`, device);
      return { id: made.id, phone: await office.phone(made) };
    };
    const { id: mainKey, phone: main } = await key('main key', office.main);
    const { phone: service } = await key('service key', third);
    const rung: string[] = [];
    const notes = (name: string, phone: SipPhone): void => {
      phone.onCall = (call) => {
        rung.push(`${name} ${call.shown.split('<')[0]?.trim()}`);
        call.refuse(486);
      };
    };
    notes('main', main);
    notes('service', service);
    notes('desk', anna);
    await (await provider.call(third, { from: '777300020' })).ended;
    await (await provider.call(office.main, { from: '777300020' })).ended;
    expect(rung.map((one) => one.split(' ')[0])).toEqual(['service', 'main']);
    expect(rung[0]).toContain('Service line');
    const shown = async (phone: SipPhone): Promise<string> => {
      const reached = nextCall(provider);
      const call = await phone.call('777300021');
      const callee = await reached;
      callee.refuse(486);
      await call.ended;
      return uriOf(header(callee.invite, 'from'));
    };
    expect(await shown(service)).toContain(third);
    expect(await shown(main)).toContain(office.main);
    await api.patch(`/api/devices/${mainKey}`, { numberId: await numberId(office.sales) });
    expect(await shown(main)).toContain(office.sales);
  }, 30_000);

  it('an announced recording: the customer is told, and the file is silent until then', async () => {
    const { api } = office.service;
    const rule = await api.post<Made>('/api/recording-rules', {
      name: 'told',
      direction: 'inbound',
      record: 'announced',
      numberIds: [await numberId(office.sales)],
    });
    const { caller, callee }: { caller: PhoneCall; callee: PhoneCall } = await talk(
      { phone: provider, number: office.sales, as: '777300030', toneHz: customerHz },
      { phone: boris, toneHz: deskHz },
    );
    await until(
      async () => wasSaid('recording-announcement', caller.audio.heard()),
      (said) => said,
    );
    await until(
      () => api.get<{ items: readonly { recording: string }[] }>('/api/live'),
      ({ items }) => items[0]?.recording === 'running',
    );
    await pause(1500);
    await caller.hangUp();
    await callee.ended;
    const call = await endedCall(office, '777300030');
    const { left, right } = await channelsOf(office, call);
    expect(loudness(left.subarray(0, 8000))).toBeLessThan(-60);
    expect(loudness(right.subarray(0, 8000))).toBeLessThan(-60);
    expectTone(lately(middleOf(left)), customerHz, deskHz);
    expectTone(lately(middleOf(right)), deskHz, customerHz);
    expect(levelAt(customerHz, left)).toBeLessThan(-10);
    await api.delete(`/api/recording-rules/${rule.id}`);
  }, 30_000);
});
