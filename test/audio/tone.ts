/** Makes test speech: sine waves at 8 kHz as linear samples, A-law or µ-law. */
import { toALaw, toMuLaw } from './g711';

export const sampleRateHz = 8000;

export interface Sine {
  readonly frequencyHz: number;
  /** Level of the sine's peak against full scale; -10 by default. */
  readonly levelDbfs?: number;
  readonly samples: number;
  /** Where in the wave to begin, in samples: packets cut one after another join without a click. */
  readonly fromSample?: number;
}

/** A sine as linear 16 bit samples. */
export function sine({ frequencyHz, levelDbfs = -10, samples, fromSample = 0 }: Sine): Int16Array {
  const peak = 32767 * 10 ** (levelDbfs / 20);
  const wave = new Int16Array(samples);
  for (let i = 0; i < samples; i++) {
    wave[i] = Math.round(peak * Math.sin((2 * Math.PI * frequencyHz * (fromSample + i)) / sampleRateHz));
  }
  return wave;
}

/** A sine as G.711 bytes. */
export function sineOf(law: 'PCMA' | 'PCMU', what: Sine): Uint8Array {
  return Uint8Array.from(sine(what), law === 'PCMA' ? toALaw : toMuLaw);
}
