/**
 * One press told in two ways: some phones send a key as RFC 4733 and by SIP INFO, or as a tone as well. Whichever comes
 * first counts; the same key from another way within its duration and 200 ms is its twin, once, and is dropped.
 */
export type DigitWay = 'event' | 'info' | 'tone';

const twinMaxMs = 200;

interface Told {
  readonly event: number;
  readonly way: DigitWay;
  /** When it came up. */
  endMs: number;
}

export class DigitTwins {
  private told: Told | undefined;
  /** Ways by which a twin is down now: its end is dropped too. */
  private readonly dropping = new Set<DigitWay>();

  /** A key went down. False: it is the twin of one that was told. @param durationMs known beforehand by INFO alone */
  began(way: DigitWay, event: number, nowMs: number, durationMs = 0): boolean {
    const { told } = this;
    this.dropping.delete(way);
    if (
      told !== undefined &&
      told.way !== way &&
      told.event === event &&
      nowMs <= told.endMs + durationMs + twinMaxMs
    ) {
      this.told = undefined;
      this.dropping.add(way);
      return false;
    }
    this.told = { event, way, endMs: Number.POSITIVE_INFINITY };
    return true;
  }

  /** It came up. False: it was a twin. */
  ended(way: DigitWay, nowMs: number): boolean {
    if (this.dropping.delete(way)) return false;
    if (this.told?.way === way) this.told.endMs = nowMs;
    return true;
  }
}
