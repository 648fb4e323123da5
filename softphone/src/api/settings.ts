/** What an administrator sets: trunks, numbers, the lists, who may log in from where. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { LoginRanges, OwnNumber, Page, Status, Trunk, TrunkTestDone } from '../../../server/api/messages';
import { keys } from './keys';
import { getWhole } from './paging';
import { get, patch, post, put, remove } from './request';

const trunkRefetchMs = 10_000;

export const useTrunks = () =>
  useQuery({
    queryKey: keys.trunks,
    queryFn: ({ signal }) => getWhole<Trunk>('/api/trunks', signal),
    select: (page) => page.items,
    refetchInterval: trunkRefetchMs,
  });

/** As it stands in a form; with `trunkId` laid over the saved one. */
export interface TrunkToTest {
  readonly trunkId?: string;
  readonly kind?: Trunk['kind'];
  readonly host?: string | null;
  readonly port?: number | null;
  readonly transport?: Trunk['transport'];
  readonly username?: string | null;
  readonly password?: string | null;
  readonly weRegister?: boolean;
}

export const useTestTrunk = () =>
  useMutation({ mutationFn: (trunk: TrunkToTest) => post<TrunkTestDone>('/api/trunk-tests', trunk) });

export const useNumbers = () =>
  useQuery({
    queryKey: keys.numbers,
    queryFn: ({ signal }) => getWhole<OwnNumber>('/api/numbers', signal),
    select: (page) => page.items,
  });

type Setting = 'trunks' | 'numbers';

/** Of whatever was made or changed. */
interface Saved {
  readonly id: string;
}

/** Makes a new one, or changes the one with this id. */
export function useSaveSetting(of: Setting, id: string | undefined) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (fields: object) =>
      id ? patch<Saved>(`/api/${of}/${encodeURIComponent(id)}`, fields) : post<Saved>(`/api/${of}`, fields),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys[of] }),
  });
}

export function useRemoveSetting(of: Setting) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => remove(`/api/${of}/${encodeURIComponent(id)}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys[of] }),
  });
}

const statusPaths = { lead: '/api/lead-statuses', deal: '/api/deal-stages', call: '/api/call-outcomes' } as const;
export type StatusOf = keyof typeof statusPaths;
export type NewStatus = Omit<Status, 'position'>;

export const useStatuses = (of: StatusOf) =>
  useQuery({
    queryKey: keys.statuses(of),
    queryFn: ({ signal }) => get<Page<Status>>(statusPaths[of], {}, signal),
    select: (page) => page.items,
    staleTime: 60_000,
  });

export function useReplaceStatuses(of: StatusOf) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (items: readonly NewStatus[]) => put<unknown>(statusPaths[of], { items }),
    onSuccess: () => {
      if (of === 'call') {
        void queries.invalidateQueries({ queryKey: keys.calls });
        void queries.invalidateQueries({ queryKey: ['timeline'] });
      }
      return queries.invalidateQueries({ queryKey: keys.statuses(of) });
    },
  });
}

export const useNeverRecord = () =>
  useQuery({
    queryKey: keys.neverRecord,
    queryFn: ({ signal }) => get<{ readonly numbers: readonly string[] }>('/api/settings/never-record', {}, signal),
    select: (answer) => answer.numbers,
  });

export function useReplaceNeverRecord() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (numbers: readonly string[]) => put<unknown>('/api/settings/never-record', { numbers }),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.neverRecord }),
  });
}

/** For each role the address ranges it may log in from; an empty list: from anywhere. */
export const useLogInRanges = () =>
  useQuery({
    queryKey: keys.logInRanges,
    queryFn: ({ signal }) => get<LoginRanges>('/api/settings/login-ranges', {}, signal),
  });

export function useReplaceLogInRanges() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (ranges: LoginRanges) => put<unknown>('/api/settings/login-ranges', ranges),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.logInRanges }),
  });
}
