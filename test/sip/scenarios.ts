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

/** Shared by INVITE, CANCEL and the ACK to a refusal (RFC 3261 sections 9.1 and 17.1.1.3). */
const inviteBranch = 'z9hG4bK-[pid]-[call_number]-invite';

interface Sending {
  readonly from?: string;
  readonly sdp?: string;
  /** More header lines. */
  readonly extra?: string;
  /** `retrans="500"`, or empty to send once. */
  readonly retransmit?: boolean;
}

const caller = (from: string): string => `"Test" <sip:${from}@[local_ip]:[local_port]>;tag=[pid]c[call_number]`;

const send = (text: string, retransmit = false): string =>
  `<send${retransmit ? ' retrans="500"' : ''}><![CDATA[\n${text.replace(/^\n/, '')}\n    ]]></send>`;

export function invite({ from = '777123456', sdp = offer, extra = '', retransmit = true }: Sending = {}): string {
  const type = sdp === '' ? '' : '      Content-Type: application/sdp\n';
  return send(
    `
      INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
      Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=${inviteBranch}
      Max-Forwards: 70
      From: ${caller(from)}
      To: <sip:[service]@[remote_ip]:[remote_port]>
      Call-ID: [call_id]
      CSeq: 1 INVITE
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

export function inDialog(method: string, sequence: number, from = '777123456'): string {
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
      Content-Length: 0
`,
    method !== 'ACK',
  );
}

/** ACK to a refusal: in the transaction of the INVITE (RFC 3261 section 17.1.1.3). */
export function ackRefusal(from = '777123456'): string {
  return send(`
      ACK sip:[service]@[remote_ip]:[remote_port] SIP/2.0
      Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=${inviteBranch}
      Max-Forwards: 70
      From: ${caller(from)}
      [last_To:]
      Call-ID: [call_id]
      CSeq: 1 ACK
      Content-Length: 0
`);
}

export function cancel(from = '777123456'): string {
  return send(
    `
      CANCEL sip:[service]@[remote_ip]:[remote_port] SIP/2.0
      Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=${inviteBranch}
      Max-Forwards: 70
      From: ${caller(from)}
      To: <sip:[service]@[remote_ip]:[remote_port]>
      Call-ID: [call_id]
      CSeq: 1 CANCEL
      Content-Length: 0
`,
    true,
  );
}

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
