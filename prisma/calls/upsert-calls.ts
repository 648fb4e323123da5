/**
 * Call records into the database, many in one statement. Raw SQL through Prisma: the ORM's upsert is a query of its own for
 * each row, and 250 calls a second save 750 of them.
 */
import type { CardKind } from '../../call-router/state/call';
import type { CallRecord } from '../../call-router/values/cdr';
import type { Tx } from '../connect';
import type { DatabaseKind } from '../database-url';
import { Prisma as P } from '../sqlite/generated/client';
import { lockExistingCards } from './existing-cards';
import { claimNewCards } from './claim-new-cards';
import { type Columns, jsonRows, namesOf } from './json-rows';
import { saveMissed } from './missed-calls';

/** Each call once, in one order (two processes must not lock rows in opposite orders). */
export async function upsertCalls(kind: DatabaseKind, tx: Tx, records: readonly CallRecord[]): Promise<void> {
  const saving = { kind, tx, records: await lockExistingCards(kind, tx, records) };
  await saveRecords(saving);
  await saveUsers(saving);
  await saveRecordingStates(saving);
  await followConvertedLeads(saving);
  await touchCards(saving);
  await claimNewCards(saving);
  await saveMissed(kind, tx, records);
}

export interface Saving {
  readonly kind: DatabaseKind;
  readonly tx: Tx;
  readonly records: readonly CallRecord[];
}

const callColumns = {
  id: 'text',
  direction: 'text',
  startedAt: 'bigint',
  answeredAt: 'bigint',
  endedAt: 'bigint',
  ringMs: 'integer',
  talkMs: 'integer',
  totalMs: 'integer',
  cause: 'text',
  fault: 'text',
  callerTyped: 'text',
  callerNumber: 'text',
  callerName: 'text',
  callerUserId: 'text',
  calleeTyped: 'text',
  calleeNumber: 'text',
  numberId: 'text',
  trunkId: 'text',
  answeredByUserId: 'text',
  rangUserIds: 'text',
  cardKind: 'text',
  cardId: 'text',
  companyId: 'text',
  otherCards: 'text',
  legs: 'text',
  queueId: 'text',
  queueWaitMs: 'integer',
  queueEnd: 'text',
  conferenceWith: 'text',
} as const satisfies Columns;
type CallColumn = keyof typeof callColumns;

/** Stays as first written, and its indexes untouched. */
const fixed: readonly CallColumn[] = ['id', 'direction', 'startedAt', 'callerTyped', 'callerUserId'];
/** Kept once known: a record made before the look-up was answered does not take it away. */
const keptOnceKnown: readonly CallColumn[] = ['cardKind', 'cardId', 'companyId', 'callerNumber', 'calleeNumber'];

const assignments = Object.keys(callColumns)
  .filter((name) => !fixed.some((other) => other === name))
  .map((name) =>
    keptOnceKnown.some((other) => other === name)
      ? `"${name}" = COALESCE(excluded."${name}", "Call"."${name}")`
      : `"${name}" = excluded."${name}"`,
  )
  .join(', ');

/** A record that arrives late (a repeated write) never takes back an answer or an end. */
async function saveRecords({ kind, tx, records }: Saving): Promise<void> {
  const names = P.raw(namesOf(callColumns));
  await tx.$executeRaw`
    INSERT INTO "Call" (${names}) SELECT ${names} FROM ${jsonRows(kind, callColumns, records.map(rowOf))} WHERE 1 = 1
    ON CONFLICT ("id") DO UPDATE SET ${P.raw(assignments)}
    WHERE ("Call"."endedAt" IS NULL OR excluded."endedAt" IS NOT NULL)
      AND ("Call"."answeredAt" IS NULL OR excluded."answeredAt" IS NOT NULL)`;
}

/** What is undefined is left out of the JSON, and NULL in the row; what is no column the database never takes out of it. */
function rowOf(record: CallRecord): object {
  const { card, rangUserIds, otherCards, legs, conferenceWith, ringMs, talkMs, totalMs, queueWaitMs, ...same } = record;
  return {
    ...same,
    ringMs: Math.round(ringMs),
    talkMs: Math.round(talkMs),
    totalMs: Math.round(totalMs),
    rangUserIds: JSON.stringify(rangUserIds),
    cardKind: card?.kind,
    cardId: card?.id,
    otherCards: JSON.stringify(otherCards),
    legs: JSON.stringify(legs),
    queueWaitMs: queueWaitMs === undefined ? undefined : Math.round(queueWaitMs),
    conferenceWith: conferenceWith === undefined ? undefined : JSON.stringify(conferenceWith),
  };
}

const userColumns = { userId: 'text', callId: 'text', startedAt: 'bigint' } as const satisfies Columns;

/** Who may see it: made it, answered it, was rung. Only ever grows. */
async function saveUsers({ kind, tx, records }: Saving): Promise<void> {
  const rows = records.flatMap(({ id, startedAt, callerUserId, answeredByUserId, rangUserIds, missedBy = [] }) => {
    const users = [...new Set([callerUserId, answeredByUserId, ...rangUserIds, ...missedBy])].filter(
      (user) => user !== undefined,
    );
    return users.map((userId) => ({ userId, callId: id, startedAt }));
  });
  if (rows.length === 0) return;
  const names = P.raw(namesOf(userColumns));
  await tx.$executeRaw`INSERT INTO "CallUser" (${names}) SELECT ${names} FROM ${jsonRows(kind, userColumns, rows)}
    WHERE 1 = 1 ON CONFLICT DO NOTHING`;
}

const recordingColumns = { callId: 'text', state: 'text' } as const satisfies Columns;

/** The recorder's own word (`save-recording`) stands; the call's record only says that there is one, or that it is torn. */
async function saveRecordingStates({ kind, tx, records }: Saving): Promise<void> {
  const rows = records.flatMap(({ id, recording }) => (recording === 'none' ? [] : [{ callId: id, state: recording }]));
  if (rows.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO "Recording" ("callId", "state", "durationMs", "sizeBytes")
    SELECT "callId", "state", 0, 0 FROM ${jsonRows(kind, recordingColumns, rows)} WHERE 1 = 1
    ON CONFLICT ("callId") DO UPDATE SET "state" = excluded."state"
    WHERE "Recording"."state" = 'running' AND excluded."state" = 'incomplete'`;
}

const leadsOf = (records: readonly CallRecord[]): readonly string[] =>
  [...new Set(records.flatMap((record) => (record.card?.kind === 'lead' ? [record.card.id] : [])))].sort();

/** The router still names the lead it found when the call arrived; its card may be a contact by now. */
async function followConvertedLeads({ tx, records }: Saving): Promise<void> {
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

const touchColumns = { cardId: 'text', at: 'bigint' } as const satisfies Columns;
const tableOf: Readonly<Record<CardKind, string>> = { contact: '"Contact"', company: '"Company"', lead: '"Lead"' };

/** The card was active when the call came; a contact's company too. Said once, with the call's first record that knows it. */
async function touchCards({ kind, tx, records }: Saving): Promise<void> {
  const touched: Record<CardKind, { cardId: string; at: number }[]> = { contact: [], company: [], lead: [] };
  for (const { card, companyId, startedAt } of records) {
    if (card !== undefined) touched[card.kind].push({ cardId: card.id, at: startedAt });
    if (companyId !== undefined) touched.company.push({ cardId: companyId, at: startedAt });
  }
  for (const cardKind of ['company', 'contact', 'lead'] as const) {
    if (touched[cardKind].length === 0) continue;
    const rows = touched[cardKind].sort((a, b) => (a.cardId < b.cardId ? -1 : 1));
    await tx.$executeRaw`UPDATE ${P.raw(tableOf[cardKind])} SET "lastActivityAt" = r."at"
      FROM ${jsonRows(kind, touchColumns, rows)} WHERE "id" = r."cardId" AND "lastActivityAt" < r."at"`;
  }
}
