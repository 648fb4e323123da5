/** The keys of the keyboard for calls: the first that rings, and the one I talk with. */
import { useShortcuts, type Doings } from '../frame/use-shortcuts';
import type { DeskCall } from './desk-calls';
import type { Offer } from './panel-commands';
import { useRun, type Running } from './use-run';

const none: DeskCall = { key: '', stage: 'outgoing', live: undefined, headset: undefined };

export function useCallKeys(calls: readonly DeskCall[]): void {
  const ringing = useRun(calls.find(({ stage }) => stage === 'incoming') ?? none);
  const talk = useRun(calls.find(({ stage }) => stage !== 'incoming') ?? none);
  useShortcuts({
    ...doing('phone-answer', ringing, ['answer']),
    ...doing('phone-decline', ringing, ['decline']),
    ...doing('phone-mute', talk, ['mute', 'unmute']),
    ...doing('phone-hold', talk, ['hold', 'resume']),
    ...doing('phone-hang-up', talk, ['hang-up', 'leave']),
  });
}

function doing(id: keyof Doings, { keys, end, run }: Running, names: readonly Offer['name'][]): Doings {
  const offer = [...keys, ...(end === undefined ? [] : [end])].find(({ name }) => names.includes(name));
  return offer === undefined ? {} : { [id]: () => run(offer) };
}
