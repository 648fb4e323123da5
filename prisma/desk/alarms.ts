/** Alarms: kept until an administrator lifts them, and told to every administrator. */
import { fail, succeed } from '../../call-router/values/result';
import type { Store, Tx } from '../connect';
import type { DeskOperations, LiveDeskOperations } from '../desk-operations';
import type { AlarmKind, AlarmRow } from '../desk-records';
import type { Answer } from '../operations';
import { pageOf, pageSize, happenedBefore } from '../paging';
import { answered } from '../problems';
import type { Page } from '../records';
import { isoTime, isoTimeOrNull, present } from '../rows';
import type { Alarm } from '../sqlite/generated/client';
import { noticeTo } from './write-notice';

const hourMs = 3_600_000;

export async function saveAlarm(tx: Tx, request: LiveDeskOperations['save-alarm']['request']): Promise<void> {
  const { id, kind, at, userId, callId } = request;
  if ((await tx.alarm.count({ where: { id } })) > 0) return;
  await tx.alarm.create({ data: { id, kind, at: BigInt(at), userId: userId ?? null, callId: callId ?? null } });
  // Whoever goes on trying is written down each time and told once an hour.
  const since = BigInt(at - hourMs);
  const before =
    userId === undefined ? 0 : await tx.alarm.count({ where: { kind, userId, id: { not: id }, at: { gt: since } } });
  if (before > 0) return;
  const user = userId === undefined ? null : await tx.user.findUnique({ where: { id: userId } });
  const parameters = { alarmId: id, alarm: kind, ...(user === null ? {} : { userName: user.name }) };
  const administrators = await tx.user.findMany({ where: { role: 'administrator', disabled: false } });
  for (const one of administrators) await noticeTo(tx, { userId: one.id, at, text: { kind: 'alarm', parameters } });
}

/** Newest first. */
export async function listAlarms(
  store: Store,
  request: DeskOperations['list-alarms']['request'],
): Promise<Page<AlarmRow>> {
  const limit = pageSize(request.limit);
  const rows = await store.client.alarm.findMany({
    where: { ...happenedBefore(request.cursor), ...(request.open === true ? { liftedAt: null } : {}) },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  });
  return pageOf(rows, limit, { item: alarmRow, cursor: (row) => [Number(row.at), row.id] });
}

export async function liftAlarm(
  store: Store,
  { id, viewer }: DeskOperations['lift-alarm']['request'],
): Promise<Answer<AlarmRow>> {
  return answered(() =>
    store.write(async (tx) => {
      const alarm = await tx.alarm.findUnique({ where: { id } });
      if (alarm === null) return fail({ kind: 'not-found' } as const);
      if (alarm.liftedAt !== null) return succeed(alarmRow(alarm));
      const data = { liftedAt: BigInt(store.clock.now()), liftedByUserId: viewer.userId === '' ? null : viewer.userId };
      return succeed(alarmRow(await tx.alarm.update({ where: { id }, data })));
    }),
  );
}

function alarmRow(alarm: Alarm): AlarmRow {
  return present<AlarmRow>({
    id: alarm.id,
    kind: alarm.kind as AlarmKind,
    at: isoTime(alarm.at),
    userId: alarm.userId,
    callId: alarm.callId,
    liftedAt: isoTimeOrNull(alarm.liftedAt),
    liftedByUserId: alarm.liftedByUserId,
  });
}
