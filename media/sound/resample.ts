/**
 * Changes the sampling rate of a sound once, when it is taken in: each output sample is a sinc under a Kaiser window,
 * centred on its moment, with the cut-off below half of the lower rate. What would fold into the band is 70 dB down.
 * Not for live audio: it wants the whole sound at once.
 */

/** Zero crossings of the sinc to each side of its centre. */
const crossings = 32;
/** The middle of the slope, against half of the lower rate: 8 kHz passes up to 3.5 kHz and is shut from 4 kHz on. */
const cutOffRatio = 0.94;
/** Kaiser: 70 dB. */
const beta = 7;
/** Kernels at most. A moment is rounded to the nearest: what that adds lies as deep as what the window leaves. */
const kernelsMax = 1024;

/** The same sound at `toHz`. Rates are whole numbers of hertz. */
export function resampled(samples: Float32Array, fromHz: number, toHz: number): Float32Array {
  if (fromHz === toHz) return samples;
  const divisor = greatestCommonDivisor(fromHz, toHz);
  const [steps, phases] = [fromHz / divisor, toHz / divisor];
  const kernels = kernelsOf(fromHz, toHz, phases);
  const result = new Float32Array(Math.ceil((samples.length * phases) / steps));
  for (let i = 0; i < result.length; i++) {
    const place = i * steps;
    const phase = place % phases;
    result[i] = weighted(samples, (place - phase) / phases, kernels(phase));
  }
  return result;
}

/** Weights of the samples around `centre`; the middle one stands at `kernel.length >> 1`. */
function weighted(samples: Float32Array, centre: number, kernel: Float32Array): number {
  const first = centre - (kernel.length >> 1);
  const from = Math.max(0, -first);
  const to = Math.min(kernel.length, samples.length - first);
  let sum = 0;
  for (let k = from; k < to; k++) sum += (kernel[k] ?? 0) * (samples[first + k] ?? 0);
  return sum;
}

/** One kernel a phase, made when first needed. */
function kernelsOf(fromHz: number, toHz: number, phases: number): (phase: number) => Float32Array {
  const made = new Map<number, Float32Array>();
  const kernels = Math.min(phases, kernelsMax);
  /** Of the input's rate; 1 would be half of it. */
  const cutOff = Math.min(1, toHz / fromHz) * cutOffRatio;
  return (phase) => {
    const place = Math.round((phase * kernels) / phases);
    const known = made.get(place);
    if (known !== undefined) return known;
    const kernel = kernelAt(place / kernels, cutOff);
    made.set(place, kernel);
    return kernel;
  };
}

/** @param shift of the moment behind its centre sample, 0 to 1 samples */
function kernelAt(shift: number, cutOff: number): Float32Array {
  const halfWidth = crossings / cutOff;
  const reach = Math.ceil(halfWidth) + 1;
  const kernel = Float32Array.from({ length: 2 * reach + 1 }, (_, k) => {
    const distance = k - reach - shift;
    return Math.abs(distance) < halfWidth ? sinc(distance * cutOff) * kaiser(distance / halfWidth) : 0;
  });
  // Each phase passes a constant unchanged, so that no phase is louder than another.
  const sum = kernel.reduce((total, weight) => total + weight, 0);
  return kernel.map((weight) => weight / sum);
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** @param place -1 to 1 across the window */
function kaiser(place: number): number {
  return bessel(beta * Math.sqrt(1 - place * place)) / besselOfBeta;
}

/** Modified Bessel function of the first kind, order 0, by its series. */
function bessel(x: number): number {
  let [sum, term] = [1, 1];
  for (let k = 1; term > sum * 1e-9; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

const besselOfBeta = bessel(beta);

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
