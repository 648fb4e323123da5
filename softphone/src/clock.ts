/** The page's clock and dice: the only file of the softphone that reads the time, sets a timer or asks chance (STYLE section 7). */

export const now = (): number => Date.now();

/** 0 to 1, for spreading things over time; no secret is made of it. */
export const chance = (): number => Math.random();

/** Runs `task` once after `delayMs`; the answer cancels it. */
export function after(delayMs: number, task: () => void): () => void {
  const timer = setTimeout(task, delayMs);
  return () => clearTimeout(timer);
}

/** Runs `task` every `periodMs` until cancelled by the answer. */
export function every(periodMs: number, task: () => void): () => void {
  const timer = setInterval(task, periodMs);
  return () => clearInterval(timer);
}
