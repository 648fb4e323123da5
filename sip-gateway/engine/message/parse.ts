// From the bytes of one SIP message to what the engine works with, in one pass. Tolerant where the world is sloppy (leading
// line ends, folding, compact names, white space, no Content-Length on UDP), strict where a guess could hurt: framing, the
// headers that identify a transaction, control characters. Never throws. RFC 3261 §7, §18.3 and §25; RFC 4475 has the examples.

import { Headers } from './headers';
import { tagOf } from './name-addr';
import { parseCseq } from './cseq';
import type { SipMessage } from './sip-message';
import { isRequestUri, parseStartLine, type StartLine, TOKEN } from './start-line';
import { annotatedVia, firstOfList, parseVia, type Via } from './via';

export const MESSAGE_BYTES_MAX = 65_535;
export const HEAD_BYTES_MAX = 16_384;
export const HEADERS_MAX = 200;

/** Why a message was refused. `reply` holds what a response needs, when a request was readable so far. */
export interface ParseProblem {
  readonly kind: 'keep-alive' | 'not-sip' | 'malformed' | 'too-large';
  readonly status: 400 | 505 | 513;
  readonly reason: string;
  readonly reply: ReplyHeaders | undefined;
}

export interface ReplyHeaders {
  readonly method: string;
  readonly headers: Headers;
  readonly via: Via;
}

export type ParseResult =
  | { readonly ok: true; readonly message: SipMessage }
  | { readonly ok: false; readonly problem: ParseProblem };

/** How the end of the message is known: by the datagram, or by a stream's framing, where Content-Length already cut it. */
export type Framing = 'datagram' | 'stream';

/** Where the message came from: written into the top Via of a request (RFC 3581). */
export interface MessageSource {
  readonly framing: Framing;
  readonly address: string;
  readonly port: number;
}

/** Parses one message in byte text (each character one byte). */
export function parseMessage(bytes: string, source: MessageSource): ParseResult {
  const raw = withoutLeadingLineEnds(bytes);
  const rawHeadEnd = raw.indexOf('\r\n\r\n');
  // The size is judged before anything is read: of a head that is too large, only what a reply needs, within the limit.
  const isHeadTooLarge = rawHeadEnd > HEAD_BYTES_MAX;
  const text = isHeadTooLarge ? cutHead(raw) : withoutFolding(raw, rawHeadEnd);
  if (text.length < 12) return failed(text.length <= 4 ? 'keep-alive' : 'not-sip', 'too short');
  const lineEnd = text.indexOf('\r\n');
  const start = lineEnd < 0 ? undefined : parseStartLine(text, lineEnd);
  if (!start) return failed('not-sip', 'no start line');
  const headEnd = text.indexOf('\r\n\r\n', lineEnd);
  if (headEnd < 0) return failed(text.length > HEAD_BYTES_MAX ? 'too-large' : 'not-sip', 'no end of headers');
  const headers = new Headers();
  const lineProblem = readHeaderLines(text, { from: lineEnd + 2, to: headEnd + 2 }, headers);
  const via = parseVia(firstOfList(headers.first('via') ?? ''));
  const reply =
    via && start.method !== '' && isAnswerable(headers) ? { method: start.method, headers, via } : undefined;
  const problem = isHeadTooLarge ? TOO_LARGE : (lineProblem ?? headProblem(text, headEnd, start));
  if (problem) return { ok: false, problem: { ...problem, reply } };
  if (!via) return failed('malformed', 'Bad Via');
  return assemble({ text, bodyAt: headEnd + 4, start, headers, via, reply, source });
}

function failed(kind: ParseProblem['kind'], reason: string, reply?: ReplyHeaders): ParseResult {
  return { ok: false, problem: { kind, status: kind === 'too-large' ? 513 : 400, reason, reply } };
}

function withoutLeadingLineEnds(text: string): string {
  let at = 0;
  while (text.charCodeAt(at) === 13 || text.charCodeAt(at) === 10) at++;
  return at === 0 ? text : text.slice(at);
}

/** The whole lines within the limit, folding undone, as a head without a body. */
function cutHead(text: string): string {
  const head = text.slice(0, HEAD_BYTES_MAX);
  const lines = head.slice(0, Math.max(0, head.lastIndexOf('\r\n')));
  return withoutFolding(`${lines}\r\n\r\n`, lines.length);
}

/** Joins folded header lines (RFC 3261 §7.3.1), in one pass over the head. The body is left alone. */
function withoutFolding(text: string, headEnd: number): string {
  if (headEnd < 0) return text;
  let joined = '';
  let start = 0;
  for (let at = text.indexOf('\r\n'); at >= 0 && at < headEnd; ) {
    if (!isBlank(text.charCodeAt(at + 2))) {
      at = text.indexOf('\r\n', at + 2);
      continue;
    }
    let end = at;
    while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
    joined += `${text.slice(start, end)} `;
    start = at + 2;
    while (isBlank(text.charCodeAt(start))) start++;
    at = text.indexOf('\r\n', start);
  }
  return start === 0 ? text : joined + text.slice(start);
}

type HeadProblem = Omit<ParseProblem, 'reply'>;

const TOO_LARGE: HeadProblem = { kind: 'too-large', status: 513, reason: 'Message Too Large' };

function malformed(reason: string): HeadProblem {
  return { kind: 'malformed', status: 400, reason };
}

/** Reads `Name: value` lines; goes on after a bad one, so that a reply can still be addressed. */
function readHeaderLines(text: string, range: { from: number; to: number }, into: Headers): HeadProblem | undefined {
  let problem: HeadProblem | undefined;
  for (let at = range.from; at < range.to; ) {
    const end = text.indexOf('\r\n', at);
    const colon = text.indexOf(':', at);
    if (colon < 0 || colon >= end) problem ??= malformed('Bad Header Line');
    else {
      const name = text.slice(at, endOfName(text, at, colon));
      if (!TOKEN.test(name)) problem ??= malformed('Bad Header Name');
      else into.add(name, trimmed(text, colon + 1, end));
      if (into.keys.length > HEADERS_MAX) return { kind: 'too-large', status: 513, reason: 'Too Many Headers' };
    }
    at = end + 2;
  }
  return problem;
}

function endOfName(text: string, start: number, colon: number): number {
  let end = colon;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return end;
}

function trimmed(text: string, from: number, to: number): string {
  let start = from;
  let end = to;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** Bare CR, bare LF and NUL would let one header turn into two further on. */
const UNSAFE = /\0|\r(?!\n)|(?<!\r)\n/;

function headProblem(text: string, headEnd: number, start: StartLine): HeadProblem | undefined {
  if (text.length > MESSAGE_BYTES_MAX) return TOO_LARGE;
  if (!start.isVersion2) return { kind: 'malformed', status: 505, reason: 'Version Not Supported' };
  if (UNSAFE.test(text.slice(0, headEnd))) return malformed('Bad Line End');
  if (start.status === 0 && !isRequestUri(start.uri)) return malformed('Bad Request-URI');
  return undefined;
}

const SINGLE = ['from', 'to', 'call-id', 'cseq'] as const;

function isAnswerable(headers: Headers): boolean {
  return SINGLE.every((key) => headers.has(key));
}

interface Parts {
  readonly text: string;
  readonly bodyAt: number;
  readonly start: StartLine;
  readonly headers: Headers;
  readonly via: Via;
  readonly reply: ReplyHeaders | undefined;
  readonly source: MessageSource;
}

function assemble(parts: Parts): ParseResult {
  const { text, bodyAt, start, headers, via, reply } = parts;
  for (const key of SINGLE) {
    const count = headers.count(key);
    if (count !== 1) return failed('malformed', count === 0 ? 'Missing Header' : 'Repeated Header', reply);
  }
  const cseq = parseCseq(headers.first('cseq') ?? '');
  const callId = headers.first('call-id') ?? '';
  if (!cseq || (start.method !== '' && cseq.method !== start.method)) return failed('malformed', 'Bad CSeq', reply);
  if (callId === '' || callId.includes('|') || callId.includes(' ')) return failed('malformed', 'Bad Call-ID', reply);
  const length = bodyLength(parts);
  if (length === undefined) return failed('malformed', 'Bad Content-Length', reply);
  if (length > MESSAGE_BYTES_MAX) return failed('too-large', 'Message Too Large', reply);
  const end = bodyAt + length;
  const whole = end === text.length ? text : text.slice(0, end);
  const common = {
    headers,
    body: text.slice(bodyAt, end),
    text: start.method === '' ? whole : annotate(whole, parts),
    via,
    callId,
    seq: cseq.seq,
    seqMethod: cseq.method,
    fromTag: tagOf(headers.first('from') ?? ''),
    toTag: tagOf(headers.first('to') ?? ''),
  };
  if (start.method === '')
    return { ok: true, message: { kind: 'response', status: start.status, reason: start.reason, ...common } };
  return { ok: true, message: { kind: 'request', method: start.method, uri: start.uri, ...common } };
}

/** Marks the top Via with where the request really came from, in the headers and in the text. */
function annotate(text: string, { headers, via, source }: Parts): string {
  const line = headers.first('via') ?? '';
  const top = firstOfList(line);
  const annotated = annotatedVia(top, via, source);
  if (annotated === top) return text;
  headers.replaceFirst('via', annotated + line.slice(top.length));
  const at = text.indexOf(line);
  return text.slice(0, at) + annotated + text.slice(at + top.length);
}

/** The length of the body; undefined if Content-Length is unreadable, contradicts itself or promises more than there is. */
function bodyLength({ text, bodyAt, headers, source }: Parts): number | undefined {
  const available = text.length - bodyAt;
  const at = headers.keys.indexOf('content-length');
  if (at < 0) return source.framing === 'datagram' ? available : 0;
  const digits = headers.values[at] ?? '';
  if (!/^\d{1,9}$/.test(digits) || headers.count('content-length') > 1) return undefined;
  const length = Number(digits);
  return length > available && length <= MESSAGE_BYTES_MAX ? undefined : length;
}
