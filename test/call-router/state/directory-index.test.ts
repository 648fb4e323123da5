// What every call asks of the directory: the same answers as walking its lists would give.
import type { OwnNumber } from '../../../call-router/state/directory';
import {
  firstRentedNumber,
  numberById,
  numberRanges,
  numbersExactly,
  officeNumbers,
  userWithExtension,
  verifiedMobilesOf,
  verifiedMobileWith,
} from '../../../call-router/state/directory-index';
import { numberIdOf, trunkIdOf, userIdOf } from '../../../call-router/values/ids';
import { e164From } from '../../../call-router/values/number';

const anna = userIdOf('anna');
const boris = userIdOf('boris');
const route = { to: 'user', userId: anna } as const;
const exactly = (id: string, number: string, more: Partial<OwnNumber> = {}): OwnNumber => ({
  id: numberIdOf(id),
  match: { kind: 'exact', number },
  kind: 'rented',
  route,
  makes: 'lead',
  ...more,
});
const desk = exactly('desk', '101', { kind: 'office' });
const mine = exactly('mine', '+420777000001', { kind: 'mobile', ownerUserId: anna, isVerified: true });
const unproved = exactly('unproved', '+420777000002', { kind: 'mobile', ownerUserId: anna });
const first = exactly('first', '+420210000001', { trunkId: trunkIdOf('a') });
const second = exactly('second', '+420210000001', { trunkId: trunkIdOf('b') });
const range: OwnNumber = { ...exactly('range', ''), match: { kind: 'prefix', digits: '+42021' } };
const directory = { numbers: [range, desk, mine, unproved, first, second] };
const person = (id: typeof anna, extension?: string) => ({
  id,
  name: id,
  rights: [],
  ...(extension === undefined ? {} : { extension }),
});
const users = { users: new Map([person(anna, '101'), person(boris)].map((user) => [user.id, user])) };

it('finds numbers by id, as they are, and those of several trunks in their order', () => {
  expect(numberById(directory, desk.id)).toBe(desk);
  expect(numberById(directory, undefined)).toBeUndefined();
  expect(numbersExactly(directory, '+420210000001')).toEqual([first, second]);
  expect(numbersExactly(directory, '+42021')).toEqual([]);
  expect(numberRanges(directory)).toEqual([range]);
  expect(firstRentedNumber(directory)).toBe(first);
});

it('an extension behind the office PBX is an office number, of nobody without an extension', () => {
  expect(officeNumbers(directory, '101')).toEqual([desk]);
  expect(officeNumbers(directory, '+420210000001')).toEqual([]);
  expect(officeNumbers(directory, undefined)).toEqual([]);
});

it('knows only mobiles that are proved', () => {
  expect(verifiedMobilesOf(directory, anna)).toEqual([mine]);
  expect(verifiedMobilesOf(directory, boris)).toEqual([]);
  expect(verifiedMobileWith(directory, e164From('+420777000001'))).toBe(mine);
  expect(verifiedMobileWith(directory, e164From('+420777000002'))).toBeUndefined();
});

it('finds people by extension, and the new ones when the list was replaced', () => {
  expect(userWithExtension(users, '101')?.id).toBe(anna);
  expect(userWithExtension(users, '102')).toBeUndefined();
  const replaced = { users: new Map([...users.users, [boris, person(boris, '102')] as const]) };
  expect(userWithExtension(replaced, '102')?.id).toBe(boris);
  expect(userWithExtension(replaced, '')).toBeUndefined();
});
