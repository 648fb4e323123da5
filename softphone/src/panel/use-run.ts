/** Does what a key of the panel says: in the headset, by the server, or by opening the form that asks for more. */
import { useState } from 'react';
import { useSendCommand } from '../api/call-commands';
import { problemWords } from '../api/problem';
import type { Command } from '../calls/commands';
import { useLooker } from '../calls/use-looker';
import { notify } from '../frame/notices';
import { phone } from '../phone/phone';
import type { DeskCall } from './desk-calls';
import { type Offer, offersFor, type Placed } from './panel-commands';

export type Asked = Extract<Command, { readonly kind: 'asks' }>;

export interface Running extends Placed {
  readonly run: (offer: Offer) => void;
  readonly isPending: boolean;
  /** The form that stands open under the keys. */
  readonly asked: Asked | undefined;
  readonly hasKeypad: boolean;
  readonly close: () => void;
  readonly press: (digit: string) => void;
}

export function useRun(call: DeskCall): Running {
  const [asked, ask] = useState<Asked>();
  const [hasKeypad, setKeypad] = useState(false);
  const send = useSendCommand();
  const placed = offersFor(call, useLooker());
  const toServer = (path: string, body: object): void =>
    send.mutate(
      { callId: call.live?.id ?? '', path, body },
      { onError: (error) => notify('failed', problemWords(error)) },
    );
  const run = (offer: Offer): void => {
    if (offer.name === 'digits') return setKeypad(!hasKeypad);
    if (offer.by === 'headset') return phone.command(offer.command);
    if (offer.by !== 'server') return undefined;
    if (offer.command.kind === 'asks') return ask(asked?.name === offer.name ? undefined : offer.command);
    return toServer(offer.command.path, offer.command.body);
  };
  const digits = placed.keys.find(({ name }) => name === 'digits');
  const press = (digit: string): void => {
    if (digits?.by === 'keypad' && call.headset !== undefined)
      return phone.command({ type: 'asked-digits', id: call.headset.id, digits: digit });
    if (digits?.by === 'server' && digits.command.kind === 'asks')
      toServer('digits', { legId: digits.command.legId, digits: digit });
  };
  const isAsked =
    placed.keys.some((offer) => offer.by === 'server' && offer.name === asked?.name) || asked?.name === 'add';
  return {
    ...placed,
    run,
    isPending: send.isPending,
    asked: isAsked ? asked : undefined,
    hasKeypad: hasKeypad && digits !== undefined,
    close: () => ask(undefined),
    press,
  };
}
