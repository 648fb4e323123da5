/**
 * The nonces we challenge with (RFC 7616 section 5.4). A nonce carries its time and a MAC, so a challenge costs no memory;
 * only nonces somebody proved a password with are kept, to see that no nonce count is used twice (section 3.4.5).
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { GatewayClock } from './clock';
import { randomHex } from './random';

const livesMs = 5 * 60_000;
const usedNoncesMax = 50_000;
/** Requests of one phone may overtake each other on UDP: a count this far below the highest is taken once. */
const window = 32;

/** `foreign`: we never made it; to its sender that is the same as stale. */
export type NonceState = 'fresh' | 'stale' | 'foreign';

interface Used {
  readonly issuedMs: number;
  highest: number;
  /** Bit n: the count `highest - n` has been used. */
  seen: number;
}

export class Nonces {
  private readonly key = randomBytes(32);
  private readonly used = new Map<string, Used>();
  /** Nonces issued before this are stale: their counts are no longer known. */
  private knownSinceMs = 0;
  private readonly clock: GatewayClock;

  constructor(clock: GatewayClock) {
    this.clock = clock;
  }

  make(): string {
    const text = `${this.clock.now().toString(16).padStart(12, '0')}${randomHex(8)}`;
    return text + this.mac(text);
  }

  stateOf(nonce: string): NonceState {
    if (!/^[0-9a-f]{60}$/.test(nonce)) return 'foreign';
    const mac = Buffer.from(nonce.slice(28));
    if (!timingSafeEqual(mac, Buffer.from(this.mac(nonce.slice(0, 28))))) return 'foreign';
    const issuedMs = issuedAt(nonce);
    return issuedMs < this.knownSinceMs || this.clock.now() - issuedMs > livesMs ? 'stale' : 'fresh';
  }

  /** Uses up a count of a fresh nonce whose response was right. False: it has been used before. */
  use(nonce: string, count: number): boolean {
    const used = this.used.get(nonce);
    if (used === undefined) {
      this.used.set(nonce, { issuedMs: issuedAt(nonce), highest: count, seen: 1 });
      if (this.used.size > usedNoncesMax) this.forgetOldest();
      return true;
    }
    const behind = used.highest - count;
    if (behind >= window) return false;
    if (behind >= 0) {
      const bit = 2 ** behind;
      if (Math.floor(used.seen / bit) % 2 === 1) return false;
      used.seen += bit;
      return true;
    }
    used.seen = -behind >= window ? 1 : ((used.seen * 2 ** -behind) % 2 ** window) + 1;
    used.highest = count;
    return true;
  }

  /** Drops what is too old to be accepted; called now and then. */
  sweep(): void {
    const oldest = this.clock.now() - livesMs;
    for (const [nonce, used] of this.used) if (used.issuedMs < oldest) this.used.delete(nonce);
  }

  private forgetOldest(): void {
    const oldest = this.used.entries().next().value;
    if (oldest === undefined) return;
    this.used.delete(oldest[0]);
    this.knownSinceMs = Math.max(this.knownSinceMs, oldest[1].issuedMs + 1);
  }

  private mac(text: string): string {
    return createHmac('sha256', this.key).update(text).digest('hex').slice(0, 32);
  }
}

const issuedAt = (nonce: string): number => Number.parseInt(nonce.slice(0, 12), 16);
