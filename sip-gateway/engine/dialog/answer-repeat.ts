// Repeats our 2xx to INVITE until its ACK comes: T1, doubling up to T2, over any transport, since the hops behind the first may be
// UDP. After 64 x T1 it gives up. RFC 3261 §13.3.1.4.

import type { Clock, Timer } from '../clock';
import { T1_MS, T2_MS, TRANSACTION_MS } from '../transaction/timers';

export interface AnswerRepeatOptions {
  /** CSeq number of the INVITE; its ACK has the same. */
  readonly seq: number;
  /** The INVITE's transaction id, under which the application gets the ACK. */
  readonly transactionId: string;
  repeat(): void;
  /** No ACK came. */
  givenUp(): void;
}

export class AnswerRepeat {
  readonly seq: number;
  readonly transactionId: string;
  private readonly clock: Clock;
  private readonly options: AnswerRepeatOptions;
  private timer: Timer | undefined;
  private intervalMs = T1_MS;
  private passedMs = 0;

  constructor(clock: Clock, options: AnswerRepeatOptions) {
    this.clock = clock;
    this.options = options;
    this.seq = options.seq;
    this.transactionId = options.transactionId;
    this.wait();
  }

  stop(): void {
    if (this.timer) this.clock.cancel(this.timer);
    this.timer = undefined;
  }

  private wait(): void {
    const delayMs = Math.min(this.intervalMs, TRANSACTION_MS - this.passedMs);
    this.timer = this.clock.after(delayMs, () => {
      this.passedMs += delayMs;
      if (this.passedMs >= TRANSACTION_MS) return this.options.givenUp();
      this.intervalMs = Math.min(this.intervalMs * 2, T2_MS);
      this.options.repeat();
      this.wait();
    });
  }
}
