/**
 * Missed calls, as call records come in: who missed a call that nobody answered, and, when somebody talks to that client later
 * in whichever direction, who and when. An answered call is nobody's missed call, whatever its other legs did.
 */
import type { CallRecord } from '../../call-router/values/cdr';
import type { Tx } from '../connect';
import type { DatabaseKind } from '../database-url';
import { Prisma as P } from '../sqlite/generated/client';
import { type Columns, jsonRows, namesOf } from './json-rows';

const missedColumns = {
  callId: 'text',
  of: 'text',
  ofId: 'text',
  missedAt: 'bigint',
  clientNumber: 'text',
} as const satisfies Columns;
const reachedColumns = { number: 'text', at: 'bigint', userId: 'text', callId: 'text' } as const satisfies Columns;

export async function saveMissed(kind: DatabaseKind, tx: Tx, records: readonly CallRecord[]): Promise<void> {
  const missed = records.flatMap(missedOf);
  if (missed.length > 0) {
    const names = P.raw(namesOf(missedColumns));
    await tx.$executeRaw`INSERT INTO "CallMissed" (${names}) SELECT ${names} FROM ${jsonRows(kind, missedColumns, missed)}
      WHERE 1 = 1 ON CONFLICT DO NOTHING`;
  }
  const reached = records.flatMap(reachedBy);
  if (reached.length === 0) return;
  await tx.$executeRaw`
    UPDATE "CallMissed" SET "reachedAt" = r."at", "reachedByUserId" = r."userId", "reachedCallId" = r."callId"
    FROM ${jsonRows(kind, reachedColumns, reached)}
    WHERE "clientNumber" = r."number" AND "reachedAt" IS NULL AND "missedAt" <= r."at"`;
}

function missedOf({ id, endedAt, callerNumber, missedBy, missedGroupIds, missedNumberId }: CallRecord) {
  if (endedAt === undefined) return [];
  const common = {
    callId: id,
    missedAt: endedAt,
    ...(callerNumber === undefined ? {} : { clientNumber: callerNumber }),
  };
  return [
    ...(missedBy ?? []).map((ofId) => ({ ...common, of: 'user', ofId })),
    ...(missedGroupIds ?? []).map((ofId) => ({ ...common, of: 'group', ofId })),
    ...(missedNumberId === undefined ? [] : [{ ...common, of: 'number', ofId: missedNumberId }]),
  ];
}

/** Our own voice answers too (a greeting, a mailbox): such a call names who missed it, and reaches nobody. */
function reachedBy(record: CallRecord) {
  const { id, direction, answeredAt, answeredByUserId, callerUserId, callerNumber, calleeNumber } = record;
  const wasMissed = record.missedBy !== undefined || record.missedNumberId !== undefined;
  const number = direction === 'inbound' ? callerNumber : direction === 'outbound' ? calleeNumber : undefined;
  if (answeredAt === undefined || number === undefined || wasMissed) return [];
  // Answered by our voice so far, and nobody's yet.
  if (direction === 'inbound' && answeredByUserId === undefined && record.talkMs === 0) return [];
  const userId = direction === 'inbound' ? answeredByUserId : callerUserId;
  return [{ number, at: answeredAt, callId: id, ...(userId === undefined ? {} : { userId }) }];
}
