/**
 * A phone number as people read it: in its country's own groups once their table is loaded, until then the country code and
 * groups of three. Knows only the lengths of country codes (ITU-T E.164); what is valid is the server's business.
 */
import { countryFormat } from './number-formats';

/** Two-digit codes; 1 and 7 are one digit, all others three. */
const twoDigitCodes = new Set(
  (
    '20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 ' +
    '81 82 84 86 90 91 92 93 94 95 98'
  ).split(' '),
);

/** `+420777123456` → `+420 777 123 456`; anything else (extensions, names) as it came. */
export function shownNumber(number: string): string {
  if (!/^\+\d{7,15}$/.test(number)) return number;
  const format = countryFormat();
  if (format) return format(number);
  const digits = number.slice(1);
  const codeLength = /^[17]/.test(digits) ? 1 : twoDigitCodes.has(digits.slice(0, 2)) ? 2 : 3;
  return `+${digits.slice(0, codeLength)} ${grouped(digits.slice(codeLength))}`;
}

/** Groups of three; a rest of one digit makes two last groups of two, or one of four. */
function grouped(digits: string): string {
  const groups = digits.match(/\d{1,3}/g) ?? [];
  const last = groups.at(-1);
  if (last?.length !== 1 || groups.length < 2) return groups.join('\u00a0');
  return [...groups.slice(0, -2), `${groups.at(-2) ?? ''}${last}`].join('\u00a0');
}

/** The best writing of a number of a card: what we understood, else what was typed. */
export function shownPhone(phone: { readonly e164?: string; readonly typed: string }): string {
  return phone.e164 ? shownNumber(phone.e164) : phone.typed;
}
