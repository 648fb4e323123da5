/**
 * Reads a WAV file (RIFF WAVE) into samples of one channel: PCM of 8, 16, 24 or 32 bits, 32-bit float, A-law and µ-law,
 * mono or stereo (both are mixed), also with the extensible header. Sizes that a program left at zero or at the largest
 * number, as those do that write into a pipe, mean: to the end of the file.
 */
import { fail, type Result, succeed } from '../../call-router/values/result';
import { linearOfALaw, linearOfMuLaw } from '../engine/codec/g711';

export type SoundProblem =
  /** `is`: what it looks like instead, as a person knows it. */
  | { readonly kind: 'not-wav'; readonly is?: string }
  /** It ends before its sound begins, or contradicts itself. */
  | { readonly kind: 'broken' }
  | { readonly kind: 'coding-unknown'; readonly formatTag: number; readonly bits: number }
  | { readonly kind: 'channels'; readonly channels: number }
  | { readonly kind: 'rate'; readonly rateHz: number }
  | { readonly kind: 'too-short' }
  | { readonly kind: 'too-long'; readonly seconds: number };

export interface Samples {
  readonly rateHz: number;
  /** From -1 to 1. */
  readonly mono: Float32Array;
}

interface Format {
  readonly channels: number;
  readonly rateHz: number;
  readonly bytesPerSample: number;
  /** One sample, from -1 to 1. */
  readonly read: (view: DataView, at: number) => number;
}

const rateMin = 4000;
const rateMax = 192_000;

/** @param secondsMax of the sound; a longer one is not even decoded */
export function readWav(bytes: Uint8Array, secondsMax: number): Result<Samples, SoundProblem> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (nameAt(view, 0) !== 'RIFF' || nameAt(view, 8) !== 'WAVE') return fail(notWav(bytes));
  const chunks = chunksOf(view);
  const head = chunks.get('fmt ');
  const body = chunks.get('data');
  if (head === undefined || head.byteLength < 16 || body === undefined) return fail({ kind: 'broken' });
  const format = formatOf(head);
  if (!format.ok) return format;
  const { channels, rateHz, bytesPerSample } = format.value;
  const length = Math.floor(body.byteLength / (channels * bytesPerSample));
  if (length === 0) return fail({ kind: 'too-short' });
  if (length > secondsMax * rateHz) return fail({ kind: 'too-long', seconds: Math.ceil(length / rateHz) });
  return succeed({ rateHz, mono: mixed(body, format.value, length) });
}

/** The first chunk of each name; a size that leads out of the file is cut at its end. */
function chunksOf(view: DataView): ReadonlyMap<string, DataView> {
  const chunks = new Map<string, DataView>();
  for (let at = 12; at + 8 <= view.byteLength; ) {
    const name = nameAt(view, at);
    const told = view.getUint32(at + 4, true);
    const rest = view.byteLength - at - 8;
    const isOpen = name === 'data' && (told === 0 || told === 0xffff_ffff);
    const size = isOpen ? rest : Math.min(told, rest);
    if (!chunks.has(name)) chunks.set(name, new DataView(view.buffer, view.byteOffset + at + 8, size));
    at += 8 + size + (size % 2);
  }
  return chunks;
}

function formatOf(head: DataView): Result<Format, SoundProblem> {
  const tag = head.getUint16(0, true);
  const channels = head.getUint16(2, true);
  const rateHz = head.getUint32(4, true);
  const bits = head.getUint16(14, true);
  // The extensible header (0xFFFE) names the real coding in the first two bytes of its sub-format.
  const coding = tag === 0xfffe && head.byteLength >= 26 ? head.getUint16(24, true) : tag;
  if (channels !== 1 && channels !== 2) return fail({ kind: 'channels', channels });
  if (rateHz < rateMin || rateHz > rateMax) return fail({ kind: 'rate', rateHz });
  const read = readers[`${coding}/${bits}`];
  if (read === undefined) return fail({ kind: 'coding-unknown', formatTag: coding, bits });
  return succeed({ channels, rateHz, bytesPerSample: bits / 8, read });
}

/** By format tag and bits. 8-bit PCM is unsigned, all wider ones are signed. */
const readers: Readonly<Record<string, Format['read']>> = {
  '1/8': (view, at) => (view.getUint8(at) - 128) / 128,
  '1/16': (view, at) => view.getInt16(at, true) / 0x8000,
  '1/24': (view, at) => (view.getUint16(at, true) + view.getInt8(at + 2) * 0x1_0000) / 0x80_0000,
  '1/32': (view, at) => view.getInt32(at, true) / 0x8000_0000,
  '3/32': (view, at) => finite(view.getFloat32(at, true)),
  '6/8': (view, at) => (linearOfALaw[view.getUint8(at)] ?? 0) / 0x8000,
  '7/8': (view, at) => (linearOfMuLaw[view.getUint8(at)] ?? 0) / 0x8000,
};

function finite(value: number): number {
  return Number.isFinite(value) ? Math.max(-4, Math.min(4, value)) : 0;
}

function mixed(body: DataView, { channels, bytesPerSample, read }: Format, length: number): Float32Array {
  const mono = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    const at = i * channels * bytesPerSample;
    mono[i] = channels === 1 ? read(body, at) : (read(body, at) + read(body, at + bytesPerSample)) / 2;
  }
  return mono;
}

function nameAt(view: DataView, at: number): string {
  if (at + 4 > view.byteLength) return '';
  return String.fromCharCode(...Array.from({ length: 4 }, (_, i) => view.getUint8(at + i)));
}

const otherKinds: readonly (readonly [pattern: RegExp, is: string])[] = [
  [/^(ID3|\xff[\xe2-\xfb])/, 'MP3'],
  [/^OggS/, 'Ogg'],
  [/^fLaC/, 'FLAC'],
  [/^....ftyp/s, 'M4A or MP4'],
  [/^\x1a\x45\xdf\xa3/, 'WebM'],
  [/^FORM....AIF/s, 'AIFF'],
  [/^(RF64|BW64)/, 'RF64'],
];

function notWav(bytes: Uint8Array): SoundProblem {
  const beginning = String.fromCharCode(...bytes.subarray(0, 12));
  const other = otherKinds.find(([pattern]) => pattern.test(beginning));
  return { kind: 'not-wav', ...(other === undefined ? {} : { is: other[1] }) };
}
