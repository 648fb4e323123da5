/** Proving that a mobile number is its owner's: it is called and says a code, and the code is read back. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { OwnNumber } from '../../../server/api/messages';
import { keys } from './keys';
import { post } from './request';

const pathOf = (numberId: string): string => `/api/numbers/${encodeURIComponent(numberId)}/verification`;

export const useCallMobile = (numberId: string) =>
  useMutation({ mutationFn: () => post<{ readonly number: string }>(pathOf(numberId)) });

export function useProveMobile(numberId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (code: string) => post<OwnNumber>(`${pathOf(numberId)}/code`, { code }),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.numbers }),
  });
}
