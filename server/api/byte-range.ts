/**
 * The Range header (RFC 9110 section 14): one range of bytes. Several ranges, other units and what cannot be read are
 * answered as if the header were not there, which the RFC allows; a range that begins behind the end is 416.
 */

export interface ByteRange {
  readonly start: number;
  /** Included. */
  readonly end: number;
}
export type RangeAsked =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly range: ByteRange }
  | { readonly kind: 'not-satisfiable' };

const whole: RangeAsked = { kind: 'whole' };
const notSatisfiable: RangeAsked = { kind: 'not-satisfiable' };

export function readRange(header: string | undefined, sizeBytes: number): RangeAsked {
  const found = /^bytes=[ \t]*(\d{0,16})-(\d{0,16})[ \t]*$/i.exec(header ?? '');
  const first = found?.[1] ?? '';
  const last = found?.[2] ?? '';
  if (found === null || (first === '' && last === '')) return whole;
  if (first === '') return suffix(Number(last), sizeBytes);
  const start = Number(first);
  const end = last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  if (last !== '' && Number(last) < start) return whole; // invalid by section 14.1.2: ignored
  return start >= sizeBytes ? notSatisfiable : { kind: 'part', range: { start, end } };
}

/** `bytes=-500`: the last 500. */
function suffix(length: number, sizeBytes: number): RangeAsked {
  if (length === 0 || sizeBytes === 0) return notSatisfiable;
  return { kind: 'part', range: { start: Math.max(0, sizeBytes - length), end: sizeBytes - 1 } };
}

/** RFC 9110 section 13.1.5: only a strong tag that is the same counts; a date never does, for we send none. */
export function mayResume(ifRange: string | undefined, etag: string): boolean {
  return ifRange === undefined || (ifRange === etag && !etag.startsWith('W/'));
}
