/** What waits for the person at the desk: counts for the badges, missed calls, messages, notices, alarms. */
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Alarm, DeskNow, FraudBlock, Message, MissedCall, Notice, Page } from '../../../server/api/messages';
import { useRefetch } from './desk-news';
import { keys } from './keys';
import { usePagedList } from './paging';
import { get, patch, type Query, remove } from './request';

const deskRefetchMs = 4_000;
const listRefetchMs = 5_000;
const noticesShown = 30;

export function useDesk() {
  const refetch = useRefetch(deskRefetchMs);
  return useQuery({
    queryKey: keys.desk,
    queryFn: ({ signal }) => get<DeskNow>('/api/me/desk', {}, signal),
    ...refetch,
  });
}

export const useMissedCalls = (query: Query) =>
  usePagedList<MissedCall>({ key: keys.missedCalls, path: '/api/missed-calls', query, refetchEveryMs: listRefetchMs });

export const useMessages = () =>
  usePagedList<Message>({ key: keys.messages, path: '/api/messages', refetchEveryMs: listRefetchMs });

const messagePath = (id: string): string => `/api/messages/${encodeURIComponent(id)}`;

export function useMarkMessage() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, heard }: { readonly id: string; readonly heard: boolean }) =>
      patch<Message>(messagePath(id), { heard }),
    onSuccess: () => messagesChanged(queries),
  });
}

export function useRemoveMessage() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => remove(messagePath(id)),
    onSuccess: () => messagesChanged(queries),
  });
}

function messagesChanged(queries: QueryClient): Promise<void> {
  void queries.invalidateQueries({ queryKey: keys.desk });
  void queries.invalidateQueries({ queryKey: ['timeline'] });
  return queries.invalidateQueries({ queryKey: keys.messages });
}

export const useNotices = (enabled: boolean) =>
  useQuery({
    queryKey: keys.notices,
    queryFn: ({ signal }) => get<Page<Notice>>('/api/notices', { limit: noticesShown }, signal),
    select: (page) => page.items,
    enabled,
  });

/** Those of these that nobody has read yet. */
export function useReadNotices() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (notices: readonly Notice[]) =>
      Promise.all(
        notices
          .filter((notice) => notice.readAt === undefined)
          .map(({ id }) => patch<Notice>(`/api/notices/${encodeURIComponent(id)}`, { read: true })),
      ),
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: keys.desk });
      return queries.invalidateQueries({ queryKey: keys.notices });
    },
  });
}

export const useAlarms = (query: Query) =>
  usePagedList<Alarm>({ key: keys.alarms, path: '/api/alarms', query, refetchEveryMs: listRefetchMs });

export const useBlocks = () =>
  useQuery({
    queryKey: keys.blocks,
    queryFn: ({ signal }) => get<{ readonly items: readonly FraudBlock[] }>('/api/fraud/blocks', {}, signal),
    select: (answer) => answer.items,
    refetchInterval: listRefetchMs,
  });

export function useLiftAlarm() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => patch<Alarm>(`/api/alarms/${encodeURIComponent(id)}`, { lifted: true }),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.alarms }),
  });
}

export function useLiftBlock() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (userId: string) => remove(`/api/fraud/blocks/${encodeURIComponent(userId)}`),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: keys.alarms });
      return queries.invalidateQueries({ queryKey: keys.blocks });
    },
  });
}
