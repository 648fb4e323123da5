/** Times counted in buckets of 10 µs up to 2 s, so that a percentile of millions of packets costs no sorting. */

const bucketMs = 0.01;
const bucketsMax = 200_000;

export interface Percentiles {
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

export class Histogram {
  private readonly buckets = new Uint32Array(bucketsMax + 1);
  private count = 0;
  private max = 0;

  add(ms: number): void {
    const bucket = Math.max(0, Math.min(bucketsMax, Math.round(ms / bucketMs)));
    this.buckets[bucket] = (this.buckets[bucket] ?? 0) + 1;
    this.count++;
    if (ms > this.max) this.max = ms;
  }

  /** Milliseconds; zeros when nothing was counted. */
  percentiles(): Percentiles {
    return { p50: this.at(0.5), p99: this.at(0.99), p999: this.at(0.999), max: this.max };
  }

  private at(share: number): number {
    const wanted = this.count * share;
    let seen = 0;
    for (const [bucket, count] of this.buckets.entries()) {
      seen += count;
      if (seen >= wanted && seen > 0) return Math.round(bucket * bucketMs * 100) / 100;
    }
    return 0;
  }
}
