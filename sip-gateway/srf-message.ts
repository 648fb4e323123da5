/** Reading what srf hands over: its habits with header names, and the engines' name of a dialog. */

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
