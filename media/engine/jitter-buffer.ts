/**
 * Turns what arrives, early, late or not at all, into 20 ms at each beat: linear samples laid by their RTP time stamps
 * into a ring, read behind a delay that grows when packets come late and shrinks when none did for a while (20 to 60 ms).
 * A short loss is bridged with the fading end of what was said before it.
 */
import { packetSamples } from './out-stream';

/** A power of two, far more than the delay can be. */
const ringSamples = 8192;
const ringMask = ringSamples - 1;
/** Behind the first packet, so that the second may be late. */
const startDelaySamples = packetSamples;
/** What waits to be read never becomes more than this: 60 ms and the packet itself. */
const delayMaxSamples = 3 * packetSamples;
/** Farther ahead is another beginning, not a delay. */
const jumpSamples = 8 * packetSamples;
/** Late for so many packets in a row is another beginning too. */
const latePacketsMax = 10;
/** The least delay of so many packets says whether it is longer than it must be. */
const windowPackets = 100;
/** Kept in hand when the delay is made shorter. */
const reserveSamples = 40;
const quietPeak = 400;
/** A gap of so much is bridged. */
const bridgeMaxSamples = 3 * packetSamples;

export class JitterBuffer {
  private readonly ring = new Int16Array(ringSamples);
  /** The end of what came last. */
  private readonly tail = new Int16Array(packetSamples);
  private tailLength = 0;
  /** Place of the next sample to be read; places only grow. */
  private readAt = 0;
  /** Behind the last sample that was laid. */
  private endAt = 0;
  private ssrc = -1;
  private lastTimestamp = 0;
  private lastPlace = 0;
  private lateInARow = 0;
  private packets = 0;
  private leastAhead = Number.POSITIVE_INFINITY;
  /** One frame may be left out when it is quiet; after so many frames it is left out anyway. */
  private surplusFrames = 0;
  /** Packets that came too late to be heard. */
  late = 0;

  /** How much waits to be read, in samples; not above 0: nothing. */
  get waiting(): number {
    return this.endAt - this.readAt;
  }

  /** Lays `length` samples that belong to this RTP time. @param ticks of the RTP clock in a sample of 8 kHz */
  write(samples: Int16Array, length: number, from: { timestamp: number; ssrc: number; ticks: number }): void {
    if (length <= 0 || length > ringSamples / 4) return;
    const place = this.placeOf(from, length);
    this.lastTimestamp = from.timestamp;
    this.lastPlace = place;
    if (place < this.readAt) {
      this.late++;
      return;
    }
    this.bridge(place);
    for (let i = 0; i < length; i++) this.ring[(place + i) & ringMask] = samples[i] ?? 0;
    this.endAt = Math.max(this.endAt, place + length);
    this.tailLength = Math.min(length, packetSamples);
    this.tail.set(samples.subarray(length - this.tailLength, length));
    this.watch(place - this.readAt);
  }

  /** Takes the next 20 ms into `frame`. False: there is nothing, and the frame is not touched. */
  read(frame: Int16Array): boolean {
    if (this.waiting <= 0) {
      this.readAt += packetSamples;
      return false;
    }
    if (this.surplusFrames > 0 && this.waiting > packetSamples && this.mayLeaveOut()) this.take(frame);
    this.take(frame);
    return true;
  }

  private take(frame: Int16Array): void {
    for (let i = 0; i < packetSamples; i++) {
      const at = (this.readAt + i) & ringMask;
      frame[i] = this.ring[at] ?? 0;
      this.ring[at] = 0;
    }
    this.readAt += packetSamples;
  }

  private placeOf(
    { timestamp, ssrc, ticks }: { timestamp: number; ssrc: number; ticks: number },
    length: number,
  ): number {
    if (this.ssrc !== ssrc) {
      this.ssrc = ssrc;
      return this.beginAgain();
    }
    const place = this.lastPlace + Math.round(((timestamp - this.lastTimestamp) | 0) / ticks);
    const ahead = place - this.readAt;
    if (ahead > jumpSamples || ahead < -ringSamples / 2) return this.beginAgain();
    if (ahead >= 0) {
      this.lateInARow = 0;
      return place;
    }
    if (++this.lateInARow > latePacketsMax) return this.beginAgain();
    // Late: reading steps back, so that this packet and those behind it are heard, as far as the delay may grow.
    const back = Math.ceil(-ahead / packetSamples) * packetSamples;
    if (Math.max(this.endAt, place + length) - (this.readAt - back) > delayMaxSamples + packetSamples) return place;
    this.readAt -= back;
    this.restWindow();
    return place;
  }

  private beginAgain(): number {
    this.lateInARow = 0;
    this.tailLength = 0;
    this.restWindow();
    // What still waits is heard first.
    return Math.max(this.endAt, this.readAt + startDelaySamples);
  }

  private restWindow(): void {
    this.packets = 0;
    this.leastAhead = Number.POSITIVE_INFINITY;
    this.surplusFrames = 0;
  }

  private watch(ahead: number): void {
    this.leastAhead = Math.min(this.leastAhead, ahead);
    if (++this.packets < windowPackets) return;
    const isTooLong = this.leastAhead > packetSamples + reserveSamples;
    this.restWindow();
    this.surplusFrames = isTooLong ? windowPackets / 2 : 0;
  }

  /** In a pause nobody hears that 20 ms are missing; if nobody ever pauses, they go all the same. */
  private mayLeaveOut(): boolean {
    this.surplusFrames--;
    let peak = 0;
    for (let i = 0; i < packetSamples; i++)
      peak = Math.max(peak, Math.abs(this.ring[(this.readAt + i) & ringMask] ?? 0));
    if (peak > quietPeak && this.surplusFrames > 0) return false;
    this.surplusFrames = 0;
    return true;
  }

  /** Packets between the last one and this are lost, or on their way: those that still come are laid over it. */
  private bridge(place: number): void {
    const gap = place - this.endAt;
    if (gap <= 0 || gap > bridgeMaxSamples || this.tailLength === 0) return;
    for (let i = 0; i < gap; i++) {
      if (this.endAt + i < this.readAt) continue;
      const fading = 0.6 * (1 - i / gap);
      this.ring[(this.endAt + i) & ringMask] = Math.round((this.tail[i % this.tailLength] ?? 0) * fading);
    }
  }
}
