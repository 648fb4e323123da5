// Completes a request: what the application gave, what the dialog knows, what the flow decides (Via, our own address).
// The header rules are those of the application protocol (drachtio-server), without its faults.

import { writtenName } from '../message/header-names';
import type { Headers } from '../message/headers';
import type { SipResponse } from '../message/sip-message';
import { bodyPart, lines } from '../message/write';
import { advertisedAddress, type Flow, isWebSocket, ownUri, transportParameter } from '../transport/flow';

export interface RequestDraft {
  readonly method: string;
  readonly uri: string;
  /** Undefined: our address, with `fromTag`. */
  readonly from: string | undefined;
  readonly fromTag: string;
  readonly to: string;
  readonly callId: string;
  readonly seq: number;
  readonly routes: readonly string[];
  /** Undefined: none; 'own': the flow's address. */
  readonly contact: string | undefined;
  /** The application's headers; those the engine writes itself are skipped. */
  readonly headers: Headers;
  readonly body: string;
}

export interface OutgoingRequest {
  readonly method: string;
  readonly uri: string;
  readonly branch: string;
  readonly text: string;
  readonly via: string;
  readonly from: string;
  readonly to: string;
  readonly callId: string;
  readonly seq: number;
  readonly routes: readonly string[];
  readonly contact: string;
  /** Authorization lines, repeated in the ACK to a 2xx (RFC 3261 §22.1). */
  readonly credentials: string;
  ackFor(response: SipResponse): string;
}

/** Headers the engine writes, whatever the application gave. */
const OWN: ReadonlySet<string> = new Set([
  'via',
  'route',
  'record-route',
  'rseq',
  'content-length',
  'from',
  'to',
  'call-id',
  'cseq',
  'contact',
  'max-forwards',
]);

/** Headers in which the application writes our address as `localhost`, besides From, To and Contact. */
const NAMES_US: ReadonlySet<string> = new Set(['p-asserted-identity', 'diversion', 'history-info']);

/** The complete request for this flow, under this branch. */
export function composeRequest(draft: RequestDraft, flow: Flow, branch: string): OutgoingRequest {
  const { method, uri, callId, seq, routes } = draft;
  const rport = isWebSocket(flow.wire) ? '' : ';rport';
  const via = `SIP/2.0/${flow.wire.toUpperCase()} ${advertisedAddress(flow)}${rport};branch=${branch}`;
  const from = fromOf(draft, flow);
  const to = withOwnAddress(draft.to, flow);
  const contact = contactOf(draft, flow);
  const identity = { method, uri, branch, via, from, to, callId, seq, routes, contact };
  const head =
    `${method} ${uri} SIP/2.0\r\nVia: ${via}\r\n${lines('Route', routes)}` +
    `Max-Forwards: ${draft.headers.first('max-forwards') ?? '70'}\r\nFrom: ${from}\r\nTo: ${to}\r\n` +
    `Call-ID: ${callId}\r\nCSeq: ${seq} ${method}\r\n${contact === '' ? '' : `Contact: ${contact}\r\n`}`;
  return {
    ...identity,
    text: head + otherLines(draft.headers, flow) + bodyPart(draft.body, draft.headers.has('content-type')),
    credentials: credentialLines(draft.headers),
    ackFor: (response) => hopByHop('ACK', { ...identity, to: response.headers.first('to') ?? to }, ''),
  };
}

/** The CANCEL of a request: same branch, same everything (RFC 3261 §9.1). */
export function composeCancel(request: OutgoingRequest, extraLines: string): string {
  return hopByHop('CANCEL', request, extraLines);
}

type HopByHop = Pick<OutgoingRequest, 'uri' | 'via' | 'routes' | 'from' | 'to' | 'callId' | 'seq'>;

/** ACK to a failure and CANCEL belong to the hop: the request's own Via, Route and identity (§17.1.1.3, §9.1). */
function hopByHop(method: string, request: HopByHop, extraLines: string): string {
  return (
    `${method} ${request.uri} SIP/2.0\r\nVia: ${request.via}\r\n${lines('Route', request.routes)}Max-Forwards: 70\r\n` +
    `From: ${request.from}\r\nTo: ${request.to}\r\nCall-ID: ${request.callId}\r\nCSeq: ${request.seq} ${method}\r\n` +
    `${extraLines}Content-Length: 0\r\n\r\n`
  );
}

function fromOf(draft: RequestDraft, flow: Flow): string {
  if (draft.from !== undefined) return withOwnAddress(draft.from, flow);
  return `<${ownUri(flow)}>;tag=${draft.fromTag}`;
}

function contactOf(draft: RequestDraft, flow: Flow): string {
  if (draft.contact === undefined) return '';
  if (draft.contact === 'own') return `<${ownUri(flow)}>`;
  return ownContact(draft.contact, flow);
}

/** A Contact of the application: `localhost` becomes our address, with the transport this flow uses. */
export function ownContact(value: string, flow: Flow): string {
  if (!value.includes('@localhost')) return value;
  const text = withOwnAddress(value, flow);
  if (flow.wire === 'udp' || /;\s*transport=/i.test(text)) return text;
  const transport = transportParameter(flow.wire);
  const close = text.indexOf('>');
  if (close >= 0) return `${text.slice(0, close)}${transport}${text.slice(close)}`;
  const semicolon = text.indexOf(';');
  const end = semicolon < 0 ? text.length : semicolon;
  return `<${text.slice(0, end)}${transport}>${text.slice(end)}`;
}

/** `user@localhost` becomes `user@` our address on this flow. */
export function withOwnAddress(value: string, flow: Flow): string {
  if (!value.includes('@localhost')) return value;
  return value.replace(/@localhost(?![\w.-])(:\d+)?/g, `@${advertisedAddress(flow)}`);
}

function otherLines(headers: Headers, flow: Flow): string {
  let text = '';
  for (let at = 0; at < headers.keys.length; at++) {
    const key = headers.keys[at] ?? '';
    if (OWN.has(key)) continue;
    const value = headers.values[at] ?? '';
    text += `${writtenName(headers.names[at] ?? '')}: ${NAMES_US.has(key) ? withOwnAddress(value, flow) : value}\r\n`;
  }
  return text;
}

function credentialLines(headers: Headers): string {
  return (
    lines('Authorization', headers.all('authorization')) +
    lines('Proxy-Authorization', headers.all('proxy-authorization'))
  );
}
