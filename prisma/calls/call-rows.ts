/** Calls as they are shown: with the names of their cards, their recording and their legs. */
import type { QueueEnd } from '../../call-router/state/attendant';
import type { CardRef } from '../../call-router/state/call';
import type { EndCause, Fault } from '../../call-router/values/cause';
import type { LegRecord } from '../../call-router/values/cdr';
import type { Db, Tx } from '../connect';
import { outcomeNames } from '../crm/statuses';
import { allOf, mayHear, tables, visible } from '../crm/visibility';
import { mailboxesOf } from '../desk/mailboxes';
import type { CallMessage, CallRow, CardSummary, LegRow, RecordingRow } from '../records';
import { isoTime, isoTimeOrNull, present } from '../rows';
import { type Call, Prisma as P, type Recording } from '../sqlite/generated/client';
import type { Viewer } from '../who';

/** In the order of the ids. That the viewer may see the calls is checked already; not what else hangs on them. */
export async function callRows(db: Db, viewer: Viewer, ids: readonly string[]): Promise<readonly CallRow[]> {
  const where = { in: [...ids] };
  const calls = await db.call.findMany({ where: { id: where } });
  const recordings = await db.recording.findMany({ where: { callId: where } });
  const interrupted = new Set(calls.filter(({ cause }) => cause === 'interrupted').map(({ id }) => id));
  const heard = recordings.filter((recording) => isShown(recording, interrupted.has(recording.callId)));
  const recordingOf = new Map(heard.map((row) => [row.callId, recordingRow(row)]));
  const names = await cardNames(db, viewer, calls.flatMap(cardsOf));
  const messages = await messagesIn(db, ids);
  const outcomeName = await outcomeNames(
    db,
    calls.map(({ outcome }) => outcome),
  );
  const ownMailboxes = new Set(viewer.role === 'operator' ? await mailboxesOf(db, viewer.userId) : []);
  const hears = (call: Call): boolean =>
    mayHear(viewer, call) || (messages.get(call.id) ?? []).some(({ mailboxId }) => ownMailboxes.has(mailboxId));
  const byId = new Map(
    calls.map((call) => {
      const recording = hears(call) ? recordingOf.get(call.id) : undefined;
      return [call.id, callRow(call, { viewer, names, outcomeName, recording, messages: messages.get(call.id) })];
    }),
  );
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** The card of each call, where the viewer may see it. */
export async function cardSummaries(
  db: Db | Tx,
  viewer: Viewer,
  calls: readonly Call[],
): Promise<(callId: string) => CardSummary | undefined> {
  const cards = new Map(
    calls.flatMap((call) => (cardOf(call) === undefined ? [] : [[call.id, cardOf(call)] as const])),
  );
  const names = await cardNames(
    db,
    viewer,
    [...cards.values()].flatMap((card) => card ?? []),
  );
  return (callId) => {
    const card = cards.get(callId);
    return card === undefined ? undefined : names.get(keyOf(card));
  };
}

async function messagesIn(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, readonly CallMessage[]>> {
  const rows = await db.message.findMany({
    where: { callId: { in: [...ids] }, removedAt: null },
    orderBy: { at: 'asc' },
  });
  const byCall = new Map<string, readonly CallMessage[]>();
  for (const { id, mailboxId, callId, fromMs, toMs, heardAt } of rows) {
    const message = present<CallMessage>({ id, mailboxId, fromMs, toMs, heardAt: isoTimeOrNull(heardAt) });
    byCall.set(callId, [...(byCall.get(callId) ?? []), message]);
  }
  return byCall;
}

/**
 * Nobody was heard: no file was kept, so there is nothing to show. What the disk refused is shown as what it is: missing.
 * After a crash nothing is said before the file has spoken for itself (recovery).
 */
function isShown({ state, sizeBytes }: Recording, isInterrupted: boolean): boolean {
  return sizeBytes > 0 || state === 'running' || (state === 'incomplete' && !isInterrupted);
}

export function recordingRow(row: Recording): RecordingRow {
  return present<RecordingRow>({
    id: row.callId,
    callId: row.callId,
    state: row.state as RecordingRow['state'],
    durationMs: row.durationMs,
    sizeBytes: Number(row.sizeBytes),
    leftRmsDb: row.leftRmsDb,
    rightRmsDb: row.rightRmsDb,
  });
}

type Names = ReadonlyMap<string, CardSummary>;
const keyOf = (card: CardRef): string => `${card.kind} ${card.id}`;

function cardOf(call: Call): CardRef | undefined {
  const { cardKind, cardId } = call;
  if (cardId === null || cardKind === null) return undefined;
  return { kind: cardKind as CardRef['kind'], id: cardId };
}

const otherCardsOf = (call: Call): readonly CardRef[] => JSON.parse(call.otherCards) as readonly CardRef[];

function cardsOf(call: Call): readonly CardRef[] {
  const card = cardOf(call);
  return card === undefined ? otherCardsOf(call) : [card, ...otherCardsOf(call)];
}

/** Cards that were removed, or that the viewer may not see, have no name here, and are not shown. */
async function cardNames(db: Db | Tx, viewer: Viewer, cards: readonly CardRef[]): Promise<Names> {
  const found: CardSummary[] = [];
  for (const kind of ['contact', 'company', 'lead'] as const) {
    const ids = [...new Set(cards.filter((card) => card.kind === kind).map((card) => card.id))];
    if (ids.length === 0) continue;
    const name = kind === 'lead' ? P.sql`COALESCE("name", "title") AS "name"` : P.sql`"name"`;
    const rows = await db.$queryRaw<{ id: string; name: string }[]>`
      SELECT "id", ${name} FROM ${tables[kind]} ${allOf([P.sql`"id" IN (${P.join(ids)})`, visible(viewer, kind)])}`;
    found.push(...rows.map((row) => ({ kind, ...row })));
  }
  return new Map(found.map((card) => [keyOf(card), card]));
}

interface Around {
  readonly viewer: Viewer;
  readonly names: Names;
  readonly outcomeName: (id: string | null) => string | undefined;
  readonly recording: RecordingRow | undefined;
  readonly messages: readonly CallMessage[] | undefined;
}

function callRow(call: Call, { viewer, names, outcomeName, recording, messages }: Around): CallRow {
  const card = cardOf(call);
  return present<CallRow>({
    id: call.id,
    direction: call.direction as CallRow['direction'],
    startedAt: isoTime(call.startedAt),
    answeredAt: isoTimeOrNull(call.answeredAt),
    endedAt: isoTimeOrNull(call.endedAt),
    ringMs: call.ringMs,
    talkMs: call.talkMs,
    totalMs: call.totalMs,
    cause: call.cause as EndCause | null,
    fault: call.fault as Fault | null,
    caller: present<CallRow['caller']>({
      typed: call.callerTyped,
      number: call.callerNumber,
      name: call.callerName,
      userId: call.callerUserId,
    }),
    callee: present<CallRow['callee']>({ typed: call.calleeTyped, number: call.calleeNumber }),
    numberId: call.numberId,
    trunkId: call.trunkId,
    rangUserIds: JSON.parse(call.rangUserIds) as readonly string[],
    answeredByUserId: call.answeredByUserId,
    card: card === undefined ? undefined : names.get(keyOf(card)),
    companyId: call.companyId,
    otherCards: otherCardsOf(call).flatMap((other) => names.get(keyOf(other)) ?? []),
    recording,
    messages,
    queue: queueOf(call),
    conferenceWith: call.conferenceWith === null ? null : (JSON.parse(call.conferenceWith) as readonly string[]),
    note: call.note,
    outcome: call.outcome,
    outcomeName: outcomeName(call.outcome),
    legs: legsOf(call, viewer),
  });
}

function queueOf({ queueId, queueWaitMs, queueEnd }: Call): CallRow['queue'] {
  if (queueId === null) return undefined;
  return { id: queueId, waitMs: queueWaitMs ?? 0, ...(queueEnd === null ? {} : { end: queueEnd as QueueEnd }) };
}

/** Who listened in is for managers and administrators, and for whoever did. */
function legsOf(call: Call, viewer: Viewer): readonly LegRow[] {
  const legs = JSON.parse(call.legs) as readonly LegRecord[];
  const isTold = viewer.role !== 'operator';
  return legs.filter((leg) => isTold || leg.isSupervisor !== true || leg.userId === viewer.userId).map(legRow);
}

function legRow(leg: LegRecord): LegRow {
  const { startedAt, answeredAt, endedAt, spender: _, ...rest } = leg;
  return {
    ...rest,
    startedAt: new Date(startedAt).toISOString(),
    ...(answeredAt === undefined ? {} : { answeredAt: new Date(answeredAt).toISOString() }),
    ...(endedAt === undefined ? {} : { endedAt: new Date(endedAt).toISOString() }),
  };
}
