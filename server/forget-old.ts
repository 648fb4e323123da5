/** Every hour: what people were told long ago is removed (limits.ts says how long it is kept). */
import type { AskReading } from './api/deps';
import type { Clock } from './clock';
import type { Retention } from './limits';
import { repeat } from './repeat';

export interface ForgettingParts {
  readonly reading: AskReading;
  readonly clock: Clock;
  readonly limits: Retention;
  readonly log: { readonly warn: (fields: object, message: string) => void };
}

const everyMs = 3_600_000;

/** @returns a function that stops it and resolves when nothing is under way. */
export const startForgetting = (parts: ForgettingParts): (() => Promise<void>) =>
  repeat(parts.clock, {
    everyMs,
    task: () => forget(parts),
    failed: (error) => parts.log.warn({ error }, 'what is old could not be removed; tried again'),
  });

/** All that is too old now. Exported for tests. */
export async function forget({ reading, clock, limits }: ForgettingParts): Promise<void> {
  const at = clock.now();
  const before = { noticesBefore: at - limits.noticesMs, missedBefore: at - limits.missedCallsMs };
  for (let isMore = true; isMore; ) isMore = await reading('forget-old', before);
}
