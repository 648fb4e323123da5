/** What the desk socket tells, in the page's store of answers: what is shown after it, and what is asked for again. */
import { QueryClient } from '@tanstack/react-query';
import type { ToDesk } from '../../../server/api/desk-messages';
import type { DeskNow, LiveCall, Notice, Page } from '../../../server/api/messages';
import { keepNews } from '../../../softphone/src/api/desk-caches';
import { keys } from '../../../softphone/src/api/keys';

const call = (id: string, state: LiveCall['state'] = 'ringing'): LiveCall => ({
  id,
  direction: 'inbound',
  state,
  startedAt: '2026-11-23T10:00:00.000Z',
  caller: { typed: '' },
  callee: { typed: '' },
  rangUserIds: [],
  recording: 'none',
  legs: [],
});
const desk: DeskNow = {
  missedCalls: 1,
  newMessages: 2,
  unreadNotices: 3,
  hasOwnMailbox: false,
  mailboxes: [],
  groups: [],
  headOf: [],
  queues: [],
  maySupervise: false,
};
const notice = (kind: 'new-lead' | 'alarm', id: string): Notice =>
  kind === 'alarm'
    ? { id, kind, at: '', parameters: { alarmId: 'a', alarm: 'wrong-pin' } }
    : { id, kind, at: '', parameters: { leadId: 'l', title: 'L' } };

const lists = [keys.calls, keys.missedCalls, keys.messages, keys.notices, keys.alarms, keys.list('leads'), keys.me];

/** A store in which each list has been answered, and the names of those that are asked for again after this. */
function after(...messages: readonly ToDesk[]) {
  const queries = new QueryClient({ defaultOptions: { queries: { gcTime: Number.POSITIVE_INFINITY } } });
  for (const key of lists) queries.setQueryData(key, { items: [] });
  for (const message of messages) keepNews(queries, message);
  const old = lists.filter((key) => queries.getQueryState(key)?.isInvalidated === true).map((key) => key.join(' '));
  const live = queries.getQueryData<Page<LiveCall>>(keys.liveCalls)?.items.map(({ id, state }) => `${id} ${state}`);
  return { queries, live, old };
}

test('calls come, change in their place, and go', () => {
  const first: ToDesk = { type: 'calls', calls: [call('a'), call('b')] };
  expect(after(first).live).toEqual(['a ringing', 'b ringing']);
  expect(after(first, { type: 'call', call: call('a', 'talking') }).live).toEqual(['a talking', 'b ringing']);
  expect(after(first, { type: 'call', call: call('c') }).live).toEqual(['a ringing', 'b ringing', 'c ringing']);
  const gone = after(first, { type: 'call-gone', callId: 'a' });
  expect(gone.live).toEqual(['b ringing']);
  expect(gone.old).toEqual(['calls']);
  expect(after(first, { type: 'calls', calls: [] }).live).toEqual([]);
  expect(after({ type: 'call', call: call('a') }).live).toEqual(['a ringing']);
});

test('an answer that was under way does not bring back what was before', async () => {
  const queries = new QueryClient();
  let answer: (page: Page<LiveCall>) => void = () => undefined;
  const asked = queries.fetchQuery<Page<LiveCall>>({
    queryKey: keys.liveCalls,
    queryFn: () => new Promise((resolve) => (answer = resolve)),
  });
  keepNews(queries, { type: 'calls', calls: [call('new')] });
  answer({ items: [call('old')] });
  await asked.catch(() => undefined);
  expect(queries.getQueryData<Page<LiveCall>>(keys.liveCalls)?.items.map(({ id }) => id)).toEqual(['new']);
  queries.clear();
});

test('a count that changes asks for its list again, and only for that', () => {
  const before: ToDesk = { type: 'desk', desk };
  const changed = (more: Partial<DeskNow>): readonly string[] => {
    const { queries } = after(before);
    for (const key of lists) queries.setQueryData(key, { items: [] });
    keepNews(queries, { type: 'desk', desk: { ...desk, ...more } });
    expect(queries.getQueryData(keys.desk)).toEqual({ ...desk, ...more });
    return lists.filter((key) => queries.getQueryState(key)?.isInvalidated === true).map(([name]) => name);
  };
  expect(changed({})).toEqual([]);
  expect(changed({ missedCalls: 0 })).toEqual(['missed-calls']);
  expect(changed({ newMessages: 9 })).toEqual(['messages']);
  expect(changed({ unreadNotices: 9 })).toEqual(['notices']);
  expect(changed({ maySupervise: true })).toEqual([]);
});

test('a notice is the first of the list, once; a lead or an alarm asks for the leads or the alarms', () => {
  const lead = after(
    { type: 'notice', notice: notice('new-lead', 'n1') },
    { type: 'notice', notice: notice('alarm', 'n2') },
  );
  expect(lead.queries.getQueryData<Page<Notice>>(keys.notices)?.items.map(({ id }) => id)).toEqual(['n2', 'n1']);
  expect(lead.old).toEqual(['alarms', 'list leads']);
  const again = after(...[1, 2].map(() => ({ type: 'notice', notice: notice('alarm', 'n1') }) as const));
  expect(again.queries.getQueryData<Page<Notice>>(keys.notices)?.items).toHaveLength(1);
});

test('another log-in makes everything old; a server that stops makes nothing old', () => {
  expect(after({ type: 'goodbye', why: 'changed' }).old).toHaveLength(lists.length);
  expect(after({ type: 'goodbye', why: 'logged-out' }).old).toContain('me');
  expect(after({ type: 'goodbye', why: 'server-stops' }).old).toEqual([]);
});
