/** A task again and again, never twice at once. */
import type { Clock } from './clock';

export interface Repeated {
  readonly everyMs: number;
  readonly task: () => Promise<void>;
  /** It goes on with the next turn. */
  readonly failed: (error: unknown) => void;
}

/** @returns a function that stops it and resolves when nothing is under way. */
export function repeat(clock: Clock, { everyMs, task, failed }: Repeated): () => Promise<void> {
  let underWay: Promise<void> | undefined;
  const stop = clock.every(everyMs, () => {
    underWay ??= task()
      .catch(failed)
      .finally(() => (underWay = undefined));
  });
  return async () => {
    stop();
    await underWay;
  };
}
