/** Desk phones call outside; SIPp is the provider that is called: it refuses, rings, answers, hangs up. */
import type { SipPhone } from '../../demo/phone/sip-phone';
import { header, uriOf } from '../../demo/phone/wire';
import { describeWithTool } from '../require-tool';
import { type DeviceLogin, endedCall, openOffice, type RunningOffice, until } from '../service/running-office';
import { Sipp, freeUdpPort } from './run-sipp';
import { sippCallee } from './sipp-callee';
import * as step from './scenarios';

const fine = { exitCode: 0, errors: '' };
const ack = step.expectRequest('ACK');
/** 487 to the INVITE that was cancelled; the last request seen was the CANCEL. */
const terminated = step.respond('487 Request Terminated').replace('[last_CSeq:]', 'CSeq: 1 INVITE');

describeWithTool('sipp', 'desk phones call outside', () => {
  let office: RunningOffice;
  let desk: SipPhone;
  let callee: Sipp | undefined;

  beforeAll(async () => {
    office = await openOffice();
    desk = await office.phone(office.anna.desk);
  }, 60_000);
  afterEach(async () => {
    await callee?.stop();
    callee = undefined;
  });
  afterAll(() => office?.close());

  const provider = async (...steps: readonly string[]): Promise<Sipp> => {
    callee = await sippCallee(office.providerPort, steps);
    return callee;
  };

  it.each([
    ['486 Busy Here', 486, 'busy', 'callee'],
    ['404 Not Found', 404, 'number-unknown', 'caller'],
    ['480 Temporarily Unavailable', 480, 'no-answer', 'callee'],
    ['603 Decline', 603, 'rejected', 'callee'],
    ['503 Service Unavailable', 503, 'trunk-failed', 'trunk'],
  ] as const)(
    'the provider says %s: so hears the phone, and the record knows why',
    async (said, status, cause, fault) => {
      const number = `777100${status}`;
      const outside = await provider(step.respond('100 Trying'), step.respond(said), ack);
      const call = await desk.call(number);
      expect(await call.ended).toEqual({ by: 'them', status });
      expect(await outside.finish()).toEqual(fine);
      const record = await endedCall(office, number);
      expect(record).toMatchObject({
        direction: 'outbound',
        cause,
        fault,
        talkMs: 0,
        callee: { number: `+420${number}` },
      });
      expect(record.recording).toBeUndefined();
      expect(record.legs.find((leg) => leg.kind === 'trunk')).toMatchObject({ cause, sipStatus: status });
    },
  );

  it('nobody answers and the phone gives up: the provider gets CANCEL', async () => {
    const outside = await provider(
      step.respond('180 Ringing'),
      step.expectRequest('CANCEL'),
      step.respondInDialog(),
      terminated,
      ack,
    );
    const call = await desk.call('777100001');
    await call.ringing;
    await call.cancel();
    expect(await call.ended).toEqual({ by: 'them', status: 487 });
    expect(await outside.finish()).toEqual(fine);
    expect(await endedCall(office, '777100001')).toMatchObject({ cause: 'caller-gave-up', fault: 'caller', talkMs: 0 });
  });

  it('the provider answers and hangs up', async () => {
    const outside = await provider(
      step.respond('180 Ringing'),
      step.pause(200),
      step.respond('200 OK', { sdp: step.answerSdp }),
      step.sidesOfAck,
      step.pause(300),
      step.fromCallee('BYE', 1),
      step.expect(200),
    );
    const call = await desk.call('00420777100002');
    await call.answered;
    expect(await call.ended).toEqual({ by: 'them' });
    expect(await outside.finish()).toEqual(fine);
    const record = await endedCall(office, '777100002');
    expect(record).toMatchObject({
      cause: 'callee-hung-up',
      card: { kind: 'lead' },
      caller: { userId: office.anna.id },
    });
    expect(record.ringMs).toBeGreaterThanOrEqual(190);
    expect(record.talkMs).toBeGreaterThanOrEqual(290);
  });

  it('183 with a description before the answer is no answer; the phone hangs up after it', async () => {
    const outside = await provider(
      step.respond('183 Session Progress', { sdp: step.answerSdp }),
      step.pause(200),
      step.respond('200 OK', { sdp: step.answerSdp }),
      ack,
      step.expectRequest('BYE'),
      step.respondInDialog(),
    );
    const call = await desk.call('+420777100003');
    await call.ringing;
    await call.answered;
    await call.hangUp();
    expect(await outside.finish()).toEqual(fine);
    expect(await endedCall(office, '777100003')).toMatchObject({ cause: 'caller-hung-up' });
  });

  it('a 200 that crosses our CANCEL is acknowledged and ended with BYE', async () => {
    const outside = await provider(
      step.respond('180 Ringing'),
      step.expectRequest('CANCEL'),
      step.respondInDialog(),
      step.respond('200 OK', { sdp: step.answerSdp }).replace('[last_CSeq:]', 'CSeq: 1 INVITE'),
      ack,
      step.expectRequest('BYE'),
      step.respondInDialog(),
    );
    const call = await desk.call('777100004');
    await call.ringing;
    await call.cancel();
    expect(await call.ended).toEqual({ by: 'them', status: 487 });
    expect(await outside.finish()).toEqual(fine);
    expect(await endedCall(office, '777100004')).toMatchObject({ cause: 'caller-gave-up', talkMs: 0 });
  });

  it('ten calls in and ten out at once stay apart', async () => {
    const answering = [step.respond('180 Ringing'), step.respond('200 OK', { sdp: step.answerSdp }), ack];
    const outside = await provider(...answering, step.expectRequest('BYE'), step.respondInDialog());
    desk.onCall = (call) => {
      call.ring();
      call.answer();
    };
    const from = '777100[call_number]';
    const caller = new Sipp({
      steps: [
        step.invite({ from }),
        step.maybe(100),
        step.expect(180),
        step.expect(200, 'rrs="true"'),
        step.inDialog('ACK', 1, from),
        step.pause(500),
        step.inDialog('BYE', 2, from),
        step.expect(200),
      ].join('\n'),
      target: { host: '127.0.0.1', port: office.service.ports.sip },
      localPort: await freeUdpPort(),
      dialled: office.main,
      calls: 10,
      rate: 20,
    });
    const out = await Promise.all(Array.from({ length: 10 }, (_, index) => desk.call(`77720000${index}`)));
    await Promise.all(out.map((call) => call.answered));
    await Promise.all(out.map((call) => call.hangUp()));
    expect(await caller.result()).toEqual(fine);
    expect(await outside.finish()).toEqual(fine);
    desk.onCall = (call) => call.refuse(480);
    for (let index = 0; index < 10; index += 1) {
      expect(await endedCall(office, `77720000${index}`)).toMatchObject({
        direction: 'outbound',
        cause: 'caller-hung-up',
      });
    }
    await until(
      () => office.service.api.get<{ items: readonly object[] }>('/api/calls?live=true'),
      ({ items }) => items.length === 0,
    );
  });

  describe('the number that the callee sees', () => {
    let outside: SipPhone;
    const seen = async (from: SipPhone): Promise<{ from: string; asserted: string }> => {
      const invite = new Promise<{ from: string; asserted: string }>((resolve) => {
        outside.onCall = (call) => {
          resolve({ from: uriOf(call.shown), asserted: uriOf(header(call.invite, 'p-asserted-identity')) });
          call.refuse(486);
        };
      });
      const call = await from.call('777100010');
      await call.ended;
      return invite;
    };
    const shows = (number: string) => ({
      from: expect.stringMatching(`^sip:\\${number}@`),
      asserted: expect.stringMatching(`^sip:\\${number}@`),
    });

    beforeAll(async () => {
      outside = await office.provider();
    });

    it('is the office’s first rented one where nothing else is set', async () => {
      expect(await seen(desk)).toEqual(shows(office.main));
    });

    it('is the person’s own, and before that the one their phone is bound to', async () => {
      const { api } = office.service;
      const numbers = await api.get<{ items: readonly { id: string; number: string }[] }>('/api/numbers');
      const idOf = (number: string): string => numbers.items.find((one) => one.number === number)?.id ?? '';
      const person = await api.post<{ id: string }>('/api/users', {
        name: 'Cyril',
        login: 'cyril',
        password: 'a long password',
        role: 'operator',
        extension: '103',
        callerNumberId: idOf(office.sales),
      });
      const add = (device: object): Promise<DeviceLogin> => api.post(`/api/users/${person.id}/devices`, device);
      const own = await office.phone(await add({ name: 'own' }));
      const bound = await office.phone(await add({ name: 'bound', numberId: idOf(office.main) }));
      expect(await seen(own)).toEqual(shows(office.sales));
      expect(await seen(bound)).toEqual(shows(office.main));
    });
  });
});
