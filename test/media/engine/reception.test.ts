/** Loss and jitter as RFC 3550 appendix A counts them. */
import { Reception } from '../../../media/engine/reception';

function counted(sequences: readonly number[]): Reception {
  const reception = new Reception();
  for (const sequence of sequences) reception.count(sequence);
  return reception;
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => (from + i) & 0xffff);

test.each([
  ['all came', range(10, 110), 0],
  ['one in ten lost', range(0, 100).filter((n) => n % 10 !== 5), 10],
  ['out of order is not lost', [1, 3, 2, 4, 6, 5], 0],
  ['over the wrap', range(65_500, 65_600), 0],
  ['lost at the wrap', range(65_500, 65_600).filter((n) => n !== 0), 1],
])('%s', (_, sequences, lost) => {
  expect(counted(sequences).lost).toBe(lost);
});

test('twice the same makes loss negative, as the standard wants, and the ratio zero', () => {
  const reception = counted([1, 2, 2, 3]);
  expect(reception.lost).toBe(-1);
  expect(reception.lossRatio).toBe(0);
});

test('a source that starts again elsewhere is not a loss of thousands', () => {
  const reception = counted([...range(100, 200), ...range(30_000, 30_100)]);
  expect(reception.lossRatio).toBeLessThan(0.02);
  expect(reception.packets).toBe(200);
});

test('the fraction lost counts from report to report', () => {
  const reception = counted(range(0, 100).filter((n) => n % 4 !== 3 || n === 99));
  expect(reception.takeFractionLost()).toBe(Math.floor((24 * 256) / 100));
  for (const n of range(100, 200)) reception.count(n);
  expect(reception.takeFractionLost()).toBe(0);
});

test('jitter is 0 on a perfect line and grows to the mean change on an uneven one', () => {
  const even = new Reception();
  const uneven = new Reception();
  for (let i = 0; i < 500; i++) {
    even.arrive(i * 20, i * 160);
    uneven.arrive(i * 20 + (i % 2) * 10, i * 160);
  }
  expect(even.jitterMs).toBe(0);
  expect(uneven.jitterMs).toBeCloseTo(10, 1);
});
