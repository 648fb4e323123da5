/**
 * A colleague in the place of another, in all that the office is set up with. Pure. Rules of calls out and of recordings stay:
 * they say something about the person who has left, and would bind the colleague to it.
 */
import type { OfficeKind } from '../records';

/** One id in the place of another. */
export interface Succession {
  readonly from: string;
  readonly to: string;
}

const inherited: Readonly<Record<OfficeKind, boolean>> = {
  group: true,
  calendar: false,
  plan: true,
  queue: true,
  mailbox: true,
  room: false,
  sound: false,
  'outgoing-rule': false,
  'recording-rule': false,
  'lead-rule': true,
};

export const isInherited = (kind: OfficeKind): boolean => inherited[kind];

/** Wherever the id stands; who would stand in a list twice stands there once. Ids are random, so nothing else is meant. */
export function succeededIn<Value>(value: Value, { from, to }: Succession): Value {
  return replaced(value, from, to) as Value; // the same shape
}

function replaced(value: unknown, from: string, to: string): unknown {
  if (value === from) return to;
  if (Array.isArray(value))
    return withoutTwins(
      value.map((one: unknown) => replaced(one, from, to)),
      to,
    );
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]: [string, unknown]) => [key, replaced(one, from, to)]),
  );
}

/** The first entry that names the successor stays: a plain id, or an entry about them (a queue's member, a target). */
function withoutTwins(entries: readonly unknown[], id: string): readonly unknown[] {
  const first = entries.findIndex((entry) => names(entry, id));
  return entries.filter((entry, index) => index === first || !names(entry, id));
}

function names(entry: unknown, id: string): boolean {
  if (entry === id) return true;
  return typeof entry === 'object' && entry !== null && 'userId' in entry && entry.userId === id;
}
