/** How much waits for one person: missed callers whom nobody has reached, messages nobody has heard, notices not read. */
import type { Store } from '../connect';
import type { DeskOperations } from '../desk-operations';
import type { Waiting } from '../desk-records';
import { countOf } from './live-messages';
import { mailboxesOf } from './mailboxes';

export async function countWaiting(
  { client }: Store,
  { userId }: DeskOperations['count-waiting']['request'],
): Promise<Waiting> {
  const mailboxes = await mailboxesOf(client, userId);
  const counts = await Promise.all(mailboxes.map((id) => countOf(client, id)));
  return {
    missedCalls: await client.callMissed.count({ where: { of: 'user', ofId: userId, reachedAt: null } }),
    newMessages: counts.reduce((sum, { newMessages }) => sum + newMessages, 0),
    unreadNotices: await client.notice.count({ where: { userId, readAt: null } }),
  };
}
