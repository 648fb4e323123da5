/**
 * Any sound file as WAV: one that is WAV already goes as it is, anything else is converted in this browser by FFmpeg (one
 * channel, 16 kHz: more than a telephone needs). Rejects if that cannot be done here.
 */
import { convert } from '../../../player/ffmpeg';

const rateHz = 16_000;

export async function toWav(file: File): Promise<Blob> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (isWav(bytes)) return new Blob([bytes], { type: 'audio/wav' });
  const args = ['-vn', '-ac', '1', '-ar', String(rateHz), '-codec:a', 'pcm_s16le'];
  const made = await convert({ bytes, from: 'in', to: 'out.wav', args });
  return new Blob([new Uint8Array(made)], { type: 'audio/wav' });
}

/** RIFF, its length, WAVE. */
function isWav(bytes: Uint8Array): boolean {
  const text = String.fromCharCode(...bytes.subarray(0, 12));
  return text.startsWith('RIFF') && text.endsWith('WAVE');
}
