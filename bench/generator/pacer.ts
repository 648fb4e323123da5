/**
 * The pace of all audio: each leg has its millisecond in every 20, counted from one start, so that a late tick is followed by
 * what it missed and nothing drifts.
 */
import type { Clock } from './clock';
import type { Histogram } from './histogram';
import type { RtpLeg } from './rtp-leg';

const frameMs = 20;

export class Pacer {
  /** How late each millisecond was served; undefined between runs. */
  late: Histogram | undefined;
  private readonly slots: Set<RtpLeg>[] = Array.from({ length: frameMs }, () => new Set<RtpLeg>());
  private readonly slotOf = new Map<RtpLeg, number>();
  private readonly clock: Clock;
  private nextSlot = 0;
  private served = 0;

  constructor(clock: Clock) {
    this.clock = clock;
    this.served = Math.floor(clock.nowMs());
    this.tick();
  }

  add(leg: RtpLeg): void {
    this.nextSlot = (this.nextSlot + 7) % frameMs; // 7 and 20 share no divisor: neighbours are spread
    this.slotOf.set(leg, this.nextSlot);
    this.slots[this.nextSlot]?.add(leg);
  }

  remove(leg: RtpLeg): void {
    const slot = this.slotOf.get(leg);
    if (slot !== undefined) this.slots[slot]?.delete(leg);
    this.slotOf.delete(leg);
  }

  private readonly tick = (): void => {
    const nowMs = this.clock.nowMs();
    while (this.served + 1 <= nowMs) {
      this.served++;
      const legs = this.slots[this.served % frameMs];
      if (legs === undefined || legs.size === 0) continue;
      this.late?.add(this.clock.nowMs() - this.served);
      for (const leg of legs) leg.send(nowMs);
    }
    this.clock.after(1, this.tick);
  };
}
