/** What a person sets for themselves, how agents stand, and the queues now. */
import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AgentNow, PersonNow, QueueNow } from '../../../server/api/messages';
import { keys } from './keys';
import { get, post, put } from './request';

const personRefetchMs = 10_000;
const boardRefetchMs = 2_000;
const agentsRefetchMs = 4_000;

const pathOf = (userId: string): string => `/api/users/${encodeURIComponent(userId)}/person`;

/** Undefined `userId`: nobody's log-in (an automation's token). */
export const usePerson = (userId: string | undefined) =>
  useQuery({
    queryKey: keys.person(userId ?? ''),
    queryFn: ({ signal }) => get<PersonNow>(pathOf(userId ?? ''), {}, signal),
    enabled: userId !== undefined,
    refetchInterval: personRefetchMs,
  });

export type PersonToSet = Pick<PersonNow, 'doNotDisturb' | 'forwards' | 'noAnswerS'> &
  Partial<Pick<PersonNow, 'ringsOn'>>;

export function useSetPerson(userId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ doNotDisturb, forwards, noAnswerS, ringsOn }: PersonToSet) =>
      put<PersonNow>(pathOf(userId), {
        doNotDisturb,
        forwards,
        ...(noAnswerS === undefined ? {} : { noAnswerS }),
        ...(ringsOn === undefined ? {} : { ringsOn }),
      }),
    onSuccess: (person) => queries.setQueryData(keys.person(userId), person),
  });
}

/** Everybody who is a member of a queue. */
export const useAgents = (enabled: boolean) =>
  useQuery({
    queryKey: keys.agents,
    queryFn: ({ signal }) => get<{ readonly items: readonly AgentNow[] }>('/api/agents', {}, signal),
    select: (answer) => answer.items,
    enabled,
    refetchInterval: agentsRefetchMs,
  });

export interface AgentTurn {
  readonly userId: string;
  readonly what: 'log-in' | 'log-out' | 'pause' | 'resume';
  readonly queueId?: string;
  readonly reason?: string;
}

export function useTurnAgent() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ userId, ...turn }: AgentTurn) => post<AgentNow>(`/api/agents/${encodeURIComponent(userId)}`, turn),
    onSuccess: ({ agentOfQueueIds: agentOf, pause }, { userId }) => {
      queries.setQueryData<PersonNow>(keys.person(userId), (before) => before && turned(before, { agentOf, pause }));
      void queries.invalidateQueries({ queryKey: ['queue-now'] });
      return queries.invalidateQueries({ queryKey: keys.agents });
    },
  });
}

interface Turned {
  readonly agentOf: readonly string[];
  readonly pause: AgentNow['pause'];
}

function turned({ pause: _before, ...person }: PersonNow, { agentOf, pause }: Turned): PersonNow {
  return { ...person, agentOf: [...agentOf], ...(pause === undefined ? {} : { pause }) };
}

export const useQueuesNow = (ids: readonly string[]) =>
  useQueries({
    queries: ids.map((id) => ({
      queryKey: keys.queueNow(id),
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        get<QueueNow>(`/api/queues/${encodeURIComponent(id)}/now`, {}, signal),
      refetchInterval: boardRefetchMs,
    })),
  });
