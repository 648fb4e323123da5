/** Settings of the whole office, each one document: codes, fraud guard, parking, language, clock; and e-mail. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FeatureCodes } from '../../../call-router/state/feature-code';
import type { FraudGuard, Language, Parking } from '../../../call-router/state/office';
import type { FeatureSwitches, MailSettings } from '../../../server/api/messages';
import { keys } from './keys';
import { useFeature } from './me';
import { isStatus } from './problem';
import { get, put, remove } from './request';

export interface Documents {
  readonly 'feature-codes': FeatureCodes;
  readonly features: FeatureSwitches;
  readonly 'fraud-guard': FraudGuard;
  readonly parking: Parking;
  readonly language: { readonly language: Language };
  readonly zone: { readonly zone: string };
}

export function useDocument<Key extends keyof Documents>(key: Key) {
  const parks = useFeature('park');
  return useQuery({
    enabled: key !== 'parking' || parks,
    queryKey: keys.document(key),
    queryFn: ({ signal }) => get<Documents[Key]>(`/api/settings/${key}`, {}, signal),
    staleTime: 60_000,
  });
}

export function useSaveDocument<Key extends keyof Documents>(key: Key) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (document: object) => put<Documents[Key]>(`/api/settings/${key}`, document),
    onSuccess: (saved) => {
      queries.setQueryData(keys.document(key), saved);
      if (key === 'features') void queries.invalidateQueries({ queryKey: keys.me });
    },
  });
}

export type Mail = MailSettings;

const mailPath = '/api/settings/mail';

/** `null`: e-mail is not set up. */
export const useMail = () =>
  useQuery({
    queryKey: keys.mail,
    queryFn: ({ signal }) =>
      get<Mail>(mailPath, {}, signal).catch((error: unknown) => {
        if (isStatus(error, 404)) return null;
        throw error;
      }),
  });

export function useSaveMail() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (fields: object) => put<Mail>(mailPath, fields),
    onSuccess: (saved) => queries.setQueryData(keys.mail, saved),
  });
}

export function useRemoveMail() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => remove(mailPath),
    onSuccess: () => queries.setQueryData(keys.mail, null),
  });
}
