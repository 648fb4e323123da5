/** How loud one frequency is in a piece of audio (Goertzel's algorithm): the way tests tell which tone arrived where. */
import { sampleRateHz } from './tone';

/** Level of the sine at `frequencyHz` in linear 16 bit samples, in dBFS of its peak; -120 where there is none. */
export function levelAt(frequencyHz: number, samples: Int16Array): number {
  if (samples.length === 0) return -120;
  const omega = (2 * Math.PI * frequencyHz) / sampleRateHz;
  const coefficient = 2 * Math.cos(omega);
  let before = 0;
  let last = 0;
  for (const sample of samples) {
    const next = sample / 32768 + coefficient * last - before;
    before = last;
    last = next;
  }
  const power = last * last + before * before - coefficient * last * before;
  const amplitude = (2 * Math.sqrt(Math.max(power, 0))) / samples.length;
  return amplitude < 1e-6 ? -120 : 20 * Math.log10(amplitude);
}

/** Loudness of everything: RMS in dBFS of a full-scale square wave; -120 for silence. */
export function loudness(samples: Int16Array): number {
  let sum = 0;
  for (const sample of samples) sum += (sample / 32768) ** 2;
  const rms = Math.sqrt(sum / Math.max(samples.length, 1));
  return rms < 1e-6 ? -120 : 20 * Math.log10(rms);
}
