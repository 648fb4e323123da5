/** Pairs of audio ends for calls, used one after another; a pair given back is judged (did each side hear the other?). */
import type { Clock } from './clock';
import type { Legs } from './load-call';
import { RtpLeg } from './rtp-leg';
import type { Tally } from './tally';

/** A call whose side heard less than this share of what the other sent is not a good one. */
const heardMin = 0.99;

export class LegPool {
  private readonly free: Legs[] = [];
  private readonly all: Legs[] = [];

  static async open(pairs: number, clock: Clock): Promise<LegPool> {
    const pool = new LegPool();
    for (let i = 0; i < pairs; i++) {
      const legs = { caller: await RtpLeg.open(clock), callee: await RtpLeg.open(clock) };
      pool.all.push(legs);
      pool.free.push(legs);
    }
    return pool;
  }

  get pairs(): readonly Legs[] {
    return this.all;
  }

  /** Undefined: more calls live than were planned for, because the service ends them too slowly. */
  take(): Legs | undefined {
    return this.free.shift();
  }

  giveBack(legs: Legs, tally: Tally): void {
    judge(legs, tally);
    legs.caller.stop();
    legs.callee.stop();
    this.free.push(legs);
  }

  close(): void {
    for (const { caller, callee } of this.all) {
      caller.close();
      callee.close();
    }
  }
}

function judge({ caller, callee }: Legs, tally: Tally): void {
  const hears = (one: RtpLeg, other: RtpLeg): boolean =>
    one.heard > 0 && one.heardCounted >= other.sentCounted * heardMin;
  if (!hears(caller, callee) || !hears(callee, caller)) tally.unheardCalls++;
}
