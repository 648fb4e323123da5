/** Reading what srf hands over: its habits with header names, and the engines' name of a dialog. */
import type { FlowEnd } from './leg-flows';
import type { ReceivedRequest } from './srf-link';

/**
 * A header of a message; the name in lower case. srf keeps names that begin with `P-` or `X-`, and Diversion, as they came,
 * and knows no compact form that came after RFC 3261.
 */
export function headerOf(
  message: { readonly headers: Readonly<Record<string, string>> },
  name: string,
): string | undefined {
  const found = message.headers[name] ?? message.headers[compactForms[name] ?? ''];
  if (found !== undefined || !/^(?:[px]-|diversion$)/.test(name)) return found;
  for (const key in message.headers) if (key.toLowerCase() === name) return message.headers[key];
  return undefined;
}

/** RFC 6665 section 8.4, RFC 4028 section 4, RFC 3892 section 7. Refer-To may come in both: receive-refer.ts reads them. */
const compactForms: Readonly<Record<string, string>> = {
  event: 'o',
  'allow-events': 'u',
  'session-expires': 'x',
  'referred-by': 'b',
};

/** How the engines name a dialog: Call-ID and the caller's tag (reference: drachtio protocol, section 5). */
export const dialogIdOf = (sipCallId: string, callerTag: string): string => `${sipCallId};from-tag=${callerTag}`;

/** Where a request came from, as it is known over the connection it came by. */
export const endOf = (request: ReceivedRequest): FlowEnd => ({
  protocol: webSocketOf(request) ?? request.protocol,
  address: request.source_address,
  port: request.source_port,
});

/**
 * The engines report a WebSocket as TCP; the sender's own Via names it (RFC 7118 section 5.2.1). Our engine lets nobody write
 * it who does not speak over one, or leave it out who does.
 */
export function webSocketOf(message: { readonly headers: Readonly<Record<string, string>> }): 'ws' | 'wss' | undefined {
  const found = /^\s*SIP\s*\/\s*2\.0\s*\/\s*(WSS?)\s/i.exec(headerOf(message, 'via') ?? '')?.[1];
  return found === undefined ? undefined : found.length === 2 ? 'ws' : 'wss';
}
