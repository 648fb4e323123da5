/** Uploaded WAV files of every coding we read become the same A-law sound; what is none gets a plain answer. */
import { aLawOf, linearOfALaw, muLawOf } from '../../../media/engine/codec/g711';
import { converted } from '../../../media/sound/convert-sound';
import { wavOfALaw } from '../../../media/sound/wav-of-alaw';
import { type Coding, wavOf } from './wav-fixture';

const codings: readonly Coding[] = ['pcm8', 'pcm16', 'pcm24', 'pcm32', 'float32', 'alaw', 'mulaw'];
const tone = (rateHz: number, seconds = 1): number[] =>
  Array.from({ length: rateHz * seconds }, (_, i) => 0.4 * Math.sin((2 * Math.PI * 440 * i) / rateHz));

/** RMS of the tone in dB, and of what is left when a sine of 440 Hz has been taken away. */
function measured(aLaw: Uint8Array): { rmsDb: number; residueDb: number } {
  const samples = Float64Array.from(aLaw, (code) => (linearOfALaw[code] ?? 0) / 32768).subarray(400, -400);
  const turn = (i: number): number => (2 * Math.PI * 440 * (i + 400)) / 8000;
  const a = (2 / samples.length) * samples.reduce((sum, x, i) => sum + x * Math.cos(turn(i)), 0);
  const b = (2 / samples.length) * samples.reduce((sum, x, i) => sum + x * Math.sin(turn(i)), 0);
  const power = (of: Float64Array): number => of.reduce((sum, x) => sum + x * x, 0) / of.length;
  const residue = samples.map((x, i) => x - a * Math.cos(turn(i)) - b * Math.sin(turn(i)));
  return { rmsDb: 10 * Math.log10(power(samples)), residueDb: 10 * Math.log10(power(residue)) };
}

describe.each(codings)('%s', (coding) => {
  test.each([
    [8000, 1],
    [44_100, 1],
    [48_000, 2],
    [16_000, 2],
  ])('at %i Hz with %i channels becomes clean A-law of the same level and length', (rateHz, channels) => {
    const sound = converted(wavOf(tone(rateHz), { coding, rateHz, channels }), 60);
    if (!sound.ok) throw new Error(sound.problem.kind);
    expect(Math.abs(sound.value.length - 8000)).toBeLessThanOrEqual(1);
    const { rmsDb, residueDb } = measured(sound.value);
    expect(rmsDb).toBeCloseTo(20 * Math.log10(0.4 / Math.SQRT2), 0);
    expect(residueDb).toBeLessThan(coding === 'pcm8' ? -42 : -44);
  });
});

test('both channels are heard: what is on one side alone is half as loud', () => {
  const left = tone(8000).flatMap((x) => [x, 0]);
  const sound = converted(wavOf(left, { coding: 'pcm16', rateHz: 8000, channels: 2, isInterleaved: true }), 60);
  expect(sound.ok && measured(sound.value).rmsDb).toBeCloseTo(20 * Math.log10(0.2 / Math.SQRT2), 0);
});

test('the extensible header, extra chunks before the sound and open sizes are read', () => {
  const whole = { coding: 'pcm16', rateHz: 16_000, channels: 1 } as const;
  const plain = converted(wavOf(tone(16_000), whole), 60);
  for (const odd of [{ isExtensible: true }, { extraChunk: true }, { openSizes: 0 }, { openSizes: 0xffff_ffff }]) {
    expect(converted(wavOf(tone(16_000), { ...whole, ...odd }), 60)).toEqual(plain);
  }
});

test('too loud a sound is clipped, not wrapped; no number is no noise', () => {
  const loud = converted(
    wavOf([...Array(4000).fill(2), ...Array(4000).fill(Number.NaN)], { coding: 'float32', rateHz: 8000, channels: 1 }),
    60,
  );
  if (!loud.ok) throw new Error(loud.problem.kind);
  expect(loud.value[100]).toBe(aLawOf(32767));
  expect(loud.value[7000]).toBe(aLawOf(0));
});

test('what we hand out can be uploaded again and is the same', () => {
  const audio = Uint8Array.from(tone(8000), (x) => aLawOf(x * 32768));
  expect(converted(wavOfALaw(audio), 60)).toEqual({ ok: true, value: audio });
  expect(muLawOf(0)).toBe(0xff);
});

describe('what is not taken', () => {
  const good = wavOf(tone(8000), { coding: 'pcm16', rateHz: 8000, channels: 1 });
  const patched = (at: number, bits: 16 | 32, value: number): Uint8Array => {
    const bytes = Buffer.from(good);
    if (bits === 16) bytes.writeUInt16LE(value, at);
    else bytes.writeUInt32LE(value, at);
    return bytes;
  };
  test.each([
    ['nothing', Buffer.alloc(0), { kind: 'not-wav' }],
    ['text', Buffer.from('hello, this is no sound at all'), { kind: 'not-wav' }],
    ['an MP3', Buffer.from('ID3\x04\0\0\0\0\0\0\0\0\0', 'latin1'), { kind: 'not-wav', is: 'MP3' }],
    [
      'an MP3 without a tag',
      Buffer.from([0xff, 0xfb, 0x90, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
      { kind: 'not-wav', is: 'MP3' },
    ],
    ['an Ogg', Buffer.from('OggS\0\0\0\0\0\0\0\0\0\0'), { kind: 'not-wav', is: 'Ogg' }],
    ['an M4A', Buffer.from('\0\0\0\x20ftypM4A '), { kind: 'not-wav', is: 'M4A or MP4' }],
    ['a header alone', good.subarray(0, 36), { kind: 'broken' }],
    ['a header and no samples', good.subarray(0, 44), { kind: 'too-short' }],
    ['a twentieth of a second', good.subarray(0, 44 + 800), { kind: 'too-short' }],
    ['six channels', patched(22, 16, 6), { kind: 'channels', channels: 6 }],
    ['no channel', patched(22, 16, 0), { kind: 'channels', channels: 0 }],
    ['no rate', patched(24, 32, 0), { kind: 'rate', rateHz: 0 }],
    ['MP3 within a WAV', patched(20, 16, 0x55), { kind: 'coding-unknown', formatTag: 0x55, bits: 16 }],
    ['twelve bits', patched(34, 16, 12), { kind: 'coding-unknown', formatTag: 1, bits: 12 }],
  ])('%s', (_, bytes, problem) => {
    expect(converted(bytes, 60)).toEqual({ ok: false, problem });
  });

  test('a sound over the limit, before it is decoded', () => {
    expect(converted(wavOf(tone(8000, 3), { coding: 'alaw', rateHz: 8000, channels: 1 }), 2)).toEqual({
      ok: false,
      problem: { kind: 'too-long', seconds: 3 },
    });
  });

  test('no cut of a file throws', () => {
    const odd = wavOf(tone(8000), { coding: 'pcm24', rateHz: 8000, channels: 2, isExtensible: true, extraChunk: true });
    for (let length = 0; length < 200; length++) expect(converted(odd.subarray(0, length), 60).ok).toBe(false);
  });
});
