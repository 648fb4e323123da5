// Writes a response from its request. RFC 3261 §8.2.6: Via, From, Call-ID and CSeq as they came, To with our tag.

import { withTag } from '../message/name-addr';
import { bodyPart, lines } from '../message/write';
import type { ReceivedRequest } from './received-request';

export interface ResponseParts {
  readonly status: number;
  readonly reason: string;
  /** Complete header lines beyond those copied from the request. */
  readonly lines: string;
  readonly body: string;
  readonly hasContentType: boolean;
}

export function responseText(received: ReceivedRequest, parts: ResponseParts): string {
  const { headers, toTag } = received.request;
  const to = headers.first('to') ?? '';
  const tagged = received.localTag === '' || toTag !== '' ? to : withTag(to, received.localTag);
  return (
    `SIP/2.0 ${parts.status} ${parts.reason}\r\n${lines('Via', headers.all('via'))}${recordRoute(received, parts.status)}` +
    `From: ${headers.first('from')}\r\nTo: ${tagged}\r\nCall-ID: ${received.request.callId}\r\n` +
    `CSeq: ${headers.first('cseq')}\r\n${parts.lines}${bodyPart(parts.body, parts.hasContentType)}`
  );
}

/** Copied into responses that make a dialog (RFC 3261 §12.1.1). */
function recordRoute({ request }: ReceivedRequest, status: number): string {
  if (status <= 100 || status >= 300) return '';
  return lines('Record-Route', request.headers.all('record-route'));
}
