/** Who is logged in, and logging in and out. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { LoginRequest, Me, PasswordChange } from '../../../server/api/messages';
import { keys } from './keys';
import { isStatus } from './problem';
import { get, post } from './request';

/** `null`: nobody is logged in. */
export function useMe() {
  return useQuery({
    queryKey: keys.me,
    queryFn: ({ signal }) =>
      get<Me>('/api/me', {}, signal).catch((error: unknown) => {
        if (isStatus(error, 401)) return null;
        throw error;
      }),
    staleTime: 60_000,
  });
}

export function useLogIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (credentials: LoginRequest) => post<Me>('/api/login', credentials),
    onSuccess: (me) => queries.setQueryData(keys.me, me),
  });
}

export function useLogOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => post<unknown>('/api/logout'),
    onSuccess: () => {
      queries.clear();
      queries.setQueryData(keys.me, null);
    },
  });
}

export function useChangePassword() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: PasswordChange) => post<void>('/api/me/password', change),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.me }),
  });
}
