/** Calls by what one looks for, newest first, and one call or recording by its id. An operator finds their own only. */
import { parseE164 } from '../../call-router/values/number';
import { fail, succeed } from '../../call-router/values/result';
import type { Db, Store } from '../connect';
import { containing, folded } from '../fold';
import { allOf, mayHear, ofUsers, tables, visibleCalls } from '../crm/visibility';
import { mailboxesOf } from '../desk/mailboxes';
import type { Answer, CallFilter, ListRequest, ReadingOperations } from '../operations';
import { pageOf, pageSize, readCursor } from '../paging';
import type { CallRow, Page, RecordingRow } from '../records';
import { type Prisma, Prisma as P } from '../sqlite/generated/client';
import type { Viewer } from '../who';
import { callRows, recordingRow } from './call-rows';

export function listCalls(store: Store, request: ReadingOperations['list-calls']['request']): Promise<Page<CallRow>> {
  return callPage(store.client, request, filterConditions(store, request.filter));
}

/** A page of the calls that meet the conditions. */
export async function callPage(
  db: Db,
  request: ListRequest,
  conditions: readonly (Prisma.Sql | undefined)[],
): Promise<Page<CallRow>> {
  const limit = pageSize(request.limit);
  const after = readCursor(request.cursor, ['number', 'string']);
  const past = after === undefined ? undefined : P.sql`("startedAt", "id") < (${P.join([...after])})`;
  const found = await db.$queryRaw<{ id: string; startedAt: bigint }[]>`
    SELECT "id", "startedAt" FROM "Call" ${allOf([...conditions, visibleCalls(request.viewer), past])}
    ORDER BY "startedAt" DESC, "id" DESC LIMIT ${limit + 1}`;
  const page = pageOf(found, limit, { item: (row) => row.id, cursor: (row) => [Number(row.startedAt), row.id] });
  const items = await callRows(db, request.viewer, page.items);
  return page.next === undefined ? { items } : { items, next: page.next };
}

function filterConditions(store: Store, filter: CallFilter): readonly (Prisma.Sql | undefined)[] {
  const { cardKind, cardId, userId, phone, direction, cause, from, to, live, numberId, queueId, outcomeId } = filter;
  return [
    cardKind === undefined || cardId === undefined ? undefined : ofCard(cardKind, cardId),
    userId === undefined ? undefined : ofUsers([userId]),
    filter.userIds === undefined ? undefined : ofUsers(['', ...filter.userIds]),
    phone === undefined ? undefined : withNumber(phone, store.country),
    direction === undefined ? undefined : P.sql`"direction" = ${direction}`,
    cause === undefined ? undefined : P.sql`"cause" = ${cause}`,
    numberId === undefined ? undefined : P.sql`"numberId" = ${numberId}`,
    queueId === undefined ? undefined : P.sql`"queueId" = ${queueId}`,
    filter.outcome === undefined ? undefined : withOutcome(filter.outcome),
    outcomeId === undefined ? undefined : P.sql`"outcome" = ${outcomeId}`,
    filter.client === undefined ? undefined : ofClient(filter.client),
    from === undefined ? undefined : P.sql`"startedAt" >= ${timeOf(from)}`,
    to === undefined ? undefined : P.sql`"startedAt" < ${timeOf(to)}`,
    live === undefined ? undefined : live ? P.sql`"endedAt" IS NULL` : P.sql`"endedAt" IS NOT NULL`,
  ];
}

function withOutcome(outcome: NonNullable<CallFilter['outcome']>): Prisma.Sql {
  const missed = P.sql`"id" IN (SELECT "callId" FROM "CallMissed")`;
  switch (outcome) {
    case 'missed':
      return missed;
    case 'voicemail':
      return P.sql`"id" IN (SELECT "callId" FROM "Message" WHERE "removedAt" IS NULL)`;
    case 'answered':
      return P.sql`"answeredAt" IS NOT NULL AND NOT (${missed})`;
    default:
      return P.sql`"endedAt" IS NOT NULL AND "answeredAt" IS NULL AND NOT (${missed})`;
  }
}

/** Found among the cards first: they are indexed for the search, calls are not. */
function ofClient(text: string): Prisma.Sql {
  const like = containing(folded(text));
  const named = (table: Prisma.Sql) => P.sql`SELECT "id" FROM ${table} WHERE "nameKey" LIKE ${like} ESCAPE '\\'`;
  return P.sql`"cardId" IN (${named(tables.contact)} UNION ${named(tables.company)} UNION ${named(tables.lead)})`;
}

function withNumber(phone: string, country: string): Prisma.Sql {
  const parsed = parseE164(phone, country);
  return parsed.ok
    ? P.sql`"callerNumber" = ${parsed.value} OR "calleeNumber" = ${parsed.value}`
    : P.sql`"callerTyped" = ${phone} OR "calleeTyped" = ${phone}`;
}

/** An unreadable time finds nothing from it on; the API has checked it before. */
function timeOf(iso: string): number {
  const ms = Date.parse(iso);
  return Number.isNaN(ms) ? 0 : ms;
}

/** A company's calls are those of its contacts too, as they are now and as they were when they called. */
export function ofCard(kind: 'contact' | 'company' | 'lead', id: string): Prisma.Sql {
  const own = P.sql`"cardId" = ${id} AND "cardKind" = ${kind}`;
  if (kind !== 'company') return own;
  return P.sql`(${own}) OR "companyId" = ${id}
    OR ("cardKind" = 'contact' AND "cardId" IN (SELECT "id" FROM "Contact" WHERE "companyId" = ${id}))`;
}

async function isVisible(db: Db, viewer: Viewer, id: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM "Call" ${allOf([P.sql`"id" = ${id}`, visibleCalls(viewer)])}`;
  return rows.length > 0;
}

export async function getCall(
  store: Store,
  request: ReadingOperations['get-call']['request'],
): Promise<Answer<CallRow>> {
  if (!(await isVisible(store.client, request.viewer, request.id))) return fail({ kind: 'not-found' });
  const [call] = await callRows(store.client, request.viewer, [request.id]);
  return call === undefined ? fail({ kind: 'not-found' }) : succeed(call);
}

async function isInOwnMailbox(db: Db, { userId }: Viewer, callId: string): Promise<boolean> {
  const mailboxId = { in: [...(await mailboxesOf(db, userId))] };
  return (await db.message.count({ where: { callId, mailboxId, removedAt: null } })) > 0;
}

export async function getRecording(
  store: Store,
  request: ReadingOperations['get-recording']['request'],
): Promise<Answer<RecordingRow>> {
  const { viewer, id } = request;
  const call = (await isVisible(store.client, viewer, id))
    ? await store.client.call.findUnique({ where: { id } })
    : null;
  if (call === null || !(mayHear(viewer, call) || (await isInOwnMailbox(store.client, viewer, id))))
    return fail({ kind: 'not-found' });
  const row = await store.client.recording.findUnique({ where: { callId: id } });
  return row === null ? fail({ kind: 'not-found' }) : succeed(recordingRow(row));
}
