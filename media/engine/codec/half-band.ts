/**
 * Doubles and halves the sampling rate of live audio, 8 and 16 kHz: a half-band filter (every second tap is zero but the
 * middle one) of 63 taps under a Kaiser window, flat to 3.4 kHz and 60 dB down from 4.6 kHz. A delay of 2 to 4 ms.
 */

/** Taps to each side of the middle that are not zero. */
const taps = 16;
/** taps[k] stands 2k + 1 samples of 16 kHz from the middle. */
const kernel = Float64Array.from({ length: taps }, (_, k) => {
  const distance = 2 * k + 1;
  return (Math.sin((Math.PI * distance) / 2) / (Math.PI * distance)) * kaiser(distance / (2 * taps));
});
const gain = 0.5 / (2 * kernel.reduce((sum, tap) => sum + tap, 0));
const weights = kernel.map((tap) => tap * gain);
const samplesMax = 2048;

/** 8 kHz to 16 kHz. */
export class Doubler {
  private readonly line = new Float64Array(2 * taps + samplesMax);

  /** Writes twice `length` samples. */
  double(samples: Int16Array, length: number, out: Int16Array): void {
    const { line } = this;
    for (let i = 0; i < length; i++) line[2 * taps - 1 + i] = samples[i] ?? 0;
    for (let i = 0; i < length; i++) {
      let between = 0;
      // Before line[i + taps] and behind it, alike.
      for (let k = 0; k < taps; k++)
        between += (weights[k] ?? 0) * ((line[i + taps - 1 - k] ?? 0) + (line[i + taps + k] ?? 0));
      out[2 * i] = rounded(between * 2);
      out[2 * i + 1] = line[i + taps] ?? 0;
    }
    line.copyWithin(0, length, length + 2 * taps - 1);
  }
}

/** 16 kHz to 8 kHz. */
export class Halver {
  private readonly line = new Float64Array(4 * taps + samplesMax);

  /** Writes half of `length` samples; an odd last one waits for the next. @returns how many */
  halve(samples: Int16Array, length: number, out: Int16Array): number {
    const { line } = this;
    const half = length >> 1;
    for (let i = 0; i < half * 2; i++) line[4 * taps - 1 + i] = samples[i] ?? 0;
    for (let i = 0; i < half; i++) {
      const middle = 2 * i + 2 * taps;
      let sum = (line[middle] ?? 0) * 0.5;
      for (let k = 0; k < taps; k++)
        sum += (weights[k] ?? 0) * ((line[middle - 1 - 2 * k] ?? 0) + (line[middle + 1 + 2 * k] ?? 0));
      out[i] = rounded(sum);
    }
    line.copyWithin(0, half * 2, half * 2 + 4 * taps - 1);
    return half;
  }
}

function rounded(value: number): number {
  const whole = Math.round(value);
  return whole > 32_767 ? 32_767 : whole < -32_768 ? -32_768 : whole;
}

/** Beta 6. @param at 0 in the middle, 1 at the edge */
function kaiser(at: number): number {
  return bessel(6 * Math.sqrt(Math.max(0, 1 - at * at))) / bessel(6);
}

/** Modified Bessel function of order zero. */
function bessel(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; k < 30; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
