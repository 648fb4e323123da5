/** Numbers that no extension may take (DESIGN section 4): short numbers of the country, and codes that are plain digits. */
import { isShortNumber } from '../../call-router/values/short-numbers';

/** The plain-digit feature code: intercept a call ringing in my group. */
const codes = ['40'];

export function isReservedExtension(extension: string, country: string): boolean {
  return codes.includes(extension) || isShortNumber(extension, country);
}

/** 2 to 6 digits, the first 1–9. */
export const isExtension = (text: string): boolean => /^[1-9]\d{1,5}$/.test(text);
