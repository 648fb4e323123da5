/**
 * Who guesses passwords or knocks at random: ten failures of a source in ten minutes end in silence (DESIGN section 7).
 * Wrong credentials and INVITEs from nowhere count at once. A phone's first REGISTER without credentials is how digest
 * begins, so a challenge counts only if it stays unanswered; else twenty phones behind one NAT would be shut out together.
 */
import type { GatewayClock } from './clock';

const failuresMax = 10;
const windowMs = 10 * 60_000;
const banMs = 10 * 60_000;
const answerWithinMs = 5_000;
const unansweredMax = 1_000;
const sourcesMax = 20_000;

interface Source {
  failedAt: number[];
  /** Challenges that have no answer yet, oldest first. */
  challengedAt: number[];
  /** Somebody proved a password from there: its INVITEs are challenged like a phone's. */
  provenAt: number;
  silentUntil: number;
}

export interface FailureCounters {
  failures: number;
  bans: number;
}

export class Failures {
  readonly counters: FailureCounters = { failures: 0, bans: 0 };
  private readonly sources = new Map<string, Source>();
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
      if (last < old && known.silentUntil < this.clock.now()) this.sources.delete(source);
    }
  }

  private at(source: string): Source {
    const known = this.sources.get(source);
    if (known !== undefined) return known;
    const fresh: Source = { failedAt: [], challengedAt: [], provenAt: Number.NEGATIVE_INFINITY, silentUntil: 0 };
    this.sources.set(source, fresh);
    if (this.sources.size > sourcesMax) {
      const oldest = this.sources.keys().next().value;
      if (oldest !== undefined) this.sources.delete(oldest);
    }
    return fresh;
  }

  private count(source: string, known: Source): void {
    const now = this.clock.now();
    this.counters.failures++;
    known.failedAt = [...known.failedAt.filter((at) => at > now - windowMs), now];
    if (known.failedAt.length < failuresMax || known.silentUntil > now) return;
    known.failedAt = [];
    if (!this.ban(source, banMs)) return;
    known.silentUntil = now + banMs;
    this.counters.bans++;
  }
}
