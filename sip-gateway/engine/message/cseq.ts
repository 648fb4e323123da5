// CSeq values. RFC 3261 §20.16.

import { TOKEN } from './start-line';

/** Sequence number and method of a CSeq value; the number must be below 2^31 (RFC 3261 §8.1.1.5). */
export function parseCseq(value: string): { readonly seq: number; readonly method: string } | undefined {
  const space = value.search(/[ \t]/);
  if (space <= 0 || space > 10) return undefined;
  const digits = value.slice(0, space);
  const method = value.slice(space + 1).trim();
  if (!/^\d+$/.test(digits) || !TOKEN.test(method)) return undefined;
  const seq = Number(digits);
  return seq > 0x7fffffff ? undefined : { seq, method };
}
