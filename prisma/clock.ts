/**
 * The one place where the two database threads get time from, passed as an argument everywhere else. The main thread gives
 * `openDatabase` its own clock, which has this shape too.
 */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Runs the task once, after so many milliseconds; the answer cancels it. */
  readonly after: (ms: number, task: () => void) => () => void;
}

export const threadClock: Clock = {
  now: () => Date.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};
