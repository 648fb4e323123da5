/**
 * G.722 at 64 kbit/s (ITU-T G.722): 16 kHz speech as two bands, each an ADPCM of its own, 6 and 2 bits. Written from the
 * Recommendation's block diagrams and tables, whose block names are given; integers of 16 bits throughout. RTP counts it
 * at 8000 Hz, one byte a tick (RFC 3551 section 4.5.2).
 */

/** Transmit and receive quadrature mirror filter (table 11), one half: the other is the same backwards. */
const mirror = Int32Array.of(3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11);
/** Decision levels of the lower band (table 14, Q6). */
const levels6 = Int32Array.of(
  ...[0, 35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714],
  ...[786, 858, 940, 1023, 1121, 1219, 1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919],
);
/** Outputs of the inverse quantizers (tables 15 to 18): 6 bits and 4 bits low, 2 bits high. */
const inverse6 = Int32Array.of(
  ...[-136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232, -9360, -8576],
  ...[-7856, -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776, -2400, -2032, -1688, -1360, -1040],
  ...[-728, 24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192, 10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456],
  ...[4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136, -432, -136],
);
const inverse4 = Int32Array.of(
  ...[0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584, 1200, 0],
);
const inverse2 = Int32Array.of(-7408, -1616, 7408, 1616);
/** Logarithmic scale factors: multipliers (tables 19 and 20) and the inverse logarithm (table 21). */
const multiplierLow = Int32Array.of(-60, -30, 58, 172, 334, 538, 1198, 3042);
const multiplierIndexLow = Int32Array.of(0, 7, 6, 5, 4, 3, 2, 1, 7, 6, 5, 4, 3, 2, 1, 0);
const multiplierHigh = Int32Array.of(798, -214, 798, -214);
const inverseLog = Int32Array.from(
  { length: 32 },
  (_, i) =>
    [2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834]
      .concat([2896, 2960, 3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008])
      .at(i) ?? 0,
);
const highDecision = 564;

/** One band's predictor and scale factor: blocks 3 and 4, the same in encoder and decoder. */
class Band {
  /** Scale factor, and its logarithm. */
  det: number;
  /** Predicted sample. */
  s = 0;
  private nb = 0;
  private readonly shift: number;
  private readonly nbMax: number;
  private sz = 0;
  private readonly r = new Int32Array(3);
  private readonly p = new Int32Array(3);
  private readonly a = new Int32Array(3);
  private readonly d = new Int32Array(7);
  private readonly b = new Int32Array(7);

  constructor(of: 'low' | 'high') {
    this.det = of === 'low' ? 32 : 8;
    this.shift = of === 'low' ? 8 : 10;
    this.nbMax = of === 'low' ? 18_432 : 22_528;
  }

  /** LOGSCL or LOGSCH, SCALEL or SCALEH. */
  scale(multiplier: number): void {
    const nb = ((this.nb * 127) >> 7) + multiplier;
    this.nb = nb < 0 ? 0 : nb > this.nbMax ? this.nbMax : nb;
    const shift = this.shift - (this.nb >> 11);
    const log = inverseLog[(this.nb >> 6) & 31] ?? 0;
    this.det = (shift < 0 ? log << -shift : log >> shift) << 2;
  }

  /** Block 4: adapts both parts of the predictor to the quantized difference, and predicts. */
  adapt(difference: number): void {
    const { r, p, d } = this;
    d[0] = difference;
    r[0] = saturated(this.s + difference);
    p[0] = saturated(this.sz + difference);
    this.adaptPoles();
    this.adaptZeros(difference);
    for (let i = 6; i > 0; i--) d[i] = d[i - 1] ?? 0;
    for (let i = 2; i > 0; i--) {
      r[i] = r[i - 1] ?? 0;
      p[i] = p[i - 1] ?? 0;
    }
    this.predict();
  }

  /** UPPOL2 and UPPOL1. */
  private adaptPoles(): void {
    const { p, a } = this;
    const sign0 = (p[0] ?? 0) >> 15;
    const isSameAsLast = sign0 === (p[1] ?? 0) >> 15;
    const a1 = a[1] ?? 0;
    const four = saturated(a1 << 2);
    const turned = isSameAsLast ? Math.min(-four, 32_767) : four;
    const second = (sign0 === (p[2] ?? 0) >> 15 ? 128 : -128) + (turned >> 7) + (((a[2] ?? 0) * 32_512) >> 15);
    const limited = second > 12_288 ? 12_288 : second < -12_288 ? -12_288 : second;
    const first = saturated((isSameAsLast ? 192 : -192) + ((a1 * 32_640) >> 15));
    const most = saturated(15_360 - limited);
    a[2] = limited;
    a[1] = first > most ? most : first < -most ? -most : first;
  }

  /** UPZERO. */
  private adaptZeros(difference: number): void {
    const { d, b } = this;
    const step = difference === 0 ? 0 : 128;
    const sign = difference >> 15;
    for (let i = 1; i < 7; i++) {
      const towards = (d[i] ?? 0) >> 15 === sign ? step : -step;
      b[i] = saturated(towards + (((b[i] ?? 0) * 32_640) >> 15));
    }
  }

  /** FILTEP, FILTEZ and PREDIC. */
  private predict(): void {
    const { r, a, d, b } = this;
    const poles = saturated(
      (((a[1] ?? 0) * saturated((r[1] ?? 0) * 2)) >> 15) + (((a[2] ?? 0) * saturated((r[2] ?? 0) * 2)) >> 15),
    );
    let zeros = 0;
    for (let i = 6; i > 0; i--) zeros += ((b[i] ?? 0) * saturated((d[i] ?? 0) * 2)) >> 15;
    this.sz = saturated(zeros);
    this.s = saturated(poles + this.sz);
  }
}

export class G722Encoder {
  private readonly low = new Band('low');
  private readonly high = new Band('high');
  private readonly x = new Int32Array(24);

  /** Writes one byte for each two samples. @returns the bytes written */
  encode(samples: Int16Array, length: number, out: Uint8Array): number {
    const bytes = length >> 1;
    for (let i = 0; i < bytes; i++) out[i] = this.pair(samples[i * 2] ?? 0, samples[i * 2 + 1] ?? 0);
    return bytes;
  }

  private pair(first: number, second: number): number {
    const { x, low, high } = this;
    x.copyWithin(0, 2);
    x[22] = first;
    x[23] = second;
    let odd = 0;
    let even = 0;
    for (let i = 0; i < 12; i++) {
      odd += (x[2 * i] ?? 0) * (mirror[i] ?? 0);
      even += (x[2 * i + 1] ?? 0) * (mirror[11 - i] ?? 0);
    }
    const lowCode = quantizedLow(saturated(((even + odd) >> 14) - low.s), low.det);
    const coarse = lowCode >> 2;
    const lowDifference = (low.det * (inverse4[coarse] ?? 0)) >> 15;
    low.scale(multiplierLow[multiplierIndexLow[coarse] ?? 0] ?? 0);
    low.adapt(lowDifference);
    const highCode = quantizedHigh(saturated(((even - odd) >> 14) - high.s), high.det);
    const highDifference = (high.det * (inverse2[highCode] ?? 0)) >> 15;
    high.scale(multiplierHigh[highCode] ?? 0);
    high.adapt(highDifference);
    return (highCode << 6) | lowCode;
  }
}

export class G722Decoder {
  private readonly low = new Band('low');
  private readonly high = new Band('high');
  private readonly x = new Int32Array(24);

  /** Writes two samples for each byte from `start` to `end`. @returns the samples written */
  decode(packet: Uint8Array, start: number, end: number, out: Int16Array): number {
    let at = 0;
    for (let i = start; i < end && at + 1 < out.length; i++, at += 2) this.pair(packet[i] ?? 0, out, at);
    return at;
  }

  private pair(code: number, out: Int16Array, at: number): void {
    const { x, low, high } = this;
    const fine = code & 0x3f;
    const coarse = fine >> 2;
    const lowSample = limited15(low.s + ((low.det * (inverse6[fine] ?? 0)) >> 15));
    const lowDifference = (low.det * (inverse4[coarse] ?? 0)) >> 15;
    low.scale(multiplierLow[multiplierIndexLow[coarse] ?? 0] ?? 0);
    low.adapt(lowDifference);
    const highCode = code >> 6;
    const highDifference = (high.det * (inverse2[highCode] ?? 0)) >> 15;
    const highSample = limited15(high.s + highDifference);
    high.scale(multiplierHigh[highCode] ?? 0);
    high.adapt(highDifference);
    x.copyWithin(0, 2);
    x[22] = lowSample + highSample;
    x[23] = lowSample - highSample;
    let first = 0;
    let second = 0;
    for (let i = 0; i < 12; i++) {
      second += (x[2 * i] ?? 0) * (mirror[i] ?? 0);
      first += (x[2 * i + 1] ?? 0) * (mirror[11 - i] ?? 0);
    }
    out[at] = saturated(first >> 11);
    out[at + 1] = saturated(second >> 11);
  }
}

/** QUANTL. */
function quantizedLow(difference: number, det: number): number {
  const size = difference >= 0 ? difference : -(difference + 1);
  let i = 1;
  while (i < 30 && size >= ((levels6[i] ?? 0) * det) >> 12) i++;
  if (difference >= 0) return 62 - i;
  return i < 3 ? 64 - i : 34 - i;
}

/** QUANTH. */
function quantizedHigh(difference: number, det: number): number {
  const size = difference >= 0 ? difference : -(difference + 1);
  const isLarge = size >= (highDecision * det) >> 12;
  if (difference < 0) return isLarge ? 0 : 1;
  return isLarge ? 2 : 3;
}

function saturated(value: number): number {
  return value > 32_767 ? 32_767 : value < -32_768 ? -32_768 : value;
}

function limited15(value: number): number {
  return value > 16_383 ? 16_383 : value < -16_384 ? -16_384 : value;
}
