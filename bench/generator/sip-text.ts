/**
 * SIP as text, made and read with as little work as a load generator can do: templates out, the few headers that matter in
 * (RFC 3261 §7.3; full and compact names). Not a parser for hostile input: both ends are ours and the service between them.
 */

const host = '127.0.0.1';
const compact: Readonly<Record<string, string>> = { via: 'v', from: 'f', to: 't', 'call-id': 'i', contact: 'm' };
const patterns = new Map<string, RegExp>();

/** The first header of this name; '' if there is none. */
export function headerOf(message: string, name: string): string {
  return patternOf(name).exec(message)?.[1] ?? '';
}

const viasOf = (message: string): readonly string[] =>
  [...message.matchAll(/^(?:Via|v)[ \t]*:[ \t]*(.*)\r$/gim)].map((found) => found[1] ?? '');

export const statusOf = (message: string): number =>
  message.startsWith('SIP/2.0 ') ? Number(message.slice(8, 11)) : 0;
export const methodOf = (message: string): string => message.slice(0, message.indexOf(' '));
export const cseqMethodOf = (message: string): string => headerOf(message, 'CSeq').split(/\s+/)[1] ?? '';
export const tagOf = (header: string): string => /;tag=([^;>\s]+)/.exec(header)?.[1] ?? '';
export const uriOf = (header: string): string => /<([^>]+)>/.exec(header)?.[1] ?? header.split(';')[0] ?? '';
export const branchOf = (message: string): string => /branch=([^;,\s]+)/.exec(headerOf(message, 'Via'))?.[1] ?? '';
export const portOfUri = (uri: string): number => Number(/:(\d+)(?:[;>]|$)/.exec(uri)?.[1] ?? 5060);
export const audioPortOf = (message: string): number => Number(/^m=audio (\d+)/m.exec(message)?.[1] ?? 0);

export interface RequestText {
  readonly method: string;
  readonly uri: string;
  readonly ownPort: number;
  readonly branch: string;
  readonly from: string;
  readonly to: string;
  readonly callId: string;
  readonly cseq: number;
  readonly contact?: string;
  readonly sdp?: string;
}

export function requestText(request: RequestText): string {
  const { method, uri, ownPort, branch, from, to, callId, cseq, contact, sdp } = request;
  return [
    `${method} ${uri} SIP/2.0`,
    `Via: SIP/2.0/UDP ${host}:${ownPort};rport;branch=${branch}`,
    'Max-Forwards: 70',
    `From: ${from}`,
    `To: ${to}`,
    `Call-ID: ${callId}`,
    `CSeq: ${cseq} ${method}`,
    ...(contact === undefined ? [] : [`Contact: <${contact}>`]),
    ...bodyLines(sdp),
  ].join('\r\n');
}

export interface AnswerText {
  readonly request: string;
  readonly status: string;
  readonly tag: string;
  readonly contact?: string;
  readonly sdp?: string;
}

export function answerText({ request, status, tag, contact, sdp }: AnswerText): string {
  const to = headerOf(request, 'To');
  return [
    `SIP/2.0 ${status}`,
    ...viasOf(request).map((via) => `Via: ${via}`),
    `From: ${headerOf(request, 'From')}`,
    `To: ${tagOf(to) === '' ? `${to};tag=${tag}` : to}`,
    `Call-ID: ${headerOf(request, 'Call-ID')}`,
    `CSeq: ${headerOf(request, 'CSeq')}`,
    ...(contact === undefined ? [] : [`Contact: <${contact}>`]),
    ...bodyLines(sdp),
  ].join('\r\n');
}

/** A-law and telephone-event (RFC 4566, RFC 3551, RFC 4733). */
export function sdpText(port: number): string {
  return [
    'v=0',
    `o=- ${port} 1 IN IP4 ${host}`,
    's=-',
    `c=IN IP4 ${host}`,
    't=0 0',
    `m=audio ${port} RTP/AVP 8 101`,
    'a=rtpmap:8 PCMA/8000',
    'a=rtpmap:101 telephone-event/8000',
    'a=fmtp:101 0-15',
    'a=ptime:20',
    '',
  ].join('\r\n');
}

function bodyLines(sdp: string | undefined): readonly string[] {
  if (sdp === undefined) return ['Content-Length: 0', '', ''];
  return ['Content-Type: application/sdp', `Content-Length: ${sdp.length}`, '', sdp];
}

function patternOf(name: string): RegExp {
  const known = patterns.get(name);
  if (known !== undefined) return known;
  const short = compact[name.toLowerCase()];
  const pattern = new RegExp(`^(?:${name}${short === undefined ? '' : `|${short}`})[ \\t]*:[ \\t]*(.*)\\r$`, 'im');
  patterns.set(name, pattern);
  return pattern;
}
