/** The clock of the person, whatever the machine's is: days, midnight, and the hour that summer time leaves out. */
import { clockTime, dayKey } from '../../../softphone/src/text/times';
import {
  browserZone,
  dayOf,
  daysBefore,
  daysBetween,
  isZone,
  momentOf,
  setZone,
  zone,
} from '../../../softphone/src/text/zone';

afterEach(() => setZone(undefined));
const iso = (ms: number): string => new Date(ms).toISOString();

it('a day and a time are those of the zone', () => {
  setZone('Asia/Seoul');
  expect([dayKey('2026-11-30T20:00:00Z'), clockTime('2026-11-30T20:15:00Z')]).toEqual(['2026-12-01', '05:15']);
  setZone('America/New_York');
  expect([dayOf(Date.parse('2026-12-01T03:00:00Z')), clockTime('2026-12-01T03:00:00Z')]).toEqual([
    '2026-11-30',
    '22:00',
  ]);
  setZone(undefined);
  expect(zone()).toBe(browserZone());
});

it.each([
  ['Europe/Prague', '2026-11-30', '00:00', '2026-11-29T23:00:00.000Z'],
  ['Europe/Prague', '2026-07-01', '09:30', '2026-07-01T07:30:00.000Z'],
  ['Asia/Bangkok', '2026-07-01', '00:00', '2026-06-30T17:00:00.000Z'],
  ['Europe/Prague', '2026-03-29', '02:30', '2026-03-29T01:30:00.000Z'], // left out: the clock shows 3:30
  ['Asia/Kolkata', '1970-01-01', '00:00', '1969-12-31T18:30:00.000Z'],
])('in %s the %s at %s is %s', (name, day, clock, moment) => {
  setZone(name);
  expect(iso(momentOf(day, clock))).toBe(moment);
});

it('days are counted on the calendar, over the change of the clock too', () => {
  expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
  expect(daysBetween('2026-03-01', '2026-02-28')).toBe(-1);
  expect(daysBefore('2028-03-01', 1)).toBe('2028-02-29');
});

it('a zone is one that is known', () => {
  expect([isZone('Europe/Bucharest'), isZone('Europe/Nowhere'), isZone('')]).toEqual([true, false, false]);
});
