/**
 * Who guesses passwords or knocks at random: ten failures of a source in ten minutes end in silence (DESIGN section 7).
 * Wrong credentials and INVITEs from nowhere count at once. A phone's first REGISTER without credentials is how digest
 * begins, so a challenge counts only if it stays unanswered; else twenty phones behind one NAT would be shut out together.
 * Behind such an address a guesser can take a new port for each ten guesses, or use that of a registered phone: the
 * address is slowed as a whole for whoever has proven nothing there, and the phone's port proves nothing but its own account.
 */
import type { GatewayClock } from './clock';

const failuresMax = 10;
const windowMs = 10 * 60_000;
const banMs = 10 * 60_000;
const answerWithinMs = 5_000;
const unansweredMax = 1_000;
const sourcesMax = 20_000;
/** Wrong passwords of one address, over all its ports. */
const addressFailuresMax = 30;
const slowedMs = 60_000;

interface Source {
  failedAt: number[];
  /** Challenges that have no answer yet, oldest first. */
  challengedAt: number[];
  /** Somebody proved a password from there: its INVITEs are challenged like a phone's. */
  provenAt: number;
  silentUntil: number;
  /** It may not be silenced, a phone of ours is registered from it; until then only that phone's account passes. */
  confinedUntil: number;
}

interface Address {
  failedAt: number[];
  slowedUntil: number;
}

export interface FailureCounters {
  failures: number;
  bans: number;
}

export class Failures {
  readonly counters: FailureCounters = { failures: 0, bans: 0 };
  private readonly sources = new Map<string, Source>();
  private readonly addresses = new Map<string, Address>();
  private readonly clock: GatewayClock;
  private readonly ban: (source: string, ms: number) => boolean;

  /** @param ban silences a source, also in the engine; false: not this one, it is one of ours. */
  constructor(clock: GatewayClock, ban: (source: string, ms: number) => boolean) {
    this.clock = clock;
    this.ban = ban;
  }

  isSilenced(source: string): boolean {
    const known = this.sources.get(source);
    return known !== undefined && known.silentUntil > this.clock.now();
  }

  /** Too many wrong passwords came from the address: only sources that are proven there are to be heard. */
  isSlowed(address: string): boolean {
    return (this.addresses.get(address)?.slowedUntil ?? 0) > this.clock.now();
  }

  /** Ten wrong passwords came from a source that cannot be silenced: it may prove only accounts registered from there. */
  isConfined(source: string): boolean {
    return (this.sources.get(source)?.confinedUntil ?? 0) > this.clock.now();
  }

  /** A password was proven from this very source in the last minutes. */
  isProven(source: string): boolean {
    return this.clock.now() - (this.sources.get(source)?.provenAt ?? Number.NEGATIVE_INFINITY) <= windowMs;
  }

  /** A challenge was sent. INVITEs of a source where nobody ever proved a password are failures at once. */
  challenged(source: string, method: string): void {
    const known = this.at(source);
    const now = this.clock.now();
    if (method === 'INVITE' && now - known.provenAt > windowMs) return this.count(source, known);
    known.challengedAt.push(now);
    while ((known.challengedAt[0] ?? now) < now - answerWithinMs || known.challengedAt.length > unansweredMax) {
      known.challengedAt.shift();
      this.count(source, known);
    }
  }

  /** Wrong credentials: they answer a challenge, wrongly. */
  failed(source: string): void {
    const known = this.at(source);
    known.challengedAt.shift();
    this.count(source, known);
    this.countAddress(source.split('|', 1)[0] ?? source);
  }

  proven(source: string): void {
    const known = this.at(source);
    known.challengedAt.shift();
    known.provenAt = this.clock.now();
  }

  /** Drops sources nothing has been heard of; called now and then. */
  sweep(): void {
    const old = this.clock.now() - windowMs;
    for (const [source, known] of this.sources) {
      const last = Math.max(known.failedAt.at(-1) ?? 0, known.challengedAt.at(-1) ?? 0, known.provenAt);
      if (last < old && Math.max(known.silentUntil, known.confinedUntil) < this.clock.now())
        this.sources.delete(source);
    }
    for (const [address, { failedAt }] of this.addresses)
      if ((failedAt.at(-1) ?? 0) < old) this.addresses.delete(address);
  }

  private at(source: string): Source {
    const known = this.sources.get(source);
    if (known !== undefined) return known;
    const provenAt = Number.NEGATIVE_INFINITY;
    const fresh: Source = { failedAt: [], challengedAt: [], provenAt, silentUntil: 0, confinedUntil: 0 };
    this.sources.set(source, fresh);
    dropOldest(this.sources);
    return fresh;
  }

  private count(source: string, known: Source): void {
    const now = this.clock.now();
    this.counters.failures++;
    known.failedAt = [...known.failedAt.filter((at) => at > now - windowMs), now];
    if (known.failedAt.length < failuresMax || known.silentUntil > now) return;
    known.failedAt = [];
    if (this.ban(source, banMs)) {
      known.silentUntil = now + banMs;
      this.counters.bans++;
    } else known.confinedUntil = now + banMs;
  }

  private countAddress(address: string): void {
    const now = this.clock.now();
    const known = this.addresses.get(address) ?? { failedAt: [], slowedUntil: 0 };
    known.failedAt = [...known.failedAt.filter((at) => at > now - windowMs), now].slice(-addressFailuresMax - 1);
    if (known.failedAt.length > addressFailuresMax) known.slowedUntil = now + slowedMs;
    this.addresses.set(address, known);
    dropOldest(this.addresses);
  }
}

function dropOldest(map: Map<string, unknown>): void {
  const oldest = map.size > sourcesMax ? map.keys().next().value : undefined;
  if (oldest !== undefined) map.delete(oldest);
}
