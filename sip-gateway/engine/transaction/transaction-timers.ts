// The two timers a running transaction has at most: one that repeats a message and one that ends a wait.

import type { Clock, Timer } from '../clock';
import { type LimitTimer, LIMIT_MS, nextRepeatMs, type RepeatTimer, T1_MS, T2_MS } from './timers';

export class TransactionTimers {
  private repeat: Timer | undefined;
  private limit: Timer | undefined;
  private intervalMs = T1_MS;
  private readonly clock: Clock;
  private readonly fire: (timer: RepeatTimer | LimitTimer) => void;
  private readonly limitsMs: Readonly<Record<LimitTimer, number>>;

  /** @param shorterMs timers that end sooner here than by the RFC. */
  constructor(
    clock: Clock,
    fire: (timer: RepeatTimer | LimitTimer) => void,
    shorterMs: Partial<Record<LimitTimer, number>> = {},
  ) {
    this.clock = clock;
    this.fire = fire;
    this.limitsMs = { ...LIMIT_MS, ...shorterMs };
  }

  startRepeat(timer: RepeatTimer): void {
    this.intervalMs = T1_MS;
    this.setRepeat(timer);
  }

  repeatAgain(timer: RepeatTimer): void {
    this.intervalMs = nextRepeatMs(timer, this.intervalMs);
    this.setRepeat(timer);
  }

  repeatSlowly(timer: RepeatTimer): void {
    this.intervalMs = T2_MS;
    this.setRepeat(timer);
  }

  private setRepeat(timer: RepeatTimer): void {
    this.stopRepeat();
    this.repeat = this.clock.after(this.intervalMs, () => this.fire(timer));
  }

  startLimit(timer: LimitTimer): void {
    this.stopLimit();
    this.limit = this.clock.after(this.limitsMs[timer], () => this.fire(timer));
  }

  stopRepeat(): void {
    if (this.repeat) this.clock.cancel(this.repeat);
    this.repeat = undefined;
  }

  stopLimit(): void {
    if (this.limit) this.clock.cancel(this.limit);
    this.limit = undefined;
  }

  stop(): void {
    this.stopRepeat();
    this.stopLimit();
  }
}
