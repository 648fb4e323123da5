/**
 * What arrives on a leg, counted as RFC 3550 appendix A says: extended sequence numbers (A.1), loss (A.3) and jitter
 * (A.8). One object for the life of a leg; a new source starts a new count and the sums stay.
 */

/** Sequence jumps above this are a source that started again, not loss (RFC 3550 A.1, MAX_DROPOUT). */
const dropoutMax = 3000;
const misorderMax = 100;

export class Reception {
  packets = 0;
  /** Of the far end's RTP clock. */
  ticksPerMs = 8;
  /** Smoothed, in ticks. */
  jitter = 0;
  private baseSequence = -1;
  private highest = 0;
  private cycles = 0;
  private badSequence = -1;
  private sourcePackets = 0;
  private transit = Number.NaN;
  private expectedOfFormerSources = 0;
  private receivedOfFormerSources = 0;
  private expectedAtReport = 0;
  private receivedAtReport = 0;

  /** A packet with this sequence number came. */
  count(sequence: number): void {
    this.packets++;
    if (this.baseSequence < 0) this.begin(sequence);
    this.sourcePackets++;
    const ahead = (sequence - this.highest) & 0xffff;
    if (ahead < dropoutMax) {
      if (sequence < this.highest) this.cycles++;
      this.highest = sequence;
    } else if (ahead <= 0x10000 - misorderMax) {
      this.jump(sequence);
    }
  }

  /** Arrival and RTP time of an audio packet; not for events, whose time stamp stands still. */
  arrive(nowMs: number, timestamp: number): void {
    const transit = nowMs * this.ticksPerMs - timestamp;
    const change = Math.abs(transit - this.transit);
    // Not a number at the first packet; a jump of the far end's clock is not jitter.
    if (change < 1000 * this.ticksPerMs) this.jitter += (change - this.jitter) / 16;
    this.transit = transit;
  }

  /** The far end is another source from now on. */
  newSource(): void {
    this.expectedOfFormerSources += this.expectedOfSource();
    this.receivedOfFormerSources += this.sourcePackets;
    this.baseSequence = -1;
    this.sourcePackets = 0;
    this.expectedAtReport = 0;
    this.receivedAtReport = 0;
    this.transit = Number.NaN;
  }

  get extendedHighest(): number {
    return this.cycles * 0x10000 + this.highest;
  }

  /** Packets of this source that did not come; negative where some came twice. */
  get lost(): number {
    return this.expectedOfSource() - this.sourcePackets;
  }

  /** Of all sources: packets that should have come by their numbers, and those that did. */
  get expected(): number {
    return this.expectedOfFormerSources + this.expectedOfSource();
  }

  get received(): number {
    return this.receivedOfFormerSources + this.sourcePackets;
  }

  /** Share of all packets of all sources that did not come, 0..1. */
  get lossRatio(): number {
    const { expected, received } = this;
    return expected === 0 ? 0 : Math.max(0, (expected - received) / expected);
  }

  get jitterMs(): number {
    return this.jitter / this.ticksPerMs;
  }

  /** Loss since the last call as a fraction of 256 (RFC 3550 section 6.4.1). */
  takeFractionLost(): number {
    const expected = this.expectedOfSource() - this.expectedAtReport;
    const lost = expected - (this.sourcePackets - this.receivedAtReport);
    this.expectedAtReport = this.expectedOfSource();
    this.receivedAtReport = this.sourcePackets;
    return expected <= 0 || lost <= 0 ? 0 : Math.min(255, Math.floor((lost * 256) / expected));
  }

  private expectedOfSource(): number {
    return this.baseSequence < 0 ? 0 : this.extendedHighest - this.baseSequence + 1;
  }

  private begin(sequence: number): void {
    this.baseSequence = sequence;
    this.highest = sequence;
    this.cycles = 0;
    this.badSequence = -1;
  }

  /** Two packets in a row from the new place: the far end started again without a new SSRC. */
  private jump(sequence: number): void {
    if (sequence === this.badSequence) {
      this.sourcePackets--;
      this.newSource();
      this.begin(sequence);
      this.sourcePackets = 1;
      return;
    }
    this.badSequence = (sequence + 1) & 0xffff;
  }
}
