/**
 * A card that a call made learns which call and number of ours it came by, and who is responsible where no rule had said it:
 * who answered, or the number's duty person (call-router/features/responsible.ts decides that).
 */
import type { CallRecord } from '../../call-router/values/cdr';
import { Prisma } from '../sqlite/generated/client';
import type { Saving } from './upsert-calls';
import { type Columns, jsonRows } from './json-rows';

const madeColumns = {
  cardId: 'text',
  callId: 'text',
  numberId: 'text',
  at: 'bigint',
  until: 'bigint',
} as const satisfies Columns;
const ownerColumns = { cardId: 'text', userId: 'text', at: 'bigint', until: 'bigint' } as const satisfies Columns;

const ownedCards = [
  ['lead', Prisma.raw('"Lead"')],
  ['contact', Prisma.raw('"Contact"')],
] as const;

/** Made by this call: there since it began. The number of an older lead stays as it was. */
export async function claimNewCards({ kind, tx, records }: Saving): Promise<void> {
  const over = records.filter((record) => record.endedAt !== undefined);
  const leads = over.flatMap(leadOf);
  if (leads.length > 0)
    await tx.$executeRaw`UPDATE "Lead" SET "callId" = r."callId", "numberId" = r."numberId"
      FROM ${jsonRows(kind, madeColumns, leads)} WHERE "id" = r."cardId" AND "Lead"."callId" IS NULL
        AND "createdAt" >= r."at" AND "createdAt" <= r."until"`;
  for (const [card, table] of ownedCards) {
    const owners = over.flatMap((record) => ownerOf(record, card));
    if (owners.length > 0)
      await tx.$executeRaw`UPDATE ${table} SET "responsibleUserId" = r."userId"
        FROM ${jsonRows(kind, ownerColumns, owners)} WHERE "id" = r."cardId" AND "responsibleUserId" IS NULL
          AND "createdAt" >= r."at" AND "createdAt" <= r."until"
          AND EXISTS (SELECT 1 FROM "User" u WHERE u."id" = r."userId")`;
  }
}

function leadOf({ id, card, numberId, startedAt, endedAt }: CallRecord) {
  if (card?.kind !== 'lead') return [];
  return [
    { cardId: card.id, callId: id, ...(numberId === undefined ? {} : { numberId }), at: startedAt, until: endedAt },
  ];
}

function ownerOf({ card, responsibleIfNone, startedAt, endedAt }: CallRecord, kind: 'lead' | 'contact') {
  if (card?.kind !== kind || responsibleIfNone === undefined) return [];
  return [{ cardId: card.id, userId: responsibleIfNone, at: startedAt, until: endedAt }];
}
