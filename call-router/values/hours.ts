/**
 * Opening hours: whether a calendar is open at a moment, and why. Days and times are those of the calendar's own zone
 * (IANA name, by Intl, which knows daylight saving); a span that ends before it begins runs past midnight.
 */
import type { Calendar, OpenSpan } from '../state/office';
import { type EpochMs, epochMs } from './ids';

export type WhyOpen =
  | { readonly by: 'switch' }
  | { readonly by: 'exception'; readonly date: string; readonly name?: string }
  /** 0 is Monday. */
  | { readonly by: 'week'; readonly day: number };

export interface OpenNow {
  readonly isOpen: boolean;
  readonly why: WhyOpen;
}

export const isOpen = (calendar: Calendar, at: EpochMs): boolean => openNow(calendar, at).isOpen;

export function openNow(calendar: Calendar, at: EpochMs): OpenNow {
  if (calendar.switch !== 'automatic') return { isOpen: calendar.switch === 'open', why: { by: 'switch' } };
  const now = localTime(at, calendar.zone);
  // What began yesterday and runs past midnight is still on.
  const yesterday = planOf(calendar, yesterdayOf(at, now, calendar.zone));
  const reached = yesterday.open.find((span) => isPastMidnight(span) && now.minutes < minutesOf(span.to));
  if (reached !== undefined) return { isOpen: true, why: yesterday.why };
  const today = planOf(calendar, now);
  return { isOpen: today.open.some((span) => isWithin(span, now.minutes)), why: today.why };
}

interface LocalDay {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** 0 is Monday. */
  readonly weekday: number;
}

interface LocalTime extends LocalDay {
  /** Since midnight on the clock of the zone. */
  readonly minutes: number;
}

function planOf(calendar: Calendar, { date, weekday }: LocalDay): { open: readonly OpenSpan[]; why: WhyOpen } {
  const exception =
    calendar.exceptions.find((one) => one.date === date) ??
    calendar.exceptions.find((one) => one.date === date.slice(5));
  if (exception === undefined) return { open: calendar.week[weekday] ?? [], why: { by: 'week', day: weekday } };
  const { name } = exception;
  return { open: exception.open, why: { by: 'exception', date, ...(name === undefined ? {} : { name }) } };
}

const isPastMidnight = (span: OpenSpan): boolean => minutesOf(span.to) < minutesOf(span.from);

function isWithin(span: OpenSpan, minutes: number): boolean {
  return minutes >= minutesOf(span.from) && (isPastMidnight(span) || minutes < minutesOf(span.to));
}

/** `HH:MM`; `24:00` is the day's end. */
function minutesOf(text: string): number {
  const [hours, minutes] = text.split(':');
  return Number(hours) * 60 + Number(minutes);
}

/** Making a format costs far more than using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    weekday: 'short',
    hourCycle: 'h23',
  });
  formats.set(zone, made);
  return made;
}

export function localTime(at: EpochMs, zone: string): LocalTime {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const date = `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
  const weekday = weekdays.indexOf(parts.get('weekday') ?? '');
  return { date, weekday, minutes: Number(parts.get('hour')) * 60 + Number(parts.get('minute')) };
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const minuteMs = 60_000;
/** Before midnight by more than any change of the clock, and within the same day. */
const backIntoYesterdayMs = 6 * 60 * minuteMs;

function yesterdayOf(at: EpochMs, { minutes }: LocalTime, zone: string): LocalDay {
  return localTime(epochMs(at - minutes * minuteMs - backIntoYesterdayMs), zone);
}
