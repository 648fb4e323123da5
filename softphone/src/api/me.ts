/** Who is logged in, what their office offers, and logging in and out. */
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Language } from '../../../call-router/state/office';
import type { Feature, LoginRequest, Me, PasswordChange, Preferences } from '../../../server/api/messages';
import { keys } from './keys';
import { isStatus } from './problem';
import { get, post, put } from './request';

/** `null`: nobody is logged in. */
export const meQuery = queryOptions({
  queryKey: keys.me,
  queryFn: ({ signal }) =>
    get<Me>('/api/me', {}, signal).catch((error: unknown) => {
      if (isStatus(error, 401)) return null;
      throw error;
    }),
  staleTime: 60_000,
});

export const useMe = () => useQuery({ ...meQuery, refetchInterval: 60_000 });

/** False: an administrator has switched it off, and it shows nowhere. */
export const useFeature = (name: Feature): boolean => useFeatures().includes(name);

/** What the office offers. */
export const useFeatures = (): readonly Feature[] => useMe().data?.features ?? none;

const none: readonly Feature[] = [];

interface LoggingIn extends LoginRequest {
  /** Chosen before the log-in: becomes the person's, unless they have one. */
  readonly language?: Language;
}

export function useLogIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ language, ...credentials }: LoggingIn) => {
      const me = await post<Me>('/api/login', credentials);
      const isNew = language !== undefined && me.id !== undefined && me.language === undefined;
      return isNew ? savePreferences({ ...preferencesOf(me), language }) : me;
    },
    onSuccess: (me) => queries.setQueryData(keys.me, me),
  });
}

const savePreferences = (preferences: Preferences) => put<Me>('/api/me/preferences', preferences);

export const preferencesOf = ({ language, zone }: Preferences): Preferences => ({
  ...(language === undefined ? {} : { language }),
  ...(zone === undefined ? {} : { zone }),
});

export function useSavePreferences() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: savePreferences,
    onSuccess: (me) => queries.setQueryData(keys.me, me),
  });
}

/** Whose invitation it is. */
export const useGuest = (token: string) =>
  useQuery({
    queryKey: keys.guest(token),
    queryFn: () => post<{ readonly name: string; readonly login: string }>('/api/invitations/find', { token }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Sets the password, and the holder is logged in. */
export function useAcceptInvitation() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (accepted: { readonly token: string; readonly password: string }) =>
      post<Me>('/api/invitations/accept', accepted),
    onSuccess: (me) => {
      queries.clear();
      queries.setQueryData(keys.me, me);
    },
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
