/**
 * Reads a WAV of G.711 (RIFF, format tag 6 A-law or 7 µ-law) into linear channels. A file whose sizes were not patched
 * yet (a crash) is read as far as it goes, as players do.
 */
import { linearOf } from './g711';

export interface Wav {
  readonly law: 'PCMA' | 'PCMU';
  readonly rateHz: number;
  /** One array a channel: left first. */
  readonly channels: readonly Int16Array[];
  readonly seconds: number;
}

/** @throws Error if it is no WAV of G.711. */
export function readWav(file: Buffer): Wav {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE') throw new Error('no WAV');
  const format = chunk(file, 'fmt ');
  const tag = format.readUInt16LE(0);
  if (tag !== 6 && tag !== 7) throw new Error(`WAV format ${tag} is not G.711`);
  const law = tag === 6 ? 'PCMA' : 'PCMU';
  const count = format.readUInt16LE(2);
  const rateHz = format.readUInt32LE(4);
  const audio = chunk(file, 'data');
  const channels = Array.from({ length: count }, (_, side) => linearOf(law, every(audio, count, side)));
  return { law, rateHz, channels, seconds: Math.floor(audio.length / count) / rateHz };
}

function chunk(file: Buffer, name: string): Buffer {
  for (let at = 12; at + 8 <= file.length; ) {
    const size = file.readUInt32LE(at + 4);
    if (file.toString('latin1', at, at + 4) === name)
      return file.subarray(at + 8, Math.min(at + 8 + size, file.length));
    at += 8 + size + (size % 2);
  }
  throw new Error(`WAV without a ${name.trim()} chunk`);
}

function every(bytes: Uint8Array, step: number, from: number): Uint8Array {
  const picked = new Uint8Array(Math.floor(bytes.length / step));
  for (let i = 0; i < picked.length; i++) picked[i] = bytes[i * step + from] ?? 0;
  return picked;
}
