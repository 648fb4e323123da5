/**
 * Whether there is a microphone at all; browsers say so without asking the person, but a moment after they are asked. Without
 * one, calls begin on another phone.
 */

const watchers = new Set<() => void>();
/** Until the browser has said: a call that is made on the headset without one says what is missing. */
let isThere = true;

export const hasMicrophone = (): boolean => isThere;

export function watchMicrophones(watcher: () => void): () => void {
  if (watchers.size === 0) begin();
  watchers.add(watcher);
  return () => {
    watchers.delete(watcher);
    if (watchers.size === 0) devices()?.removeEventListener('devicechange', look);
  };
}

function begin(): void {
  devices()?.addEventListener('devicechange', look);
  look();
}

function look(): void {
  void devices()
    ?.enumerateDevices()
    .then((all) => become(all.some(({ kind }) => kind === 'audioinput')))
    .catch(() => become(false)); // the browser will not say: as if there were none
}

function become(next: boolean): void {
  if (next === isThere) return;
  isThere = next;
  for (const watcher of [...watchers]) watcher();
}

/** Undefined on a page that is not secure. */
const devices = (): MediaDevices | undefined => ('mediaDevices' in navigator ? navigator.mediaDevices : undefined);
