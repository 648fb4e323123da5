// Random names on the wire: branches, tags, Call-IDs, and the ids of the application protocol. Cheap, because a pool of random
// bytes is drawn at once. RFC 3261 §8.1.1.7 (branch), §19.3 (at least 32 random bits in a tag).

import { randomBytes, randomUUID } from 'node:crypto';

const POOL_BYTES = 8192;
let pool = '';
let at = 0;

/** So many random hexadecimal digits. */
function randomHex(digits: number): string {
  if (at + digits > pool.length) {
    pool = randomBytes(POOL_BYTES).toString('hex');
    at = 0;
  }
  at += digits;
  return pool.slice(at - digits, at);
}

export function newTag(): string {
  return randomHex(12);
}

/** A branch of RFC 3261: the magic cookie and 64 random bits. */
export function newBranch(): string {
  return `z9hG4bK${randomHex(16)}`;
}

export function newCallId(): string {
  return randomUUID();
}

export function newTransactionId(): string {
  return randomUUID();
}

let frames = 0;

/** The id of a frame of ours to the application: unique on the connection is enough, nobody guesses or answers it. */
export function newFrameId(): string {
  frames = (frames + 1) % Number.MAX_SAFE_INTEGER;
  return `e${frames.toString(36)}`;
}
