/**
 * How loud each channel of a recording is, counted as the blocks go by: one table look-up a sample. Levels are dB of
 * full scale (32768 is 0 dB), so a sine of full amplitude is -3 dB and A-law silence about -72 dB.
 */

/** Linear value of an A-law code, 16 bits (ITU-T G.711 table 1a, shifted left by 3). */
export function linearOfALaw(code: number): number {
  const toggled = code ^ 0x55;
  const exponent = (toggled >> 4) & 7;
  const mantissa = toggled & 15;
  const magnitude = exponent === 0 ? (mantissa << 4) + 8 : ((mantissa << 4) + 0x108) << (exponent - 1);
  return (toggled & 0x80) === 0 ? -magnitude : magnitude;
}

const squares = Float64Array.from({ length: 256 }, (_, code) => (linearOfALaw(code) / 32768) ** 2);

export interface Levels {
  readonly leftRmsDb: number;
  readonly rightRmsDb: number;
  readonly leftPeakDb: number;
  readonly rightPeakDb: number;
}

export class LevelMeter {
  private samples = 0;
  private leftSum = 0;
  private rightSum = 0;
  private leftPeak = 0;
  private rightPeak = 0;

  /** Counts a block of interleaved A-law, left first. */
  add(stereo: Uint8Array): void {
    let leftSum = 0;
    let rightSum = 0;
    for (let i = 0; i + 1 < stereo.length; i += 2) {
      const left = squares[stereo[i] ?? 0] ?? 0;
      const right = squares[stereo[i + 1] ?? 0] ?? 0;
      leftSum += left;
      rightSum += right;
      if (left > this.leftPeak) this.leftPeak = left;
      if (right > this.rightPeak) this.rightPeak = right;
    }
    this.samples += stereo.length >> 1;
    this.leftSum += leftSum;
    this.rightSum += rightSum;
  }

  /** Of everything that was added, to a tenth of a dB; undefined: nothing was. */
  levels(): Levels | undefined {
    if (this.samples === 0) return undefined;
    return {
      leftRmsDb: decibels(this.leftSum / this.samples),
      rightRmsDb: decibels(this.rightSum / this.samples),
      leftPeakDb: decibels(this.leftPeak),
      rightPeakDb: decibels(this.rightPeak),
    };
  }
}

function decibels(square: number): number {
  return Math.round(100 * Math.log10(Math.max(square, 1e-12))) / 10;
}
