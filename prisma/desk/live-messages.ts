/** Voicemail within live calls: a message is left, listed to a phone, heard, removed. REST's side is messages.ts. */
import { type KeptMessage, type MailboxCount, messagesListedMax } from '../../call-router/state/person';
import { callIdOf, epochMs, mailboxIdOf } from '../../call-router/values/ids';
import type { Db, Tx } from '../connect';
import type { LiveDeskOperations } from '../desk-operations';
import { present } from '../rows';
import { hearersOf } from './mailboxes';
import { noticeTo } from './write-notice';
import { fieldsOf } from '../office/stored';

type Ops = LiveDeskOperations;

/** Who hears the mailbox sees the call, and gets a notice. */
export async function saveMessage(tx: Tx, request: Ops['save-message']['request']): Promise<void> {
  const { mailboxId, callId, fromMs, toMs } = request;
  // The same for the same message, so that a write that is repeated makes no second.
  const id = `${callId}.${fromMs}`;
  if ((await tx.message.count({ where: { id } })) > 0) return;
  const at = BigInt(request.at);
  await tx.message.create({ data: { id, mailboxId, callId, at, fromMs, toMs } });
  const hearers = await hearersOf(tx, mailboxId);
  for (const userId of hearers)
    await tx.$executeRaw`INSERT INTO "CallUser" ("userId", "callId", "startedAt")
      VALUES (${userId}, ${callId}, ${request.at}) ON CONFLICT DO NOTHING`;
  const mailbox = await tx.officeObject.findFirst({ where: { id: mailboxId, kind: 'mailbox' } });
  if (mailbox === null) return;
  const { name } = fieldsOf<'mailbox'>(mailbox);
  const parameters = { mailboxId, mailbox: name, callId };
  // The mailbox's own address gets it too (mail.ts).
  for (const userId of [...hearers, `mailbox ${mailboxId}`])
    await noticeTo(tx, { userId, at: request.at, text: { kind: 'message', parameters } });
}

export async function markMessage(tx: Tx, request: Ops['mark-message']['request']): Promise<void> {
  const { id, mailboxId, as } = request;
  const at = BigInt(request.at);
  if (as === 'heard') await tx.message.updateMany({ where: { id, mailboxId, heardAt: null }, data: { heardAt: at } });
  else await tx.message.updateMany({ where: { id, mailboxId, removedAt: null }, data: { removedAt: at } });
}

/** One look-up by key; the index leads to the messages that are not removed. */
export async function countOf(db: Db | Tx, mailboxId: string): Promise<MailboxCount> {
  const rows = await db.$queryRaw<{ heard: bigint | number; total: bigint | number }[]>`
    SELECT COUNT(*) AS "total", COUNT("heardAt") AS "heard" FROM "Message"
    WHERE "mailboxId" = ${mailboxId} AND "removedAt" IS NULL`;
  const total = Number(rows[0]?.total ?? 0);
  const oldMessages = Number(rows[0]?.heard ?? 0);
  return { mailbox: mailboxIdOf(mailboxId), newMessages: total - oldMessages, oldMessages };
}

/** Of every mailbox there is: a lamp that was on must also go out. */
export async function countAll(db: Db): Promise<readonly MailboxCount[]> {
  const mailboxes = await db.officeObject.findMany({ where: { kind: 'mailbox' }, select: { id: true } });
  const counts: MailboxCount[] = [];
  for (const { id } of mailboxes) counts.push(await countOf(db, id));
  return counts;
}

interface Kept {
  readonly id: string;
  readonly callId: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly at: bigint | number;
  readonly heardAt: bigint | number | null;
  readonly callerTyped: string | null;
}

export async function keptMessages(db: Db, { mailboxId }: Ops['kept-messages']['request']): Promise<KeptMessage[]> {
  const rows = await db.$queryRaw<Kept[]>`
    SELECT m."id", m."callId", m."fromMs", m."toMs", m."at", m."heardAt", c."callerTyped"
    FROM "Message" m LEFT JOIN "Call" c ON c."id" = m."callId"
    WHERE m."mailboxId" = ${mailboxId} AND m."removedAt" IS NULL
    ORDER BY CASE WHEN m."heardAt" IS NULL THEN 0 ELSE 1 END, m."at", m."id" LIMIT ${messagesListedMax}`;
  return rows.map((row) =>
    present<KeptMessage>({
      id: row.id,
      inCall: callIdOf(row.callId),
      fromMs: row.fromMs,
      toMs: row.toMs,
      leftAt: epochMs(Number(row.at)),
      callerNumber: row.callerTyped === '' ? null : row.callerTyped,
      isNew: row.heardAt === null,
    }),
  );
}
