// The engine's clock for tests: time stands still until a test moves it. `soon` is real, since sockets are.

import type { Clock, Timer } from '../../../sip-gateway/engine/clock';

interface Task {
  readonly atMs: number;
  readonly run: () => void;
}

export class TestClock implements Clock {
  private now = Date.UTC(2026, 10, 23, 12, 0, 0);
  private readonly tasks = new Set<Task>();

  nowMs(): number {
    return this.now;
  }

  after(delayMs: number, run: () => void): Timer {
    const task = { atMs: this.now + delayMs, run };
    this.tasks.add(task);
    return task;
  }

  cancel(timer: Timer): void {
    for (const task of this.tasks) if (task === timer) this.tasks.delete(task);
  }

  soon(task: () => void): void {
    setImmediate(task);
  }

  get waiting(): number {
    return this.tasks.size;
  }

  /** Moves on; what falls due runs in its order, each at its own time. */
  forward(byMs: number): void {
    const end = this.now + byMs;
    for (let task = this.nextUntil(end); task; task = this.nextUntil(end)) {
      this.tasks.delete(task);
      this.now = Math.max(this.now, task.atMs);
      task.run();
    }
    this.now = end;
  }

  private nextUntil(end: number): Task | undefined {
    let next: Task | undefined;
    for (const task of this.tasks) if (task.atMs <= end && (!next || task.atMs < next.atMs)) next = task;
    return next;
  }
}
