/** The page's clock: the only file of the softphone that reads the time or sets a timer (STYLE section 7). */

export const now = (): number => Date.now();

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
