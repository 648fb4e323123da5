/** Who spoke with whom in a call, seen from our side: the client's end, ours, and the direction. */
import type { Call, LiveCall } from '../../../server/api/messages';
import type { IconName } from '../parts/icon';
import { shownNumber } from '../text/phone-number';
import { type TextKey, t } from '../text/text';

/** What a call record and a live call have in common. */
export type AnyCall = Pick<
  Call | LiveCall,
  'direction' | 'caller' | 'callee' | 'card' | 'answeredByUserId' | 'rangUserIds' | 'startedAt' | 'answeredAt'
>;
type NameOf = (userId: string | undefined) => string | undefined;

export const directionIcon: Readonly<Record<AnyCall['direction'], IconName>> = {
  inbound: 'inbound',
  outbound: 'outbound',
  internal: 'internal',
  transit: 'internal',
};
export const directionWords: Readonly<Record<AnyCall['direction'], TextKey>> = {
  inbound: 'direction.inbound',
  outbound: 'direction.outbound',
  internal: 'direction.internal',
  transit: 'direction.transit',
};

/** The number at the client's end; undefined: withheld. */
export function clientNumber(call: AnyCall): string | undefined {
  const end = call.direction === 'outbound' ? call.callee : call.caller;
  const number = end.number ?? (end.typed === '' ? undefined : end.typed);
  return number === undefined ? undefined : shownNumber(number);
}

/** The client by the best name there is: the card's, what the caller's phone said, the number, or that it was withheld. */
export function clientName(call: AnyCall, nameOf: NameOf): string {
  if (call.direction === 'internal') return nameOf(call.caller.userId) ?? call.caller.typed;
  const said = call.direction === 'inbound' ? call.caller.name : undefined;
  return call.card?.name ?? said ?? clientNumber(call) ?? t('call.withheld');
}

/** Our side: who answered, else who was rung, else who called. */
export function ourSide(call: AnyCall, nameOf: NameOf): string {
  if (call.direction === 'outbound') return nameOf(call.caller.userId) ?? '';
  if (call.answeredByUserId) return nameOf(call.answeredByUserId) ?? '';
  if (call.direction === 'internal' && call.rangUserIds.length === 0)
    return shownNumber(call.callee.number ?? call.callee.typed);
  const rung = call.rangUserIds.map((id) => nameOf(id)).filter((name) => name !== undefined);
  return rung.length > 2 ? `${rung[0]} +${rung.length - 1}` : rung.join(', ');
}

/** The other end of a call of mine: inside the office a colleague, else the client. */
export function otherEndName(call: Call, userId: string | undefined, nameOf: NameOf): string {
  if (call.direction !== 'internal' || call.caller.userId !== userId) return clientName(call, nameOf);
  const other = call.answeredByUserId ?? call.rangUserIds.find((id) => id !== userId);
  return nameOf(other) ?? call.callee.typed;
}
