/** Time that stands still until a test moves it. */
import { type EpochMs, epochMs } from '../../call-router/values/ids';
import type { GatewayClock } from '../../sip-gateway/clock';

export class FakeClock implements GatewayClock {
  private nowMs = 1_800_000_000_000;
  private readonly tasks = new Set<{ readonly at: number; readonly task: () => void }>();

  now(): EpochMs {
    return epochMs(this.nowMs);
  }

  after(ms: number, task: () => void): () => void {
    const entry = { at: this.nowMs + ms, task };
    this.tasks.add(entry);
    return () => this.tasks.delete(entry);
  }

  get waiting(): number {
    return this.tasks.size;
  }

  /** Moves on, and runs what falls due in its order. */
  forward(ms: number): void {
    const end = this.nowMs + ms;
    for (;;) {
      const due = [...this.tasks].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.tasks.delete(due);
      this.nowMs = Math.max(this.nowMs, due.at);
      due.task();
    }
    this.nowMs = end;
  }
}
