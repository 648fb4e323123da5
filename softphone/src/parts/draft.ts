/**
 * What is being edited and not saved yet: the saved thing with changes laid over it. A refusal of the server leaves it as it
 * is. Closing the window with unsaved changes is asked about by the browser.
 */
import { useEffect, useState } from 'react';
import { withoutGaps } from './form';

/** As the thing itself, but what may be left out may also be emptied. */
export type Draft<Value> = {
  readonly [Key in keyof Value]: Partial<Pick<Value, Key>> extends Pick<Value, Key>
    ? Value[Key] | undefined
    : Value[Key];
};

export interface Editing<Value> {
  readonly draft: Draft<Value>;
  readonly change: (changes: Partial<Draft<Value>>) => void;
  readonly isChanged: boolean;
  readonly discard: () => void;
  /** Changes when changes were discarded: what is half typed in the fields goes with them. */
  readonly version: number;
  /** What a request that makes it needs: nothing empty. */
  readonly toCreate: () => object;
  /** What a request that changes it needs: only what is different; emptied is `null`. */
  readonly toPatch: () => object;
}

export function useDraft<Value extends object>(saved: Draft<Value>): Editing<Value> {
  const [changes, setChanges] = useState<Partial<Draft<Value>>>({});
  const [version, setVersion] = useState(0);
  const draft: Draft<Value> = { ...saved, ...changes };
  const changed = Object.entries(changes).filter(([key, value]) => !isSame(value, valueOf(saved, key)));
  return {
    draft,
    change: (more) => setChanges((before) => ({ ...before, ...more })),
    isChanged: changed.length > 0,
    discard: () => {
      setChanges({});
      setVersion((before) => before + 1);
    },
    version,
    toCreate: () => withoutGaps({ ...draft }),
    toPatch: () => Object.fromEntries(changed.map(([key, value]) => [key, value ?? null])),
  };
}

/** The browser asks before the window closes; the page's own links lead away without a question. */
export function useAskBeforeClosing(isChanged: boolean): void {
  useEffect(() => {
    if (!isChanged) return undefined;
    const asked = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', asked);
    return () => removeEventListener('beforeunload', asked);
  }, [isChanged]);
}

const valueOf = (of: object, key: string): unknown => Object.entries(of).find(([name]) => name === key)?.[1];
const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
