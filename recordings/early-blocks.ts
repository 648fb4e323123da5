/**
 * Audio that comes before its call's `start`: the two arrive by different ports, so either may be first. Held a few
 * seconds, within bounds, then dropped and counted.
 */
import type { FromMedia } from './messages';

export const earlyHoldMs = 5000;
/** Of all calls together: 8 MB of 8 kB blocks. */
export const earlyMessagesMax = 1000;

interface Held {
  readonly since: number;
  readonly messages: FromMedia[];
}

export class EarlyBlocks {
  private readonly calls = new Map<string, Held>();
  private count = 0;

  /** Holds a message; false: there is no room, it is lost. */
  hold(message: FromMedia, nowMs: number): boolean {
    if (this.count >= earlyMessagesMax) return false;
    const held = this.calls.get(message.call) ?? { since: nowMs, messages: [] };
    held.messages.push(message);
    this.calls.set(message.call, held);
    this.count += 1;
    return true;
  }

  /** What came for this call, in its order; it is held no more. */
  take(call: string): readonly FromMedia[] {
    const messages = this.calls.get(call)?.messages ?? [];
    this.count -= messages.length;
    this.calls.delete(call);
    return messages;
  }

  /** Lets go of what waited too long; how many blocks that were. */
  expire(nowMs: number): number {
    let dropped = 0;
    for (const [call, held] of this.calls) {
      if (nowMs - held.since < earlyHoldMs) break; // A Map keeps the order of insertion: the rest is younger.
      dropped += this.take(call).filter((message) => message.type === 'block').length;
    }
    return dropped;
  }
}
