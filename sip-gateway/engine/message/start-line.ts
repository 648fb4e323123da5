// Request and status lines. RFC 3261 §7.1 and §7.2.

export interface StartLine {
  readonly method: string;
  readonly uri: string;
  readonly status: number;
  readonly reason: string;
  readonly isVersion2: boolean;
}

/** What methods and header names are made of (RFC 3261 §25.1). */
export const TOKEN = /^[A-Za-z0-9.!%*_+`'~-]+$/;

/** Undefined if the line is neither. */
export function parseStartLine(text: string, lineEnd: number): StartLine | undefined {
  const line = text.slice(0, lineEnd);
  if (line.startsWith('SIP/')) return parseStatusLine(line);
  const first = line.indexOf(' ');
  const last = line.lastIndexOf(' ');
  if (first <= 0 || last <= first) return undefined;
  const method = line.slice(0, first);
  const version = line.slice(last + 1);
  if (!TOKEN.test(method) || !/^SIP\/\d+\.\d+$/i.test(version)) return undefined;
  return {
    method,
    uri: line.slice(first + 1, last),
    status: 0,
    reason: '',
    isVersion2: version.toUpperCase() === 'SIP/2.0',
  };
}

function parseStatusLine(line: string): StartLine | undefined {
  const match = /^SIP\/(\d+\.\d+) (\d{3})(?: (.*))?$/.exec(line);
  if (!match) return undefined;
  const status = Number(match[2]);
  if (status < 100 || status > 699) return undefined;
  return { method: '', uri: '', status, reason: match[3] ?? '', isVersion2: match[1] === '2.0' };
}

/** A scheme and something after it, without white space, quotes or angle brackets. */
export function isRequestUri(uri: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"]+$/.test(uri);
}
