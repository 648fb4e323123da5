/**
 * Time and chance of a media worker: the only file of this thread that asks the system for either. Everyone else gets
 * an `EngineClock` as an argument, so tests move time by hand.
 */
import { performance } from 'node:perf_hooks';

/** Ends what was started. */
export type Cancel = () => void;

export interface EngineClock {
  /** Milliseconds on a clock that never jumps, with fractions. */
  readonly nowMs: () => number;
  /** Milliseconds since 1970, for NTP time stamps only (RFC 3550 section 4). */
  readonly wallMs: () => number;
  /** Calls `run` each `everyMs`, without drift: a late call does not move the next. */
  readonly every: (everyMs: number, run: () => void) => Cancel;
  /** A number from 0 up to 1. */
  readonly random: () => number;
}

/** Above this lateness the beats that were missed are skipped, not made up for. */
const catchUpMaxMs = 200;

export function systemClock(): EngineClock {
  return {
    nowMs: () => performance.now(),
    wallMs: () => performance.timeOrigin + performance.now(),
    every: beat,
    random: Math.random,
  };
}

function beat(everyMs: number, run: () => void): Cancel {
  let due = performance.now() + everyMs;
  let isCancelled = false;
  let timer = setTimeout(strike, everyMs);
  function strike(): void {
    const now = performance.now();
    if (now - due > catchUpMaxMs) due = now;
    while (due <= now && !isCancelled) {
      due += everyMs;
      run();
    }
    // Cancelled by what it ran: a beat that went on would send everything twice as fast beside the next one.
    if (!isCancelled) timer = setTimeout(strike, Math.max(due - performance.now(), 0));
  }
  return () => {
    isCancelled = true;
    clearTimeout(timer);
  };
}
