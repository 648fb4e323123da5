/** SIPp as a provider with the extensions of a call set-up: session timers (RFC 4028), reliable ringing (RFC 3262), UPDATE (RFC 3311). */
import type { SipPhone } from '../../demo/phone/sip-phone';
import { describeWithTool } from '../require-tool';
import { clock, endedCall, openOffice, type RunningOffice } from '../service/running-office';
import { Sipp } from './run-sipp';
import * as step from './scenarios';

const fine = { exitCode: 0, errors: '' };
const from = '777000101';

/** What SIPp must find in a header of the response. */
const expectWith = (status: number, header: string, pattern: string): string =>
  `<recv response="${status}"${status < 300 ? ' rrs="true"' : ''}><action>
    <ereg regexp="${pattern}" search_in="hdr" header="${header}:" check_it="true" assign_to="1"/>
    <log message="[$1]"/>
  </action></recv>`;

const prack = step.inDialog('PRACK', 2, from, { extra: 'RAck: [$1] 1 INVITE' });
const update = (sequence: number): string =>
  step.inDialog('UPDATE', sequence, from, { extra: 'Supported: timer\nSession-Expires: 120;refresher=uac' });

describeWithTool('sipp', 'a provider with session timers', () => {
  let office: RunningOffice;
  let desk: SipPhone;

  beforeAll(async () => {
    office = await openOffice();
    desk = await office.phone(office.anna.desk);
    desk.onCall = (call) => {
      call.ring();
      clock.after(400, () => call.answer()); // the PRACK comes first
    };
  }, 60_000);
  afterAll(() => office?.close());

  const sipp = (...steps: readonly string[]): Sipp =>
    new Sipp({
      steps: steps.join('\n'),
      target: { host: '127.0.0.1', port: office.service.ports.sip },
      localPort: office.providerPort,
      dialled: office.main,
    });

  it('rings reliably, agrees on an interval, and is kept alive by UPDATE', async () => {
    const provider = sipp(
      step.invite({ from, extra: 'Supported: timer\n      Require: 100rel\n      Session-Expires: 120;refresher=uac' }),
      step.maybe(100),
      expectWith(180, 'RSeq', '[0-9]+'),
      prack,
      step.expect(200),
      expectWith(200, 'Session-Expires', '120;refresher=uac'),
      step.inDialog('ACK', 1, from),
      update(3),
      expectWith(200, 'Session-Expires', '120;refresher=uac'),
      step.inDialog('BYE', 4, from),
      step.expect(200),
    );
    expect(await provider.result()).toEqual(fine);
    expect(await endedCall(office, from)).toMatchObject({ cause: 'caller-hung-up' });
  });

  it('is told the least interval we take', async () => {
    const provider = sipp(
      step.invite({ from, extra: 'Supported: timer\n      Session-Expires: 30' }),
      step.maybe(100),
      expectWith(422, 'Min-SE', '90'),
      step.ackRefusal(from),
    );
    expect(await provider.result()).toEqual(fine);
  });
});
