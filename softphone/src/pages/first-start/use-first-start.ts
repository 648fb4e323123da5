/** How far the first start has come, kept by the server so that it goes on in any browser. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FirstStart } from '../../../../server/api/messages';
import { keys } from '../../api/keys';
import { get, put } from '../../api/request';

const path = '/api/settings/first-start';

export const useFirstStart = (enabled: boolean) =>
  useQuery({
    queryKey: keys.firstStart,
    queryFn: ({ signal }) => get<FirstStart>(path, {}, signal),
    enabled,
    staleTime: 10_000,
  });

/** What is given as undefined is to be made anew. */
type Changes = { readonly [Key in Exclude<keyof FirstStart, 'hasNumbers'>]?: FirstStart[Key] | undefined };

/** Lays changes over what is kept. */
export function useProgress(progress: FirstStart) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (changes: Changes) => {
      const { hasNumbers: _known, ...kept } = progress;
      return put<FirstStart>(path, { ...kept, ...changes });
    },
    onSuccess: (now) => {
      queries.setQueryData(keys.firstStart, now);
      for (const key of [keys.trunks, keys.numbers, keys.people]) void queries.invalidateQueries({ queryKey: key });
    },
  });
}

export type Keep = ReturnType<typeof useProgress>;

export interface StepProps {
  readonly progress: FirstStart;
  readonly keep: Keep;
  /** The next one opens. */
  readonly onDone: () => void;
}
