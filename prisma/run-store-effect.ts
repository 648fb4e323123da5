/**
 * Carries out `save-call`: hands each record to the *calls* thread, and keeps what could not be written until it can be, the
 * newest record of each call (unsaved-writes.ts). Returns at once, never throws.
 */
import type { StoreEffect } from '../call-router/effect';
import type { CallRecord } from '../call-router/values/cdr';
import type { Clock } from './clock';
import { UnsavedWrites } from './unsaved-writes';

export interface StoreRunnerParts {
  /** The store's `save-call`. */
  readonly save: (record: CallRecord) => Promise<unknown>;
  readonly clock: Clock;
  /** Gets ids and the error only. */
  readonly log: {
    readonly warn: (fields: object, message: string) => void;
    readonly error: (fields: object, message: string) => void;
  };
  /** Of records that wait. Default 20,000. */
  readonly entriesMax?: number;
}

export interface StoreRunner {
  readonly run: (effect: StoreEffect) => void;
  /** Records wait for a database that refuses them. */
  readonly isFailing: () => boolean;
  /** At the stop: one last try; what is lost then is said in the log. */
  readonly flush: () => Promise<void>;
}

export function storeRunner({ save, clock, log, entriesMax }: StoreRunnerParts): StoreRunner {
  const unsaved = new UnsavedWrites<CallRecord>({
    save,
    clock,
    waits: (call, error) => log.warn({ call, error }, 'call record waits'),
    lost: (call) => log.error({ call }, 'call record lost'),
    ...(entriesMax === undefined ? {} : { entriesMax }),
  });
  return {
    run: (effect) => {
      if (effect.do === 'save-call') unsaved.put(effect.record.id, effect.record);
    },
    isFailing: () => unsaved.isFailing(),
    flush: async () => {
      const records = await unsaved.flush();
      if (records > 0) log.error({ records }, 'call records lost');
    },
  };
}
