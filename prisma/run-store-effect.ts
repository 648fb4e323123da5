/**
 * Carries out `save-call`: hands each record to the *calls* thread. While that thread restarts nothing is lost: what failed is
 * tried again, only the newest record of each call, for some minutes. Returns at once, never throws.
 */
import type { StoreEffect } from '../call-router/effect';
import type { CallRecord } from '../call-router/values/cdr';
import type { Clock } from './clock';

export interface StoreRunnerParts {
  /** The store's `save-call`. */
  readonly save: (record: CallRecord) => Promise<unknown>;
  readonly clock: Clock;
  /** Gets ids and the error only. */
  readonly log: { readonly warn: (fields: object, message: string) => void };
}

/** Waits before each further try; after the last the record is given up. */
const retryAfterMs = [100, 300, 1000, 3000, 10_000, 30_000, 60_000] as const;

export function storeRunner(parts: StoreRunnerParts): (effect: StoreEffect) => void {
  /** The newest record of each call that is not saved yet. */
  const unsaved = new Map<string, CallRecord>();

  const attempt = async (record: CallRecord, tries: number): Promise<void> => {
    try {
      await parts.save(record);
      forget(record);
    } catch (error) {
      retry(record, tries, error);
    }
  };
  const forget = (record: CallRecord): void => {
    if (unsaved.get(record.id) === record) unsaved.delete(record.id);
  };
  const retry = (record: CallRecord, tries: number, error: unknown): void => {
    // A newer record of the call took its place: that one says all that this one says, and more.
    if (unsaved.get(record.id) !== record) return;
    const waitMs = retryAfterMs[tries];
    parts.log.warn({ call: record.id, error, tries }, waitMs === undefined ? 'call record lost' : 'call record waits');
    if (waitMs === undefined) return forget(record);
    parts.clock.after(waitMs, () => {
      if (unsaved.get(record.id) === record) void attempt(record, tries + 1);
    });
  };
  return ({ record }) => {
    unsaved.set(record.id, record);
    void attempt(record, 0);
  };
}
