/**
 * Stable pages: a cursor names the last row seen by its sort values, so rows that are added or removed meanwhile shift
 * nothing. A cursor is opaque to others and checked here.
 */
import type { Page } from './records';

/** The cursor was not made by us: the request is wrong. */
export class CursorError extends Error {
  override readonly name = 'CursorError';
}

export const pageSizeDefault = 50;
export const pageSizeMax = 200;

export function pageSize(limit: number | undefined): number {
  if (limit === undefined || !Number.isFinite(limit)) return pageSizeDefault;
  return Math.min(pageSizeMax, Math.max(1, Math.trunc(limit)));
}

export function cursorOf(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** The values of a cursor, each of the type that stands in `like`. */
export function readCursor(
  cursor: string | undefined,
  like: readonly ('string' | 'number')[],
): readonly (string | number)[] | undefined {
  if (cursor === undefined) return undefined;
  const values = parsed(cursor);
  if (!isLike(values, like)) throw new CursorError('not a cursor of ours');
  return values;
}

/** The rows after a cursor made of [createdAt, id], oldest first. */
export function createdAfter(cursor: string | undefined) {
  const last = readMoment(cursor);
  if (last === undefined) return {};
  return { OR: [{ createdAt: { gt: last.at } }, { createdAt: last.at, id: { gt: last.id } }] };
}

/** The rows after a cursor made of [at, id], newest first. */
export function happenedBefore(cursor: string | undefined) {
  const last = readMoment(cursor);
  return last === undefined ? {} : { OR: [{ at: { lt: last.at } }, { at: last.at, id: { lt: last.id } }] };
}

/** A cursor made of a time and an id. */
export function readMoment(cursor: string | undefined): { readonly at: bigint; readonly id: string } | undefined {
  const [at, id] = readCursor(cursor, ['number', 'string']) ?? [];
  return at === undefined ? undefined : { at: BigInt(at), id: String(id) };
}

function isLike(values: unknown, like: readonly ('string' | 'number')[]): values is (string | number)[] {
  if (!Array.isArray(values) || values.length !== like.length) return false;
  // Numbers become BigInt, which throws for 1.5 and for what JSON cannot hold exactly.
  return values.every(
    (value, i) => typeof value === like[i] && (typeof value === 'string' || Number.isSafeInteger(value)),
  );
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch (error) {
    throw new CursorError('not a cursor of ours', { cause: error });
  }
}

/** Rows were read one more than asked for: is there a next page, and where does it begin? */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  convert: { readonly item: (row: Row) => Item; readonly cursor: (row: Row) => readonly (string | number)[] },
): Page<Item> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  if (rows.length <= limit || last === undefined) return { items: items.map(convert.item) };
  return { items: items.map(convert.item), next: cursorOf(convert.cursor(last)) };
}
