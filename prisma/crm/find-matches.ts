/**
 * The cards that have a number. One raw statement: it runs within each live call, and through the ORM it would be three
 * queries (measured 0.035 ms against 0.07 ms for one `findFirst`, 1,000,000 contacts).
 */
import type { CardKind } from '../../call-router/state/call';
import type { E164 } from '../../call-router/values/number';
import type { Db, Tx } from '../connect';
import { present } from '../rows';
import { type Match, orderMatches } from './order-matches';

interface FoundRow {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
  readonly responsibleUserId: string | null;
  readonly companyId: string | null;
  readonly lastActivityAt: bigint;
  readonly isOpen: number | bigint;
  readonly convertedToKind: string | null;
  readonly convertedToId: string | null;
}

/** Best first (order-matches.ts). A converted lead stands for what it was converted to. */
export async function findMatches(db: Db | Tx, number: E164): Promise<readonly Match[]> {
  const rows = await db.$queryRaw<FoundRow[]>`
    SELECT 'contact' AS "kind", c."id", c."name", c."responsibleUserId", c."companyId", c."lastActivityAt",
           1 AS "isOpen", NULL AS "convertedToKind", NULL AS "convertedToId"
      FROM "Phone" p JOIN "Contact" c ON c."id" = p."contactId" WHERE p."e164" = ${number}
    UNION ALL
    SELECT 'company', c."id", c."name", c."responsibleUserId", NULL, c."lastActivityAt", 1, NULL, NULL
      FROM "Phone" p JOIN "Company" c ON c."id" = p."companyId" WHERE p."e164" = ${number}
    UNION ALL
    SELECT 'lead', l."id", COALESCE(l."name", l."title"), l."responsibleUserId", NULL, l."lastActivityAt",
           CASE WHEN s."ends" IS NULL OR s."ends" = 'no' THEN 1 ELSE 0 END, l."convertedToKind", l."convertedToId"
      FROM "Phone" p JOIN "Lead" l ON l."id" = p."leadId"
      LEFT JOIN "Status" s ON s."of" = 'lead' AND s."id" = l."status"
     WHERE p."e164" = ${number}`;
  if (rows.length === 0) return [];
  const matches: Match[] = [];
  for (const row of rows) matches.push((await convertedTo(db, row)) ?? matchOf(row));
  return orderMatches(matches);
}

async function convertedTo(db: Db | Tx, row: FoundRow): Promise<Match | undefined> {
  if (row.convertedToId === null) return undefined;
  const where = { id: row.convertedToId };
  if (row.convertedToKind === 'company') {
    const company = await db.company.findUnique({ where });
    return company === null ? undefined : cardMatch('company', { ...company, companyId: null });
  }
  const contact = await db.contact.findUnique({ where });
  return contact === null ? undefined : cardMatch('contact', contact);
}

type CardColumns = Pick<FoundRow, 'id' | 'name' | 'responsibleUserId' | 'companyId' | 'lastActivityAt'>;

const matchOf = (row: FoundRow): Match => ({
  ...cardMatch(row.kind as CardKind, row),
  isOpen: Number(row.isOpen) === 1,
});

function cardMatch(kind: CardKind, row: CardColumns): Match {
  return present<Match>({
    kind,
    id: row.id,
    name: row.name,
    responsibleUserId: row.responsibleUserId,
    companyId: row.companyId,
    lastActivityMs: Number(row.lastActivityAt),
    isOpen: true,
  });
}
