/**
 * Lamp keys of SIPp as a desk phone: a colleague's lamp (RFC 4235), the call that rings there taken by the dialog the lamp names
 * (RFC 3891), and the voicemail lamp (RFC 3842). Every end is a SIPp process of its own.
 */
import { endedCall, until } from '../service/running-office';
import * as phone from './phone-steps';
import * as step from './scenarios';
import { describeWithSipp, fine } from './sipp-office';

const dialogs = 'application/dialog-info+xml';
const dark = phone.xml('entity="[^"]*">[[:space:]]*</dialog-info>');
const shows = (state: string): string => phone.xml(`direction="recipient">[[:space:]]*<state>${state}</state>`);
const named = phone.xml(
  'call-id="[^"]*" local-tag="[^"]*" remote-tag="[^"]*" direction="recipient">[[:space:]]*<state>early',
);

describeWithSipp('lamps of a desk phone', (sipp) => {
  it('a colleague’s lamp: dark, early, confirmed, dark; and a last word when the watch ends', async () => {
    const { anna, boris, sales } = sipp().office;
    const watched = await sipp().called(
      boris.desk,
      step.respond('180 Ringing'),
      step.untilTold,
      step.respondLater('200 OK', { sdp: step.answerSdp }),
      step.sidesOfAck,
      '<nop><action><log message="talks [call_id]"/></action></nop>',
      step.untilTold,
      ...phone.hangsUp,
    );
    const lamp = await sipp().asks(
      '102',
      ...phone.subscribe(anna.home, 'dialog', dialogs),
      ...phone.told(dark, 'dark'),
      ...phone.told(shows('early'), 'early'),
      ...phone.told(shows('confirmed'), 'confirmed'),
      ...phone.told(dark, 'dark again'),
      ...phone.endWatch(anna.home, 'dialog'),
    );
    await lamp.logged('dark');
    const outside = sipp().providerCalls(sales, ...phone.customer('777700001'));
    const callId = phone.callIdIn(await watched.logged('called'));
    await lamp.logged('early');
    await watched.tell(callId);
    await watched.logged('talks');
    await lamp.logged('confirmed');
    await watched.tell(callId);
    expect(await outside.result()).toEqual(fine);
    expect(await watched.finish()).toEqual(fine);
    expect(await lamp.result()).toEqual(fine);
  });

  it('the ringing call is taken by the dialog that the lamp names; the phone that rang is told who has it', async () => {
    const { anna, boris, sales } = sipp().office;
    const rang = await sipp().called(boris.desk, step.respond('180 Ringing'), ...phone.answeredElsewhere);
    const lamp = await sipp().asks(
      '102',
      ...phone.subscribe(anna.home, 'dialog', dialogs),
      ...phone.told(dark, 'dark'),
      ...phone.told(named, 'early'),
      ...phone.told(dark, 'dark again'),
    );
    await lamp.logged('dark');
    const outside = sipp().providerCalls(sales, ...phone.customer('777700002'));
    const early = await lamp.logged('early');
    const [callId = '', local = '', remote = ''] = ['call-id', 'local-tag', 'remote-tag'].map(
      (name) => new RegExp(`${name}="([^"]*)"`).exec(early)?.[1],
    );
    const takes = await sipp().asks(
      '102',
      ...phone.talksAndHangsUp(anna.desk, `Replaces: ${callId};to-tag=${remote};from-tag=${local}`),
    );
    expect(await takes.result()).toEqual(fine);
    expect(await outside.result()).toEqual(fine);
    expect(await rang.finish()).toEqual(fine);
    expect(await lamp.result()).toEqual(fine);
    expect(await endedCall(sipp().office, '777700002')).toMatchObject({ answeredByUserId: anna.id });
  });

  it('the voicemail lamp is lit by a message', async () => {
    const { boris, service } = sipp().office;
    const [trunk] = (await service.api.get<{ items: readonly { id: string }[] }>('/api/trunks')).items;
    const { id: mailboxId } = await service.api.post<{ id: string }>('/api/mailboxes', {
      name: 'Boris',
      userId: boris.id,
    });
    const number = '+420210000009';
    const route = { to: 'voicemail', mailboxId };
    await service.api.post('/api/numbers', { number, kind: 'rented', trunkId: trunk?.id, route });
    const lamp = await sipp().asks(
      boris.desk.username,
      ...phone.subscribe(boris.desk, 'message-summary', 'application/simple-message-summary'),
      ...phone.told('Messages-Waiting: no', 'off'),
      ...phone.told('Messages-Waiting: yes.*Voice-Message: 1/0', 'lit'),
      ...phone.endWatch(boris.desk, 'message-summary'),
    );
    await lamp.logged('off');
    const from = '777700003';
    const outside = sipp().providerCalls(
      number,
      step.invite({ from }),
      step.maybe(100),
      step.maybe(180),
      ...phone.answered({ username: from }, 1),
      step.untilTold,
      step.pause(2500), // this long is the message: it must be 2 s at least
      step.inDialog('BYE', 3, from).replace('[last_To:]', 'To: <sip:[service]@[remote_ip]>;[$5]'),
      step.expect(200),
    );
    const { callId } = phone.dialogIn(await outside.logged('dialog'));
    await until(
      () => service.api.get<{ items: readonly { recording?: string }[] }>('/api/live'),
      ({ items }) => items[0]?.recording === 'running', // the greeting and the beep are over
    );
    await outside.tell(callId);
    expect(await outside.result()).toEqual(fine);
    expect(await lamp.result()).toEqual(fine);
  });
});
