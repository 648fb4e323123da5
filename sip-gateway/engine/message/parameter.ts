// Reading `;name=value` parameters and comma lists without building objects. RFC 3261 §25.1.

const SEMICOLON = 59;

/**
 * The value of a `;name=value` parameter at or after `from`: '' for a flag, undefined if absent. Names in any case.
 * Quoted values are returned without their quotes.
 */
export function parameterOf(text: string, name: string, from = 0): string | undefined {
  for (let at = text.indexOf(';', from); at >= 0; at = nextSemicolon(text, at + 1)) {
    let start = at + 1;
    while (text.charCodeAt(start) === 32) start++;
    const end = start + name.length;
    if (end > text.length) return undefined;
    if (!sameIgnoringCase(text, start, name)) continue;
    const value = valueAt(text, end);
    if (value !== undefined) return value;
  }
  return undefined;
}

function sameIgnoringCase(text: string, start: number, name: string): boolean {
  for (let i = 0; i < name.length; i++) {
    const code = text.charCodeAt(start + i);
    const wanted = name.charCodeAt(i);
    if (code !== wanted && (code | 32) !== wanted) return false;
  }
  return true;
}

/** What follows the parameter's name at `end`; undefined if the name goes on there (it was only a prefix). */
function valueAt(text: string, end: number): string | undefined {
  let at = end;
  while (text.charCodeAt(at) === 32) at++;
  if (
    at >= text.length ||
    text.charCodeAt(at) === SEMICOLON ||
    text[at] === '>' ||
    text[at] === ',' ||
    text[at] === '?'
  )
    return '';
  if (text[at] !== '=') return undefined;
  at++;
  while (text.charCodeAt(at) === 32) at++;
  if (text[at] === '"') return quotedAt(text, at);
  let stop = at;
  while (stop < text.length && !';>,? \t'.includes(text.charAt(stop))) stop++;
  return text.slice(at, stop);
}

function quotedAt(text: string, open: number): string {
  const close = closingQuote(text, open);
  return text.slice(open + 1, close < 0 ? text.length : close);
}

/** The index of the quote that closes the one at `open`, or -1. */
export function closingQuote(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    const char = text[at];
    if (char === '\\') at++;
    else if (char === '"') return at;
  }
  return -1;
}

/** The next semicolon outside quotes. */
function nextSemicolon(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (char === ';') return at;
    if (char !== '"') continue;
    at = closingQuote(text, at);
    if (at < 0) return -1;
  }
  return -1;
}

/** Splits a header value at its top-level commas (not those in quotes or angle brackets). */
export function splitList(value: string): string[] {
  if (!value.includes(',')) return [value];
  const parts: string[] = [];
  let start = 0;
  let isInBrackets = false;
  for (let at = 0; at < value.length; at++) {
    const char = value[at];
    if (char === '"' && !isInBrackets) {
      const close = closingQuote(value, at);
      if (close < 0) break;
      at = close;
    } else if (char === '<') isInBrackets = true;
    else if (char === '>') isInBrackets = false;
    else if (char === ',' && !isInBrackets) {
      parts.push(value.slice(start, at).trim());
      start = at + 1;
    }
  }
  parts.push(value.slice(start).trim());
  return parts.filter((part) => part !== '');
}
