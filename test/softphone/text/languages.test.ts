/** Which language the page speaks, how it counts in it, and what stands in for a sentence that is not translated. */
import { languageOf } from '../../../softphone/src/text/languages';
import { english } from '../../../softphone/src/text/english';
import { languageTag, locale, speak, t } from '../../../softphone/src/text/text';
import { listTime } from '../../../softphone/src/text/times';
import { shownAmount } from '../../../softphone/src/text/amount';

afterEach(() => speak('en', english));

it.each([
  [['cs-CZ', 'en'], 'cs'],
  [['de', 'ko-KR', 'en'], 'ko'],
  [['pt-BR'], 'pt'],
  [['EN-us'], 'en'],
  [['de', 'fr'], 'en'],
  [[], 'en'],
])('a browser that wishes %j is spoken to in %s', (wished, language) => {
  expect(languageOf(wished)).toBe(language);
});

it('a sentence with a count takes the form that its language has for the count', () => {
  const forms = { one: '{count} hovor', few: '{count} hovory', many: '{count} hovoru', other: '{count} hovorů' };
  speak('cs', { 'calls.live-count': forms });
  expect([1, 3, 5, 1234].map((count) => t('calls.live-count', { count }).replaceAll('\u00a0', ' '))).toEqual([
    '1 hovor',
    '3 hovory',
    '5 hovorů',
    '1 234 hovorů',
  ]);
});

it('what is not translated is said in English, counted as English counts', () => {
  speak('cs', {});
  expect([t('action.save'), t('calls.live-count', { count: 3 })]).toEqual(['Save', '3 calls now']);
});

it('the words are European Portuguese, and dates and amounts follow the language', () => {
  speak('pt', {});
  expect([languageTag(), locale()]).toEqual(['pt-PT', 'pt-PT']);
  speak('cs', {});
  expect(shownAmount('1250.5').replaceAll('\u00a0', ' ')).toBe('1 250,50');
  expect(listTime('2020-03-01T12:00:00Z').replaceAll('\u00a0', ' ')).toBe('1. 3. 2020');
  speak('th', {});
  expect(listTime('2020-03-01T12:00:00Z')).toContain('2563'); // the Buddhist era
});
