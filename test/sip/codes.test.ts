/** Codes on SIPp as a desk phone: dialled, and as keys in a call by SIP INFO. Every end is a SIPp process of its own. */
import { endedCall } from '../service/running-office';
import * as phone from './phone-steps';
import * as step from './scenarios';
import { describeWithSipp, fine } from './sipp-office';

describeWithSipp('codes on a desk phone', (sipp) => {
  const customer = (number: string, from: string) => sipp().providerCalls(number, ...phone.customer(from));

  it('*43 is answered and listens until the phone hangs up', async () => {
    const { desk } = sipp().office.anna;
    const dials = await sipp().asks('*43', ...phone.talksAndHangsUp(desk));
    expect(await dials.result()).toEqual(fine);
  });

  it('*78 says so and hangs up; who calls then is turned away, until *79', async () => {
    const { anna, main } = sipp().office;
    const dial = async (code: string) => {
      const dials = await sipp().asks(code, ...phone.call(anna.desk), ...phone.answered(anna.desk), ...phone.letGo);
      expect(await dials.result()).toEqual(fine);
    };
    await sipp().called(anna.desk, ...phone.answers, ...phone.hangsUp);
    await dial('*78');
    const from = '777400001';
    const refused = sipp().providerCalls(
      main,
      step.invite({ from }),
      step.maybe(100),
      step.expect(486),
      step.ackRefusal(from),
    );
    expect(await refused.result()).toEqual(fine);
    await dial('*79');
    expect(await customer(main, '777400002').result()).toEqual(fine);
  });

  it('**102# as SIP INFO in a call passes the customer on', async () => {
    const { anna, boris, main } = sipp().office;
    const target = await sipp().called(boris.desk, ...phone.answers, ...phone.hangsUp);
    const desk = await sipp().called(anna.desk, ...phone.answers, ...phone.keys('**102#', 1), ...phone.letGo);
    expect(await customer(main, '777400003').result()).toEqual(fine);
    expect(await desk.finish()).toEqual(fine);
    expect(await target.finish()).toEqual(fine);
    expect(await endedCall(sipp().office, '777400003')).toMatchObject({
      cause: 'callee-hung-up',
      answeredByUserId: boris.id,
    });
  });

  it.each(['*11', '*11102'])('%s takes the call that rings at 102; its phone is told who has it', async (code) => {
    const { anna, boris, sales } = sipp().office;
    const rang = await sipp().called(boris.desk, step.respond('180 Ringing'), ...phone.answeredElsewhere);
    const from = `77740001${code.length}`;
    const outside = customer(sales, from);
    await outside.logged('rings');
    const takes = await sipp().asks(code, ...phone.talksAndHangsUp(anna.desk));
    expect(await takes.result()).toEqual(fine);
    expect(await outside.result()).toEqual(fine);
    expect(await rang.finish()).toEqual(fine);
    expect(await endedCall(sipp().office, from)).toMatchObject({ answeredByUserId: anna.id });
  });

  it('*7# parks and says the slot; *7001 has the customer back', async () => {
    const { anna, main } = sipp().office;
    const desk = await sipp().called(anna.desk, ...phone.answers, ...phone.keys('*7#', 1), ...phone.letGo);
    const outside = customer(main, '777400020');
    await desk.logged('let go');
    const back = await sipp().asks('*7001', ...phone.talksAndHangsUp(anna.desk));
    expect(await back.result()).toEqual(fine);
    expect(await outside.result()).toEqual(fine);
    expect(await desk.finish()).toEqual(fine);
    expect(await endedCall(sipp().office, '777400020')).toMatchObject({ answeredByUserId: anna.id });
  });
});
