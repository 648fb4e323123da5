/** A clash of codes is said at the code that was typed, with the name of what it clashes with. */
import { defaultCodes, type FeatureCodes } from '../../../call-router/state/feature-code';
import { newParking } from '../../../call-router/state/new-office';
import type { Calendar } from '../../../call-router/state/office';
import { calendarIdOf } from '../../../call-router/values/ids';
import type { User } from '../../../server/api/messages';
import { clashOf } from '../../../softphone/src/pages/settings/codes/code-clashes';

const anna: User = {
  id: 'u1',
  name: 'Anna',
  login: 'anna',
  role: 'operator',
  extension: '101',
  hasPin: false,
  mustChangePassword: false,
  disabled: false,
  rights: [],
  createdAt: '2026-11-23T10:00:00.000Z',
};
const hours: Calendar = {
  id: calendarIdOf('c1'),
  name: 'Office hours',
  zone: 'Europe/Prague',
  week: [],
  exceptions: [],
  switch: 'automatic',
  code: '*80',
};
const known = { calendars: [hours], people: [anna], parking: newParking };
const withDialled = (more: Partial<FeatureCodes['dialled']>): FeatureCodes => ({
  ...defaultCodes,
  dialled: { ...defaultCodes.dialled, ...more },
});

it('there is none in the usual codes', () => {
  expect(clashOf(defaultCodes, known)).toBeUndefined();
});

it.each([
  ['the extension of a person', { echo: ['101'] }, 'dialled.echo', '101 is the extension of Anna.'],
  ['another code', { room: ['*97'] }, 'dialled.room', '*97 is taken by “Listen to messages”.'],
  ['a parking slot', { echo: ['*7005'] }, 'dialled.echo', '*7005 retrieves a parked call.'],
  ['no code at all', { echo: ['4'] }, 'dialled.echo', /^4 cannot be a code here/],
] as const)('%s', (_what, more, field, words) => {
  const clash = clashOf(withDialled(more), known);
  expect(clash?.field).toBe(field);
  expect(clash?.words).toMatch(words);
});

it('two keys in a call that are the same', () => {
  const codes = { ...defaultCodes, inCall: { ...defaultCodes.inCall, park: '1' } };
  expect(clashOf(codes, known)).toEqual({ field: 'inCall.park', words: '1 is taken by “Pause the recording”.' });
});

it('a key in a call that was emptied', () => {
  const codes = { ...defaultCodes, inCall: { ...defaultCodes.inCall, park: '' } };
  expect(clashOf(codes, known)?.field).toBe('inCall.park');
});
