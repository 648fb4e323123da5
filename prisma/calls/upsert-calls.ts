/**
 * Call records into the database, many in one statement. Raw SQL through Prisma: the ORM's upsert is a query of its own for
 * each row, and 250 calls a second save 750 of them.
 */
import type { CallRecord } from '../../call-router/values/cdr';
import { type Prisma, Prisma as P } from '../sqlite/generated/client';
import type { Tx } from '../connect';
import type { DatabaseKind } from '../database-url';

/** 27 columns each; SQLite takes 32,766 variables in a statement. */
const rowsMax = 500;

/** The newest record of each call, in one order (two processes must not lock rows in opposite orders). */
export async function upsertCalls(kind: DatabaseKind, tx: Tx, records: readonly CallRecord[]): Promise<void> {
  for (let from = 0; from < records.length; from += rowsMax) {
    const some = records.slice(from, from + rowsMax);
    await lockLeads(kind, tx, some);
    await tx.$executeRaw(upsert(some));
    await saveUsers(tx, some);
    await saveRecordingStates(tx, some);
    await followConvertedLeads(tx, some);
    await touchCards(tx, some);
  }
}

/** What may differ in a later record of the same call. The rest stays as first written, and its indexes untouched. */
const changing = [
  'answeredAt',
  'endedAt',
  'ringMs',
  'talkMs',
  'totalMs',
  'cause',
  'fault',
  'callerName',
  'calleeTyped',
  'numberId',
  'trunkId',
  'answeredByUserId',
  'rangUserIds',
  'otherCards',
  'legs',
] as const;
/** Kept once known: a record made before the look-up was answered does not take them away. */
const keptOnceKnown = ['cardKind', 'cardId', 'companyId', 'callerNumber', 'calleeNumber'] as const;

const assignments = P.raw(
  [
    ...changing.map((name) => `"${name}" = excluded."${name}"`),
    ...keptOnceKnown.map((name) => `"${name}" = COALESCE(excluded."${name}", "Call"."${name}")`),
  ].join(', '),
);

/** A record that arrives late (a repeated write) never takes back an answer or an end. */
function upsert(records: readonly CallRecord[]): Prisma.Sql {
  return P.sql`
    INSERT INTO "Call" ("id", "direction", "startedAt", "answeredAt", "endedAt", "ringMs", "talkMs", "totalMs", "cause", "fault",
      "callerTyped", "callerNumber", "callerName", "callerUserId", "calleeTyped", "calleeNumber", "numberId", "trunkId",
      "answeredByUserId", "rangUserIds", "cardKind", "cardId", "companyId", "otherCards", "legs")
    VALUES ${P.join(records.map(rowOf))}
    ON CONFLICT ("id") DO UPDATE SET ${assignments}
    WHERE ("Call"."endedAt" IS NULL OR excluded."endedAt" IS NOT NULL)
      AND ("Call"."answeredAt" IS NULL OR excluded."answeredAt" IS NOT NULL)`;
}

function rowOf(record: CallRecord): Prisma.Sql {
  return P.sql`(${P.join([
    record.id,
    record.direction,
    record.startedAt,
    record.answeredAt ?? null,
    record.endedAt ?? null,
    Math.round(record.ringMs),
    Math.round(record.talkMs),
    Math.round(record.totalMs),
    record.cause ?? null,
    record.fault ?? null,
    record.callerTyped,
    record.callerNumber ?? null,
    record.callerName ?? null,
    record.callerUserId ?? null,
    record.calleeTyped,
    record.calleeNumber ?? null,
    record.numberId ?? null,
    record.trunkId ?? null,
    record.answeredByUserId ?? null,
    JSON.stringify(record.rangUserIds),
    record.card?.kind ?? null,
    record.card?.id ?? null,
    record.companyId ?? null,
    JSON.stringify(record.otherCards),
    JSON.stringify(record.legs),
  ])})`;
}

/** Who may see it: made it, answered it, was rung. Only ever grows. */
async function saveUsers(tx: Tx, records: readonly CallRecord[]): Promise<void> {
  const rows = records.flatMap((record) => {
    const users = new Set([record.callerUserId, record.answeredByUserId, ...record.rangUserIds]);
    return [...users]
      .filter((user) => user !== undefined)
      .map((user) => P.sql`(${user}, ${record.id}, ${record.startedAt})`);
  });
  for (let from = 0; from < rows.length; from += rowsMax)
    await tx.$executeRaw`INSERT INTO "CallUser" ("userId", "callId", "startedAt")
      VALUES ${P.join(rows.slice(from, from + rowsMax))} ON CONFLICT DO NOTHING`;
}

/** The recorder's own word (`save-recording`) stands; the call's record only says that there is one, or that it is torn. */
async function saveRecordingStates(tx: Tx, records: readonly CallRecord[]): Promise<void> {
  const rows = records
    .filter((record) => record.recording !== 'none')
    .map((record) => P.sql`(${record.id}, ${record.recording}, 0, 0)`);
  if (rows.length === 0) return;
  await tx.$executeRaw`INSERT INTO "Recording" ("callId", "state", "durationMs", "sizeBytes")
    VALUES ${P.join(rows)} ON CONFLICT ("callId") DO UPDATE SET "state" = excluded."state"
    WHERE "Recording"."state" = 'running' AND excluded."state" = 'incomplete'`;
}

const leadsOf = (records: readonly CallRecord[]): readonly string[] =>
  [...new Set(records.flatMap((record) => (record.card?.kind === 'lead' ? [record.card.id] : [])))].sort();

/**
 * A lead that is being converted right now: either we wait and see where it went, or the conversion waits and carries this
 * call along. SQLite has one writer anyway.
 */
async function lockLeads(kind: DatabaseKind, tx: Tx, records: readonly CallRecord[]): Promise<void> {
  const leads = leadsOf(records);
  if (kind === 'sqlite' || leads.length === 0) return;
  await tx.$queryRaw`SELECT "id" FROM "Lead" WHERE "id" IN (${P.join([...leads])}) ORDER BY "id" FOR SHARE`;
}

/** The router still names the lead it found when the call arrived; its card may be a contact by now. */
async function followConvertedLeads(tx: Tx, records: readonly CallRecord[]): Promise<void> {
  const leads = leadsOf(records);
  if (leads.length === 0) return;
  await tx.$executeRaw`
    UPDATE "Call" SET
      "companyId" = COALESCE("companyId", (SELECT c."companyId" FROM "Lead" l JOIN "Contact" c ON c."id" = l."convertedToId"
                                           WHERE l."id" = "Call"."cardId")),
      "cardKind" = (SELECT l."convertedToKind" FROM "Lead" l WHERE l."id" = "Call"."cardId"),
      "cardId" = (SELECT l."convertedToId" FROM "Lead" l WHERE l."id" = "Call"."cardId")
    WHERE "cardKind" = 'lead'
      AND "cardId" IN (SELECT "id" FROM "Lead" WHERE "id" IN (${P.join([...leads])}) AND "convertedToId" IS NOT NULL)`;
}

/** The card was active when the call came; a contact's company too. */
async function touchCards(tx: Tx, records: readonly CallRecord[]): Promise<void> {
  const touched = {
    Contact: new Map<string, number>(),
    Company: new Map<string, number>(),
    Lead: new Map<string, number>(),
  };
  for (const { card, companyId, startedAt } of records) {
    if (card?.kind === 'contact') touched.Contact.set(card.id, startedAt);
    if (card?.kind === 'company') touched.Company.set(card.id, startedAt);
    if (card?.kind === 'lead') touched.Lead.set(card.id, startedAt);
    if (companyId !== undefined) touched.Company.set(companyId, startedAt);
  }
  for (const [table, cards] of Object.entries(touched)) {
    if (cards.size === 0) continue;
    const rows = [...cards]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, at]) => P.sql`(CAST(${id} AS TEXT), CAST(${at} AS BIGINT))`);
    await tx.$executeRaw`UPDATE ${P.raw(`"${table}"`)} SET "lastActivityAt" = v.column2 FROM (VALUES ${P.join(rows)}) AS v
      WHERE "id" = v.column1 AND "lastActivityAt" < v.column2`;
  }
}
