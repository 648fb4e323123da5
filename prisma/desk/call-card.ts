/**
 * What is known of a client when they call: one request on the *reading* thread, a few statements by key. Whoever rings or
 * dials may see it, because they are on a call with that client (crm/visibility.ts).
 */
import { ofCard } from '../calls/list-calls';
import type { Db, Store } from '../connect';
import { outcomeNames } from '../crm/statuses';
import type { DeskOperations } from '../desk-operations';
import type { CallCardRow } from '../desk-records';
import { isoTime, present } from '../rows';
import { type Prisma, Prisma as P } from '../sqlite/generated/client';

type Ops = DeskOperations['read-call-card'];
type Card = Ops['request']['card'];

const callsMax = 5;
/** More open deals or leads of one client than anybody reads while the phone rings. */
const openMax = 20;

export async function readCallCard({ client }: Store, { card, callId }: Ops['request']): Promise<Ops['answer']> {
  const known = await knownOf(client, card);
  if (known === null) return undefined;
  const { companyId, companyName, responsibleUserId, notes } = known;
  return {
    ...present<Pick<CallCardRow, 'companyName' | 'responsibleUserId' | 'notes'>>({
      companyName,
      responsibleUserId,
      notes,
    }),
    openDeals: await openDeals(client, card, companyId),
    openLeads: await openLeads(client, card),
    lastCalls: await lastCalls(client, card, callId),
  };
}

interface Known {
  readonly companyId: string | null;
  readonly companyName: string | null;
  readonly responsibleUserId: string | null;
  readonly notes: string | null;
}

const columns = { responsibleUserId: true, notes: true } as const;

async function knownOf(db: Db, { kind, id }: Card): Promise<Known | null> {
  const alone = { companyId: null, companyName: null };
  switch (kind) {
    case 'contact': {
      const select = { ...columns, companyId: true, company: { select: { name: true } } } as const;
      const row = await db.contact.findUnique({ where: { id }, select });
      return row && { ...row, companyName: row.company?.name ?? null };
    }
    case 'company': {
      const row = await db.company.findUnique({ where: { id }, select: columns });
      return row && { ...row, ...alone };
    }
    default: {
      const row = await db.lead.findUnique({ where: { id }, select: columns });
      return row && { ...row, ...alone };
    }
  }
}

/** Of the contact and of the company it belongs to. A lead has none. */
async function openDeals(db: Db, { kind, id }: Card, companyId: string | null): Promise<CallCardRow['openDeals']> {
  if (kind === 'lead') return [];
  const whose = kind === 'company' ? P.sql`"companyId" = ${id}` : P.sql`"contactId" = ${id}`;
  const company = companyId === null ? P.empty : P.sql`OR "companyId" = ${companyId}`;
  return db.$queryRaw<{ id: string; title: string; stage: string }[]>`
    SELECT "id", "title", "stage" FROM "Deal" WHERE (${whose} ${company}) AND "stage" IN (${open('deal')})
    ORDER BY "createdAt" DESC, "id" DESC LIMIT ${openMax}`;
}

/** The lead itself, or those that have a number of the client's. */
async function openLeads(db: Db, { kind, id }: Card): Promise<CallCardRow['openLeads']> {
  const owner = kind === 'contact' ? P.sql`own."contactId"` : P.sql`own."companyId"`;
  const which =
    kind === 'lead'
      ? P.sql`"id" = ${id}`
      : P.sql`"id" IN (SELECT p."leadId" FROM "Phone" own JOIN "Phone" p ON p."e164" = own."e164"
                        WHERE ${owner} = ${id} AND p."leadId" IS NOT NULL)`;
  return db.$queryRaw<{ id: string; title: string }[]>`
    SELECT "id", "title" FROM "Lead"
    WHERE ${which} AND "convertedToId" IS NULL AND "status" IN (${open('lead')})
    ORDER BY "createdAt" DESC, "id" DESC LIMIT ${openMax}`;
}

const open = (of: 'lead' | 'deal'): Prisma.Sql => P.sql`SELECT "id" FROM "Status" WHERE "of" = ${of} AND "ends" = 'no'`;

async function lastCalls(db: Db, { kind, id }: Card, callId: string): Promise<CallCardRow['lastCalls']> {
  const found = await db.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Call" WHERE (${ofCard(kind, id)}) AND "id" <> ${callId} AND "endedAt" IS NOT NULL
    ORDER BY "startedAt" DESC, "id" DESC LIMIT ${callsMax}`;
  const rows = await db.call.findMany({
    where: { id: { in: found.map((row) => row.id) } },
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
  });
  const outcomeName = await outcomeNames(
    db,
    rows.map(({ outcome }) => outcome),
  );
  return rows.map((row) =>
    present<CallCardRow['lastCalls'][number]>({
      id: row.id,
      startedAt: isoTime(row.startedAt),
      direction: row.direction as CallCardRow['lastCalls'][number]['direction'],
      answered: row.answeredAt !== null,
      userId: row.direction === 'outbound' ? row.callerUserId : row.answeredByUserId,
      note: row.note,
      outcome: row.outcome,
      outcomeName: outcomeName(row.outcome),
    }),
  );
}
