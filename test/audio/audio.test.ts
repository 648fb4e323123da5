/** The tools with which other tests judge audio, judged themselves. */
import { fromALaw, fromMuLaw, linearOf, toALaw, toMuLaw } from './g711';
import { levelAt, loudness } from './goertzel';
import { sine, sineOf } from './tone';
import { readWav } from './wav';

test('each A-law and µ-law byte comes back from its own linear value', () => {
  for (let byte = 0; byte < 256; byte++) {
    expect(toALaw(fromALaw(byte))).toBe(byte);
    // µ-law has two zeros; the negative one comes back as the positive.
    expect(toMuLaw(fromMuLaw(byte))).toBe(byte === 0x7f ? 0xff : byte);
  }
});

test('silence and full scale are the bytes that ITU-T G.711 gives them', () => {
  expect([toALaw(0), toALaw(-1), toALaw(32767), toALaw(-32768)]).toEqual([0xd5, 0x55, 0xaa, 0x2a]);
  expect([toMuLaw(0), toMuLaw(32767), toMuLaw(-32768)]).toEqual([0xff, 0x80, 0x00]);
});

test.each(['PCMA', 'PCMU'] as const)('a tone through %s is found at its level and nowhere else', (law) => {
  const heard = linearOf(law, sineOf(law, { frequencyHz: 440, levelDbfs: -12, samples: 4000 }));
  expect(levelAt(440, heard)).toBeCloseTo(-12, 0);
  expect(levelAt(1000, heard)).toBeLessThan(-50);
  expect(loudness(heard)).toBeCloseTo(-15, 0);
});

test('pieces of a wave join', () => {
  const whole = sine({ frequencyHz: 440, samples: 320 });
  const second = sine({ frequencyHz: 440, samples: 160, fromSample: 160 });
  expect(whole.subarray(160)).toEqual(second);
});

test('a stereo WAV of A-law is read into its channels, also when its sizes were never patched', () => {
  const left = sineOf('PCMA', { frequencyHz: 440, samples: 800 });
  const right = sineOf('PCMA', { frequencyHz: 1000, samples: 800 });
  const stereo = Buffer.alloc(1600);
  left.forEach((byte, i) => stereo.writeUInt8(byte, i * 2));
  right.forEach((byte, i) => stereo.writeUInt8(byte, i * 2 + 1));
  const head = Buffer.from(
    'RIFF\0\0\0\0WAVEfmt \x12\0\0\0\x06\0\x02\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x08\0\0\0data',
    'latin1',
  );
  for (const size of [1600, 0xffff_ffff]) {
    const sizeField = Buffer.alloc(4);
    sizeField.writeUInt32LE(size);
    const wav = readWav(Buffer.concat([head, sizeField, stereo]));
    expect([wav.law, wav.rateHz, wav.seconds]).toEqual(['PCMA', 8000, 0.1]);
    expect(wav.channels).toEqual([linearOf('PCMA', left), linearOf('PCMA', right)]);
  }
});
