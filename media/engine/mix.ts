/**
 * The arithmetic of a room: 20 ms of linear samples added up, held below full scale by one gain for all (which falls at
 * once and rises slowly, so that a loud moment does not crackle), and written as 16 bit. Nothing here knows of legs.
 */
import { packetSamples } from './out-stream';

/** Above this the gain falls; the rest to full scale is for what one output has more than the sum. */
const peakMax = 29_000;
/** Share of the way back to 1 in each 20 ms: about half a second. */
const release = 0.06;
/** From the old gain to the new one: 4 ms. */
const rampSamples = 32;

export class Mix {
  readonly sum = new Int32Array(packetSamples);
  private gain = 1;
  private formerGain = 1;

  begin(): void {
    this.sum.fill(0);
  }

  add(frame: Int16Array): void {
    const { sum } = this;
    for (let i = 0; i < packetSamples; i++) sum[i] = (sum[i] ?? 0) + (frame[i] ?? 0);
  }

  /** Everybody was added: the gain of these 20 ms. */
  weigh(): void {
    let peak = 0;
    for (const sample of this.sum) peak = Math.max(peak, sample < 0 ? -sample : sample);
    const wanted = peak > peakMax ? peakMax / peak : 1;
    this.formerGain = this.gain;
    this.gain = wanted < this.gain ? wanted : this.gain + (wanted - this.gain) * release;
    if (this.gain > 0.999) this.gain = 1;
  }

  /** Writes what one hears: the sum, without its own voice, with what is whispered to it. */
  write(out: Int16Array, own: Int16Array | undefined, whispered: readonly Int16Array[]): void {
    const { sum, gain, formerGain } = this;
    for (let i = 0; i < packetSamples; i++) {
      let sample = sum[i] ?? 0;
      if (own !== undefined) sample -= own[i] ?? 0;
      for (const frame of whispered) sample += frame[i] ?? 0;
      const weight = i < rampSamples ? formerGain + ((gain - formerGain) * i) / rampSamples : gain;
      out[i] = saturated(sample * weight);
    }
  }
}

function saturated(sample: number): number {
  if (sample > 32_767) return 32_767;
  return sample < -32_768 ? -32_768 : sample;
}
