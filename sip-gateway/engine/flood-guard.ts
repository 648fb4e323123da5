// Keeps strangers from filling the engine with work: sources silenced on command (the gateway counts wrong passwords) or by sending
// garbage, and a rate for new requests. All checks are one or two map look-ups, before anything is parsed.

import type { Clock } from './clock';
import type { EngineLimits } from './config';
import type { Counters } from './counters';

const SOURCES_MAX = 50_000;
const MINUTE_MS = 60_000;
/** Trunks and phones speak to us more often than that. */
const PROVEN_MS = 60 * MINUTE_MS;

interface Tally {
  startedMs: number;
  count: number;
}

export class FloodGuard {
  private readonly clock: Clock;
  private readonly limits: EngineLimits;
  private readonly counters: Counters;
  private readonly silencedUntil = new Map<string, number>();
  private readonly provenUntil = new Map<string, number>();
  private readonly news = new Map<string, Tally>();
  private readonly bad = new Map<string, Tally>();

  constructor(clock: Clock, limits: EngineLimits, counters: Counters) {
    this.clock = clock;
    this.limits = limits;
    this.counters = counters;
  }

  /** False if packets of this source are to be dropped unread. */
  isWelcome(address: string): boolean {
    if (this.silencedUntil.size === 0) return true;
    const until = this.silencedUntil.get(address);
    if (until === undefined) return true;
    if (until > this.clock.nowMs()) {
      this.counters.silenced++;
      return false;
    }
    this.silencedUntil.delete(address);
    return true;
  }

  /** Drops everything of this source for so long; 0 lifts it. */
  silence(address: string, forMs: number): void {
    this.silencedUntil.delete(address);
    if (forMs <= 0) return;
    // The map keeps the order of insertion: the oldest ban makes room.
    if (this.silencedUntil.size >= SOURCES_MAX) this.silencedUntil.delete(this.silencedUntil.keys().next().value ?? '');
    this.silencedUntil.set(address, this.clock.nowMs() + forMs);
  }

  /** It is no stranger: the application took a call or a registration of it, or it answered a request of ours. */
  noteProven(address: string): void {
    const now = this.clock.nowMs();
    const until = this.provenUntil.get(address) ?? 0;
    if (until - now > PROVEN_MS / 2) return;
    this.provenUntil.delete(address);
    if (this.provenUntil.size >= SOURCES_MAX) this.provenUntil.delete(this.provenUntil.keys().next().value ?? '');
    this.provenUntil.set(address, now + PROVEN_MS);
  }

  /** Counts a new request outside a dialog; false if a stranger sends too many. */
  allowsNew(address: string): boolean {
    const max = this.limits.newRequestsPerSourcePerSecondMax;
    if (max === 0 || this.isProven(address)) return true;
    if (this.count(this.news, address, 1000) <= max) return true;
    this.counters.overRate++;
    return false;
  }

  /**
   * Counts an unreadable message; a stranger that sends nothing else is silenced. Not who has proven itself: over UDP an address is
   * easily forged, and a provider must not be silenced by what others send in its name.
   */
  noteBad(address: string): void {
    const max = this.limits.badMessagesPerSourcePerMinuteMax;
    if (this.isProven(address)) return;
    if (max > 0 && this.count(this.bad, address, MINUTE_MS) > max) this.silence(address, this.limits.silenceMs);
  }

  /** A readable message: its source is no stranger to SIP, one broken device behind it must not silence the others. */
  noteGood(address: string): void {
    if (this.bad.size > 0) this.bad.delete(address);
  }

  private isProven(address: string): boolean {
    return (this.provenUntil.get(address) ?? 0) > this.clock.nowMs();
  }

  private count(tallies: Map<string, Tally>, address: string, windowMs: number): number {
    const now = this.clock.nowMs();
    const tally = tallies.get(address);
    if (tally && now - tally.startedMs < windowMs) return ++tally.count;
    if (tallies.size >= SOURCES_MAX) tallies.clear();
    tallies.set(address, { startedMs: now, count: 1 });
    return 1;
  }
}
