/** Missed calls of a person, a group or a number, newest first. An operator sees their own, their groups' and those of the people they head. */
import { fail, succeed } from '../../call-router/values/result';
import { cardSummaries } from '../calls/call-rows';
import type { Store } from '../connect';
import type { DeskOperations } from '../desk-operations';
import type { MissedCallRow } from '../desk-records';
import { pageOf, pageSize, readMoment } from '../paging';
import { isoTime, isoTimeOrNull, present } from '../rows';
import type { Call, CallMissed } from '../sqlite/generated/client';
import { seenAs } from '../who';
import { groupsSeenBy } from './mailboxes';

type Ops = DeskOperations['list-missed-calls'];

export async function listMissedCalls(store: Store, request: Ops['request']): Promise<Ops['answer']> {
  const { viewer, open } = request;
  const { client } = store;
  const whose = whoseOf(request);
  if (!(await maySee(store, request, whose))) return fail({ kind: 'not-found' });
  const limit = pageSize(request.limit);
  const last = readMoment(request.cursor);
  const past =
    last === undefined ? {} : { OR: [{ missedAt: { lt: last.at } }, { missedAt: last.at, callId: { lt: last.id } }] };
  const rows = await client.callMissed.findMany({
    where: { ...whose, ...(open === true ? { reachedAt: null } : {}), ...past },
    orderBy: [{ missedAt: 'desc' }, { callId: 'desc' }],
    take: limit + 1,
  });
  const calls = await client.call.findMany({ where: { id: { in: rows.map(({ callId }) => callId) } } });
  const byId = new Map(calls.map((call) => [call.id, call]));
  const cardOf = await cardSummaries(client, viewer, calls);
  return succeed(
    pageOf(rows, limit, {
      item: (row) => missedRow(row, byId.get(row.callId), cardOf(row.callId)),
      cursor: (row) => [Number(row.missedAt), row.callId],
    }),
  );
}

type Whose = Pick<MissedCallRow, 'of' | 'ofId'>;

function whoseOf({ viewer, userId, groupId, numberId }: Ops['request']): Whose {
  if (groupId !== undefined) return { of: 'group', ofId: groupId };
  if (numberId !== undefined) return { of: 'number', ofId: numberId };
  return { of: 'user', ofId: userId ?? viewer.userId };
}

async function maySee({ client }: Store, { viewer }: Ops['request'], { of, ofId }: Whose): Promise<boolean> {
  if (viewer.role !== 'operator') return true;
  if (of === 'user') return seenAs(viewer).includes(ofId);
  return of === 'group' && (await groupsSeenBy(client, viewer.userId)).includes(ofId);
}

function missedRow(row: CallMissed, call: Call | undefined, card: MissedCallRow['card']): MissedCallRow {
  return present<MissedCallRow>({
    callId: row.callId,
    of: row.of as MissedCallRow['of'],
    ofId: row.ofId,
    missedAt: isoTime(row.missedAt),
    caller: present<MissedCallRow['caller']>({
      typed: call?.callerTyped ?? '',
      number: call?.callerNumber,
      name: call?.callerName,
    }),
    card,
    reachedAt: isoTimeOrNull(row.reachedAt),
    reachedByUserId: row.reachedByUserId,
    reachedCallId: row.reachedCallId,
  });
}
