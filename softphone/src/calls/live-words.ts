/** What a live call is doing, in words, and who is in a conference. */
import type { LiveCall, LiveLeg } from '../../../server/api/messages';
import { shownNumber } from '../text/phone-number';
import { type TextKey, t } from '../text/text';
import { clientName, clientNumber } from './call-words';

type NameOf = (id: string | undefined) => string | undefined;

const words: Readonly<Record<LiveCall['state'], TextKey>> = {
  'reaching-caller': 'live.reaching-caller',
  ringing: 'outcome.ringing',
  answering: 'live.answering',
  talking: 'outcome.talking',
  consulting: 'live.consulting',
  transferring: 'live.transferring',
  attended: 'live.attended',
  queued: 'live.queued',
  'calling-back': 'live.calling-back',
  parked: 'live.parked',
  conferring: 'live.conferring',
  ended: 'outcome.ended',
};

/** `queueName`: of the queues this person knows by name. */
export function stateWords(call: LiveCall, queueName: NameOf): string {
  const queue = queueName(call.queueId);
  if (call.state === 'queued' && queue !== undefined) return t('live.queued-in', { queue });
  if (call.state === 'parked' && call.slot !== undefined) return t('live.parked-in', { slot: call.slot });
  return isHeld(call) ? t('live.held') : t(words[call.state]);
}

export const isHeld = ({ state, legs }: LiveCall): boolean =>
  state === 'talking' && legs.some((leg) => leg.state === 'held');

/** Calm while people talk or wait in order; in the accent colour while somebody should act. */
export const isCalling = ({ state }: LiveCall): boolean =>
  state === 'ringing' || state === 'reaching-caller' || state === 'queued' || state === 'transferring';

/** Who is in the conference, in the order in which they came. */
export function memberNames(call: LiveCall, nameOf: NameOf): readonly string[] {
  const legs = (call.members ?? []).flatMap((id) => call.legs.find((leg) => leg.id === id) ?? []);
  return legs.map((leg) => legName(call, leg, nameOf));
}

/** Who is rung to join them. */
export function joiningNames(call: LiveCall, nameOf: NameOf): readonly string[] {
  if (call.state !== 'conferring') return [];
  const rung = call.legs.filter((leg) => leg.state === 'ringing' || leg.state === 'dialling');
  return [...new Set(rung.map((leg) => legName(call, leg, nameOf)))];
}

function legName(call: LiveCall, leg: LiveLeg, nameOf: NameOf): string {
  const colleague = nameOf(leg.userId);
  if (colleague !== undefined) return colleague;
  const number = leg.number === undefined ? undefined : shownNumber(leg.number);
  const isClient = leg.direction === 'incoming' || number === clientNumber(call);
  return isClient ? clientName(call, nameOf) : (number ?? t('legs.trunk'));
}
