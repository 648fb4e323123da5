/** What is written on a call, and the numbers of ours that a call out may show. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CallNotes, CallOutcome, OutgoingNumbers } from '../../../server/api/call-messages';
import type { Call } from '../../../server/api/messages';
import { keys } from './keys';
import { get, patch } from './request';

export function useSaveNotes(callId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (notes: CallNotes) => patch<Call>(`/api/calls/${encodeURIComponent(callId)}`, notes),
    onSuccess: (call) => {
      queries.setQueryData(keys.callNotes(callId), call);
      void queries.invalidateQueries({ queryKey: ['timeline'] });
      return queries.invalidateQueries({ queryKey: keys.calls });
    },
  });
}

/** What was written on it before; once, so that nothing typed is overwritten. */
export const useWritten = (callId: string) =>
  useQuery({
    queryKey: keys.callNotes(callId),
    queryFn: ({ signal }) => get<Call>(`/api/calls/${encodeURIComponent(callId)}`, {}, signal),
    select: ({ note, outcome }) => ({ note, outcome }),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });

/** How calls can turn out: the office's own list. */
export const useOutcomes = () =>
  useQuery({
    queryKey: keys.callOutcomes,
    queryFn: ({ signal }) => get<{ readonly items: readonly CallOutcome[] }>('/api/call-outcomes', {}, signal),
    select: ({ items }) => items,
    staleTime: 60_000,
  });

/** @param to whom one is about to call; the number that client saw last is suggested. */
export const useOutgoingNumbers = (to: string, enabled: boolean) =>
  useQuery({
    queryKey: keys.outgoingNumbers(to),
    queryFn: ({ signal }) => get<OutgoingNumbers>('/api/outgoing-numbers', to === '' ? {} : { to }, signal),
    enabled,
    staleTime: 10_000,
    placeholderData: (before) => before,
  });
