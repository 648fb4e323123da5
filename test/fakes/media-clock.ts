/** The clock of a media worker, moved by hand. Beats fall where they would fall in time; nothing is random. */
import type { EngineClock } from '../../media/engine/clock';

interface Beat {
  readonly everyMs: number;
  readonly run: () => void;
  dueMs: number;
}

export class FakeMediaClock implements EngineClock {
  private now = 1000;
  private readonly beats = new Set<Beat>();
  /** What `random` answers. */
  chance = 0.5;

  readonly nowMs = (): number => this.now;
  readonly wallMs = (): number => 1_700_000_000_000 + this.now;
  readonly random = (): number => this.chance;

  readonly every = (everyMs: number, run: () => void): (() => void) => {
    const beat = { everyMs, run, dueMs: this.now + everyMs };
    this.beats.add(beat);
    return () => this.beats.delete(beat);
  };

  /** Time passes; each beat that falls into it strikes at its own moment. */
  advance(ms: number): void {
    const until = this.now + ms;
    for (;;) {
      const next = [...this.beats].filter((beat) => beat.dueMs <= until).sort((a, b) => a.dueMs - b.dueMs)[0];
      if (next === undefined) break;
      this.now = Math.max(this.now, next.dueMs);
      next.dueMs += next.everyMs;
      next.run();
    }
    this.now = until;
  }

  /** Beats that somebody still wants. */
  get running(): number {
    return this.beats.size;
  }
}
