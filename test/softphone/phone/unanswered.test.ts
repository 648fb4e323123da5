/** Requests on a connection that is dropped: each without a final response gets a 503 that sip.js takes for it. */
import { Unanswered } from '../../../softphone/src/phone/unanswered';

const lines = (...all: readonly string[]): string => [...all, '', ''].join('\r\n');
const request = (method: string, branch: string, cseq = 2): string =>
  lines(
    `${method} sip:x@d SIP/2.0`,
    `Via: SIP/2.0/WSS a.invalid;branch=${branch};rport`,
    'Max-Forwards: 70',
    'To: <sip:x@d>;tag=1',
    'From: <sip:me@d>;tag=2',
    'Call-ID: c',
    `CSeq: ${cseq} ${method}`,
    'Content-Length: 0',
  );
const response = (status: number, method: string, branch: string): string =>
  lines(`SIP/2.0 ${status} Said`, `Via: SIP/2.0/WSS a.invalid;branch=${branch}`, `CSeq: 2 ${method}`);

it('answers what nobody answered, with what a response takes from its request', () => {
  const unanswered = new Unanswered();
  unanswered.sent(request('INVITE', 'z9hG4bK1'));
  expect(unanswered.drained()).toEqual([
    lines(
      'SIP/2.0 503 Flow lost',
      'Via: SIP/2.0/WSS a.invalid;branch=z9hG4bK1;rport',
      'To: <sip:x@d>;tag=1',
      'From: <sip:me@d>;tag=2',
      'Call-ID: c',
      'CSeq: 2 INVITE',
      'Content-Length: 0',
    ),
  ]);
  expect(unanswered.drained()).toEqual([]);
});

it('leaves out what has its final response, an ACK, a CANCEL and responses of ours', () => {
  const unanswered = new Unanswered();
  for (const [method, branch] of [
    ['INVITE', 'z9hG4bK1'],
    ['REGISTER', 'z9hG4bK2'],
    ['ACK', 'z9hG4bK3'],
    ['CANCEL', 'z9hG4bK1'],
    ['INFO', 'z9hG4bK4'],
  ] as const)
    unanswered.sent(request(method, branch));
  unanswered.sent(response(200, 'OPTIONS', 'z9hG4bK9'));
  unanswered.received(response(180, 'INVITE', 'z9hG4bK1'));
  unanswered.received(response(200, 'REGISTER', 'z9hG4bK2'));
  unanswered.received(response(200, 'CANCEL', 'z9hG4bK1'));
  expect(unanswered.drained().map((text) => /CSeq: 2 (\w+)/.exec(text)?.[1])).toEqual(['INVITE', 'INFO']);
});
