// name-addr and addr-spec values: From, To, Contact, Route. RFC 3261 §20.10 and §25.1.

import { closingQuote, parameterOf } from './parameter';

/** The `tag` parameter of a From or To value; '' if it has none. */
export function tagOf(value: string): string {
  const close = value.lastIndexOf('>');
  return parameterOf(value, 'tag', close < 0 ? 0 : close) ?? '';
}

/** The URI of a name-addr or addr-spec value, without brackets and header parameters; '' if there is none. */
export function uriOf(value: string): string {
  const open = openingBracket(value);
  if (open >= 0) {
    const close = value.indexOf('>', open);
    return close < 0 ? '' : value.slice(open + 1, close).trim();
  }
  const semicolon = value.indexOf(';');
  return (semicolon < 0 ? value : value.slice(0, semicolon)).trim();
}

/** The index of the `<` that opens the URI, or -1. */
export function openingBracket(value: string): number {
  const quote = value.indexOf('"');
  const open = value.indexOf('<');
  if (quote < 0 || (open >= 0 && open < quote)) return open;
  const close = closingQuote(value, quote);
  return close < 0 ? -1 : value.indexOf('<', close);
}

/** The value with this tag, whatever tag it had. */
export function withTag(value: string, tag: string): string {
  const bare = withoutTag(value);
  return `${bare};tag=${tag}`;
}

/** The value without its tag parameter. */
export function withoutTag(value: string): string {
  const close = value.lastIndexOf('>');
  const at = close < 0 ? 0 : close;
  // It begins at a semicolon: white space in front of it is not part of the search, which would try each blank as a start.
  const found = /;\s*tag(?![^\s=;,])\s*(?:=\s*[^;\s,]*)?/i.exec(value.slice(at));
  if (found === null) return value;
  const start = at + found.index;
  return value.slice(0, start).trimEnd() + value.slice(start + found[0].length);
}
