/**
 * The Xfer key of SIPp as a desk phone: REFER with its NOTIFYs (RFC 3515), and REFER with Replaces (RFC 5589), while the
 * target talks and while it still rings. Every end is a SIPp process of its own.
 */
import { endedCall } from '../service/running-office';
import * as phone from './phone-steps';
import * as step from './scenarios';
import { describeWithSipp, fine } from './sipp-office';

describeWithSipp('transfer by the keys of a desk phone', (sipp) => {
  const us = (): string => `127.0.0.1:${sipp().office.service.ports.sip}`;
  const xfer = (number: string): string =>
    step.fromCallee('REFER', 1, { extra: `Refer-To: <sip:${number}@${us()}>\nReferred-By: <sip:101@${us()}>` });
  /** In its own call with the customer: REFER to a call that the phone has beside it, as the test tells. */
  const xferToOther = [
    step.untilTold,
    step.fromCallee('REFER', 1, { extra: 'Refer-To: <[$8]>' }),
    step.expect(202),
  ] as const;
  const replacing = ({ callId, remoteTag, localTag }: phone.Dialog): string =>
    `sip:102@${us()}?Replaces=${encodeURIComponent(`${callId};to-tag=${remoteTag};from-tag=${localTag}`)}`;
  const customer = (from: string) => sipp().providerCalls(sipp().office.main, ...phone.customer(from));

  /** The customer talks to the phone, which refers them to 102; `outcome` is what it hears and does after the 202. */
  const referred = async (from: string, { target, outcome }: Record<'target' | 'outcome', readonly string[]>) => {
    const { anna, boris } = sipp().office;
    const taker = await sipp().called(boris.desk, ...target);
    const desk = await sipp().called(anna.desk, ...phone.answers, xfer('102'), step.expect(202), ...outcome);
    expect(await customer(from).result()).toEqual(fine);
    expect(await desk.finish()).toEqual(fine);
    expect(await taker.finish()).toEqual(fine);
    return endedCall(sipp().office, from);
  };
  const takes = [...phone.answers, ...phone.hangsUp] as const;

  it('Xfer, number, Xfer: 100, 180, 200, and the phone is let go', async () => {
    const outcome = [...[100, 180, 200].flatMap(phone.sipfrag), ...phone.letGo];
    const call = await referred('777500001', { target: takes, outcome });
    expect(call).toMatchObject({ cause: 'callee-hung-up', answeredByUserId: sipp().office.boris.id });
  });

  it('a busy target: 100, 486, and the phone has the customer again', async () => {
    const target = [step.respond('486 Busy Here'), step.expectRequest('ACK')];
    const outcome = [...[100, 486].flatMap(phone.sipfrag), ...phone.hangsUp];
    const call = await referred('777500002', { target, outcome });
    expect(call).toMatchObject({ answeredByUserId: sipp().office.anna.id });
  });

  it('hanging up right after the 202 leaves the customer ringing at the target', async () => {
    const outcome = [...phone.sipfrag(100), ...phone.hangsUp];
    const call = await referred('777500003', { target: takes, outcome });
    expect(call).toMatchObject({ answeredByUserId: sipp().office.boris.id });
  });

  /** The customer talks to the phone, the phone calls 102 beside it, and the two calls become one. */
  const joined = async (from: string, { target, outcome }: Record<'target' | 'outcome', readonly string[]>) => {
    const { anna, boris } = sipp().office;
    const told = [100, 200].flatMap(phone.sipfrag);
    const taker = await sipp().called(boris.desk, ...target, ...phone.hangsUp);
    const desk = await sipp().called(anna.desk, ...phone.answers, ...xferToOther, ...told, ...phone.letGo);
    const outside = customer(from);
    const talking = phone.callIdIn(await desk.logged('talks'));
    const consults = await sipp().asks('102', ...phone.call(anna.desk), ...outcome);
    await desk.tell(talking, replacing(phone.dialogIn(await consults.logged('dialog'))));
    expect(await consults.result()).toEqual(fine);
    expect(await desk.finish()).toEqual(fine);
    await taker.tell(phone.callIdIn(await taker.logged('called')));
    expect(await outside.result()).toEqual(fine);
    expect(await taker.finish()).toEqual(fine);
    const call = await endedCall(sipp().office, from);
    expect(call).toMatchObject({ cause: 'callee-hung-up', answeredByUserId: boris.id });
  };

  it('two calls of the phone become one while the target talks (REFER with Replaces)', () =>
    joined('777500004', {
      target: [...phone.answers, step.untilTold],
      outcome: [step.maybe(180), ...phone.answered(sipp().office.anna.desk), ...phone.letGo],
    }));

  it('they do while the target still rings: it answers the customer', () =>
    joined('777500005', {
      target: [
        step.respond('180 Ringing'),
        step.untilTold,
        step.respondLater('200 OK', { sdp: step.answerSdp }),
        step.sidesOfAck,
      ],
      outcome: [phone.rings, step.expect(480), step.ackRefusal(sipp().office.anna.desk.username, 2)],
    }));
});
