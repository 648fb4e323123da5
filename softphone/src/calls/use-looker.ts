/** Who looks at live calls, with what decides which commands make sense to them. */
import { useLiveCalls } from '../api/calls';
import { useDesk } from '../api/desk';
import { useFeatures, useMe } from '../api/me';
import type { Looker } from './commands';

export function useLooker(): Looker {
  const me = useMe().data;
  const calls = useLiveCalls().data ?? [];
  const maySupervise = useDesk().data?.maySupervise ?? false;
  const features = useFeatures();
  return { userId: me?.id, role: me?.role ?? 'operator', maySupervise, calls, features };
}
