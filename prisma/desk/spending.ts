/** Calls out of the last day by account, from their records: after a restart the fraud guard knows what was spent before. */
import type { AccountSpent } from '../../call-router/event';
import type { Spent } from '../../call-router/state/view';
import { epochMs } from '../../call-router/values/ids';
import type { LegRecord } from '../../call-router/values/cdr';
import type { Db } from '../connect';

export async function loadSpending(db: Db, since: number): Promise<readonly AccountSpent[]> {
  const calls = await db.call.findMany({
    where: { startedAt: { gte: BigInt(since) }, legs: { contains: '"spender"' } },
    select: { legs: true, endedAt: true },
  });
  const accounts = new Map<string, Spent[]>();
  for (const { legs, endedAt } of calls)
    for (const leg of JSON.parse(legs) as readonly LegRecord[]) {
      if (leg.spender === undefined) continue;
      const spent = accounts.get(leg.spender) ?? [];
      accounts.set(leg.spender, [...spent, spentOn(leg, Number(endedAt ?? leg.startedAt))]);
    }
  return [...accounts].map(([spender, spent]) => ({ spender, calls: spent }));
}

/** None of them runs any more: what a crash left open ended with its call. */
function spentOn({ id, startedAt, answeredAt, endedAt }: LegRecord, callEndedAt: number): Spent {
  const end = endedAt ?? epochMs(callEndedAt);
  return { leg: id, startedAt, ...(answeredAt === undefined ? {} : { answeredAt }), endedAt: end };
}
