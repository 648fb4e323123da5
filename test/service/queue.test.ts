/**
 * A queue on the running service, with real phones: a customer calls a number, waits with music, an agent logs in by code,
 * is rung, talks, and has time to write it up; another customer keeps the place and is called back.
 */
import type { PhoneCall } from '../../demo/phone/phone-call';
import type { SipPhone } from '../../demo/phone/sip-phone';
import type { LiveCall } from '../../server/api/messages';
import { levelAt, loudness } from '../audio/goertzel';
import { answers, channelsOf, expectTone, lately, middleOf, nextCall, pause, tone } from './call-tools';
import { clock, endedCall, openOffice, type RunningOffice, until } from './running-office';

const [customerHz, agentHz] = [440, 1000];
const ringbackHz = 425;
const queueNumber = '+420210000021';
const wrapUpS = 2;

interface AgentNow {
  readonly userId: string;
  readonly standing: string;
}

describe('a queue on the running service', () => {
  let office: RunningOffice;
  let provider: SipPhone;
  let boris: SipPhone;
  let queue: string;

  beforeAll(async () => {
    office = await openOffice();
    const { api } = office.service;
    const members = [{ userId: office.boris.id }];
    const made = await api.post<{ id: string }>('/api/queues', {
      name: 'Support',
      members,
      ringS: 10,
      wrapUpS,
      greeting: [],
      callbackDigit: '1',
      serviceLevelS: 30,
    });
    queue = made.id;
    const { items } = await api.get<{ items: readonly { id: string }[] }>('/api/trunks');
    const route = { to: 'queue', queueId: queue };
    await api.post('/api/numbers', { number: queueNumber, kind: 'rented', trunkId: items[0]?.id, route });
    provider = await office.provider('PCMA');
    boris = await office.phone(office.boris.desk);
  }, 60_000);
  afterAll(() => office?.close());

  const standing = async (): Promise<string | undefined> => {
    const { items } = await office.service.api.get<{ items: readonly AgentNow[] }>('/api/agents');
    return items.find(({ userId }) => userId === office.boris.id)?.standing;
  };
  const stands = (wanted: string) => until(standing, (now) => now === wanted);
  const liveCalls = async (): Promise<readonly LiveCall[]> =>
    (await office.service.api.get<{ items: readonly LiveCall[] }>('/api/live')).items;
  const liveIn = (state: LiveCall['state']) => until(liveCalls, (calls) => calls.some((call) => call.state === state));

  /** Dials a code of agents; it says what it did, and hangs up by itself. */
  const dials = async (code: string): Promise<void> => {
    const call = await boris.call(code);
    await call.answered;
    expect(await call.ended).toEqual({ by: 'them' });
    expect(loudness(call.audio.heard())).toBeGreaterThan(-40);
  };
  const calls = async (as: string): Promise<PhoneCall> => {
    const call = await provider.call(queueNumber, { from: as });
    await call.answered;
    call.audio.say(tone(customerHz));
    return call;
  };
  const hearEachOther = async (customer: PhoneCall, agent: PhoneCall): Promise<void> => {
    await pause(1000);
    expectTone(lately(customer.audio.heard()), agentHz, customerHz);
    expectTone(lately(agent.audio.heard()), customerHz, agentHz);
  };
  /** Music: it goes on, and it is no tone of a telephone. */
  const expectMusic = (heard: Int16Array): void => {
    for (let from = 0; from + 8000 <= heard.length; from += 8000) {
      const second = heard.subarray(from, from + 8000);
      expect(loudness(second)).toBeGreaterThan(-45);
      expect(levelAt(ringbackHz, second)).toBeLessThan(loudness(second) - 3);
    }
  };

  it('music while nobody is free, an agent by code, audio both ways, wrap-up, one record with the wait', async () => {
    await dials('*51');
    await stands('free');
    await dials('*53');
    await stands('paused');
    const customer = await calls('777600001');
    await liveIn('queued');
    await pause(2500);
    expectMusic(customer.audio.heard().subarray(2000));

    const rung = nextCall(boris);
    await dials('*53');
    const agent = await rung;
    expect(agent.shown).toContain('+420777600001');
    agent.ring();
    await stands('ringing');
    agent.answer();
    await agent.answered;
    agent.audio.say(tone(agentHz));
    await hearEachOther(customer, agent);
    await stands('talking');
    await customer.hangUp();
    expect(await agent.ended).toEqual({ by: 'them' });

    const endedAt = clock.now();
    await stands('wrap-up');
    const second = await calls('777600002');
    const again = answers(boris);
    const secondAgent = await again;
    expect(clock.now() - endedAt).toBeGreaterThan(wrapUpS * 1000 - 200);
    secondAgent.audio.say(tone(agentHz));
    await hearEachOther(second, secondAgent);
    await secondAgent.hangUp();
    expect(await second.ended).toEqual({ by: 'them' });
    await stands('free');

    const call = await endedCall(office, '777600001');
    expect(call).toMatchObject({
      cause: 'caller-hung-up',
      answeredByUserId: office.boris.id,
      queue: { id: queue, end: 'answered-in-time' },
    });
    expect(call.queue?.waitMs).toBeGreaterThan(2500);
    const { left, right } = await channelsOf(office, call);
    expectTone(middleOf(left), customerHz, agentHz);
    expectTone(lately(middleOf(right)), agentHz, customerHz);
    expect(await office.service.api.get(`/api/queues/${queue}/now`)).toMatchObject({
      waiting: 0,
      answered: 2,
      answeredInTime: 2,
      abandoned: 0,
    });
  }, 60_000);

  it('a customer keeps the place by a key and is called back; one call in the record', async () => {
    await office.service.api.post(`/api/agents/${office.boris.id}`, { what: 'pause', reason: 'lunch' });
    const customer = await calls('777600003');
    await liveIn('queued');
    await customer.audio.dial('1');
    expect(await customer.ended).toEqual({ by: 'them' });
    expect(await liveCalls()).toMatchObject([{ state: 'queued' }]);

    const rung = answers(boris);
    const calledBack = nextCall(provider);
    await office.service.api.post(`/api/agents/${office.boris.id}`, { what: 'resume' });
    const agent = await rung;
    agent.audio.say(tone(agentHz));
    const back = await calledBack;
    back.ring();
    await pause(1500);
    expect(levelAt(ringbackHz, agent.audio.heard())).toBeGreaterThan(-35);
    back.answer();
    await back.answered;
    back.audio.say(tone(customerHz));
    await hearEachOther(back, agent);
    await back.hangUp();
    expect(await agent.ended).toEqual({ by: 'them' });

    const call = await endedCall(office, '777600003');
    expect(call).toMatchObject({ direction: 'inbound', cause: 'caller-hung-up', queue: { id: queue } });
    const { left, right } = await channelsOf(office, call);
    expectTone(middleOf(left), customerHz, agentHz);
    expectTone(middleOf(right), agentHz, customerHz);
    await stands('free');
  }, 60_000);

  it('a customer who hangs up is counted, and with nobody logged in the call is refused', async () => {
    await office.service.api.post(`/api/agents/${office.boris.id}`, { what: 'pause' });
    const customer = await calls('777600004');
    await liveIn('queued');
    await customer.hangUp();
    expect((await endedCall(office, '777600004')).queue).toMatchObject({ end: 'abandoned' });
    await dials('*52');
    await stands('out');
    const refused = await provider.call(queueNumber, { from: '777600005' });
    expect(await refused.ended).toEqual({ by: 'them', status: 480 });
    expect((await endedCall(office, '777600005')).queue).toMatchObject({ end: 'overflowed' });
  }, 30_000);
});
