/** Random names on the wire: Call-IDs, tags, client nonces. Drawn 4 kB at a time: a draw costs more than its bytes. */
import { randomBytes } from 'node:crypto';

const poolBytes = 4096;
let pool = '';
let at = 0;

/** So many random bytes as hexadecimal digits. */
export function randomHex(bytes: number): string {
  const digits = bytes * 2;
  if (at + digits > pool.length) {
    pool = randomBytes(poolBytes).toString('hex');
    at = 0;
  }
  at += digits;
  return pool.slice(at - digits, at);
}
