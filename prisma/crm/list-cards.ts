/**
 * Pages of cards: which ids, in which order, found by raw SQL (visibility and search are sets that the ORM cannot say); the
 * rows themselves are then loaded by the ORM.
 */
import { parseE164 } from '../../call-router/values/number';
import type { CardKind } from '../../call-router/state/call';
import type { Db, Store } from '../connect';
import { containing, folded } from '../fold';
import { pageSize, readCursor } from '../paging';
import { type Prisma, Prisma as P } from '../sqlite/generated/client';
import type { Viewer } from '../who';
import { allOf, type Seen, tables, visible } from './visibility';

export interface IdsRequest {
  readonly kind: Seen;
  readonly viewer: Viewer;
  readonly order: 'by-name' | 'newest-first';
  readonly conditions: readonly (Prisma.Sql | undefined)[];
  readonly cursor: string | undefined;
  readonly limit: number | undefined;
}
export interface Found {
  readonly id: string;
  readonly key: string | number;
}

/** One more than the page holds, so that the caller sees whether there is a next one. */
export async function findIds(db: Db, request: IdsRequest): Promise<readonly Found[]> {
  const byName = request.order === 'by-name';
  const after = readCursor(request.cursor, [byName ? 'string' : 'number', 'string']);
  const key = byName ? P.sql`"nameKey"` : P.sql`"createdAt"`;
  const past =
    after === undefined ? undefined : P.sql`(${key}, "id") ${byName ? P.sql`>` : P.sql`<`} (${P.join([...after])})`;
  const direction = byName ? P.sql`ASC` : P.sql`DESC`;
  const rows = await db.$queryRaw<{ id: string; key: string | bigint }[]>`
    SELECT "id", ${key} AS "key" FROM ${tables[request.kind]}
    ${allOf([...request.conditions, visible(request.viewer, request.kind), past])}
    ORDER BY ${key} ${direction}, "id" ${direction} LIMIT ${pageSize(request.limit) + 1}`;
  return rows.map((row) => ({ id: row.id, key: typeof row.key === 'bigint' ? Number(row.key) : row.key }));
}

/** The rows in the order of the ids. One that was removed meanwhile is left out. */
export function inOrderOf<Row extends { readonly id: string }>(
  found: readonly Found[],
  rows: readonly Row[],
): readonly { readonly row: Row; readonly found: Found }[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return found.flatMap((one) => {
    const row = byId.get(one.id);
    return row === undefined ? [] : [{ row, found: one }];
  });
}

const owner: Readonly<Record<CardKind, Prisma.Sql>> = {
  contact: P.sql`"contactId"`,
  company: P.sql`"companyId"`,
  lead: P.sql`"leadId"`,
};

/** Cards with this number, in any way of writing it. */
export function withPhone(store: Store, kind: CardKind, phone: string | undefined): Prisma.Sql | undefined {
  if (phone === undefined) return undefined;
  const parsed = parseE164(phone, store.country);
  const match = parsed.ok ? P.sql`"e164" = ${parsed.value}` : P.sql`"digits" = ${phone.replace(/\D/g, '')}`;
  return P.sql`"id" IN (SELECT ${owner[kind]} FROM "Phone" WHERE ${match} AND ${owner[kind]} IS NOT NULL)`;
}

const digitsMin = 3;

/** Cards by a piece of the name, or of the number where digits are typed. */
export async function withText(
  store: Store,
  kind: CardKind,
  text: string | undefined,
): Promise<Prisma.Sql | undefined> {
  const typed = text?.trim() ?? '';
  if (typed === '') return undefined;
  const byName = P.sql`"nameKey" LIKE ${containing(folded(typed))} ESCAPE '\\'`;
  const digits = typed.replace(/\D/g, '');
  if (!/^[+\d\s().\-/]+$/.test(typed) || digits.length < digitsMin) return byName;
  const parsed = parseE164(typed, store.country);
  // A whole number is found by its index; only a piece needs to look at all of them.
  if (parsed.ok && (await store.client.phone.count({ where: { e164: parsed.value } })) > 0)
    return withPhone(store, kind, typed);
  const piece = containing(digits.replace(/^0+/, '') || digits);
  return P.sql`("id" IN (SELECT ${owner[kind]} FROM "Phone" WHERE "digits" LIKE ${piece} ESCAPE '\\'
    AND ${owner[kind]} IS NOT NULL) OR ${byName})`;
}
