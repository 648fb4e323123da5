/**
 * Whether the codes of an office can stand beside each other, its extensions and the numbers of its country (DESIGN
 * section 4). Asked before codes, calendars, people or parking are saved; the router itself looks codes up as they are.
 */
import type { Directory } from '../state/directory';
import type { DialledCode, FeatureCodes, InCallCode } from '../state/feature-code';
import type { CalendarId, NumberId, UserId } from '../values/ids';
import { isEmergencyNumber, isShortNumber } from '../values/short-numbers';
import { dialledCodes, shapes, standsAlone } from './feature-codes';

export interface Clash {
  /** Which code it is, or whose calendar's. */
  readonly code: DialledCode | InCallCode | { readonly calendar: CalendarId };
  /** As it would be dialled or pressed. */
  readonly value: string;
  readonly with:
    | { readonly kind: 'code'; readonly code: DialledCode | InCallCode }
    | { readonly kind: 'calendar'; readonly calendar: CalendarId }
    | { readonly kind: 'extension'; readonly user: UserId }
    | { readonly kind: 'own-number'; readonly number: NumberId }
    | { readonly kind: 'emergency-number' }
    | { readonly kind: 'short-number' }
    | { readonly kind: 'parking-slot' }
    /** Not a code at all: `*` and digits, or digits; in a call one digit; with something behind it, `*` first. */
    | { readonly kind: 'its-form' };
}

type Around = Pick<Directory, 'country' | 'users' | 'numbers' | 'trunks' | 'calendars' | 'parking'>;

/** The first clash of these codes with each other and with the office around them. */
export function codeClash(codes: FeatureCodes, around: Around): Clash | undefined {
  const named = [...codesOf(codes), ...calendarCodesOf(around)];
  for (const [at, one] of named.entries()) {
    const clash = formClash(one) ?? outsideClash(one, around) ?? slotClash(one, codes, around);
    if (clash !== undefined) return { code: one.code, value: one.value, with: clash };
    const twin = named.slice(0, at).find((other) => other.value === one.value);
    if (twin !== undefined) return { code: one.code, value: one.value, with: nameOf(twin.code) };
  }
  return inCallClash(codes);
}

interface Named {
  readonly code: DialledCode | { readonly calendar: CalendarId };
  readonly value: string;
}

const codesOf = ({ dialled }: FeatureCodes): readonly Named[] =>
  dialledCodes.flatMap((code) => dialled[code].map((value) => ({ code, value })));

const calendarCodesOf = ({ calendars }: Around): readonly Named[] =>
  [...calendars.values()].flatMap(({ id, code }) =>
    code === undefined ? [] : [{ code: { calendar: id }, value: code }],
  );

const nameOf = (code: Named['code']): Clash['with'] =>
  typeof code === 'string' ? { kind: 'code', code } : { kind: 'calendar', calendar: code.calendar };

function formClash({ code, value }: Named): Clash['with'] | undefined {
  const isWritten = /^(\*[\d*]{1,7}|\d{2,8})$/.test(value);
  const needsStar = typeof code === 'string' && code !== 'intercept' && shapes[code].tail !== undefined;
  return isWritten && !(needsStar && standsAlone(value)) ? undefined : { kind: 'its-form' };
}

/** Numbers that a code would hide. */
function outsideClash({ value }: Named, around: Around): Clash['with'] | undefined {
  const countries = new Set([around.country, ...[...around.trunks.values()].map(({ country }) => country)]);
  for (const country of countries) {
    if (isEmergencyNumber(value, country)) return { kind: 'emergency-number' };
    if (isShortNumber(value, country)) return { kind: 'short-number' };
  }
  for (const user of around.users.values()) if (user.extension === value) return { kind: 'extension', user: user.id };
  const own = around.numbers.find(({ match }) => match.kind === 'exact' && match.number === value);
  return own === undefined ? undefined : { kind: 'own-number', number: own.id };
}

/** A slot is dialled as the code of retrieval and two digits: no other code may be that. */
function slotClash({ value }: Named, { dialled }: FeatureCodes, { parking }: Around): Clash['with'] | undefined {
  const isSlot = dialled.retrieve.some((retrieve) => {
    const slot = value.startsWith(retrieve) ? value.slice(retrieve.length) : '';
    return /^\d{2}$/.test(slot) && slot >= parking.first && slot <= parking.last;
  });
  return isSlot ? { kind: 'parking-slot' } : undefined;
}

function inCallClash({ inCall }: FeatureCodes): Clash | undefined {
  const names = (['back', 'recording', 'conference', 'park'] as const).map((code) => ({ code, value: inCall[code] }));
  for (const [at, { code, value }] of names.entries()) {
    if (!/^\d$/.test(value)) return { code, value, with: { kind: 'its-form' } };
    const twin = names.slice(0, at).find((other) => other.value === value);
    if (twin !== undefined) return { code, value, with: { kind: 'code', code: twin.code } };
  }
  return undefined;
}
