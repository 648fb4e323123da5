/** Numbers, lengths of time and counts as people read them. */
import { shownNumber, shownPhone } from '../../../softphone/src/text/phone-number';
import { t } from '../../../softphone/src/text/text';
import { duration } from '../../../softphone/src/text/times';

describe('a phone number', () => {
  it.each([
    ['+420777123456', '+420 777 123 456'],
    ['+14155552671', '+1 415 555 2671'],
    ['+442079460958', '+44 207 946 0958'],
    ['+6621234567', '+66 212 345 67'],
    ['+40212345678', '+40 212 345 678'],
    ['+821012345678', '+82 101 234 5678'],
    ['101', '101'],
    ['+4202288802*', '+4202288802*'],
    ['', ''],
  ])('%s is shown as %s', (number, shown) => {
    expect(shownNumber(number).replaceAll('\u00a0', ' ')).toBe(shown);
  });

  it('that nobody could read is shown as it was typed', () => {
    expect(shownPhone({ typed: 'ask for Jana' })).toBe('ask for Jana');
  });
});

it.each([
  [0, '0:00'],
  [7_400, '0:07'],
  [754_000, '12:34'],
  [3_723_000, '1:02:03'],
])('%i ms is %s', (lengthMs, shown) => {
  expect(duration(lengthMs)).toBe(shown);
});

it('counts take the form that the language has for them', () => {
  expect([1, 2, 0].map((count) => t('leads.new-count', { count }))).toEqual([
    '1 new lead',
    '2 new leads',
    '0 new leads',
  ]);
});
