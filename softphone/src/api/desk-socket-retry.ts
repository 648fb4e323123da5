/**
 * When a lost desk socket is tried again. Each page waits a random time, so that the pages of a whole office do not come
 * back in the same moment after a restart; the longest wait and one attempt stay below the five seconds in which all are back.
 */

interface Wait {
  readonly atLeastMs: number;
  readonly atMostMs: number;
}

const firstWait: Wait = { atLeastMs: 100, atMostMs: 1_000 };
const secondWait: Wait = { atLeastMs: 500, atMostMs: 2_000 };
const laterWait: Wait = { atLeastMs: 1_000, atMostMs: 4_000 };

/**
 * Milliseconds until the next attempt.
 * @param failures attempts that came to nothing since the socket was last open.
 * @param chance 0 (included) to 1.
 */
export function retryDelayMs(failures: number, chance: number): number {
  const wait = failures === 0 ? firstWait : failures === 1 ? secondWait : laterWait;
  return Math.round(wait.atLeastMs + chance * (wait.atMostMs - wait.atLeastMs));
}
