/**
 * The clock of the recorder thread: the only file of this folder that knows what time it is. Everything else gets it
 * as an argument, so that a test moves time by hand.
 */

export interface RecorderClock {
  /** Milliseconds that only grow; no relation to the time of day. */
  readonly monotonicMs: () => number;
  /** Calls `run` every `intervalMs` until the returned function is called. */
  readonly every: (intervalMs: number, run: () => void) => () => void;
}

/** The machine's own clock. */
export function machineClock(): RecorderClock {
  return {
    monotonicMs: () => performance.now(),
    every: (intervalMs, run) => {
      const timer = setInterval(run, intervalMs);
      return () => clearInterval(timer);
    },
  };
}
