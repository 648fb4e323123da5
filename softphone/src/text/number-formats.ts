/**
 * How each country writes its numbers. The table is large, so it comes after the first page is shown; until then numbers are
 * in groups of three.
 */
import { useEffect, useSyncExternalStore } from 'react';

type Format = (number: string) => string;

let format: Format | undefined;
let loading: Promise<void> | undefined;
const listeners = new Set<() => void>();

/** Undefined: the table is not here yet. */
export const countryFormat = (): Format | undefined => format;

/** Loads the table, and renders its user again when it is there. */
export function useNumberFormats(): void {
  useSyncExternalStore(watch, countryFormat);
  useEffect(() => {
    loading ??= load();
  }, []);
}

async function load(): Promise<void> {
  try {
    const { e164From, internationalFormat } = await import('../../../call-router/values/number');
    format = (number) => internationalFormat(e164From(number));
    for (const listener of listeners) listener();
  } catch {
    loading = undefined; // groups of three do as well; the next page asks again
  }
}

function watch(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
