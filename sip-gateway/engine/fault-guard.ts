// A fault of our own while one message or timer is worked off must not end every call: it is counted and reported with its stack,
// and that one task is given up. The thread itself dies only of what it cannot catch.

import type { Clock } from './clock';
import type { Counters } from './counters';

export class FaultGuard {
  private readonly counters: Counters;
  private readonly report: (stack: string) => void;

  constructor(counters: Counters, report: (stack: string) => void) {
    this.counters = counters;
    this.report = report;
  }

  run(task: () => void): void {
    try {
      task();
    } catch (error) {
      this.counters.internalErrors++;
      this.report(stackOf(error));
    }
  }

  /** The same clock, with guarded timers. */
  clock(clock: Clock): Clock {
    return {
      nowMs: () => clock.nowMs(),
      after: (delayMs, task) => clock.after(delayMs, () => this.run(task)),
      cancel: (timer) => clock.cancel(timer),
      soon: (task) => clock.soon(() => this.run(task)),
    };
  }
}

/** Name and places only: the message of an error may quote what a caller sent. */
function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return 'not an error';
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [error.name, ...places].join('\n');
}
