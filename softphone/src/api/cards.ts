/** Contacts, companies, leads and deals: reading, making, changing, converting. */
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  Company,
  Contact,
  ConvertedLead,
  Deal,
  FoundCard,
  Lead,
  LeadConversion,
  Page,
  TimelineEntry,
} from '../../../server/api/messages';
import { keys, type CardPage, type ListKind, listOf } from './keys';
import { usePagedList } from './paging';
import { get, patch, post, type Query } from './request';

export interface CardRows {
  readonly contact: Contact;
  readonly company: Company;
  readonly lead: Lead;
  readonly deal: Deal;
}
interface ListRows {
  readonly contacts: Contact;
  readonly companies: Company;
  readonly leads: Lead;
  readonly deals: Deal;
}

const leadsRefetchMs = 5_000;
const timelineRefetchMs = 5_000;

export const pathOf = (kind: CardPage, id: string): string => `/api/${listOf[kind]}/${encodeURIComponent(id)}`;

export const useCards = <Kind extends ListKind>(kind: Kind, query: Query = {}) =>
  usePagedList<ListRows[Kind]>({
    key: keys.list(kind),
    path: `/api/${kind}`,
    query,
    ...(kind === 'leads' ? { refetchEveryMs: leadsRefetchMs } : {}),
  });

export const useCard = <Kind extends CardPage>(kind: Kind, id: string | undefined) =>
  useQuery({
    queryKey: keys.card(kind, id ?? ''),
    queryFn: ({ signal }) => get<CardRows[Kind]>(pathOf(kind, id ?? ''), {}, signal),
    enabled: id !== undefined,
  });

export const useTimeline = (kind: CardPage, id: string) =>
  usePagedList<TimelineEntry>({
    key: keys.timeline(kind, id),
    path: `${pathOf(kind, id)}/timeline`,
    refetchEveryMs: timelineRefetchMs,
  });

export const useSearch = (text: string) =>
  useQuery({
    queryKey: keys.search(text),
    queryFn: ({ signal }) => get<Page<FoundCard>>('/api/search', { q: text, limit: 12 }, signal),
    enabled: text.length >= 2,
    placeholderData: (previous) => previous,
    staleTime: 5_000,
  });

export function useMakeCard<Kind extends CardPage>(kind: Kind) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (fields: object) => post<CardRows[Kind]>(`/api/${listOf[kind]}`, fields),
    onSuccess: (card) => {
      queries.setQueryData(keys.card(kind, card.id), card);
      return queries.invalidateQueries({ queryKey: keys.list(listOf[kind]) });
    },
  });
}

/** A left-out field stays, `null` removes it. What is shown changes at once and goes back if the server refuses. */
export function useChangeCard<Kind extends CardPage>(kind: Kind, id: string) {
  const queries = useQueryClient();
  const key = keys.card(kind, id);
  return useMutation({
    mutationFn: (change: object) => patch<CardRows[Kind]>(pathOf(kind, id), change),
    onSuccess: (card) => {
      queries.setQueryData(key, card);
      void queries.invalidateQueries({ queryKey: keys.list(listOf[kind]) });
    },
  });
}

/** Tells the server that somebody has seen this lead; it is then no longer marked as new. */
export function useOpenLead(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => post<Lead>(`${pathOf('lead', id)}/open`),
    onSuccess: (lead) => {
      queries.setQueryData(keys.card('lead', id), lead);
      void queries.invalidateQueries({ queryKey: keys.list('leads') });
    },
  });
}

export function useConvertLead(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (conversion: LeadConversion) => post<ConvertedLead>(`${pathOf('lead', id)}/convert`, conversion),
    onSuccess: () => forgetCards(queries),
  });
}

function forgetCards(queries: QueryClient): Promise<void> {
  void queries.invalidateQueries({ queryKey: ['list'] });
  void queries.invalidateQueries({ queryKey: ['timeline'] });
  return queries.invalidateQueries({ queryKey: ['card'] });
}
