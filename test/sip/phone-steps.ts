/**
 * Steps of SIPp as a desk phone: its account is proved by digest (RFC 3261 section 22), its keys in a call are SIP INFO, its
 * Xfer key is REFER, its lamps are watches. `scenarios.ts` has what a provider says too.
 */
import type { DeviceLogin } from '../service/running-office';
import {
  ackRefusal,
  answerSdp,
  caller,
  expect,
  expectRequest,
  fromCallee,
  inDialog,
  invite,
  maybe,
  respond,
  respondInDialog,
  respondLater,
  type Said,
  send,
  sidesOfAck,
} from './scenarios';

const credentials = ({ username, password }: DeviceLogin): string =>
  `[authentication username=${username} password=${password}]`;

const challenge = '<recv response="401" auth="true"></recv>';

/** Outside a dialog: asked twice, the second time with the account. */
function asked(method: string, login: DeviceLogin, lines: readonly string[]): readonly string[] {
  const request = (sequence: number, proof: readonly string[]): string =>
    send(
      `
      ${method} sip:[service]@[remote_ip]:[remote_port] SIP/2.0
      Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
      Max-Forwards: 70
      From: ${caller(login.username)}
      To: <sip:[service]@[remote_ip]:[remote_port]>
      Call-ID: [call_id]
      CSeq: ${sequence} ${method}
      Contact: <sip:${login.username}@[local_ip]:[local_port]>
${[...lines, ...proof].map((line) => `      ${line}\n`).join('')}      Content-Length: 0
`,
      true,
    );
  return [request(1, []), challenge, request(2, [credentials(login)])];
}

export const register = (login: DeviceLogin): readonly string[] => [
  ...asked('REGISTER', login, ['Expires: 300']),
  expect(200),
];

/** What a lamp key does; the first NOTIFY comes next. */
export const subscribe = (login: DeviceLogin, event: string, accept: string): readonly string[] => [
  ...asked('SUBSCRIBE', login, [`Event: ${event}`, `Accept: ${accept}`, 'Expires: 300']),
  `<recv response="200" rrs="true"><action>
    <ereg regexp=".*" search_in="hdr" header="To:" assign_to="4"/>
    <log message="watches [$4]"/>
  </action></recv>`,
];

/** Expires 0: one last NOTIFY comes (RFC 6665 section 4.1.2.3). */
export const endWatch = (login: DeviceLogin, event: string): readonly string[] => [
  inDialog('SUBSCRIBE', 3, login.username, { extra: `Event: ${event}\nExpires: 0` }).replace('[last_To:]', 'To: [$4]'),
  expect(200),
  `<recv request="NOTIFY"><action>
    <ereg regexp="terminated" search_in="hdr" header="Subscription-State:" check_it="true" assign_to="9"/>
    <log message="ended [$9]"/>
  </action></recv>`,
  respondInDialog(),
];

/** A pattern as an attribute of SIPp's XML. */
export const xml = (pattern: string): string =>
  pattern.replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A call with its challenge; what comes next is the service's word on it. CSeq 2 is used up. */
export const call = (login: DeviceLogin, extra = ''): readonly string[] => [
  invite({ from: login.username, extra }),
  maybe(100),
  challenge,
  ackRefusal(login.username),
  invite({
    from: login.username,
    attempt: 2,
    extra: [extra, credentials(login)].filter((line) => line !== '').join('\n      '),
  }),
  maybe(100),
];

const keepTag = `<action>
  <ereg regexp="tag=(.*)" search_in="hdr" header="To:" assign_to="5,6"/>
  <log message="dialog [call_id] [pid]c[call_number] [$6] [$5]"/>
</action>`;
/** It rings: the phone has an early dialog, and writes it down. */
export const rings = `<recv response="180" rrs="true">${keepTag}</recv>`;
export const answered = ({ username }: Pick<DeviceLogin, 'username'>, attempt = 2): readonly string[] => [
  `<recv response="200" rrs="true">${keepTag}</recv>`,
  inDialog('ACK', attempt, username),
];

/** A call that is answered; the phone hangs up. */
export const talksAndHangsUp = (login: DeviceLogin, extra = ''): readonly string[] => [
  ...call(login, extra),
  ...answered(login),
  inDialog('BYE', 3, login.username),
  expect(200),
];

/** The service hangs up. */
export const letGo: readonly string[] = [
  expectRequest('BYE'),
  respondInDialog(),
  '<nop><action><log message="let go"/></action></nop>',
];

/** Somebody else has the call that rang here (RFC 3326). */
export const answeredElsewhere: readonly string[] = [
  `<recv request="CANCEL"><action>
    <ereg regexp="SIP;.*cause=200;.*text=.Call completed elsewhere" search_in="hdr" header="Reason:" check_it="true" assign_to="7"/>
    <log message="[$7]"/>
  </action></recv>`,
  respondInDialog(),
  respondLater('487 Request Terminated'),
  expectRequest('ACK'),
];

/** A NOTIFY whose body holds this; it is written down under `words`, with what the pattern found. */
export const told = (pattern: string, words: string): readonly string[] => [
  `<recv request="NOTIFY"><action>
    <ereg regexp="${pattern}" search_in="body" check_it="true" assign_to="9"/>
    <log message="${words} [$9]"/>
  </action></recv>`,
  respondInDialog(),
];

/** The outcome of a REFER so far (RFC 3515 section 2.4.4). */
export const sipfrag = (status: number): readonly string[] => told(`SIP/2.0 ${status}`, `told ${status}`);

/** Keys of a phone that was called, as SIP INFO from this CSeq on. */
export const keys = (digits: string, sequence: number): readonly string[] =>
  Array.from(digits).flatMap((digit, index) => [fromCallee('INFO', sequence + index, key(digit)), expect(200)]);

export const key = (digit: string): Said => ({
  type: 'application/dtmf-relay',
  body: `Signal=${digit}\nDuration=160`,
});

/** Answers what it is called with, and says so; `fromCallee` comes next. */
export const answers: readonly string[] = [
  respond('180 Ringing'),
  respond('200 OK', { sdp: answerSdp }),
  sidesOfAck,
  '<nop><action><log message="talks [call_id]"/></action></nop>',
];

/** Of one whom it tells when it is told. */
export const hangsUp: readonly string[] = [fromCallee('BYE', 9), expect(200)];

/** A customer calls, is answered, and is let go. */
export const customer = (from: string): readonly string[] => [
  invite({ from }),
  maybe(100),
  '<recv response="180" optional="true"><action><log message="rings"/></action></recv>',
  '<recv response="200" rrs="true"></recv>',
  inDialog('ACK', 1, from),
  ...letGo,
];

export interface Dialog {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
}

/** What `rings` and `answered` wrote down. */
export function dialogIn(line: string): Dialog {
  const [callId = '', localTag = '', remoteTag = ''] = line.slice(line.indexOf('dialog ') + 7).split(' ');
  return { callId, localTag, remoteTag };
}

/** What `answers` and a callee wrote down: the word behind `talks` or `called`. */
export const callIdIn = (line: string): string => /(?:talks|called) (\S+)/.exec(line)?.[1] ?? '';
