/** The phone for the page's parts: its state, my calls, and how somebody is called. */
import { useSyncExternalStore } from 'react';
import { useMakeCall } from '../api/call-commands';
import { useLiveCalls } from '../api/calls';
import { useMe } from '../api/me';
import { usePerson } from '../api/person';
import { hasMicrophone, watchMicrophones } from '../phone/has-microphone';
import { newId } from '../phone/identity';
import { phone } from '../phone/phone';
import type { PhoneState } from '../phone/phone-state';
import { deskCalls, type DeskCall } from './desk-calls';
import { dialable } from './dialable';

export const usePhone = (): PhoneState => useSyncExternalStore(phone.watch, phone.state);

export function useDeskCalls(): readonly DeskCall[] {
  const userId = useMe().data?.id;
  const live = useLiveCalls().data ?? [];
  return deskCalls({ live, headset: usePhone().calls, userId });
}

export interface CallOut {
  readonly call: (to: string, numberId?: string) => void;
  readonly isPending: boolean;
  /** Undefined: this log-in is nobody's. */
  readonly by: 'headset' | 'server' | undefined;
}

/** On the headset if I answer on it and it is there with a microphone; else my other phones ring first. */
export function useCallOut(): CallOut {
  const userId = useMe().data?.id;
  const { line } = usePhone();
  const ringsOn = usePerson(userId).data?.ringsOn;
  const make = useMakeCall(userId);
  const canSpeak = useSyncExternalStore(watchMicrophones, hasMicrophone);
  const byHeadset = canSpeak && line.in === 'registered' && ringsOn?.includes('headset') !== false;
  return {
    by: userId === undefined ? undefined : byHeadset ? 'headset' : 'server',
    isPending: make.isPending,
    call: (typed, numberId) => {
      const to = dialable(typed);
      const shows = numberId === undefined ? {} : { numberId };
      if (byHeadset) phone.command({ type: 'asked-dial', id: newId(), wish: { kind: 'number', to, ...shows } });
      else make.mutate({ to, ...(numberId === undefined ? {} : { fromNumberId: numberId }) });
    },
  };
}
