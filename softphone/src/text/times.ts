/** Times of day, days and lengths of time as people read them, in the person's zone (Intl). Input: ISO 8601 in UTC or milliseconds. */
import { now } from '../clock';
import { locale, t } from './text';
import { dayOf, daysBetween, zone } from './zone';

const dayMs = 86_400_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

/** In a list: the time today, the weekday and time this week, else the date. */
export function listTime(iso: string): string {
  const days = daysAgo(iso);
  if (days === 0) return clockTime(iso);
  if (days === 1) return `${t('time.yesterday')} ${clockTime(iso)}`;
  if (days > 1 && days < 7) return format(iso, { weekday: 'short', hour: '2-digit', minute: '2-digit' });
  if (dayKey(iso).slice(0, 4) === dayOf(now()).slice(0, 4)) {
    return `${format(iso, { day: 'numeric', month: 'short' })} ${clockTime(iso)}`;
  }
  return format(iso, { day: 'numeric', month: 'short', year: 'numeric' });
}

/** The heading of a day in a timeline. */
export function dayHeading(iso: string): string {
  const days = daysAgo(iso);
  if (days === 0) return t('time.today');
  if (days === 1) return t('time.yesterday');
  return format(iso, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
}

export const clockTime = (iso: string): string => format(iso, { hour: '2-digit', minute: '2-digit' });
/** Everything, for a tooltip. */
export const fullTime = (iso: string): string => format(iso, { dateStyle: 'full', timeStyle: 'medium' });
/** The same for two times of one day. */
export const dayKey = (iso: string): string => dayOf(Date.parse(iso));

/** 0:07, 12:34, 1:02:03. */
export function duration(lengthMs: number): string {
  const seconds = Math.max(0, Math.floor(lengthMs / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, place) => (place === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

/** The name of a day of the week; 0 is Monday. */
export const weekdayName = (day: number): string =>
  format(mondayMs + day * dayMs, { weekday: 'long', timeZone: 'UTC' });
const mondayMs = Date.UTC(2024, 0, 1);

/** Whole calendar days between then and today, in the person's zone. */
const daysAgo = (iso: string): number => daysBetween(dayKey(iso), dayOf(now()));

function format(at: string | number, options: Intl.DateTimeFormatOptions): string {
  const timeZone = options.timeZone ?? zone();
  const key = `${locale()} ${timeZone} ${JSON.stringify(options)}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(locale(), { ...options, timeZone });
    formatters.set(key, formatter);
  }
  return formatter.format(new Date(at));
}
