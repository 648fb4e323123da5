/** Steps of SIPp scenarios, put together by the tests. `rtd` and statistics are left out: only right or wrong counts here. */

const offer = `
      v=0
      o=sipp 1 1 IN IP4 [local_ip]
      s=-
      c=IN IP4 [local_ip]
      t=0 0
      m=audio [media_port] RTP/AVP 8 0 101
      a=rtpmap:8 PCMA/8000
      a=rtpmap:0 PCMU/8000
      a=rtpmap:101 telephone-event/8000
      a=ptime:20
`;

/** Shared by INVITE, CANCEL and the ACK to a refusal (RFC 3261 sections 9.1 and 17.1.1.3). `attempt`: 2 with credentials. */
const inviteBranch = (attempt: number): string => `z9hG4bK-[pid]-[call_number]-invite${attempt}`;

interface Sending {
  readonly from?: string;
  readonly sdp?: string;
  /** More header lines. */
  readonly extra?: string;
  /** `retrans="500"`, or empty to send once. */
  readonly retransmit?: boolean;
  /** CSeq: 1, and 2 for the one that answers a challenge. */
  readonly attempt?: number;
}

export const caller = (from: string): string => `"Test" <sip:${from}@[local_ip]:[local_port]>;tag=[pid]c[call_number]`;

export const send = (text: string, retransmit = false): string =>
  `<send${retransmit ? ' retrans="500"' : ''}><![CDATA[\n${text.replace(/^\n/, '')}\n    ]]></send>`;

export function invite({
  from = '777123456',
  sdp = offer,
  extra = '',
  retransmit = true,
  attempt = 1,
}: Sending = {}): string {
  const type = sdp === '' ? '' : '      Content-Type: application/sdp\n';
  return send(
    `
      INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
      Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=${inviteBranch(attempt)}
      Max-Forwards: 70
      From: ${caller(from)}
      To: <sip:[service]@[remote_ip]:[remote_port]>
      Call-ID: [call_id]
      CSeq: ${attempt} INVITE
      Contact: <sip:sipp@[local_ip]:[local_port];transport=[transport]>
${extra === '' ? '' : `      ${extra}\n`}${type}      Content-Length: [len]
${sdp}`,
    retransmit,
  );
}

/** The first one may be kept from leaving: `lost` percent. */
export const expect = (status: number, attributes = ''): string => `<recv response="${status}" ${attributes}></recv>`;
export const maybe = (status: number): string => `<recv response="${status}" optional="true"></recv>`;
export const expectRequest = (method: string): string => `<recv request="${method}"></recv>`;

export interface Said {
  /** More header lines. */
  readonly extra?: string;
  readonly type?: string;
  /** Its lines, one below the other. */
  readonly body?: string;
}

const tailOf = ({ extra = '', type = '', body = '' }: Said): string => {
  const lines = [...extra.split('\n'), type === '' ? '' : `Content-Type: ${type}`].filter((line) => line !== '');
  const content = body === '' ? '' : `\n${body.trim().replace(/^ */gm, '      ')}\n`;
  return `${lines.map((line) => `      ${line}\n`).join('')}      Content-Length: [len]\n${content}`;
};

export function inDialog(method: string, sequence: number, from = '777123456', said: Said = {}): string {
  return send(
    `
      ${method} [next_url] SIP/2.0
      Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
      Max-Forwards: 70
      [routes]
      From: ${caller(from)}
      [last_To:]
      Call-ID: [call_id]
      CSeq: ${sequence} ${method}
      Contact: <sip:sipp@[local_ip]:[local_port];transport=[transport]>
${tailOf(said)}`,
    method !== 'ACK',
  );
}

/** The ACK to the callee's 200: from here on `fromCallee` knows both sides of the dialog. */
export const sidesOfAck = `<recv request="ACK"><action>
  <ereg regexp=".*" search_in="hdr" header="From:" assign_to="1"/>
  <ereg regexp=".*" search_in="hdr" header="To:" assign_to="2"/>
</action></recv>`;

/** Behind `sidesOfAck`: its sides are those of the INVITE, changed; the Request-URI is the Contact that the INVITE brought. */
export function fromCallee(method: string, sequence: number, said: Said = {}): string {
  return send(
    `
      ${method} [next_url] SIP/2.0
      Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
      Max-Forwards: 70
      From: [$2]
      To: [$1]
      Call-ID: [call_id]
      CSeq: ${sequence} ${method}
      Contact: <sip:sipp@[local_ip]:[local_port];transport=[transport]>
${tailOf(said)}`,
    true,
  );
}

/** ACK to a refusal: in the transaction of the INVITE (RFC 3261 section 17.1.1.3). */
export function ackRefusal(from = '777123456', attempt = 1): string {
  return send(`
      ACK sip:[service]@[remote_ip]:[remote_port] SIP/2.0
      Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=${inviteBranch(attempt)}
      Max-Forwards: 70
      From: ${caller(from)}
      [last_To:]
      Call-ID: [call_id]
      CSeq: ${attempt} ACK
      Content-Length: 0
`);
}

export function cancel(from = '777123456', attempt = 1): string {
  return send(
    `
      CANCEL sip:[service]@[remote_ip]:[remote_port] SIP/2.0
      Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=${inviteBranch(attempt)}
      Max-Forwards: 70
      From: ${caller(from)}
      To: <sip:[service]@[remote_ip]:[remote_port]>
      Call-ID: [call_id]
      CSeq: ${attempt} CANCEL
      Content-Length: 0
`,
    true,
  );
}

/** What an answer to the INVITE repeats, for one that comes after other messages. */
export const keepInvite = `<action>
  <ereg regexp=".*" search_in="hdr" header="Via:" assign_to="11"/>
  <ereg regexp=".*" search_in="hdr" header="From:" assign_to="12"/>
  <ereg regexp=".*" search_in="hdr" header="To:" assign_to="13"/>
  <ereg regexp=".*" search_in="hdr" header="CSeq:" assign_to="14"/>
  <ereg regexp="m=audio [0-9]+" search_in="body" assign_to="15"/>
</action>`;

/** To the INVITE of a callee (sipp-callee.ts), whatever came since. */
export const respondLater = (status: string, how: { readonly sdp?: string } = {}): string =>
  respond(status, how)
    .replace('[last_Via:]', 'Via: [$11]')
    .replace('[last_From:]', 'From: [$12]')
    .replace('[last_To:]', 'To: [$13]')
    .replace('[last_CSeq:]', 'CSeq: [$14]')
    .replace('[last_Call-ID:]', 'Call-ID: [call_id]')
    .replace('      [last_Record-Route:]\n', '');

export function respond(
  status: string,
  { sdp = '', extra = '' }: { readonly sdp?: string; readonly extra?: string } = {},
): string {
  const type = sdp === '' ? '' : '      Content-Type: application/sdp\n';
  return send(
    `
      SIP/2.0 ${status}
      [last_Via:]
      [last_Record-Route:]
      [last_From:]
      [last_To:];tag=[pid]t[call_number]
      [last_Call-ID:]
      [last_CSeq:]
      Contact: <sip:sipp@[local_ip]:[local_port];transport=[transport]>
${extra === '' ? '' : `      ${extra}\n`}${type}      Content-Length: [len]
${sdp}`,
    sdp !== '' && status.startsWith('2'),
  );
}

/** 200 to BYE and the like, whose To has its tag already. */
export const respondInDialog = (status = '200 OK'): string =>
  send(`
      SIP/2.0 ${status}
      [last_Via:]
      [last_From:]
      [last_To:]
      [last_Call-ID:]
      [last_CSeq:]
      Content-Length: 0
`);

export const pause = (ms: number): string => `<pause milliseconds="${ms}"/>`;
export const answerSdp = offer;
export const noCommonCodecSdp = offer.replace('8 0 101', '18').replace(/a=rtpmap:(8|0|101)[^\n]*\n\s*/g, '');

/** Waits for the test (`tell` in run-sipp.ts) and keeps what it said in [$8]. */
export const untilTold = `<recv request="MESSAGE"><action>
  <ereg regexp="[^ ].*" search_in="hdr" header="X-Told:" assign_to="8"/>
  <log message="told [$8]"/>
</action></recv>`;
