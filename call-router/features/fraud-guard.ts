/**
 * The guard against calls that somebody else pays for: countries and premium numbers are closed unless opened, and nobody
 * calls out more in an hour or a day than the limits say; transfers and forwards count for who made them. Emergency calls
 * never come here. A limit that is reached blocks further calls out until an administrator lifts it.
 */
import type { CallLimits } from '../state/office';
import type { PbxView, Spent } from '../state/view';
import { isOpen, localTime } from '../values/hours';
import { epochMs, type EpochMs, type NumberId, type UserId } from '../values/ids';
import { countryOf, e164From, hasExtensionDigits, isPremium } from '../values/number';
import type { Decision } from './decision';
import type { Dialler } from './dial-plan';
import { isExtension } from './office-side';
import { outgoingCountry, personOf } from './outgoing';

export interface NumberCalled {
  /** E.164, or the digits of a service number. */
  readonly number: string;
  readonly isE164: boolean;
  /** An outgoing rule names its beginning. */
  readonly isByRule: boolean;
}

/**
 * `number`: a closed country or premium range; `short-number`: not a number of any country, most likely mistyped; `at-once`:
 * too many calls run now, and one may be made when one ends; `limit`: it stays so until somebody lifts it.
 */
export type Refusal = 'number' | 'short-number' | 'limit' | 'at-once';

/** As it is told to whoever called. */
export const promptOfRefusal = (why: Refusal): string =>
  why === 'number' || why === 'short-number' ? 'not-allowed' : 'limit-reached';

/** Why this call may not go out; undefined: it may. */
export function refusedByGuard(pbx: PbxView, dialler: Dialler, called: NumberCalled): Refusal | undefined {
  if (dialler.account !== undefined) return undefined;
  // A phone whose owner has been removed in the call: on nobody's account it goes nowhere.
  if (dialler.kind === 'device' && personOf(pbx, dialler) === undefined) return 'number';
  if (isOpenNumber(pbx, dialler, called)) return overLimit(pbx, dialler);
  return called.isE164 ? 'number' : 'short-number';
}

function isOpenNumber(pbx: PbxView, dialler: Dialler, { number, isE164, isByRule }: NumberCalled): boolean {
  const { openCountries, openPremium } = pbx.directory.fraudGuard;
  if (openPremium.some((prefix) => number.startsWith(prefix))) return true;
  // A short or unknown number may be a premium service; whoever names it in a rule has opened it.
  if (!isE164) return isByRule;
  const e164 = e164From(number);
  if (isPremium(e164)) return false;
  const country = countryOf(e164);
  if (country === outgoingCountry(pbx, dialler) || country === pbx.directory.country) return true;
  if (country !== undefined && openCountries.includes(country)) return true;
  const person = personOf(pbx, dialler);
  // Numbers of no country (satellites, international services) are never a matter of "abroad".
  return country !== undefined && person !== undefined && hasRight(pbx, person);
}

const hasRight = (pbx: PbxView, person: UserId): boolean =>
  pbx.directory.users.get(person)?.rights.includes('call-abroad') ?? false;

/**
 * The account of a call out: the person, else the extension behind the office PBX or a tie line; or that of the office's own
 * set-up. What is passed on for the public is on the account of its line: a number of the public can be forged.
 */
export function spenderOf(pbx: PbxView, dialler: Dialler): { readonly spender?: string } {
  if (dialler.account !== undefined) return { spender: dialler.account };
  const person = personOf(pbx, dialler);
  if (person !== undefined) return { spender: dialler.isForCaller === true ? accountForCallers(person) : person };
  if (dialler.kind !== 'trunk') return {};
  const { trunk, extension: number = '' } = dialler;
  const isOne = hasExtensionDigits(number) || isExtension(pbx, { trunk, number });
  return { spender: isOne ? `trunk ${trunk} ${number}` : `trunk ${trunk}` };
}

/** What others cause by calling a person has the same limits on an account of its own: it uses up nobody's own calls. */
const accountForCallers = (user: UserId): string => `for callers of ${user}`;

const ofNumber = 'number ';
/** Of calls that routes, plans, queues and fallbacks lead outside: an administrator's doing, counted for the number called. */
export const accountOf = (called: NumberId | undefined): string => `${ofNumber}${called ?? ''}`;
export const isOfficeAccount = (spender: string): boolean => spender.startsWith(ofNumber);

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

function overLimit(pbx: PbxView, dialler: Dialler): Refusal | undefined {
  const { spender } = spenderOf(pbx, dialler);
  if (spender === undefined) return undefined;
  const person = personOf(pbx, dialler);
  const block = person === undefined ? undefined : pbx.person(person).block;
  if (block?.isLifted === false) return 'limit';
  const since = block?.since ?? epochMs(0);
  const spent = pbx.spendingOf(spender).filter((call) => call.startedAt > since);
  const limits = limitsAt(pbx, dialler.at);
  if (isOver(spent, limits, dialler.at)) return 'limit';
  return spent.filter((call) => call.endedAt === undefined).length >= limits.atOnce ? 'at-once' : undefined;
}

function isOver(spent: readonly Spent[], limits: CallLimits, at: EpochMs): boolean {
  const lastHour = spent.filter((call) => call.startedAt > at - hourMs || call.endedAt === undefined);
  const lastDay = spent.filter((call) => call.startedAt > at - dayMs || call.endedAt === undefined);
  return (
    lastHour.length >= limits.callsPerHour ||
    lastDay.length >= limits.callsPerDay ||
    minutesOf(lastHour, at) >= limits.minutesPerHour ||
    minutesOf(lastDay, at) >= limits.minutesPerDay
  );
}

function minutesOf(calls: readonly Spent[], at: EpochMs): number {
  const talkMs = calls.reduce(
    (sum, { answeredAt, endedAt }) => sum + (answeredAt === undefined ? 0 : (endedAt ?? at) - answeredAt),
    0,
  );
  return talkMs / 60_000;
}

function limitsAt({ directory }: PbxView, at: EpochMs): CallLimits {
  const { calendarId, limits, offHours } = directory.fraudGuard;
  const calendar = calendarId === undefined ? undefined : directory.calendars.get(calendarId);
  const isWorking = calendar === undefined ? isByDay(at, directory.zone) : isOpen(calendar, at);
  return isWorking ? limits : offHours;
}

/** Monday to Friday, 6 to 22 on the office's clock. */
function isByDay(at: EpochMs, zone: string): boolean {
  const { weekday, minutes } = localTime(at, zone);
  return weekday < 5 && minutes >= 6 * 60 && minutes < 22 * 60;
}

/** A limit was reached: told to the administrators, and the person calls nobody outside until it is lifted. */
export function limitReached(pbx: PbxView, { user, at }: { readonly user: UserId; readonly at: EpochMs }): Decision {
  const person = pbx.person(user);
  if (person.block?.isLifted === false) return { changes: [], effects: [] };
  const blocked = { ...person, block: { since: at, isLifted: false } };
  return {
    changes: [{ set: 'person', user, person: blocked }],
    effects: [
      { to: 'store', do: 'save-person', user, person: blocked },
      { to: 'store', do: 'raise-alarm', kind: 'fraud-limit', at, user },
    ],
  };
}

/** By an administrator. */
export function liftBlock(pbx: PbxView, { user, at }: { readonly user: UserId; readonly at: EpochMs }): Decision {
  const person = pbx.person(user);
  if (person.block === undefined || person.block.isLifted) return { changes: [], effects: [] };
  const lifted = { ...person, block: { since: at, isLifted: true } };
  return {
    changes: [{ set: 'person', user, person: lifted }],
    effects: [{ to: 'store', do: 'save-person', user, person: lifted }],
  };
}
