/**
 * Cards that a call names may be gone: somebody removed them while it lived, or since its recording was made. What is gone is
 * taken from the record before it is written, or the call would name a card that nobody can open.
 */
import type { CardRef } from '../../call-router/state/call';
import type { Db, Tx } from '../connect';
import { tables } from '../crm/visibility';
import type { DatabaseKind } from '../database-url';
import { type Prisma, Prisma as P } from '../sqlite/generated/client';

interface NamesCards {
  readonly card?: CardRef;
  readonly companyId?: string;
}

/** In the order in which a conversion takes them: first the lead. */
const kinds = ['lead', 'company', 'contact'] as const;
const keyOf = ({ kind, id }: CardRef): string => `${kind} ${id}`;

function cardsOf({ card, companyId }: NamesCards): readonly CardRef[] {
  return [
    ...(card === undefined ? [] : [card]),
    ...(companyId === undefined ? [] : [{ kind: 'company', id: companyId } as const]),
  ];
}

/** As things stand this moment: for what is decided before the transaction. */
export function dropRemovedCards<Record extends NamesCards>(db: Db, records: readonly Record[]): Promise<Record[]> {
  return drop(db, records, P.empty);
}

/**
 * What is left stays until the transaction ends: its removal, and the conversion of a lead, wait for us or we see what they did.
 * SQLite has one writer anyway.
 */
export function lockExistingCards<Record extends NamesCards>(
  kind: DatabaseKind,
  tx: Tx,
  records: readonly Record[],
): Promise<Record[]> {
  return drop(tx, records, kind === 'sqlite' ? P.empty : P.sql`FOR NO KEY UPDATE`);
}

async function drop<Record extends NamesCards>(
  db: Db | Tx,
  records: readonly Record[],
  lock: Prisma.Sql,
): Promise<Record[]> {
  const named = records.flatMap(cardsOf);
  const existing = new Set<string>();
  for (const kind of kinds) {
    const ids = [...new Set(named.filter((card) => card.kind === kind).map(({ id }) => id))];
    if (ids.length === 0) continue;
    const rows = await db.$queryRaw<{ id: string }[]>`
      SELECT "id" FROM ${tables[kind]} WHERE "id" IN (${P.join(ids)}) ORDER BY "id" ${lock}`;
    for (const { id } of rows) existing.add(keyOf({ kind, id }));
  }
  const isThere = (card: CardRef): boolean => existing.has(keyOf(card));
  return records.map((record) => (cardsOf(record).every(isThere) ? record : withOnly(record, isThere)));
}

function withOnly<Record extends NamesCards>(record: Record, isThere: (card: CardRef) => boolean): Record {
  const { card, companyId, ...rest } = record;
  return {
    ...rest,
    ...(card !== undefined && isThere(card) ? { card } : {}),
    ...(companyId !== undefined && isThere({ kind: 'company', id: companyId }) ? { companyId } : {}),
  } as Record;
}
