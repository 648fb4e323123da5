/** Whether the field to dial stands open in the panel, and what is typed in it: kept while pages come and go. */
import { useSyncExternalStore } from 'react';

interface DialPlace {
  readonly isOpen: boolean;
  readonly typed: string;
}

let place: DialPlace = { isOpen: false, typed: '' };
const watchers = new Set<() => void>();

export const useDialPlace = (): DialPlace => useSyncExternalStore(watch, () => place);

export const openDial = (typed?: string): void => change({ isOpen: true, typed: typed ?? place.typed });
export const closeDial = (): void => change({ isOpen: false, typed: '' });
export const toggleDial = (): void => (place.isOpen ? closeDial() : openDial());
export const typeToDial = (typed: string): void => change({ ...place, typed });

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function change(next: DialPlace): void {
  place = next;
  for (const watcher of [...watchers]) watcher();
}
