/**
 * The cards that have a number. Small raw statements: they run within each live call, SQLite prepares each anew, and one
 * statement over all tables took longer to prepare than to run (measured: 0.1 ms).
 */
import type { CardKind } from '../../call-router/state/call';
import type { E164 } from '../../call-router/values/number';
import type { Db, Tx } from '../connect';
import { present } from '../rows';
import { type Prisma, Prisma as P } from '../sqlite/generated/client';
import { type Match, orderMatches } from './order-matches';

interface OwnerRow {
  readonly contactId: string | null;
  readonly companyId: string | null;
  readonly leadId: string | null;
}
interface CardColumns {
  readonly id: string;
  readonly name: string;
  readonly responsibleUserId: string | null;
  readonly companyId?: string | null;
  readonly createdAt: bigint;
}
interface LeadColumns extends CardColumns {
  readonly isOpen: number | bigint;
  readonly convertedToKind: string | null;
  readonly convertedToId: string | null;
}

/** Best first (order-matches.ts). A converted lead stands for what it was converted to. */
export async function findMatches(db: Db | Tx, number: E164): Promise<readonly Match[]> {
  const owners = await db.$queryRaw<OwnerRow[]>`
    SELECT "contactId", "companyId", "leadId" FROM "Phone" WHERE "e164" = ${number}`;
  if (owners.length === 0) return [];
  const contacts = await contactMatches(db, idsOf(owners.map((owner) => owner.contactId)));
  const companies = await companyMatches(db, idsOf(owners.map((owner) => owner.companyId)));
  const leads = await leadMatches(db, idsOf(owners.map((owner) => owner.leadId)));
  return orderMatches(await withLastCalls(db, [...contacts, ...companies, ...leads]));
}

/** Only asked where cards compete. */
async function withLastCalls(db: Db | Tx, matches: readonly Match[]): Promise<readonly Match[]> {
  if (matches.length < 2) return matches;
  const dated: Match[] = [];
  for (const match of matches) {
    const [row] = await db.$queryRaw<{ readonly at: bigint | number | null }[]>`
      SELECT MAX("startedAt") AS "at" FROM "Call" WHERE ${callsOf(match)}`;
    dated.push(row?.at == null ? match : { ...match, lastCallMs: Number(row.at) });
  }
  return dated;
}

const callsOf = ({ kind, id }: Match): Prisma.Sql =>
  kind === 'company'
    ? P.sql`("cardId" = ${id} AND "cardKind" = 'company') OR "companyId" = ${id}`
    : P.sql`"cardId" = ${id} AND "cardKind" = ${kind}`;

const idsOf = (ids: readonly (string | null)[]): readonly string[] => ids.filter((id) => id !== null);

async function contactMatches(db: Db | Tx, ids: readonly string[]): Promise<readonly Match[]> {
  if (ids.length === 0) return [];
  const rows = await db.$queryRaw<CardColumns[]>`
    SELECT "id", "name", "responsibleUserId", "companyId", "createdAt" FROM "Contact" WHERE ${anyOf(ids)}`;
  return rows.map((row) => cardMatch('contact', row));
}

async function companyMatches(db: Db | Tx, ids: readonly string[]): Promise<readonly Match[]> {
  if (ids.length === 0) return [];
  const rows = await db.$queryRaw<CardColumns[]>`
    SELECT "id", "name", "responsibleUserId", "createdAt" FROM "Company" WHERE ${anyOf(ids)}`;
  return rows.map((row) => cardMatch('company', row));
}

async function leadMatches(db: Db | Tx, ids: readonly string[]): Promise<readonly Match[]> {
  if (ids.length === 0) return [];
  const rows = await db.$queryRaw<LeadColumns[]>`
    SELECT "id", COALESCE("name", "title") AS "name", "responsibleUserId", "createdAt", "convertedToKind", "convertedToId",
           CASE WHEN EXISTS (SELECT 1 FROM "Status" s WHERE s."of" = 'lead' AND s."id" = "Lead"."status" AND s."ends" <> 'no')
                THEN 0 ELSE 1 END AS "isOpen"
      FROM "Lead" WHERE ${anyOf(ids)}`;
  const matches: Match[] = [];
  for (const row of rows) matches.push((await convertedTo(db, row)) ?? leadMatch(row));
  return matches;
}

const anyOf = (ids: readonly string[]): Prisma.Sql => P.sql`"id" IN (${P.join([...ids])})`;

async function convertedTo(db: Db | Tx, lead: LeadColumns): Promise<Match | undefined> {
  if (lead.convertedToId === null) return undefined;
  const became = lead.convertedToKind === 'company' ? companyMatches : contactMatches;
  const [match] = await became(db, [lead.convertedToId]);
  return match;
}

const leadMatch = (row: LeadColumns): Match => ({ ...cardMatch('lead', row), isOpen: Number(row.isOpen) === 1 });

function cardMatch(kind: CardKind, row: CardColumns): Match {
  return present<Match>({
    kind,
    id: row.id,
    name: row.name,
    responsibleUserId: row.responsibleUserId,
    companyId: row.companyId,
    lastCallMs: undefined,
    createdMs: Number(row.createdAt),
    isOpen: true,
  });
}
