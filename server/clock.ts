/**
 * The clock of the main thread: the only file there that knows the time of day and sets timers. Passed to everyone as an
 * argument. Named timers are the router's (`set-timer`); `after` is for the edges' own deadlines.
 */
import { type EpochMs, epochMs, type TimerId } from '../call-router/values/ids';

export interface Clock {
  readonly now: () => EpochMs;
  /** Calls `fire` once, after `ms` milliseconds; the answer cancels it. */
  readonly after: (ms: number, fire: () => void) => () => void;
  /** Calls `fire` every `ms` milliseconds until cancelled. */
  readonly every: (ms: number, fire: () => void) => () => void;
}

export function systemClock(): Clock {
  return {
    now: () => epochMs(Date.now()),
    after(ms, fire) {
      const timer = setTimeout(fire, ms);
      return () => clearTimeout(timer);
    },
    every(ms, fire) {
      const timer = setInterval(fire, ms);
      return () => clearInterval(timer);
    },
  };
}

export interface NamedTimers {
  readonly set: (timer: TimerId, afterMs: number) => void;
  readonly clear: (timer: TimerId) => void;
  readonly clearAll: () => void;
  readonly count: () => number;
}

/** Timers by name: setting one anew replaces it. */
export function namedTimers(clock: Clock, fired: (timer: TimerId) => void): NamedTimers {
  const cancels = new Map<TimerId, () => void>();
  const clear = (timer: TimerId): void => {
    cancels.get(timer)?.();
    cancels.delete(timer);
  };
  return {
    set(timer, afterMs) {
      clear(timer);
      const fire = (): void => {
        cancels.delete(timer);
        fired(timer);
      };
      cancels.set(timer, clock.after(afterMs, fire));
    },
    clear,
    clearAll() {
      for (const timer of [...cancels.keys()]) clear(timer);
    },
    count: () => cancels.size,
  };
}
