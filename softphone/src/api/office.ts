/**
 * What the office sets up: groups, hours, route plans, queues and so on. Each kind has its plural under /api and the same
 * requests; what is shown is the router's own shape of it.
 */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type * as Office from '../../../call-router/state/office';
import type { Feature, Page } from '../../../server/api/messages';
import { keys } from './keys';
import { useFeatures } from './me';
import { get, patch, post, remove } from './request';

export interface OfficeRows {
  readonly groups: Office.Group;
  readonly calendars: Office.Calendar;
  readonly 'route-plans': Office.RoutePlan;
  readonly queues: Office.Queue;
  readonly mailboxes: Office.Mailbox;
  readonly rooms: Office.Room;
  readonly sounds: Office.Sound;
  readonly 'outgoing-rules': Office.OutgoingRule;
  readonly 'recording-rules': Office.RecordingRule;
  readonly 'lead-rules': Office.LeadRule;
}
export type OfficeKind = keyof OfficeRows;

const pathOf = (kind: OfficeKind, id: string): string => `/api/${kind}/${encodeURIComponent(id)}`;

/** Not asked for where it is switched off: the office has none of it. */
const featureOf: { readonly [Kind in OfficeKind]?: Feature } = {
  queues: 'queues',
  mailboxes: 'voicemail',
  rooms: 'conferences',
  'recording-rules': 'recording',
};

/** @param isAllowed false: this person may not ask. */
export function useOffice<Kind extends OfficeKind>(kind: Kind, isAllowed = true) {
  const offered = useFeatures();
  const feature = featureOf[kind];
  return useQuery({
    enabled: isAllowed && (feature === undefined || offered.includes(feature)),
    queryKey: keys.office(kind),
    queryFn: ({ signal }) => get<Page<OfficeRows[Kind]>>(`/api/${kind}`, {}, signal),
    select: (page) => page.items,
    staleTime: 15_000,
  });
}

/** Makes a new one, or changes the one with this id. */
export function useSaveOffice<Kind extends OfficeKind>(kind: Kind, id: string | undefined) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (fields: object) =>
      id === undefined
        ? post<OfficeRows[Kind]>(`/api/${kind}`, fields)
        : patch<OfficeRows[Kind]>(pathOf(kind, id), fields),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.office(kind) }),
  });
}

export function useRemoveOffice(kind: OfficeKind) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => remove(pathOf(kind, id)),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.office(kind) }),
  });
}

type RuleKind = 'outgoing-rules' | 'recording-rules' | 'lead-rules';

/** Puts rules into this order: each that does not stand at its place yet is moved there. */
export function useOrderRules(kind: RuleKind) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (rules: readonly { readonly id: string; readonly position: number }[]) => {
      for (const [at, rule] of rules.entries()) {
        if (rule.position !== at + 1) await patch(pathOf(kind, rule.id), { position: at + 1 });
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: keys.office(kind) }),
  });
}
