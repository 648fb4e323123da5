/** Who is at the other end of a call of mine, by the best name there is, and the number beside it. */
import { clientName, clientNumber } from '../calls/call-words';
import { shownNumber } from '../text/phone-number';
import { t } from '../text/text';
import { colleagueOf, type DeskCall } from './desk-calls';

export interface OtherEnd {
  readonly name: string;
  /** Undefined: it is the name, or withheld. */
  readonly number?: string;
}

type NameOf = (userId: string | undefined) => string | undefined;

export function otherEnd({ live, headset }: DeskCall, userId: string | undefined, nameOf: NameOf): OtherEnd {
  if (live === undefined) return ofHeadset(headset);
  if (live.direction === 'internal') {
    const { userId: colleague, typed } = colleagueOf(live, userId);
    return withNumber(nameOf(colleague) ?? typed, typed);
  }
  return withNumber(clientName(live, nameOf), clientNumber(live));
}

function ofHeadset(call: DeskCall['headset']): OtherEnd {
  const number = call?.number === undefined || call.number === '' ? undefined : shownNumber(call.number);
  return withNumber(call?.name ?? number ?? t('call.withheld'), number);
}

const withNumber = (name: string, number: string | undefined): OtherEnd =>
  number === undefined || number === name ? { name } : { name, number };
