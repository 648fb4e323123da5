/**
 * Voicemail for the page and programs: the messages of a mailbox, or of all that are mine; heard, new again, removed. A mailbox
 * is open to whom it belongs, to its group, and to managers and administrators; for others it does not exist.
 */
import { fail, succeed } from '../../call-router/values/result';
import type { Db, Store, Tx } from '../connect';
import type { DeskOperations } from '../desk-operations';
import type { MessageRow } from '../desk-records';
import { cardSummaries } from '../calls/call-rows';
import { pageOf, pageSize, happenedBefore } from '../paging';
import { isoTime, isoTimeOrNull, present } from '../rows';
import type { Call, Message } from '../sqlite/generated/client';
import type { Viewer } from '../who';
import { countOf } from './live-messages';
import { mailboxesOf } from './mailboxes';

type Ops = DeskOperations;

export async function listMessages(
  store: Store,
  request: Ops['list-messages']['request'],
): Promise<Ops['list-messages']['answer']> {
  const { viewer, mailboxId } = request;
  const { client } = store;
  const own = await mailboxesOf(client, viewer.userId);
  if (mailboxId !== undefined && !(await isOpenTo(client, viewer, mailboxId))) return fail({ kind: 'not-found' });
  const limit = pageSize(request.limit);
  const rows = await client.message.findMany({
    where: { mailboxId: mailboxId ?? { in: [...own] }, removedAt: null, ...happenedBefore(request.cursor) },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  });
  const shown = await shownMessages(client, viewer, rows);
  return succeed(
    pageOf(rows, limit, {
      item: (row) => shown(row),
      cursor: (row) => [Number(row.at), row.id],
    }),
  );
}

export async function changeMessage(
  store: Store,
  { viewer, id, mailboxId, as }: Ops['change-message']['request'],
): Promise<Ops['change-message']['answer']> {
  return store.write(async (tx) => {
    const message = await tx.message.findFirst({ where: { id, removedAt: null, ...(mailboxId && { mailboxId }) } });
    if (message === null || !(await isOpenTo(tx, viewer, message.mailboxId))) return fail({ kind: 'not-found' });
    const at = BigInt(store.clock.now());
    const data = as === 'removed' ? { removedAt: at } : { heardAt: as === 'new' ? null : (message.heardAt ?? at) };
    const after = await tx.message.update({ where: { id }, data });
    const shown = await shownMessages(tx, viewer, [after]);
    return succeed({ message: shown(after), count: await countOf(tx, message.mailboxId) });
  });
}

async function isOpenTo(db: Db | Tx, viewer: Viewer, mailboxId: string): Promise<boolean> {
  if (viewer.role === 'operator') return (await mailboxesOf(db, viewer.userId)).includes(mailboxId);
  return (await db.officeObject.count({ where: { id: mailboxId, kind: 'mailbox' } })) > 0;
}

async function shownMessages(
  db: Db | Tx,
  viewer: Viewer,
  messages: readonly Message[],
): Promise<(message: Message) => MessageRow> {
  const calls = await db.call.findMany({ where: { id: { in: messages.map(({ callId }) => callId) } } });
  const byId = new Map(calls.map((call) => [call.id, call]));
  const cardOf = await cardSummaries(db, viewer, calls);
  return (message) => messageRow(message, byId.get(message.callId), cardOf(message.callId));
}

/** The call's record may not be written yet: then nobody is named. */
function messageRow(message: Message, call: Call | undefined, card: MessageRow['card']): MessageRow {
  return present<MessageRow>({
    id: message.id,
    mailboxId: message.mailboxId,
    callId: message.callId,
    at: isoTime(message.at),
    fromMs: message.fromMs,
    toMs: message.toMs,
    heardAt: isoTimeOrNull(message.heardAt),
    caller: present<MessageRow['caller']>({
      typed: call?.callerTyped ?? '',
      number: call?.callerNumber,
      name: call?.callerName,
      userId: call?.callerUserId,
    }),
    card,
  });
}
