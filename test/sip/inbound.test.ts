/** SIPp as a provider calls a rented number; registered phones ring, answer, refuse. */
import type { PhoneCall } from '../../demo/phone/phone-call';
import type { SipPhone } from '../../demo/phone/sip-phone';
import { describeWithTool } from '../require-tool';
import { endedCall, openOffice, type RunningOffice, until } from '../service/running-office';
import { Sipp, type SippRun } from './run-sipp';
import * as step from './scenarios';

const fine = { exitCode: 0, errors: '' };

describeWithTool('sipp', 'a provider calls a rented number', () => {
  let office: RunningOffice;
  let desk: SipPhone;
  let home: SipPhone;

  beforeAll(async () => {
    office = await openOffice();
    [desk, home] = [await office.phone(office.anna.desk), await office.phone(office.anna.home)];
  }, 60_000);
  afterAll(() => office?.close());

  const sipp = (steps: readonly string[], more: Partial<SippRun> = {}): Sipp =>
    new Sipp({
      steps: steps.join('\n'),
      target: { host: '127.0.0.1', port: office.service.ports.sip },
      localPort: office.providerPort,
      dialled: office.main,
      ...more,
    });
  const nextCall = (phone: SipPhone): Promise<PhoneCall> =>
    new Promise((resolve) => {
      phone.onCall = resolve;
    });
  const bothRing = async (): Promise<readonly [PhoneCall, PhoneCall]> => {
    const calls = await Promise.all([nextCall(desk), nextCall(home)]);
    for (const call of calls) call.ring();
    return calls;
  };

  it('both phones ring, the first answer wins, the other is told "completed elsewhere"', async () => {
    const ringing = bothRing();
    const provider = sipp([
      step.invite({ from: '777000001' }),
      step.expect(100, 'optional="true"'),
      step.expect(180),
      step.expect(200, 'rrs="true"'),
      step.inDialog('ACK', 1, '777000001'),
      step.pause(300),
      step.inDialog('BYE', 2, '777000001'),
      step.expect(200),
    ]);
    const [first, second] = await ringing;
    first.answer();
    await first.answered;
    expect(await second.ended).toEqual({ by: 'them', status: 487 });
    expect(await provider.result()).toEqual(fine);
    expect(await first.ended).toEqual({ by: 'them' });
    const call = await endedCall(office, '777000001');
    expect(call).toMatchObject({
      direction: 'inbound',
      cause: 'caller-hung-up',
      caller: { number: '+420777000001' },
      callee: { number: office.main },
      answeredByUserId: office.anna.id,
      card: { kind: 'lead' },
    });
    expect(call.talkMs).toBeGreaterThanOrEqual(300);
    expect(call.totalMs).toBeGreaterThanOrEqual(call.ringMs + call.talkMs - 5);
    expect(call.legs.map((leg) => leg.cause ?? '').toSorted((a, b) => a.localeCompare(b))).toEqual([
      'answered-elsewhere',
      'caller-hung-up',
      'caller-hung-up',
    ]);
  });

  it('CANCEL stops both phones', async () => {
    const ringing = bothRing();
    const provider = sipp([
      step.invite({ from: '777000002' }),
      step.maybe(100),
      step.expect(180),
      step.cancel('777000002'),
      step.expect(200),
      step.expect(487),
      step.ackRefusal('777000002'),
    ]);
    const [first, second] = await ringing;
    expect(await provider.result()).toEqual(fine);
    expect(await first.ended).toMatchObject({ status: 487 });
    expect(await second.ended).toMatchObject({ status: 487 });
    const call = await endedCall(office, '777000002');
    expect(call).toMatchObject({ cause: 'caller-gave-up', talkMs: 0, card: { kind: 'lead' } });
    expect(call.recording).toBeUndefined();
  });

  it('all phones busy: the caller hears busy', async () => {
    for (const phone of [desk, home]) phone.onCall = (call) => call.refuse(486);
    const provider = sipp([
      step.invite({ from: '777000003' }),
      step.maybe(100),
      step.expect(486),
      step.ackRefusal('777000003'),
    ]);
    expect(await provider.result()).toEqual(fine);
    expect(await endedCall(office, '777000003')).toMatchObject({ cause: 'busy', fault: 'callee' });
  });

  it('rejected by the person', async () => {
    desk.onCall = (call) => call.refuse(603);
    home.onCall = (call) => call.ring();
    const provider = sipp([
      step.invite({ from: '777000004' }),
      step.maybe(100),
      step.maybe(180),
      step.expect(603),
      step.ackRefusal('777000004'),
    ]);
    expect(await provider.result()).toEqual(fine);
    expect(await endedCall(office, '777000004')).toMatchObject({ cause: 'rejected' });
  });

  it('an INVITE that comes again is the same call', async () => {
    const ringing = bothRing();
    const again = step.invite({ from: '777000005', retransmit: false });
    const provider = sipp([
      again,
      step.maybe(100),
      step.expect(180),
      again,
      step.pause(100),
      step.cancel('777000005'),
      step.maybe(180), // the repeated one
      step.expect(200),
      step.expect(487),
      step.ackRefusal('777000005'),
    ]);
    await ringing;
    expect(await provider.result()).toEqual(fine);
    await endedCall(office, '777000005');
    const { items } = await office.service.api.get<{ items: readonly unknown[] }>('/api/calls?phone=777000005');
    expect(items).toHaveLength(1);
  });

  it('an ACK that comes late: our 200 is sent again meanwhile, and the call stands', async () => {
    const ringing = bothRing();
    const provider = sipp([
      step.invite({ from: '777000006' }),
      step.maybe(100),
      step.expect(180),
      step.expect(200, 'rrs="true"'),
      step.pause(800), // T1 is 500 ms: our 200 comes a second time
      step.inDialog('ACK', 1, '777000006'),
      step.inDialog('BYE', 2, '777000006'),
      step.expect(200),
    ]);
    const [first] = await ringing;
    first.answer();
    expect(await provider.result()).toEqual(fine);
    expect(await endedCall(office, '777000006')).toMatchObject({ cause: 'caller-hung-up' });
  });

  it('over TCP', async () => {
    desk.onCall = (call) => call.answer();
    home.onCall = (call) => call.ring();
    const provider = sipp(
      [
        step.invite({ from: '777000007' }),
        step.maybe(100),
        step.maybe(180),
        step.expect(200, 'rrs="true"'),
        step.inDialog('ACK', 1, '777000007'),
        step.inDialog('BYE', 2, '777000007'),
        step.expect(200),
      ],
      { transport: 't1' },
    );
    expect(await provider.result()).toEqual(fine);
    expect(await endedCall(office, '777000007')).toMatchObject({
      cause: 'caller-hung-up',
      answeredByUserId: office.anna.id,
    });
  });

  it('an INVITE without SDP gets our offer, and the answer in the ACK is taken', async () => {
    desk.onCall = (call) => call.answer();
    home.onCall = (call) => call.ring();
    const ack = step.inDialog('ACK', 1, '777000008', { type: 'application/sdp', body: step.answerSdp });
    const provider = sipp([
      step.invite({ from: '777000008', sdp: '' }),
      step.maybe(100),
      step.maybe(180),
      `<recv response="200" rrs="true"><action><ereg regexp="m=audio [1-9][0-9]* RTP/AVP" search_in="body" check_it="true" assign_to="1"/><log message="[$1]"/></action></recv>`,
      ack,
      step.pause(100),
      step.inDialog('BYE', 2, '777000008'),
      step.expect(200),
    ]);
    expect(await provider.result()).toEqual(fine);
    expect(await endedCall(office, '777000008')).toMatchObject({ cause: 'caller-hung-up' });
  });

  it('no codec in common: 488, and no phone rings', async () => {
    const rang = jest.fn();
    for (const phone of [desk, home]) phone.onCall = rang;
    const provider = sipp([
      step.invite({ from: '777000009', sdp: step.noCommonCodecSdp }),
      step.maybe(100),
      step.expect(488),
      step.ackRefusal('777000009'),
    ]);
    expect(await provider.result()).toEqual(fine);
    expect(await endedCall(office, '777000009')).toMatchObject({ cause: 'no-common-codec' });
    expect(rang).not.toHaveBeenCalled();
  });

  it('a number that is none of ours: 404, and no lead', async () => {
    const provider = sipp(
      [step.invite({ from: '777000010' }), step.maybe(100), step.expect(404), step.ackRefusal('777000010')],
      { dialled: '+420999888777' },
    );
    expect(await provider.result()).toEqual(fine);
    const call = await endedCall(office, '777000010');
    expect(call.cause).toBe('number-unknown');
    expect(call.card).toBeUndefined();
  });

  it('50 unknown calls from one number at the same moment make one lead', async () => {
    for (const phone of [desk, home]) phone.onCall = (call) => call.refuse(486);
    const provider = sipp(
      [step.invite({ from: '777000050' }), step.maybe(100), step.expect(486), step.ackRefusal('777000050')],
      { calls: 50, rate: 1000 },
    );
    expect(await provider.result()).toEqual(fine);
    const calls = await until(
      () =>
        office.service.api.get<{ items: readonly { card?: { id: string } }[] }>('/api/calls?phone=777000050&limit=200'),
      ({ items }) => items.length === 50 && items.every((call) => call.card !== undefined),
    );
    expect(new Set(calls.items.map((call) => call.card?.id)).size).toBe(1);
    const leads = await office.service.api.get<{ items: readonly unknown[] }>('/api/leads?phone=777000050');
    expect(leads.items).toHaveLength(1);
  });
});
