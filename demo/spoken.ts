/** The demo's sentences, and how to tell who speaks in a channel: level, and likeness of its loudness curve to a sentence. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { linearOfALaw } from '../media/engine/codec/g711';

const folder = path.resolve(__dirname, __filename.endsWith('.js') ? '../../demo/sounds' : 'sounds');
const frameSamples = 160;

/** 8 kHz, 16 bit; from the A-law files that scripts/demo-sounds.mjs makes. */
export function sentence(name: 'customer' | 'colleague'): Int16Array {
  return Int16Array.from(audioData(readFileSync(path.join(folder, `${name}.wav`))), (code) => linearOfALaw[code] ?? 0);
}

/** The two channels of a stereo A-law WAV. */
export function channelsOf(wav: Buffer): { readonly left: Int16Array; readonly right: Int16Array } {
  const stereo = audioData(wav);
  const channel = (offset: number): Int16Array =>
    Int16Array.from({ length: stereo.length >> 1 }, (_, i) => linearOfALaw[stereo[2 * i + offset] ?? 0] ?? 0);
  return { left: channel(0), right: channel(1) };
}

/** The data chunk (RIFF: chunks are id, size, bytes, padded to even). */
function audioData(wav: Buffer): Buffer {
  for (let at = 12; at + 8 <= wav.length; ) {
    const size = wav.readUInt32LE(at + 4);
    if (wav.toString('latin1', at, at + 4) === 'data') return wav.subarray(at + 8, at + 8 + size);
    at += 8 + size + (size & 1);
  }
  throw new Error('no audio in this file');
}

/** RMS in dB below full scale. */
export function levelDb(samples: Int16Array): number {
  const sum = samples.reduce((total, sample) => total + sample * sample, 0);
  return 10 * Math.log10(Math.max(1, sum / Math.max(1, samples.length)) / 32768 ** 2);
}

/**
 * The best correlation, over all shifts up to `shiftMsMax`, of the loudness curves (20 ms a step) of a channel and of a
 * sentence said over and over: near 1 where that voice speaks, near 0 elsewhere.
 */
export function likeness(channel: Int16Array, said: Int16Array, shiftMsMax = 1500): number {
  const heard = curve(channel);
  const spoken = curve(said);
  let best = -1;
  for (let shift = 0; shift * 20 <= shiftMsMax; shift += 1) {
    const expected = heard.map((_, i) => spoken[(i + spoken.length - (shift % spoken.length)) % spoken.length] ?? 0);
    best = Math.max(best, correlation(heard.slice(shift), expected.slice(shift)));
  }
  return best;
}

function curve(samples: Int16Array): readonly number[] {
  return Array.from({ length: Math.floor(samples.length / frameSamples) }, (_, i) =>
    levelDb(samples.subarray(i * frameSamples, (i + 1) * frameSamples)),
  );
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (list: readonly number[]): number => list.reduce((sum, x) => sum + x, 0) / Math.max(1, list.length);
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((x, i) => {
    const [da, db] = [x - ma, (b[i] ?? 0) - mb];
    ab += da * db;
    aa += da * da;
    bb += db * db;
  });
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}
