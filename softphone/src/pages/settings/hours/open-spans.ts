/**
 * Opening hours of a day as a person types them: `9-17`, `8:00–12:00, 13:30–18:00`, `22-6` (past midnight), nothing for
 * closed. Pure; the calendar keeps them as `HH:MM`.
 */
import type { OpenSpan } from '../../../../../call-router/state/office';
import { fail, type Result, succeed } from '../../../../../call-router/values/result';

export type SpansProblem =
  | { readonly kind: 'unreadable'; readonly text: string }
  | { readonly kind: 'no-time'; readonly text: string }
  | { readonly kind: 'no-length'; readonly text: string };

const span = /(\d{1,2})(?:[:.h](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.h](\d{2}))?/g;

/** Reads what was typed, or says which piece cannot be read. */
export function spansOf(typed: string): Result<readonly OpenSpan[], SpansProblem> {
  const rest = typed.replace(span, ' ').replace(/[,;+&\s]/g, '');
  if (rest !== '') return fail({ kind: 'unreadable', text: rest });
  const spans: OpenSpan[] = [];
  for (const [text, fromHours, fromMinutes, toHours, toMinutes] of typed.matchAll(span)) {
    const from = timeOf(fromHours, fromMinutes);
    const to = timeOf(toHours, toMinutes);
    if (from === undefined || to === undefined || from === '24:00') return fail({ kind: 'no-time', text });
    if (from === to) return fail({ kind: 'no-length', text });
    spans.push({ from, to });
  }
  return succeed(spans);
}

/** As it is shown to be edited. */
export const textOfSpans = (spans: readonly OpenSpan[]): string =>
  spans.map(({ from, to }) => `${from}–${to}`).join(', ');

function timeOf(hours = '', minutes = '00'): string | undefined {
  const isTime = Number(hours) < 24 ? Number(minutes) < 60 : Number(hours) === 24 && Number(minutes) === 0;
  return isTime ? `${hours.padStart(2, '0')}:${minutes}` : undefined;
}

/** A stretch of the day to draw, in parts of it from 0 to 1. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** @param before the day before, whose hours may run past midnight into this one. */
export function stretchesOf(day: readonly OpenSpan[], before: readonly OpenSpan[]): readonly Stretch[] {
  const own = day.map(({ from, to }) => ({ from: partOf(from), to: runsOver({ from, to }) ? 1 : partOf(to) }));
  const rest = before.filter(runsOver).map(({ to }) => ({ from: 0, to: partOf(to) }));
  return [...rest, ...own].filter(({ from, to }) => to > from);
}

const runsOver = ({ from, to }: OpenSpan): boolean => partOf(to) < partOf(from);

function partOf(time: string): number {
  const [hours, minutes] = time.split(':');
  return (Number(hours) * 60 + Number(minutes)) / 1440;
}
