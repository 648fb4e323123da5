/** Figures of a queue that follow from what the server counts. Pure. */
import type { AgentNow, QueueNow } from '../../../server/api/messages';
import { locale } from '../text/text';

/** Share answered in time, of all that were answered or gave up; undefined while there was none. */
export function serviceLevel({
  answered,
  answeredInTime,
  abandoned,
}: Pick<QueueNow, 'answered' | 'answeredInTime' | 'abandoned'>): number | undefined {
  const offered = answered + abandoned;
  return offered === 0 ? undefined : answeredInTime / offered;
}

export const percent = (share: number): string =>
  new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 0 }).format(share);

const order: readonly AgentNow['standing'][] = [
  'free',
  'ringing',
  'talking',
  'wrap-up',
  'paused',
  'do-not-disturb',
  'unreachable',
  'out',
];

/** Whoever can answer first; the same ones by name. */
export const byStanding = (agents: readonly AgentNow[]): readonly AgentNow[] =>
  [...agents].sort((a, b) => order.indexOf(a.standing) - order.indexOf(b.standing) || a.name.localeCompare(b.name));
