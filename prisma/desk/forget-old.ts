/** What people were told long ago: notices, and the lists of who missed which call. The calls themselves stay. */
import type { Store } from '../connect';
import type { DeskOperations } from '../desk-operations';

/** In one transaction, so that nobody's write waits long behind it. */
const rowsAtOnce = 500;

type Ops = DeskOperations['forget-old'];

/** Answers whether there is more. */
export async function forgetOld(store: Store, { noticesBefore, missedBefore }: Ops['request']): Promise<Ops['answer']> {
  const notices = await store.client.notice.findMany({
    where: { at: { lt: BigInt(noticesBefore) } },
    select: { id: true },
    take: rowsAtOnce,
  });
  const missed = await store.client.callMissed.findMany({
    where: { missedAt: { lt: BigInt(missedBefore) } },
    select: { callId: true, of: true, ofId: true },
    take: rowsAtOnce,
  });
  if (notices.length + missed.length > 0)
    await store.write(async (tx) => {
      await tx.notice.deleteMany({ where: { id: { in: notices.map(({ id }) => id) } } });
      for (const key of missed) await tx.callMissed.delete({ where: { callId_of_ofId: key } });
    });
  return notices.length === rowsAtOnce || missed.length === rowsAtOnce;
}
