/**
 * Which tab of a browser has its phone: the one that holds the lock (Web Locks), as long as somebody is logged in there. The next one in the
 * queue gets it when that tab logs out, is closed, crashes or is loaded anew.
 */

/** The part of the browser's LockManager that is used here. */
export interface Locks {
  request(name: string, options: { readonly signal: AbortSignal }, held: () => Promise<void>): Promise<unknown>;
}

const name = 'trunkline-phone';

export class Lead {
  private readonly locks: Locks | undefined;
  private readonly won: () => void;
  /** Waits for the lock, or has it. */
  private letGo: (() => void) | undefined;

  /** @param locks undefined (a page that is not secure): there is no microphone either, and each tab is on its own. */
  constructor(locks: Locks | undefined, won: () => void) {
    this.locks = locks;
    this.won = won;
  }

  /** Again: nothing new. */
  ask(): void {
    if (this.letGo !== undefined) return;
    const asking = new AbortController();
    const over = new Promise<void>((resolve) => {
      this.letGo = () => {
        asking.abort();
        resolve();
      };
    });
    const held = (): Promise<void> => {
      if (!asking.signal.aborted) this.won();
      return over;
    };
    if (this.locks === undefined) void held();
    else this.locks.request(name, { signal: asking.signal }, held).catch(() => undefined); // let go while it waited
  }

  giveUp(): void {
    this.letGo?.();
    this.letGo = undefined;
  }
}
