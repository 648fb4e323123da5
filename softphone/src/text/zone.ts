/** The zone whose clock the page shows: the person's, else the browser's. Days are written as a date field does: 2026-11-23. */
import { localTime } from '../../../call-router/values/hours';
import { epochMs } from '../../../call-router/values/ids';

let chosen: string | undefined;

/** Undefined: the browser's. */
export function setZone(zone: string | undefined): void {
  chosen = zone;
}

/** IANA name. */
export const zone = (): string => chosen ?? browserZone();
export const browserZone = (): string => new Intl.DateTimeFormat('en').resolvedOptions().timeZone;

/** The day that it is at `ms`. */
export const dayOf = (ms: number): string => localTime(epochMs(ms), zone()).date;

/** Whole days between two days; negative when the second is before the first. */
export const daysBetween = (from: string, to: string): number => (noonUtc(to) - noonUtc(from)) / dayMs;

export const daysBefore = (day: string, count: number): string =>
  new Date(noonUtc(day) - count * dayMs).toISOString().slice(0, 10);

/** The moment when the zone's clock shows this; of a time that the change to summer time leaves out, the one after. */
export function momentOf(day: string, clock = '00:00'): number {
  const asUtc = Date.parse(`${day}T${clock}:00Z`);
  const first = asUtc - aheadOfUtc(asUtc);
  return asUtc - aheadOfUtc(first);
}

export function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}

const minuteMs = 60_000;
const dayMs = 86_400_000;
const noonUtc = (day: string): number => Date.parse(`${day}T12:00:00Z`);

function aheadOfUtc(at: number): number {
  const { date, minutes } = localTime(epochMs(at), zone());
  return Date.parse(`${date}T00:00:00Z`) + minutes * minuteMs - Math.floor(at / minuteMs) * minuteMs;
}
