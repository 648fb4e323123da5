/**
 * Turns an uploaded sound into what is played: A-law, 8 kHz, mono, without header. Done once, so that playing costs as
 * little as passing on what another phone says. Runs in a worker (sound-worker.ts).
 */
import { fail, type Result, succeed } from '../../call-router/values/result';
import { aLawOf } from '../engine/codec/g711';
import { readWav, type SoundProblem } from './read-wav';
import { resampled } from './resample';

export const playedRateHz = 8000;
const secondsMin = 0.1;

/** @param secondsMax longer ones are refused */
export function converted(wav: Uint8Array, secondsMax: number): Result<Uint8Array, SoundProblem> {
  const read = readWav(wav, secondsMax);
  if (!read.ok) return read;
  const { mono, rateHz } = read.value;
  if (mono.length < secondsMin * rateHz) return fail({ kind: 'too-short' });
  return succeed(Uint8Array.from(resampled(mono, rateHz, playedRateHz), (sample) => aLawOf(sampleOf16Bits(sample))));
}

function sampleOf16Bits(sample: number): number {
  return Math.max(-0x8000, Math.min(0x7fff, Math.round(sample * 0x8000)));
}
