/** Numbers that no extension may take (DESIGN section 4): short numbers of the country. Codes: office/clash.ts. */
import { isShortNumber } from '../../call-router/values/short-numbers';

export function isReservedExtension(extension: string, country: string): boolean {
  return isShortNumber(extension, country);
}

/** 2 to 6 digits, the first 1–9. */
export const isExtension = (text: string): boolean => /^[1-9]\d{1,5}$/.test(text);
