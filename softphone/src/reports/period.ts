/** Days as a date field writes them (2026-11-23), on the clock of whoever looks. Pure. */

export const dayOf = (ms: number): string => {
  const at = new Date(ms);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
};

export function daysBefore(day: string, count: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return dayOf(new Date(year, month - 1, date - count).getTime());
}

/** From the beginning of the first day to the end of the last. */
export function periodOf({ from, to }: { readonly from: string; readonly to: string }) {
  const midnight = (day: string) => {
    const at = Date.parse(`${day}T00:00:00`);
    return new Date(at).toISOString();
  };
  return { from: midnight(from), to: midnight(daysBefore(to, -1)) };
}

const two = (number: number): string => String(number).padStart(2, '0');
