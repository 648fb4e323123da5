/** The session description in a message, alone or as a part of a multipart body (RFC 3261 section 7.4, RFC 5621). */
import { type Sdp, sdpOf } from '../call-router/values/ids';
import type { ReceivedRequest } from './srf-link';
import { headerOf } from './srf-message';

/** Undefined: there is none; 'unreadable': a body of another kind. */
export function descriptionIn(message: {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly payload?: ReceivedRequest['payload'];
}): Sdp | undefined | 'unreadable' {
  if (message.body === undefined || message.body.trim() === '') return undefined;
  const type = (headerOf(message, 'content-type') ?? 'application/sdp').toLowerCase();
  if (type.startsWith('application/sdp')) return sdpOf(message.body);
  if (!type.startsWith('multipart/')) return 'unreadable';
  const part = message.payload?.find((one) => one.type?.toLowerCase().startsWith('application/sdp') === true);
  return part?.content === undefined ? 'unreadable' : sdpOf(`${part.content.trimEnd()}\r\n`);
}
