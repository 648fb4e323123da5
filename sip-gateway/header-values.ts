/**
 * Reading and writing the values of SIP header fields: name-addr, URI, parameters, lists (RFC 3261 sections 20 and 25.1).
 * Everything written passes `safeHeaders`: names come from the CRM and numbers from the wire, and drachtio-srf would
 * carry a line break in them straight on to the wire.
 */

export interface SipUri {
  readonly scheme: string;
  /** As written, percent-encoding kept. */
  readonly user: string;
  readonly host: string;
  readonly port?: number;
  /** Names in lower case. */
  readonly params: ReadonlyMap<string, string>;
}

export interface NameAddr {
  readonly displayName?: string;
  readonly uri: string;
  readonly params: ReadonlyMap<string, string>;
}

const displayNameMax = 128;

/** Splits at a separator that is in neither quotes nor angle brackets. Empty parts are dropped. */
export function splitOutside(text: string, separator: ',' | ';'): string[] {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  let bracketed = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c === '\\') i++;
      else if (c === '"') quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === '<') bracketed = true;
    else if (c === '>') bracketed = false;
    else if (c === separator && !bracketed) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** `"Name" <uri>;params`, `<uri>;params` or `uri;params` (there the parameters are the header's, section 20.10). */
export function parseNameAddr(text: string): NameAddr | undefined {
  const bracketed = /^\s*(?:"((?:[^"\\]|\\.)*)"|([^<"]*?))\s*<([^<>]*)>\s*(.*)$/s.exec(text);
  if (bracketed !== null) {
    const written = bracketed[1]?.replace(/\\(.)/gs, '$1') ?? bracketed[2] ?? '';
    const displayName = printable(written).trim().slice(0, displayNameMax);
    const params = paramsOf(bracketed[4] ?? '');
    const uri = (bracketed[3] ?? '').trim();
    return displayName === '' ? { uri, params } : { displayName, uri, params };
  }
  const bare = text.trim();
  if (bare === '' || /["<>\s]/.test(bare.split(';', 1)[0] ?? '')) return undefined;
  const semicolon = bare.indexOf(';');
  if (semicolon === -1) return { uri: bare, params: new Map() };
  return { uri: bare.slice(0, semicolon), params: paramsOf(bare.slice(semicolon)) };
}

/** A sip: or sips: URI, or tel: (its number is the user, the host is empty). */
export function parseUri(text: string): SipUri | undefined {
  const tel = /^tel:([^;?]+)(.*)$/i.exec(text.trim());
  if (tel !== null) return { scheme: 'tel', user: tel[1] ?? '', host: '', params: paramsOf(tel[2] ?? '') };
  const sip = /^(sips?):(?:([^@]*)@)?(\[[0-9a-f:.]+\]|[^:;?@\s[\]]+)(?::(\d{1,5}))?(;[^?]*)?(?:\?.*)?$/i.exec(
    text.trim(),
  );
  if (sip === null) return undefined;
  const user = (sip[2] ?? '').split(':', 1)[0] ?? '';
  const found = {
    scheme: (sip[1] ?? 'sip').toLowerCase(),
    user,
    host: (sip[3] ?? '').toLowerCase(),
    params: paramsOf(sip[5] ?? ''),
  };
  return sip[4] === undefined ? found : { ...found, port: Number(sip[4]) };
}

/** `;a=1;b` → names in lower case, values unquoted; a flag has the value ''. The first of two alike wins. */
export function paramsOf(text: string): Map<string, string> {
  const params = new Map<string, string>();
  for (const part of splitOutside(text, ';')) {
    const equals = part.indexOf('=');
    const name = (equals === -1 ? part : part.slice(0, equals)).trim().toLowerCase();
    const value = equals === -1 ? '' : part.slice(equals + 1).trim();
    if (!params.has(name)) params.set(name, value.startsWith('"') ? unquoted(value) : value);
  }
  return params;
}

export function unquoted(text: string): string {
  return text.replace(/^"|"$/g, '').replace(/\\(.)/gs, '$1');
}

/** A quoted-string (section 25.1); what cannot be printed is left out. */
export function quoted(text: string): string {
  return `"${printable(text).replace(/[\\"]/g, '\\$&')}"`;
}

/** `"Name" <sip:user@host;params>`: display name quoted, user escaped, so that neither can end its field early. */
export function writeNameAddr(of: {
  readonly displayName?: string | undefined;
  readonly user: string;
  readonly host: string;
  readonly uriParams?: string;
}): string {
  const uri = `<sip:${of.user === '' ? '' : `${escapedUser(of.user)}@`}${of.host}${of.uriParams ?? ''}>`;
  const name = printable(of.displayName ?? '').slice(0, displayNameMax);
  return name === '' ? uri : `${quoted(name)} ${uri}`;
}

/** The user part of a URI: unreserved and user-unreserved characters stay, the rest is percent-encoded (section 25.1). */
export function escapedUser(user: string): string {
  return encodeURIComponent(printable(user)).replace(/%(2B|26|3D|24|2C|3B|3F|2F)/g, (code) => decodeURIComponent(code));
}

export type Headers = Readonly<Record<string, string | undefined>>;

/** The one gate to the wire: drops what is undefined and every control character of a value; a bad name drops the field. */
export function safeHeaders(headers: Headers): Record<string, string> {
  const safe: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined && /^[\w.!%*+`'~-]+$/.test(name)) safe[name] = printable(value);
  }
  return safe;
}

/** A Request-URI or next hop: no white space, brackets or control characters get out. */
export function safeUri(uri: string): string {
  return printable(uri).replace(/[\s<>"|]/g, '');
}

function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, ' ');
}
