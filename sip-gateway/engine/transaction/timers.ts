// SIP timer values. RFC 3261 §17 and table 4; timers L and M of RFC 6026 §7. All in milliseconds.

export const T1_MS = 500;
export const T2_MS = 4000;
export const T4_MS = 5000;

/** How long a transaction may take, and how long its remains are kept: 64 x T1. */
export const TRANSACTION_MS = 64 * T1_MS;

/** Whether the transport below repeats lost messages itself: over TCP nothing is retransmitted and nothing lingers. */
export type Reliability = 'reliable' | 'unreliable';

/** Timers that fire once. */
export type LimitTimer = 'B' | 'D' | 'F' | 'H' | 'I' | 'J' | 'K' | 'L' | 'M';

/** Timers that repeat a message, each time later. */
export type RepeatTimer = 'A' | 'E' | 'G';

export const LIMIT_MS: Readonly<Record<LimitTimer, number>> = {
  B: TRANSACTION_MS,
  D: 32_000,
  F: TRANSACTION_MS,
  H: TRANSACTION_MS,
  I: T4_MS,
  J: TRANSACTION_MS,
  K: T4_MS,
  L: TRANSACTION_MS,
  M: TRANSACTION_MS,
};

/** The interval after `currentMs` for a repeat timer: A doubles without limit (timer B ends it), E and G up to T2. */
export function nextRepeatMs(timer: RepeatTimer, currentMs: number): number {
  return timer === 'A' ? currentMs * 2 : Math.min(currentMs * 2, T2_MS);
}
