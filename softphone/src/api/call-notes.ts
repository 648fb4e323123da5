/** What is written on a call, and the numbers of ours that a call out may show. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CallNotes, OutgoingNumbers } from '../../../server/api/call-messages';
import type { Call } from '../../../server/api/messages';
import { keys } from './keys';
import { get, patch } from './request';
import { useStatuses } from './settings';

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
    select: ({ note, outcome, outcomeName }) => ({ note, outcome, outcomeName }),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });

/** How calls can turn out: the office's own list. */
export const useOutcomes = () => useStatuses('call');

/** @param to whom one is about to call; the number that client saw last is suggested. */
export const useOutgoingNumbers = (to: string, enabled: boolean) =>
  useQuery({
    queryKey: keys.outgoingNumbers(to),
    queryFn: ({ signal }) => get<OutgoingNumbers>('/api/outgoing-numbers', to === '' ? {} : { to }, signal),
    enabled,
    staleTime: 10_000,
    placeholderData: (before) => before,
  });
