/**
 * What the panel offers for a call of mine, and which way it goes: keys of the headset's own call act in the headset, everything else
 * is a command to the server (commands.ts), the same for a desk phone. In places: the row of keys, the menu, the end.
 */
import type { LiveCall } from '../../../server/api/messages';
import { type Command, commandsFor, type DirectName, type Looker } from '../calls/commands';
import type { PhoneCommand } from '../phone/phone-event';
import type { HeadsetCall } from '../phone/phone-state';
import type { DeskCall } from './desk-calls';

export type Offer =
  | { readonly by: 'headset'; readonly name: HeadsetKey; readonly command: PhoneCommand }
  /** Keys are pressed one by one, in the headset's own call. */
  | { readonly by: 'keypad'; readonly name: 'digits' }
  | { readonly by: 'server'; readonly name: Command['name']; readonly command: Command };
export type HeadsetKey = Extract<
  DirectName,
  'answer' | 'decline' | 'mute' | 'unmute' | 'hold' | 'resume' | 'leave' | 'hang-up'
>;

export interface Placed {
  readonly keys: readonly Offer[];
  readonly menu: readonly Offer[];
  /** Ends my part in it. */
  readonly end: Offer | undefined;
}

/** In the order in which they stand; the rest goes into the menu. */
const keyOrder: readonly Offer['name'][] = [
  'answer',
  'complete',
  'cancel',
  'join',
  'mute',
  'unmute',
  'hold',
  'resume',
  'digits',
  'transfer',
];
const ends: readonly Offer['name'][] = ['decline', 'leave', 'hang-up'];

export function offersFor(call: DeskCall, looker: Looker): Placed {
  const local = call.headset === undefined ? [] : headsetOffers(call.headset, call.live);
  const ofHeadset = new Set<Offer['name']>([...local.map(({ name }) => name), ...pairsOf(local)]);
  const told =
    call.live === undefined ? [] : serverOffers(call.live, looker).filter(({ name }) => !ofHeadset.has(name));
  const all: readonly Offer[] = [...local, ...told];
  const end = ends.map((name) => all.find((offer) => offer.name === name)).find((offer) => offer !== undefined);
  return {
    keys: keyOrder.flatMap((name) => all.filter((offer) => offer.name === name)),
    menu: all.filter((offer) => !keyOrder.includes(offer.name) && offer !== end),
    end,
  };
}

function serverOffers(live: LiveCall, looker: Looker): readonly Offer[] {
  const { buttons, menu } = commandsFor(live, looker);
  return [...buttons, ...menu].map((command) => ({ by: 'server', name: command.name, command }));
}

/** In a conference or a consultation the server also offers to end it for all. */
function headsetOffers(call: HeadsetCall, live: LiveCall | undefined): readonly Offer[] {
  const { id, state } = call;
  const key = (
    name: HeadsetKey,
    type: Exclude<PhoneCommand['type'], 'asked-dial' | 'asked-digits' | 'pressed-hook' | 'pressed-mute'>,
  ): Offer => ({
    by: 'headset',
    name,
    command: { type, id },
  });
  const isMany = live !== undefined && ['conferring', 'consulting'].includes(live.state);
  const end = key(isMany ? 'leave' : 'hang-up', 'asked-hang-up');
  switch (state.in) {
    case 'ringing':
      return [key('answer', 'asked-answer'), key('decline', 'asked-reject')];
    case 'answering':
      return [key('decline', 'asked-reject')];
    case 'talking': {
      const mute = state.muted ? key('unmute', 'asked-unmute') : key('mute', 'asked-mute');
      return [mute, key('hold', 'asked-hold'), { by: 'keypad', name: 'digits' }, end];
    }
    case 'held':
      return [key('resume', 'asked-resume'), end];
    default:
      return [end];
  }
}

/** What the headset does itself the server need not offer the other way round. */
function pairsOf(local: readonly Offer[]): readonly Offer['name'][] {
  if (local.length === 0) return [];
  if (local.some(({ name }) => name === 'answer' || name === 'decline')) return ['answer', 'decline'];
  return ['hold', 'resume', 'mute', 'unmute', 'digits'];
}
