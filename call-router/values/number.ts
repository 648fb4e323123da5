/**
 * Phone numbers: from any way of writing them to E.164 (ITU-T E.164) and back.
 * The one file of the core with a library: libphonenumber-js, which is pure. Everyone uses this file.
 */
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { printable } from './printable';
import { fail, type Result, succeed } from './result';
import { isShortNumber } from './short-numbers';

declare const e164: unique symbol;
/** `+` and at most 15 digits. */
export type E164 = string & { readonly [e164]: true };

export type NumberProblem = { readonly kind: 'not-a-number' } | { readonly kind: 'too-long'; readonly digits: number };

/** ITU-T E.164 section 6: at most 15 digits; more leaves room for separators people type. */
const typedCharactersMax = 64;
const digitsMax = 15;

/**
 * Reads a number in any format: national, international with `+` or `00`, with spaces, dashes and brackets, as a tel:
 * or sip: URI (RFC 3966, RFC 3261 section 19.1.6).
 * @param country ISO 3166 code whose national format applies.
 */
export function parseE164(text: string, country: string): Result<E164, NumberProblem> {
  const key = `${country} ${text}`;
  const known = lastParsed.get(key);
  if (known !== undefined) return known;
  const parsed = parsedAnew(text, country);
  if (text.length > typedCharactersMax) return parsed;
  for (const oldest of lastParsed.keys()) {
    if (lastParsed.size < parsedKept) break;
    lastParsed.delete(oldest);
  }
  lastParsed.set(key, parsed);
  return parsed;
}

/** A call asks several times for its two numbers, and many calls for the same one of ours. */
const lastParsed = new Map<string, Result<E164, NumberProblem>>();
const parsedKept = 1000;

function parsedAnew(text: string, country: string): Result<E164, NumberProblem> {
  const typed = userPartOf(text).slice(0, typedCharactersMax);
  // A SIP account's name may have digits in it; only what is written like a number is one (RFC 3966 section 5.1.1).
  if (!/^[+(\d][\d\s().\-/]*$/.test(typed.trim())) return fail({ kind: 'not-a-number' });
  const digits = typed.replace(/\D/g, '');
  if (isShortNumber(digits, country)) return fail({ kind: 'not-a-number' });
  if (digits.length > digitsMax + 3) return fail({ kind: 'too-long', digits: digits.length });
  const parsed = parsePhoneNumberFromString(internationalOf(typed), isSupportedCountry(country) ? country : undefined);
  // isPossible and not isValid: providers hand out ranges that the tables learn of later, and refusing a caller's own
  // number would lose a client. What is too short to be a subscriber's number stays a short number of the network.
  if (parsed === undefined || !parsed.isPossible()) return fail({ kind: 'not-a-number' });
  return succeed(parsed.number as string as E164);
}

/** ISO 3166: a country whose numbers we know. */
export const hasNumbers = (country: string): boolean => isSupportedCountry(country);

/** An E.164 number read back from our own database or a message between threads. */
export const e164From = (text: string): E164 => text as E164;

/** The national significant number with the trunk prefix where the country has one, digits only. */
export function nationalDigits(number: E164): string {
  const parsed = parsePhoneNumberFromString(number);
  return parsed === undefined ? number.slice(1) : parsed.formatNational().replace(/\D/g, '');
}

/** For people to read: `+420 601 234 567`. */
export function internationalFormat(number: E164): string {
  return parsePhoneNumberFromString(number)?.formatInternational() ?? number;
}

export function countryOf(number: E164): CountryCode | undefined {
  return parsePhoneNumberFromString(number)?.country;
}

/** Charged to the caller above a usual call: premium rate and shared cost (ITU-T E.169.2 and national plans). */
export function isPremium(number: E164): boolean {
  const type = parsePhoneNumberFromString(number)?.getType();
  return type === 'PREMIUM_RATE' || type === 'SHARED_COST';
}

/** 2 to 6, the first 1 to 9: no subscriber's number. */
export const hasExtensionDigits = (number: string): boolean => /^[1-9]\d{1,5}$/.test(number);

/** `sip:+420…@host;user=phone`, `tel:+420…;phone-context=…`, `"Name" <sip:…>` → the part that is the number. */
export function userPartOf(text: string): string {
  const open = text.indexOf('<');
  const close = text.indexOf('>', open + 1);
  const inBrackets = open === -1 || close === -1 ? text : text.slice(open + 1, close);
  const withoutScheme = inBrackets.trim().replace(/^(?:sips?|tel):/i, '');
  const user = withoutScheme.split(/[@;?]/, 1)[0] ?? '';
  return printable(decoded(user)).trim(); // %0D%0A would be a line break in whatever it is written to
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a lone % is a character like any other here
  }
}

/** `00` is the international prefix of nearly all countries we serve; the table knows the rest. */
function internationalOf(typed: string): string {
  const compact = typed.trim();
  return /^0\s*0/.test(compact) ? `+${compact.replace(/^0\s*0/, '')}` : compact;
}
