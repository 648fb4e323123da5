/** How much waits for a person: missed callers whom nobody has reached, messages nobody has heard, notices not read. */
import type { Db, Store } from '../connect';
import type { DeskOperations } from '../desk-operations';
import type { Waiting } from '../desk-records';
import { countOf } from './live-messages';
import { mailboxesOfEach } from './mailboxes';

type Ops = DeskOperations;

const nothing: Waiting = { missedCalls: 0, newMessages: 0, unreadNotices: 0 };

export async function countWaiting(store: Store, { userId }: Ops['count-waiting']['request']): Promise<Waiting> {
  const [counted] = await countWaitingOf(store, { userIds: [userId] });
  return counted?.[1] ?? nothing;
}

/** The same few statements for one person and for a whole office. */
export async function countWaitingOf(
  { client }: Store,
  { userIds }: Ops['count-waiting-of']['request'],
): Promise<Ops['count-waiting-of']['answer']> {
  const ids = [...userIds];
  const missed = await client.callMissed.groupBy({
    by: ['ofId'],
    where: { of: 'user', ofId: { in: ids }, reachedAt: null },
    _count: true,
  });
  const notices = await client.notice.groupBy({
    by: ['userId'],
    where: { userId: { in: ids }, readAt: null },
    _count: true,
  });
  const missedOf = new Map(missed.map(({ ofId, _count }) => [ofId, _count]));
  const noticesOf = new Map(notices.map(({ userId, _count }) => [userId, _count]));
  const messagesOf = await newMessagesOf(client, ids);
  return ids.map((userId) => [
    userId,
    {
      missedCalls: missedOf.get(userId) ?? 0,
      newMessages: messagesOf.get(userId) ?? 0,
      unreadNotices: noticesOf.get(userId) ?? 0,
    },
  ]);
}

/** A group's mailbox is counted once and added to each of its people. */
async function newMessagesOf(db: Db, userIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const mailboxesOf = await mailboxesOfEach(db, userIds);
  const counts = new Map<string, number>();
  for (const mailbox of new Set([...mailboxesOf.values()].flat()))
    counts.set(mailbox, (await countOf(db, mailbox)).newMessages);
  return new Map(
    [...mailboxesOf].map(([user, ids]) => [user, ids.reduce((sum, id) => sum + (counts.get(id) ?? 0), 0)]),
  );
}
