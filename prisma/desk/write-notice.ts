/** Writes one notice to one person. The same notice is not written twice: a write that is repeated makes no second. */
import { createHash } from 'node:crypto';
import type { Tx } from '../connect';
import type { NoticeText } from '../desk-records';

export interface NoticeToWrite {
  readonly userId: string;
  readonly at: number;
  readonly text: NoticeText;
}

export async function noticeTo(tx: Tx, { userId, at, text }: NoticeToWrite): Promise<void> {
  const parameters = JSON.stringify(text.parameters);
  const id = createHash('sha256').update(`${userId} ${text.kind} ${parameters} ${at}`).digest('hex').slice(0, 32);
  await tx.$executeRaw`INSERT INTO "Notice" ("id", "userId", "kind", "parameters", "at")
    VALUES (${id}, ${userId}, ${text.kind}, ${parameters}, ${at}) ON CONFLICT DO NOTHING`;
}
