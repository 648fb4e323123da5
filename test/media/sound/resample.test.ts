/** A sound at another rate is the same sound: same pitch and level in the band, nothing folded into it from above. */
import { resampled } from '../../../media/sound/resample';

const sine = (hz: number, rateHz: number, seconds: number): Float32Array =>
  Float32Array.from(
    { length: Math.round(rateHz * seconds) },
    (_, i) => 0.5 * Math.sin((2 * Math.PI * hz * i) / rateHz),
  );

/** Of one frequency, away from the edges, in dB against a full sine. */
function levelDb(samples: Float32Array, hz: number, rateHz: number): number {
  const inner = samples.subarray(400, samples.length - 400);
  const [cosine, sinus] = [Math.cos, Math.sin].map((wave) =>
    inner.reduce((sum, x, i) => sum + x * wave((2 * Math.PI * hz * (i + 400)) / rateHz), 0),
  );
  return 20 * Math.log10((2 * Math.hypot(cosine ?? 0, sinus ?? 0)) / inner.length + 1e-9);
}

const rates = [8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000, 44_099];

test.each(rates)('from %i Hz a tone keeps pitch and level up to 3.4 kHz', (from) => {
  for (const hz of [200, 1000, 3000, 3400]) {
    const output = resampled(sine(hz, from, 0.5), from, 8000);
    expect(Math.abs(output.length - 4000)).toBeLessThanOrEqual(1);
    expect(Math.abs(levelDb(output, hz, 8000) - -6.02)).toBeLessThan(0.5);
  }
});

test.each(rates.filter((rate) => rate > 8000))('from %i Hz what lies over 4.1 kHz is gone, not folded down', (from) => {
  for (const hz of [4200, 4600, 5000, 7000, 10_000].filter((one) => one < from / 2)) {
    const output = resampled(sine(hz, from, 0.5), from, 8000).subarray(200, 3800);
    const peak = output.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    expect(20 * Math.log10(peak + 1e-9)).toBeLessThan(-56);
  }
});

test('from 4 kHz a tone comes up clean: no image over 2 kHz', () => {
  const output = resampled(sine(1000, 4000, 0.5), 4000, 8000);
  expect(Math.abs(levelDb(output, 1000, 8000) - -6.02)).toBeLessThan(0.5);
  expect(levelDb(output, 3000, 8000)).toBeLessThan(-60);
});

test('a constant stays what it is at every phase', () => {
  const output = resampled(new Float32Array(8000).fill(0.25), 44_100, 8000);
  for (const sample of output.subarray(100, output.length - 100)) expect(sample).toBeCloseTo(0.25, 4);
});

test('an impulse stays at its moment', () => {
  const impulse = new Float32Array(48_000);
  impulse[24_000] = 1;
  const output = resampled(impulse, 48_000, 8000);
  expect(output.indexOf(Math.max(...output))).toBe(4000);
});
