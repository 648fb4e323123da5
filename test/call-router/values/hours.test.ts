/** Opening hours: zones, spans past midnight, days that differ, the switch, and the days when clocks change. */
import { newCalendar } from '../../fakes/calendar';
import { isOpen, localTime, openNow } from '../../../call-router/values/hours';
import { epochMs } from '../../../call-router/values/ids';

const at = (utc: string) => epochMs(Date.parse(`${utc}Z`));

describe('a calendar in Prague, Monday to Friday 9 to 17, Friday night 22 to 2', () => {
  const office = newCalendar({
    zone: 'Europe/Prague',
    week: [
      ...Array(4).fill([{ from: '09:00', to: '17:00' }]),
      [
        { from: '09:00', to: '17:00' },
        { from: '22:00', to: '02:00' },
      ],
      [],
      [],
    ],
    exceptions: [
      { date: '2026-11-17', name: 'Freedom Day', open: [] },
      { date: '12-24', open: [{ from: '09:00', to: '12:00' }] },
    ],
  });
  test.each([
    ['Monday 9:00 sharp', '2026-11-23T08:00:00', true],
    ['Monday 8:59', '2026-11-23T07:59:59', false],
    ['Monday 17:00 sharp', '2026-11-23T16:00:00', false],
    ['in summer, when Prague is two hours ahead', '2026-07-06T07:00:00', true],
    ['Friday 23:30', '2026-11-27T22:30:00', true],
    ['Saturday 1:59, still Friday night', '2026-11-28T00:59:00', true],
    ['Saturday 2:00', '2026-11-28T01:00:00', false],
    ['a holiday of that year', '2026-11-17T10:00:00', false],
    ['a day of each year, in its hours', '2026-12-24T10:59:00', true],
    ['a day of each year, after its hours', '2026-12-24T11:00:00', false],
    ['Sunday', '2026-11-29T10:00:00', false],
  ])('%s', (_, utc, expected) => {
    expect(isOpen(office, at(utc))).toBe(expected);
  });

  test('says why', () => {
    expect(openNow(office, at('2026-11-17T10:00:00')).why).toEqual({
      by: 'exception',
      date: '2026-11-17',
      name: 'Freedom Day',
    });
    expect(openNow(office, at('2026-11-28T00:59:00')).why).toEqual({ by: 'week', day: 4 });
    expect(openNow({ ...office, switch: 'open' }, at('2026-11-29T10:00:00'))).toEqual({
      isOpen: true,
      why: { by: 'switch' },
    });
  });
});

describe('on the day the clock changes', () => {
  const night = newCalendar({ zone: 'Europe/Prague', week: Array(7).fill([{ from: '22:00', to: '03:00' }]) });
  test.each([
    ['forward: 1:59 before the lost hour', '2026-03-29T00:59:00', true],
    ['forward: 3:00, the minute behind 1:59', '2026-03-29T01:00:00', false],
    ['back: 2:30 for the first time', '2026-10-25T00:30:00', true],
    ['back: 2:30 again', '2026-10-25T01:30:00', true],
    ['back: 3:00', '2026-10-25T02:00:00', false],
  ])('%s', (_, utc, expected) => {
    expect(isOpen(night, at(utc))).toBe(expected);
  });

  test('local time is that of the zone', () => {
    expect(localTime(at('2026-11-23T23:30:00'), 'Asia/Seoul')).toMatchObject({
      date: '2026-11-24',
      weekday: 1,
      minutes: 510,
    });
  });
});

test('open around the clock', () => {
  const always = newCalendar({ week: Array(7).fill([{ from: '00:00', to: '24:00' }]) });
  expect(isOpen(always, at('2026-11-23T23:59:59'))).toBe(true);
});
