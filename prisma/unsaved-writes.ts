/**
 * Writes that the database must get in the end, however long it is away: a full disk, a thread that restarts, a PostgreSQL that
 * is being moved. Each is tried again without end, the newest of each key only; what is too many pushes out the oldest.
 */
import type { Clock } from './clock';

export interface UnsavedParts<Write> {
  readonly save: (write: Write) => Promise<unknown>;
  readonly clock: Clock;
  /** Said once for each write that has to wait. */
  readonly waits: (key: string, error: unknown) => void;
  /** Pushed out by newer ones: nobody has it any more. */
  readonly lost: (key: string) => void;
  /** Default 20,000: some 60 MB of call records. */
  readonly entriesMax?: number;
}

/** Waits before each further try; the last repeats. */
const retryAfterMs = [100, 300, 1000, 3000, 10_000, 30_000, 60_000] as const;
const retryAfterMsMax = 60_000;
const entriesMaxDefault = 20_000;

interface Entry<Write> {
  readonly write: Write;
  /** How often it failed. */
  failures: number;
  underWay: Promise<void> | undefined;
  cancelRetry: (() => void) | undefined;
}

export class UnsavedWrites<Write> {
  readonly #parts: UnsavedParts<Write>;
  readonly #entries = new Map<string, Entry<Write>>();
  #closed = false;

  constructor(parts: UnsavedParts<Write>) {
    this.#parts = parts;
  }

  /** Resolves after the first try, whatever became of it; never rejects. */
  put(key: string, write: Write): Promise<void> {
    this.#entries.get(key)?.cancelRetry?.();
    this.#entries.delete(key); // so that the newest stands last
    const entry: Entry<Write> = { write, failures: 0, underWay: undefined, cancelRetry: undefined };
    this.#entries.set(key, entry);
    this.#makeRoom();
    return this.#attempt(key, entry);
  }

  /** Something failed and is not on disk yet. */
  isFailing(): boolean {
    for (const { failures } of this.#entries.values()) if (failures > 0) return true;
    return false;
  }

  /** At the stop: one more try for all that waits. Answers how many are not saved; nothing is tried after it. */
  async flush(): Promise<number> {
    this.#closed = true;
    await Promise.all([...this.#entries].map(([key, entry]) => entry.underWay ?? this.#attempt(key, entry)));
    return this.#entries.size;
  }

  #attempt(key: string, entry: Entry<Write>): Promise<void> {
    entry.cancelRetry?.();
    entry.cancelRetry = undefined;
    const done = this.#parts.save(entry.write).then(
      () => this.#succeeded(key, entry),
      (error: unknown) => this.#failed(key, entry, error),
    );
    entry.underWay = done;
    return done;
  }

  #succeeded(key: string, entry: Entry<Write>): void {
    entry.underWay = undefined;
    // Otherwise a newer one of the key is on its way.
    if (this.#entries.get(key) === entry) this.#entries.delete(key);
  }

  #failed(key: string, entry: Entry<Write>, error: unknown): void {
    entry.underWay = undefined;
    // A newer one took its place: that one says all that this one says, and more.
    if (this.#entries.get(key) !== entry) return;
    if (entry.failures === 0) this.#parts.waits(key, error);
    const waitMs = retryAfterMs[entry.failures] ?? retryAfterMsMax;
    entry.failures += 1;
    if (this.#closed) return;
    entry.cancelRetry = this.#parts.clock.after(waitMs, () => void this.#attempt(key, entry));
  }

  #makeRoom(): void {
    const max = this.#parts.entriesMax ?? entriesMaxDefault;
    for (const [key, entry] of this.#entries) {
      if (this.#entries.size <= max) return;
      entry.cancelRetry?.();
      this.#entries.delete(key);
      this.#parts.lost(key);
    }
  }
}
