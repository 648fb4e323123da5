/**
 * What the desk socket tells goes where the answers of REST are kept, so that a page shows the same whichever way it came; and
 * what has become old by it is asked for again.
 */
import type { QueryClient } from '@tanstack/react-query';
import type { ToDesk } from '../../../server/api/desk-messages';
import type { DeskNow, LiveCall, Notice, Page } from '../../../server/api/messages';
import { keys } from './keys';

export function keepNews(queries: QueryClient, message: ToDesk): void {
  switch (message.type) {
    case 'calls':
      return setCalls(queries, () => message.calls);
    case 'call':
      return setCalls(queries, (calls) => withCall(calls, message.call));
    case 'call-gone':
      askAgain(queries, keys.calls);
      return setCalls(queries, (calls) => calls.filter(({ id }) => id !== message.callId));
    case 'call-card':
      return message.card.isNew ? askAgain(queries, keys.list('leads')) : undefined;
    case 'desk':
      return keepDesk(queries, message.desk);
    case 'notice':
      return keepNotice(queries, message.notice);
    case 'goodbye':
      // The log-in is another, or over: `me` says which, and brings the log-in page.
      if (message.why !== 'server-stops') void queries.invalidateQueries();
      return undefined;
    default:
      return undefined; // the phone's own, or of the socket itself
  }
}

/** A question that is under way would bring what was before. */
function setCalls(queries: QueryClient, next: (calls: readonly LiveCall[]) => readonly LiveCall[]): void {
  void queries.cancelQueries({ queryKey: keys.liveCalls });
  queries.setQueryData<Page<LiveCall>>(keys.liveCalls, (before) => ({ ...before, items: next(before?.items ?? []) }));
}

/** It keeps its place: a line that one is about to click does not move. */
const withCall = (calls: readonly LiveCall[], call: LiveCall): readonly LiveCall[] =>
  calls.some(({ id }) => id === call.id) ? calls.map((one) => (one.id === call.id ? call : one)) : [...calls, call];

function keepDesk(queries: QueryClient, desk: DeskNow): void {
  const before = queries.getQueryData<DeskNow>(keys.desk);
  void queries.cancelQueries({ queryKey: keys.desk });
  queries.setQueryData(keys.desk, desk);
  if (before?.missedCalls !== desk.missedCalls) askAgain(queries, keys.missedCalls);
  if (before?.newMessages !== desk.newMessages) askAgain(queries, keys.messages);
  if (before?.unreadNotices !== desk.unreadNotices) askAgain(queries, keys.notices);
}

function keepNotice(queries: QueryClient, notice: Notice): void {
  queries.setQueryData<Page<Notice>>(
    keys.notices,
    (before) => before && { ...before, items: [notice, ...before.items.filter(({ id }) => id !== notice.id)] },
  );
  if (notice.kind === 'new-lead' || notice.kind === 'lead-passed-on') askAgain(queries, keys.list('leads'));
  if (notice.kind === 'alarm') askAgain(queries, keys.alarms);
}

const askAgain = (queries: QueryClient, queryKey: readonly string[]): void =>
  void queries.invalidateQueries({ queryKey });
