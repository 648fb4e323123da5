/**
 * Look-ups in the directory that every call asks, in one step however many people and numbers there are. Made when a list
 * is first asked about and kept with it: a directory is never changed, it is replaced as a whole.
 */
import type { NumberId, UserId } from '../values/ids';
import type { E164 } from '../values/number';
import type { Directory, OwnNumber, User } from './directory';

export interface Mobile extends OwnNumber {
  readonly ownerUserId: UserId;
  readonly match: { readonly kind: 'exact'; readonly number: string };
}

interface NumberIndex {
  readonly byId: ReadonlyMap<NumberId, OwnNumber>;
  /** By the number itself; the first ones of the list first. */
  readonly exact: ReadonlyMap<string, readonly OwnNumber[]>;
  /** Those that match more than one number. */
  readonly ranges: readonly OwnNumber[];
  /** Verified ones. */
  readonly mobilesByOwner: ReadonlyMap<UserId, readonly Mobile[]>;
  /** The first that may be shown to callees where nothing else says. */
  readonly firstRented: OwnNumber | undefined;
}

type Numbers = Pick<Directory, 'numbers'>;

const none: readonly never[] = [];
const numberIndexes = new WeakMap<Directory['numbers'], NumberIndex>();
const extensionIndexes = new WeakMap<Directory['users'], ReadonlyMap<string, User>>();

export const numberById = (directory: Numbers, id: NumberId | undefined): OwnNumber | undefined =>
  id === undefined ? undefined : indexOf(directory).byId.get(id);

/** Several trunks may carry the same number. */
export const numbersExactly = (directory: Numbers, number: string): readonly OwnNumber[] =>
  indexOf(directory).exact.get(number) ?? none;

export const numberRanges = (directory: Numbers): readonly OwnNumber[] => indexOf(directory).ranges;

/** A single extension behind the office PBX. */
export const officeNumbers = (directory: Numbers, extension: string | undefined): readonly OwnNumber[] =>
  extension === undefined ? none : numbersExactly(directory, extension).filter(({ kind }) => kind === 'office');

/** The numbers of this person's own mobiles, as far as they are proved. */
export const verifiedMobilesOf = (directory: Numbers, owner: UserId): readonly Mobile[] =>
  indexOf(directory).mobilesByOwner.get(owner) ?? none;

export const verifiedMobileWith = (directory: Numbers, number: E164): Mobile | undefined =>
  numbersExactly(directory, number).find(isMobile);

export const firstRentedNumber = (directory: Numbers): OwnNumber | undefined => indexOf(directory).firstRented;

export function userWithExtension({ users }: Pick<Directory, 'users'>, extension: string): User | undefined {
  const known = extensionIndexes.get(users);
  if (known !== undefined) return known.get(extension);
  const byExtension = new Map<string, User>();
  for (const user of users.values())
    if (user.extension !== undefined && !byExtension.has(user.extension)) byExtension.set(user.extension, user);
  extensionIndexes.set(users, byExtension);
  return byExtension.get(extension);
}

function indexOf({ numbers }: Numbers): NumberIndex {
  const known = numberIndexes.get(numbers);
  if (known !== undefined) return known;
  const made = indexed(numbers);
  numberIndexes.set(numbers, made);
  return made;
}

function indexed(numbers: Directory['numbers']): NumberIndex {
  const exact = new Map<string, OwnNumber[]>();
  const mobilesByOwner = new Map<UserId, Mobile[]>();
  for (const number of numbers) {
    if (number.match.kind === 'exact') append(exact, number.match.number, number);
    if (isMobile(number)) append(mobilesByOwner, number.ownerUserId, number);
  }
  return {
    byId: new Map([...numbers].reverse().map((number) => [number.id, number])),
    exact,
    ranges: numbers.filter(({ match }) => match.kind !== 'exact'),
    mobilesByOwner,
    firstRented: numbers.find(({ kind, match }) => kind === 'rented' && match.kind === 'exact'),
  };
}

const isMobile = (number: OwnNumber): number is Mobile =>
  number.kind === 'mobile' &&
  number.match.kind === 'exact' &&
  number.isVerified === true &&
  number.ownerUserId !== undefined;

function append<Key, One>(map: Map<Key, One[]>, key: Key, one: One): void {
  const some = map.get(key);
  if (some === undefined) map.set(key, [one]);
  else some.push(one);
}
