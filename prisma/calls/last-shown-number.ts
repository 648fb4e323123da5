/**
 * The number of ours that a client saw last: of the last call to them, by any number on their card, else the one they called
 * last. Remembered by the calls themselves, so there is nothing to keep in step.
 */
import type { Store } from '../connect';
import type { ReadingOperations } from '../operations';
import { Prisma as P } from '../sqlite/generated/client';

type Op = ReadingOperations['last-shown-number'];

/** @param request.number E.164. */
export async function lastShownNumber({ client }: Store, { number }: Op['request']): Promise<Op['answer']> {
  const theirs = P.sql`(SELECT ${number} AS "e164" UNION SELECT p."e164" FROM "Phone" own JOIN "Phone" p
    ON p."contactId" = own."contactId" OR p."companyId" = own."companyId" OR p."leadId" = own."leadId"
    WHERE own."e164" = ${number} AND p."e164" IS NOT NULL)`;
  const [to] = await client.$queryRaw<{ numberId: string }[]>`
    SELECT "numberId" FROM "Call" WHERE "calleeNumber" IN ${theirs} AND "direction" = 'outbound' AND "numberId" IS NOT NULL
    ORDER BY "startedAt" DESC LIMIT 1`;
  if (to !== undefined) return to.numberId;
  const [from] = await client.$queryRaw<{ numberId: string }[]>`
    SELECT "numberId" FROM "Call" WHERE "callerNumber" IN ${theirs} AND "direction" = 'inbound' AND "numberId" IS NOT NULL
    ORDER BY "startedAt" DESC LIMIT 1`;
  return from?.numberId;
}
