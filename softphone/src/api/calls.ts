/** Calls: those that go on now, and those that were. */
import { useQuery } from '@tanstack/react-query';
import type { Call, LiveCall, Page } from '../../../server/api/messages';
import { useRefetch } from './desk-news';
import { keys } from './keys';
import { usePagedList } from './paging';
import { get, type Query } from './request';

const liveRefetchMs = 3_000;
/** While there are any, somebody looks at them. */
const busyRefetchMs = 1_500;
const callsRefetchMs = 5_000;

export function useLiveCalls() {
  const [quiet, busy] = [useRefetch(liveRefetchMs), useRefetch(busyRefetchMs)];
  return useQuery({
    queryKey: keys.liveCalls,
    queryFn: ({ signal }) => get<Page<LiveCall>>('/api/live', {}, signal),
    ...quiet,
    refetchInterval: (query) => (query.state.data?.items.length ? busy : quiet).refetchInterval,
    select: (page) => page.items,
  });
}

export const useCalls = (query: Query) =>
  usePagedList<Call>({ key: keys.calls, path: '/api/calls', query, refetchEveryMs: callsRefetchMs });

/** A call that goes on is asked for again until it has ended. */
export const useCall = (id: string) =>
  useQuery({
    queryKey: keys.call(id),
    queryFn: ({ signal }) => get<Call>(`/api/calls/${encodeURIComponent(id)}`, {}, signal),
    refetchInterval: (query) => (query.state.data?.endedAt ? false : liveRefetchMs),
  });

export const audioPath = (recordingId: string): string => `/api/recordings/${encodeURIComponent(recordingId)}/audio`;
