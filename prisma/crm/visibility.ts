/**
 * What a viewer may see (who.ts), as conditions in SQL. An operator: own calls (made, answered or rung) and clients (responsible
 * for, or in one of those calls), and those of the groups they head. What may not be seen does not exist: callers answer `not-found`.
 */
import type { CardRef } from '../../call-router/state/call';
import { type Prisma, Prisma as P } from '../sqlite/generated/client';
import type { Db, Tx } from '../connect';
import type { StoreProblem } from '../operations';
import { seenAs, type Viewer } from '../who';

export type Seen = 'contact' | 'company' | 'lead' | 'deal';

export const tables: Readonly<Record<Seen, Prisma.Sql>> = {
  contact: P.sql`"Contact"`,
  company: P.sql`"Company"`,
  lead: P.sql`"Lead"`,
  deal: P.sql`"Deal"`,
};

/** A condition on the `id` of the table; undefined: everything is seen. */
export function visible(viewer: Viewer, kind: Seen): Prisma.Sql | undefined {
  return viewer.role === 'operator' ? P.sql`"id" IN (${idsOf(seenAs(viewer), kind)})` : undefined;
}

/** One list made once for a query, not a question for each row: an operator has few clients among a million. */
function idsOf(users: readonly string[], kind: Seen): Prisma.Sql {
  const responsible = P.sql`SELECT "id" FROM ${tables[kind]} WHERE "responsibleUserId" IN (${P.join(users)})`;
  switch (kind) {
    case 'contact':
      return P.sql`${responsible} UNION ${calledCards(users, kind)}`;
    case 'lead':
      return P.sql`${responsible} UNION ${calledCards(users, kind)}
        UNION SELECT "leadId" FROM "LeadOffer" WHERE "userId" IN (${P.join(users)})`;
    case 'company':
      return P.sql`${responsible} UNION ${calledCards(users, kind)}
        UNION SELECT k."companyId" FROM "CallUser" u JOIN "Call" k ON k."id" = u."callId"
               WHERE u."userId" IN (${P.join(users)}) AND k."companyId" IS NOT NULL
        UNION SELECT c."companyId" FROM "Contact" c
               WHERE c."companyId" IS NOT NULL AND c."id" IN (${idsOf(users, 'contact')})`;
    default:
      return P.sql`${responsible} UNION SELECT "id" FROM "Deal"
        WHERE "contactId" IN (${idsOf(users, 'contact')}) OR "companyId" IN (${idsOf(users, 'company')})`;
  }
}

const calledCards = (users: readonly string[], kind: string): Prisma.Sql => P.sql`
  SELECT k."cardId" FROM "CallUser" u JOIN "Call" k ON k."id" = u."callId"
   WHERE u."userId" IN (${P.join(users)}) AND k."cardKind" = ${kind} AND k."cardId" IS NOT NULL`;

/** A condition on the `id` of "Call". */
export function visibleCalls(viewer: Viewer): Prisma.Sql | undefined {
  return viewer.role === 'operator' ? ofUsers(seenAs(viewer)) : undefined;
}

export const ofUsers = (users: readonly string[]): Prisma.Sql =>
  P.sql`"id" IN (SELECT "callId" FROM "CallUser" WHERE "userId" IN (${P.join(users)}))`;

/** Is it there, for this viewer? */
export async function canSee(db: Db | Tx, viewer: Viewer, kind: Seen, id: string): Promise<boolean> {
  const condition = visible(viewer, kind);
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM ${tables[kind]} WHERE "id" = ${id} ${condition === undefined ? P.empty : P.sql`AND ${condition}`}`;
  return rows.length > 0;
}

/** A call that merely rang at somebody's phone is the colleague's who answered: seen, but not heard. */
export function mayHear(
  viewer: Viewer,
  call: { readonly callerUserId: string | null; readonly answeredByUserId: string | null },
): boolean {
  if (viewer.role !== 'operator') return true;
  return seenAs(viewer).some((user) => call.callerUserId === user || call.answeredByUserId === user);
}

/** Removing a card takes it from all its calls, also the colleagues': an operator may do that to their own clients only. */
export async function problemWithRemoving(tx: Tx, viewer: Viewer, card: CardRef): Promise<StoreProblem | undefined> {
  const { kind, id } = card;
  if (!(await canSee(tx, viewer, kind, id))) return { kind: 'not-found' };
  if (viewer.role !== 'operator') return undefined;
  const own = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM ${tables[kind]} WHERE "id" = ${id} AND "responsibleUserId" = ${viewer.userId}`;
  return own.length > 0 ? undefined : { kind: 'not-allowed' };
}

export const allOf = (conditions: readonly (Prisma.Sql | undefined)[]): Prisma.Sql => {
  const present = conditions.filter((condition) => condition !== undefined);
  return present.length === 0
    ? P.empty
    : P.sql`WHERE ${P.join(
        present.map((one) => P.sql`(${one})`),
        ' AND ',
      )}`;
};
