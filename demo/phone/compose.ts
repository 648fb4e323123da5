/** Requests and responses of a demo phone as text (RFC 3261 sections 8.1.1 and 8.2.6). */
import { randomBytes } from 'node:crypto';
import { header, headersNamed, readMessage, tagOf, type WireMessage, writeMessage } from './wire';

export const random = (): string => randomBytes(8).toString('hex');

export interface Request {
  readonly method: string;
  readonly uri: string;
  readonly from: string;
  readonly to: string;
  readonly callId: string;
  readonly sequence: number;
  readonly body?: string;
  readonly extra?: readonly (readonly [string, string])[];
}

export interface Composed {
  readonly branch: string;
  readonly text: string;
  readonly message: WireMessage;
}

export interface Answer {
  readonly status: number;
  readonly reason: string;
  /** Of the To, where the request has none yet. */
  readonly tag: string;
  readonly body?: string;
}

/** @param us port and Contact; `branch` where the request belongs to an older transaction. */
export function composeRequest(
  request: Request,
  us: { readonly port: number; readonly contact: string; readonly branch?: string },
): Composed {
  const branch = us.branch ?? `z9hG4bK${random()}`;
  const text = writeMessage(
    `${request.method} ${request.uri} SIP/2.0`,
    [
      ['Via', `SIP/2.0/UDP 127.0.0.1:${us.port};rport;branch=${branch}`],
      ['Max-Forwards', '70'],
      ['From', request.from],
      ['To', request.to],
      ['Call-ID', request.callId],
      ['CSeq', `${request.sequence} ${request.method}`],
      ['Contact', us.contact],
      ['User-Agent', 'Trunkline demo phone'],
      ...(request.extra ?? []),
    ],
    request.body,
  );
  const message = readMessage(text);
  if (message === undefined) throw new Error('a message of our own cannot be read');
  return { branch, text, message };
}

export function composeResponse(request: WireMessage, how: Answer, contact: string): string {
  const to = header(request, 'to');
  return writeMessage(
    `SIP/2.0 ${how.status} ${how.reason}`,
    [
      ...headersNamed(request, 'via').map(([, value]) => ['Via', value] as const),
      ...headersNamed(request, 'record-route').map(([, value]) => ['Record-Route', value] as const),
      ['From', header(request, 'from')],
      ['To', tagOf(to) === '' && how.tag !== '' ? `${to};tag=${how.tag}` : to],
      ['Call-ID', header(request, 'call-id')],
      ['CSeq', header(request, 'cseq')],
      ['Contact', contact],
    ],
    how.body,
  );
}
