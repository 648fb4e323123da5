/** The quality of a call in one word is that of its worst direction. */
import { qualityOf } from '../../../softphone/src/panel/quality';

const direction = (mos: number, lossRatio = 0) => ({ mos, lossRatio, jitterMs: 2 });

it.each([
  [4.4, 'good'],
  [4, 'good'],
  [3.9, 'fair'],
  [3.1, 'fair'],
  [3, 'poor'],
] as const)('MOS %d is %s', (mos, level) => {
  expect(qualityOf([{ legId: '1', received: direction(4.4), sent: direction(mos) }])).toMatchObject({ level, mos });
});

it('tells the most loss and the longest way of all legs, and nothing before anything is known', () => {
  const legs = [
    { legId: '1', roundTripMs: 20, received: direction(4.2, 0.01) },
    { legId: '2', roundTripMs: 80, sent: direction(4.1, 0.03) },
  ];
  expect(qualityOf(legs)).toEqual({ level: 'good', mos: 4.1, lossRatio: 0.03, roundTripMs: 80 });
  expect(qualityOf([{ legId: '1' }])).toBeUndefined();
});
