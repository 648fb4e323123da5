/** How a person stands, in the few words that fit into the top of the window. Pure. */
import type { PersonNow } from '../../../server/api/messages';
import type { IconName } from '../parts/icon';
import { shownNumber } from '../text/phone-number';
import { t } from '../text/text';

export interface Standing {
  readonly key: string;
  readonly icon: IconName;
  readonly words: string;
  /** Calls do not reach this person as they usually would. */
  readonly isWarning: boolean;
}

type Seen = Pick<PersonNow, 'doNotDisturb' | 'forwards' | 'agentOf' | 'pause' | 'isBlocked'>;

/** Nothing to say about a person whose calls simply ring. `memberOf`: how many queues they could be logged in to. */
export function standingsOf(person: Seen, memberOf: number): readonly Standing[] {
  const { doNotDisturb, forwards, agentOf, pause, isBlocked } = person;
  return [
    ...(isBlocked ? [warning('blocked', 'silent', t('me.blocked'))] : []),
    ...(doNotDisturb ? [warning('do-not-disturb', 'silent', t('me.do-not-disturb'))] : []),
    ...(forwards.always === undefined
      ? []
      : [warning('forwarded', 'forward', t('me.forwarded-to', { target: targetWords(forwards.always) }))]),
    ...(memberOf === 0 ? [] : [agentWords({ agentOf, pause })]),
  ];
}

const warning = (key: string, icon: IconName, words: string): Standing => ({ key, icon, words, isWarning: true });

function agentWords({
  agentOf,
  pause,
}: {
  readonly agentOf: readonly string[];
  readonly pause: Seen['pause'];
}): Standing {
  const key = 'agent';
  const icon = 'queues';
  if (agentOf.length === 0) return { key, icon, words: t('me.logged-out'), isWarning: false };
  if (pause === undefined) return { key, icon, words: t('me.in-queues', { count: agentOf.length }), isWarning: false };
  return warning(key, icon, pause.reason === '' ? t('me.paused') : t('me.paused-for', { reason: pause.reason }));
}

export const targetWords = (target: string): string =>
  target === 'voicemail' ? t('me.voicemail') : shownNumber(target);
