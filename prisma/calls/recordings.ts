/** What the recorder says of its files, and recordings found after a crash, which bring their call back if it was lost. */
import type { CardRef } from '../../call-router/state/call';
import { messageMinMs } from '../../call-router/state/person';
import type { Tx } from '../connect';
import type { DatabaseKind } from '../database-url';
import type { CallOperations } from '../operations';
import { type Call, Prisma as P } from '../sqlite/generated/client';
import type { RecordedCard } from '../who';
import { saveMessage } from '../desk/live-messages';
import { lockExistingCards } from './existing-cards';
import { type Columns, jsonRows, namesOf } from './json-rows';

export type RecordingSaved = CallOperations['save-recording']['request'];

const recordingColumns = {
  callId: 'text',
  state: 'text',
  durationMs: 'integer',
  sizeBytes: 'bigint',
  leftRmsDb: 'float',
  rightRmsDb: 'float',
} as const satisfies Columns;

/** The files of a group in one statement, each once. A level once known stays: a recovered file may not know its own. */
export async function saveRecordings(kind: DatabaseKind, tx: Tx, saved: readonly RecordingSaved[]): Promise<void> {
  if (saved.length === 0) return;
  const rows = saved
    .map(({ durationMs, sizeBytes, leftRmsDb, rightRmsDb, ...same }) => ({
      ...same,
      durationMs: Math.round(durationMs),
      sizeBytes: Math.round(sizeBytes),
      leftRmsDb: finiteOrNull(leftRmsDb),
      rightRmsDb: finiteOrNull(rightRmsDb),
    }))
    .sort((a, b) => (a.callId < b.callId ? -1 : 1));
  const names = P.raw(namesOf(recordingColumns));
  await tx.$executeRaw`
    INSERT INTO "Recording" (${names}) SELECT ${names} FROM ${jsonRows(kind, recordingColumns, rows)} WHERE 1 = 1
    ON CONFLICT ("callId") DO UPDATE SET
      "state" = excluded."state", "durationMs" = excluded."durationMs", "sizeBytes" = excluded."sizeBytes",
      "leftRmsDb" = COALESCE(excluded."leftRmsDb", "Recording"."leftRmsDb"),
      "rightRmsDb" = COALESCE(excluded."rightRmsDb", "Recording"."rightRmsDb")`;
}

/** The sidecar was written beside the audio; the database may lack the last moments. So its card wins where it names one. */
export async function saveRecovered(kind: DatabaseKind, tx: Tx, request: RecordedCard): Promise<void> {
  const { callId, sidecar: _, incomplete, ...file } = request;
  const { durationMs } = file;
  const [sidecar = request.sidecar] = await lockExistingCards(kind, tx, [request.sidecar]);
  const card = await currentCard(tx, sidecar.card);
  const call = await tx.call.findUnique({ where: { id: callId } });
  const linked = {
    ...(card === undefined ? {} : { cardKind: card.kind, cardId: card.id }),
    ...(sidecar.companyId === undefined ? {} : { companyId: sidecar.companyId }),
  };
  const end = { ...timesOf(sidecar, Math.round(durationMs)), cause: 'interrupted', fault: 'us' };
  if (call === null) await tx.call.create({ data: { ...lostCall(request), ...linked, ...end } });
  else {
    const wasCut = call.endedAt === null || call.cause === 'interrupted';
    await tx.call.update({
      where: { id: callId },
      data: { ...linked, ...answererOf(call, sidecar), ...(wasCut ? end : {}) },
    });
  }
  await saveUser(tx, request);
  await saveRecordings(kind, tx, [{ callId, state: incomplete ? 'incomplete' : 'finished', ...file }]);
  await keepMessage(tx, request);
}

/** Whoever spoke to a mailbox alone has talked to nobody: the call stays one that nobody answered. */
function timesOf({ startedAt, answeredAt, userId, message }: RecordedCard['sidecar'], durationMs: number) {
  if (message !== undefined && userId === undefined) {
    const endedAt = message.since - message.fromMs + durationMs;
    return { endedAt: BigInt(endedAt), talkMs: 0, totalMs: endedAt - startedAt };
  }
  return {
    answeredAt: BigInt(answeredAt),
    endedAt: BigInt(answeredAt + durationMs),
    talkMs: durationMs,
    totalMs: answeredAt - startedAt + durationMs,
  };
}

/** What was said of a message when the service ended. One that was kept already has the same name, and stays. */
async function keepMessage(tx: Tx, { callId, sidecar, durationMs }: RecordedCard): Promise<void> {
  const { message } = sidecar;
  const toMs = Math.round(durationMs);
  if (message === undefined || toMs - message.fromMs < messageMinMs) return;
  const { mailbox: mailboxId, since: at, fromMs } = message;
  if ((await tx.officeObject.count({ where: { id: mailboxId, kind: 'mailbox' } })) === 0) return;
  await saveMessage(tx, { mailboxId, callId, at, fromMs, toMs });
}

/** The database saw it ring, not that it was answered: who did may hear it. */
function answererOf(call: Call, { userId }: RecordedCard['sidecar']) {
  const isKnown = userId === undefined || call.answeredByUserId !== null || call.callerUserId === userId;
  return isKnown ? {} : { answeredByUserId: userId };
}

function lostCall({ callId, sidecar }: RecordedCard) {
  return {
    id: callId,
    direction: sidecar.direction,
    startedAt: BigInt(sidecar.startedAt),
    ringMs: Math.max(0, Math.round(sidecar.answeredAt - sidecar.startedAt)),
    callerTyped: '',
    calleeTyped: '',
    numberId: sidecar.numberId ?? null,
    trunkId: sidecar.trunkId ?? null,
    answeredByUserId: sidecar.direction === 'inbound' ? (sidecar.userId ?? null) : null,
    callerUserId: sidecar.direction === 'inbound' ? null : (sidecar.userId ?? null),
    rangUserIds: '[]',
    otherCards: '[]',
    legs: '[]',
  };
}

async function saveUser(tx: Tx, { callId, sidecar }: RecordedCard): Promise<void> {
  const { userId } = sidecar;
  if (userId === undefined) return;
  const row = { userId, callId, startedAt: BigInt(sidecar.startedAt) };
  await tx.callUser.upsert({ where: { userId_callId: { userId, callId } }, create: row, update: {} });
}

/** A lead may have been converted since. */
async function currentCard(tx: Tx, card: CardRef | undefined): Promise<CardRef | undefined> {
  if (card?.kind !== 'lead') return card;
  const lead = await tx.lead.findUnique({ where: { id: card.id } });
  if (lead === null || lead.convertedToId === null) return card;
  return { kind: lead.convertedToKind === 'company' ? 'company' : 'contact', id: lead.convertedToId };
}

/** Silence has no level: -Infinity is no number a database keeps. */
const finiteOrNull = (value: number | undefined): number | null =>
  value === undefined || !Number.isFinite(value) ? null : value;

/**
 * Calls that a crash left open: ended at the last moment known of them. (`at` is when we started again, perhaps hours later;
 * nobody spoke until then.) A recording without a file that speaks for itself stays marked as torn.
 */
/** What nobody had answered by then is missed like any other call: by the number it came in on, and by everybody it rang. */
export async function endInterruptedCalls(tx: Tx): Promise<number> {
  await missInterrupted(tx);
  const ended = await tx.$executeRaw`
    UPDATE "Call" SET "endedAt" = "startedAt" + "totalMs", "cause" = 'interrupted', "fault" = 'us' WHERE "endedAt" IS NULL`;
  await tx.recording.updateMany({ where: { state: 'running' }, data: { state: 'incomplete' } });
  return ended;
}

async function missInterrupted(tx: Tx): Promise<void> {
  const open = P.sql`k."endedAt" IS NULL AND k."answeredAt" IS NULL AND k."direction" = 'inbound'`;
  const ofCall = P.sql`k."startedAt" + k."totalMs", k."callerNumber"`;
  await tx.$executeRaw`
    INSERT INTO "CallMissed" ("callId", "of", "ofId", "missedAt", "clientNumber")
    SELECT k."id", 'number', k."numberId", ${ofCall} FROM "Call" k WHERE ${open} AND k."numberId" IS NOT NULL
    ON CONFLICT DO NOTHING`;
  await tx.$executeRaw`
    INSERT INTO "CallMissed" ("callId", "of", "ofId", "missedAt", "clientNumber")
    SELECT k."id", 'user', u."userId", ${ofCall} FROM "Call" k JOIN "CallUser" u ON u."callId" = k."id" WHERE ${open}
    ON CONFLICT DO NOTHING`;
}
