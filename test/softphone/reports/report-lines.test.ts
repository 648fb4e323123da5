/** A report sorted and summed up: averages are over calls, not over lines. */
import type { ReportLine } from '../../../server/api/messages';
import { periodOf } from '../../../softphone/src/reports/period';
import { shareOf, sorted, total } from '../../../softphone/src/reports/report-lines';
import { daysBefore } from '../../../softphone/src/text/zone';

const line = (key: string, fields: Partial<ReportLine>): ReportLine => ({
  key,
  offered: 0,
  answered: 0,
  missed: 0,
  abandoned: 0,
  inbound: 0,
  outbound: 0,
  talkS: 0,
  talkAverageS: 0,
  ringAverageS: 0,
  waitAverageS: 0,
  ...fields,
});
const anna = line('1', { name: 'Anna', offered: 10, missed: 4, talkS: 300, talkAverageS: 100, serviceLevel: 0.5 });
const boris = line('2', { name: 'Boris', offered: 30, missed: 1, talkS: 20, talkAverageS: 20, serviceLevel: 1 });
const nobody = line('3', { name: 'Cyril' });

it('who missed most comes first', () => {
  const names = sorted([nobody, boris, anna], { by: 'missed', direction: 'down' }).map(({ name }) => name);
  expect(names).toEqual(['Anna', 'Boris', 'Cyril']);
  expect(sorted([boris, anna], { by: 'name', direction: 'up' })[0]).toBe(anna);
});

it('averages weigh by calls', () => {
  const all = total([anna, boris, nobody]);
  expect(all).toMatchObject({ offered: 40, missed: 5, talkS: 320, talkAverageS: 80, serviceLevel: 0.875 });
  expect(total([nobody])).toMatchObject({ talkAverageS: 0 });
  expect(total([nobody]).serviceLevel).toBeUndefined();
});

it('a bar is the share of the greatest of its column', () => {
  expect(shareOf([anna, boris], anna, 'offered')).toBeCloseTo(1 / 3);
  expect(shareOf([nobody], nobody, 'offered')).toBe(0);
});

it('a period runs from the beginning of the first day to the end of the last', () => {
  const { from, to } = periodOf({ from: '2026-11-23', to: '2026-11-24' });
  expect(Date.parse(to) - Date.parse(from)).toBe(2 * 86_400_000);
  expect(daysBefore('2026-03-01', 1)).toBe('2026-02-28');
});
