/**
 * Reading and writing the values of SIP header fields: name-addr, URI, parameters, lists (RFC 3261 sections 20 and 25.1).
 * Everything written passes `safeHeaders`: names come from the CRM and numbers from the wire, and drachtio-srf would
 * carry a line break in them straight on to the wire. Reading is linear in the length: strangers write these fields.
 */
import { printable } from '../call-router/values/printable';

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
/** From, To, Contact, Refer-To and the like: nobody honest writes longer ones, and they are read before anybody is known. */
const nameAddrMax = 1024;

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

/**
 * `"Name" <uri>;params`, `<uri>;params` or `uri;params` (there the parameters are the header's, section 20.10).
 * What is too long is unreadable.
 */
export function parseNameAddr(text: string): NameAddr | undefined {
  if (text.length > nameAddrMax) return undefined;
  const bare = text.trim();
  const bracketed = inBrackets(bare);
  if (bracketed !== undefined) {
    const displayName = printable(bracketed.name).trim().slice(0, displayNameMax);
    const params = paramsOf(bare.slice(bracketed.close + 1));
    const uri = bare.slice(bracketed.open + 1, bracketed.close).trim();
    return displayName === '' ? { uri, params } : { displayName, uri, params };
  }
  if (bare === '' || /["<>\s]/.test(bare.split(';', 1)[0] ?? '')) return undefined;
  const semicolon = bare.indexOf(';');
  if (semicolon === -1) return { uri: bare, params: new Map() };
  return { uri: bare.slice(0, semicolon), params: paramsOf(bare.slice(semicolon)) };
}

/** The display name and the places of the brackets; each character is looked at a fixed number of times. */
function inBrackets(
  text: string,
): { readonly name: string; readonly open: number; readonly close: number } | undefined {
  const quoteEnd = text.startsWith('"') ? closingQuote(text) : -1;
  const open = text.indexOf('<', quoteEnd + 1);
  const close = text.indexOf('>', open + 1);
  if (open === -1 || close === -1 || text.slice(open + 1, close).includes('<')) return undefined;
  const between = text.slice(quoteEnd + 1, open);
  if (quoteEnd === -1) return between.includes('"') ? undefined : { name: between, open, close };
  return between.trim() === '' ? { name: unquoted(text.slice(0, quoteEnd + 1)), open, close } : undefined;
}

/** Of a text that begins with a quote: the index of the quote that ends it, or -1. */
function closingQuote(text: string): number {
  for (let at = 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return -1;
}

/** A sip: or sips: URI, or tel: (its number is the user, the host is empty). */
export function parseUri(text: string): SipUri | undefined {
  const tel = /^tel:([^;?]+)([;?].*)?$/is.exec(text.trim());
  if (tel !== null) return { scheme: 'tel', user: tel[1] ?? '', host: '', params: paramsOf(tel[2] ?? '') };
  const sip = /^(sips?):(?:([^@]*)@)?(\[[0-9a-f:.]+\]|[^:;?@\s[\]]+)(?::(\d{1,5}))?(;[^?]*)?(?:\?.*)?$/is.exec(
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
  const whole = printable(user).replace(/\p{Surrogate}/gu, ''); // half a character cannot be encoded
  return encodeURIComponent(whole).replace(/%(2B|26|3D|24|2C|3B|3F|2F)/g, (code) => decodeURIComponent(code));
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
