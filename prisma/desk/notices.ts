/** Notices of one person, newest first, and that one was read. Nobody reads another's. */
import { fail, succeed } from '../../call-router/values/result';
import type { Store } from '../connect';
import type { DeskOperations } from '../desk-operations';
import type { NoticeRow, NoticeText } from '../desk-records';
import type { Answer } from '../operations';
import { pageOf, pageSize, happenedBefore } from '../paging';
import type { Page } from '../records';
import { isoTime } from '../rows';
import type { Notice } from '../sqlite/generated/client';

export async function listNotices(
  store: Store,
  request: DeskOperations['list-notices']['request'],
): Promise<Page<NoticeRow>> {
  const limit = pageSize(request.limit);
  const rows = await store.client.notice.findMany({
    where: {
      userId: request.viewer.userId,
      ...happenedBefore(request.cursor),
      ...(request.unread === true ? { readAt: null } : {}),
    },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  });
  return pageOf(rows, limit, { item: noticeRow, cursor: (row) => [Number(row.at), row.id] });
}

export async function readNotice(
  store: Store,
  { id, viewer }: DeskOperations['read-notice']['request'],
): Promise<Answer<NoticeRow>> {
  return store.write(async (tx) => {
    const notice = await tx.notice.findFirst({ where: { id, userId: viewer.userId } });
    if (notice === null) return fail({ kind: 'not-found' });
    const readAt = notice.readAt ?? BigInt(store.clock.now());
    return succeed(noticeRow(await tx.notice.update({ where: { id }, data: { readAt } })));
  });
}

function noticeRow(notice: Notice): NoticeRow {
  const text = { kind: notice.kind, parameters: JSON.parse(notice.parameters) as object } as NoticeText;
  const read = notice.readAt === null ? {} : { readAt: isoTime(notice.readAt) };
  return { ...text, id: notice.id, at: isoTime(notice.at), ...read };
}
