/** Commands on live calls, and calling somebody. What the server refuses is said in its own words. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CallToMake } from '../../../server/api/call-messages';
import type { LiveCall, Page } from '../../../server/api/messages';
import { notify } from '../frame/notices';
import { t } from '../text/text';
import { keys } from './keys';
import { problemWords } from './problem';
import { post } from './request';

/** The part of the path behind the call, and the body. */
export interface CommandToSend {
  readonly callId: string;
  readonly path: string;
  readonly body?: object;
}

export function useSendCommand() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ callId, path, body }: CommandToSend) =>
      post<LiveCall>(`/api/calls/${encodeURIComponent(callId)}/${path}`, body ?? {}),
    onSuccess: (after) =>
      queries.setQueryData<Page<LiveCall>>(
        keys.liveCalls,
        (before) => before && { ...before, items: put(before, after) },
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.liveCalls }),
  });
}

const put = (page: Page<LiveCall>, after: LiveCall): readonly LiveCall[] =>
  page.items.map((call) => (call.id === after.id ? after : call));

/** Rings my phone first, then calls out. */
export function useMakeCall(userId: string | undefined) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (call: Omit<CallToMake, 'fromUserId'>) => post<LiveCall>('/api/calls', { fromUserId: userId, ...call }),
    onSuccess: () => {
      notify('done', t('call.your-phone-rings'));
      return queries.invalidateQueries({ queryKey: keys.liveCalls });
    },
    onError: (error) => notify('failed', problemWords(error)),
  });
}
