/** The sum of a room: exact while it fits, held below full scale when it does not. */
import { Mix } from '../../../media/engine/mix';

const wave = (peak: number, hz: number): Int16Array =>
  Int16Array.from({ length: 160 }, (_, i) => Math.round(peak * Math.sin((2 * Math.PI * hz * i) / 8000)));

test('what fits is the plain sum, without the own voice, with what is whispered', () => {
  const [a, b, c] = [wave(8000, 400), wave(8000, 900), wave(1000, 1300)];
  const mix = new Mix();
  mix.begin();
  mix.add(a);
  mix.add(b);
  mix.weigh();
  const out = new Int16Array(160);
  mix.write(out, a, [c]);
  expect(out).toEqual(b.map((sample, i) => sample + (c[i] ?? 0)));
});

test('32 at full scale keep their shape: no sample has another sign, none is at full scale', () => {
  const mix = new Mix();
  const out = new Int16Array(160);
  for (let turn = 0; turn < 2; turn++) {
    mix.begin();
    for (let i = 0; i < 32; i++) mix.add(wave(32_767, 500));
    mix.weigh();
    mix.write(out, undefined, []);
  }
  const shape = wave(29_000, 500);
  out.forEach((sample, i) => expect(Math.abs(sample - (shape[i] ?? 0))).toBeLessThan(20));
});

test('the first loud moment is cut off, never turned over', () => {
  const mix = new Mix();
  mix.begin();
  for (let i = 0; i < 8; i++) mix.add(new Int16Array(160).fill(32_767));
  mix.weigh();
  const out = new Int16Array(160);
  mix.write(out, undefined, []);
  expect(Math.min(...out)).toBeGreaterThan(28_000);
  mix.write(out, new Int16Array(160).fill(-32_768), [new Int16Array(160).fill(32_767)]);
  expect(Math.max(...out)).toBeLessThanOrEqual(32_767);
  expect(Math.min(...out)).toBeGreaterThan(28_000);
});

test('the gain comes back to one within two seconds', () => {
  const mix = new Mix();
  const out = new Int16Array(160);
  for (let beat = 0; beat < 101; beat++) {
    mix.begin();
    for (let i = 0; i < (beat === 0 ? 8 : 1); i++) mix.add(new Int16Array(160).fill(20_000));
    mix.weigh();
    mix.write(out, undefined, []);
  }
  expect(out[159]).toBeGreaterThan(19_900);
});
