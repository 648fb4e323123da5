/** G.722 against another implementation, and the change between 8 and 16 kHz. */
import { createHash } from 'node:crypto';
import { G722Decoder, G722Encoder } from '../../../media/engine/codec/g722';
import { Doubler, Halver } from '../../../media/engine/codec/half-band';
import { levelAt } from '../../audio/goertzel';
import { sine } from '../../audio/tone';

/** Two seconds from silence to full scale: a sine that rises through the band, and noise. */
function exercise(): Int16Array {
  let seed = 1;
  return Int16Array.from({ length: 32_000 }, (_, i) => {
    seed = (seed * 48_271) % 2_147_483_647;
    const loud = [0, 300, 4000, 20_000, 32_767][Math.floor(i / 6400)] ?? 0;
    return Math.round(loud * (0.7 * Math.sin((i * i) / 90_000) + 0.3 * ((seed / 2_147_483_647) * 2 - 1)));
  });
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

// What ffmpeg (libavcodec's own g722) make of the same samples, bit by bit.
test('G.722 is encoded and decoded bit by bit as another implementation does', () => {
  const bytes = new Uint8Array(16_000);
  expect(new G722Encoder().encode(exercise(), 32_000, bytes)).toBe(16_000);
  expect(sha256(bytes)).toBe('4f35bc0ac73c783415fefbcd5c420d60856275fc2acd3729e5b0480aa8a946ff');
  const samples = new Int16Array(32_000);
  expect(new G722Decoder().decode(bytes, 0, bytes.length, samples)).toBe(32_000);
  expect(sha256(new Uint8Array(samples.buffer))).toBe(
    'e169d99b6587059b61ce2e9cc147f471798dd535bd005204b7cd88466f97d4eb',
  );
});

test('packets of any even length make the same stream', () => {
  const whole = new Uint8Array(1600);
  new G722Encoder().encode(exercise().subarray(12_000, 15_200), 3200, whole);
  const encoder = new G722Encoder();
  const pieces: number[] = [];
  for (let at = 12_000, i = 0; at < 15_200; i++) {
    const length = Math.min([320, 2, 160, 640][i % 4] ?? 320, 15_200 - at);
    const out = new Uint8Array(length / 2);
    encoder.encode(exercise().subarray(at, at + length), length, out);
    pieces.push(...out);
    at += length;
  }
  expect(Uint8Array.from(pieces)).toEqual(whole);
});

/** Level of a 16 kHz wave: levelAt counts in 8 kHz. */
const levelAt16k = (hz: number, samples: Int16Array): number => levelAt(hz / 2, samples);

test.each([100, 300, 1000, 2000, 3000, 3400])(
  '%i Hz stays as loud from 8 to 16 kHz and back, and makes no other tone',
  (hz) => {
    const doubler = new Doubler();
    const halver = new Halver();
    const wide: number[] = [];
    const narrow: number[] = [];
    for (let i = 0; i < 100; i++) {
      const up = new Int16Array(320);
      doubler.double(sine({ frequencyHz: hz, samples: 160, fromSample: i * 160 }), 160, up);
      wide.push(...up);
      const down = new Int16Array(160);
      expect(halver.halve(up, 320, down)).toBe(160);
      narrow.push(...down);
    }
    const steady = Int16Array.from(wide.slice(1600, 17_600));
    expect(Math.abs(levelAt16k(hz, steady) + 10)).toBeLessThan(0.5);
    expect(levelAt16k(8000 - hz, steady)).toBeLessThan(hz === 3400 ? -25 : -55);
    expect(Math.abs(levelAt(hz, Int16Array.from(narrow.slice(1600, 9600))) + 10)).toBeLessThan(1);
  },
);

test('what is above the telephone band does not fold into it', () => {
  const halver = new Halver();
  const narrow: number[] = [];
  for (let i = 0; i < 50; i++) {
    const wide = Int16Array.from({ length: 320 }, (_, k) =>
      Math.round(20_000 * Math.sin((2 * Math.PI * 5000 * (i * 320 + k)) / 16_000)),
    );
    const down = new Int16Array(160);
    halver.halve(wide, 320, down);
    narrow.push(...down);
  }
  expect(levelAt(3000, Int16Array.from(narrow.slice(800)))).toBeLessThan(-55);
});
