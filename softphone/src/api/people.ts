/** People of ours and their devices. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { Colleague, Device, Dismissal, Invitation, NewDevice, Page, User } from '../../../server/api/messages';
import { keys } from './keys';
import { getWhole } from './paging';
import { get, patch, post, remove } from './request';

export const usePeople = () =>
  useQuery({
    queryKey: keys.people,
    queryFn: ({ signal }) => getWhole<User>('/api/users', signal),
    select: (page) => page.items,
    staleTime: 60_000,
  });

/** Everybody's name and extension, for any role. */
export const useColleagues = () =>
  useQuery({
    queryKey: keys.colleagues,
    queryFn: ({ signal }) => getWhole<Colleague>('/api/colleagues', signal),
    select: (page) => page.items,
    staleTime: 60_000,
  });

/** Those who work here now: whom one chooses from. */
export const useStaff = () => {
  const people = useColleagues();
  const data = useMemo(() => people.data?.filter(({ disabled }) => !disabled), [people.data]);
  return { data, isPending: people.isPending };
};

/** The name of a person of ours by id; undefined while unknown or not for this person to see. */
export function useNameOf(): (userId: string | undefined) => string | undefined {
  const people = useColleagues();
  return useCallback(
    (userId) => (userId ? people.data?.find((person) => person.id === userId)?.name : undefined),
    [people.data],
  );
}

export function useSavePerson(id: string | undefined) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (fields: object) =>
      id ? patch<User>(`/api/users/${encodeURIComponent(id)}`, fields) : post<User>('/api/users', fields),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: keys.colleagues });
      return queries.invalidateQueries({ queryKey: keys.people });
    },
  });
}

/** The link is shown this once. */
export function useInvite() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => post<Invitation>(`/api/users/${encodeURIComponent(id)}/invitation`),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.people }),
  });
}

/** What was theirs is the successor's: all lists may have changed. */
export function useDismiss(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (successorUserId: string) =>
      post<Dismissal>(`/api/users/${encodeURIComponent(id)}/dismissal`, { successorUserId }),
    onSuccess: () => queries.invalidateQueries(),
  });
}

export const useDevices = (userId: string) =>
  useQuery({
    queryKey: keys.devices(userId),
    queryFn: ({ signal }) => get<Page<Device>>(`/api/users/${encodeURIComponent(userId)}/devices`, {}, signal),
    select: (page) => page.items,
  });

export function useMakeDevice(userId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (fields: object) => post<NewDevice>(`/api/users/${encodeURIComponent(userId)}/devices`, fields),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.devices(userId) }),
  });
}

export function useChangeDevice({ id, userId }: Pick<Device, 'id' | 'userId'>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: object) => patch<Device>(`/api/devices/${encodeURIComponent(id)}`, change),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.devices(userId) }),
  });
}

export function useRemoveDevice(userId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => remove(`/api/devices/${encodeURIComponent(id)}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.devices(userId) }),
  });
}
