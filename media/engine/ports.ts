/**
 * Lends pairs of UDP ports: the even one for RTP, the one above for RTCP (RFC 3550 section 11). First in, first out,
 * and a port that was used rests before it is lent again, so that late packets of a dead call reach nobody.
 */

interface Resting {
  readonly port: number;
  readonly freeAtMs: number;
}

export class PortPool {
  private readonly restMs: number;
  /** In the order in which they become free: all rest equally long. A ring, so that taking costs the same at any size. */
  private readonly queue: Resting[];
  private readonly lent = new Set<number>();
  private head = 0;
  private size: number;

  constructor(rtpPorts: readonly number[], restMs: number) {
    this.restMs = restMs;
    this.queue = rtpPorts.map((port) => ({ port, freeAtMs: Number.NEGATIVE_INFINITY }));
    this.size = this.queue.length;
  }

  /** The RTP port of a free pair; undefined when all are lent or rest. */
  take(nowMs: number): number | undefined {
    const first = this.queue[this.head];
    if (this.size === 0 || first === undefined || first.freeAtMs > nowMs) return undefined;
    this.head = (this.head + 1) % this.queue.length;
    this.size--;
    this.lent.add(first.port);
    return first.port;
  }

  /** The pair is not used any more; it rests from now on. */
  giveBack(port: number, nowMs: number): void {
    this.lent.delete(port);
    this.queue[(this.head + this.size) % this.queue.length] = { port, freeAtMs: nowMs + this.restMs };
    this.size++;
  }

  /** The port, or the RTP port below it, is lent now. */
  isLent(port: number): boolean {
    return this.lent.has(port) || this.lent.has(port - 1);
  }

  /** How many pairs could be lent, and how many rest. */
  count(nowMs: number): { readonly free: number; readonly resting: number } {
    let free = 0;
    for (let i = 0; i < this.size; i++) {
      const one = this.queue[(this.head + i) % this.queue.length];
      if (one !== undefined && one.freeAtMs <= nowMs) free++;
    }
    return { free, resting: this.size - free };
  }
}
