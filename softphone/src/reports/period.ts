/** A period of days as moments, on the clock of whoever looks. */
import { daysBefore, momentOf } from '../text/zone';

/** From the beginning of the first day to the end of the last. */
export function periodOf({ from, to }: { readonly from: string; readonly to: string }) {
  const midnight = (day: string): string => new Date(momentOf(day)).toISOString();
  return { from: midnight(from), to: midnight(daysBefore(to, -1)) };
}
