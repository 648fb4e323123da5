/** The E-model held against ITU-T G.107: its default rating, its table of R and MOS, and what loss and delay take away. */
import { mosOf, ratingOf } from '../../../media/engine/e-model';

test('with every default and nothing lost or late R is 93.2, MOS 4.41 (clause 7.7)', () => {
  const rating = ratingOf({ lossRatio: 0, delayMs: 0 });
  expect(rating).toBeCloseTo(93.2, 1);
  expect(mosOf(rating)).toBeCloseTo(4.41, 2);
});

test.each([
  // Annex B, Table B.1: the lower limits of what users are content with.
  [100, 4.5],
  [90, 4.34],
  [80, 4.03],
  [70, 3.6],
  [60, 3.1],
  [50, 2.58],
  [0, 1],
  [3, 1],
  [-20, 1],
  [120, 4.5],
])('R %d is MOS %d', (rating, mos) => {
  expect(Math.abs(mosOf(rating) - mos)).toBeLessThan(0.011);
});

test.each([
  // 95 · Ppl / (Ppl + 25.1) less than the default (clause 7.5; G.113 Appendix I: G.711 with concealment).
  [0.01, 3.64],
  [0.02, 7.01],
  [0.05, 15.78],
  [0.1, 27.07],
  [1, 75.94],
])('a loss of %d takes %d of R', (lossRatio, less) => {
  expect(ratingOf({ lossRatio: 0, delayMs: 0 }) - ratingOf({ lossRatio, delayMs: 0 })).toBeCloseTo(less, 1);
});

test('delay takes little up to 150 ms one way, and much beyond (the knee of G.114)', () => {
  const at = (delayMs: number): number => ratingOf({ lossRatio: 0, delayMs });
  expect(at(0) - at(150)).toBeLessThan(4);
  expect(at(150) - at(300)).toBeGreaterThan(12);
  const falling = [0, 20, 50, 100, 101, 150, 200, 300, 400, 600, 1000].map(at);
  expect(falling.toSorted((a, b) => b - a)).toEqual(falling);
});

test('whatever is measured gives a score from 1 to 4.5', () => {
  for (const lossRatio of [-1, 0, 0.001, 0.3, 1, 7])
    for (const delayMs of [0, 1, 99, 100, 500, 10_000]) {
      const mos = mosOf(ratingOf({ lossRatio, delayMs }));
      expect(mos).toBeGreaterThanOrEqual(1);
      expect(mos).toBeLessThanOrEqual(4.5);
    }
});
