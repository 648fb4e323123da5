/** What a notice says, and where a click on it leads. */
import type { Alarm, Notice } from '../../../server/api/messages';
import type { IconName } from '../parts/icon';
import { t, type TextKey } from '../text/text';

const icons: Readonly<Record<Notice['kind'], IconName>> = {
  'new-lead': 'leads',
  'lead-passed-on': 'leads',
  alarm: 'silent',
  message: 'voicemail',
};
export const noticeIcon = ({ kind }: Notice): IconName => icons[kind];

const alarms: Readonly<Record<Alarm['kind'], TextKey>> = {
  'fraud-limit': 'alarm.fraud-limit',
  'wrong-pin': 'alarm.wrong-pin',
  'many-calls-out': 'alarm.many-calls-out',
  'prompt-missing': 'alarm.prompt-missing',
  'forbidden-number': 'alarm.forbidden-number',
  'emergency-call': 'alarm.emergency-call',
};
export const alarmWords = (kind: Alarm['kind']): string => t(alarms[kind]);

export function noticeWords(notice: Notice): string {
  switch (notice.kind) {
    case 'new-lead':
    case 'lead-passed-on':
      return t(`notice.${notice.kind}`, { title: notice.parameters.title });
    case 'message':
      return t('notice.message', { mailbox: notice.parameters.mailbox });
    default: {
      const { alarm, userName } = notice.parameters;
      return userName === undefined
        ? alarmWords(alarm)
        : t('notice.alarm-of', { alarm: alarmWords(alarm), name: userName });
    }
  }
}

export function noticePlace(notice: Notice): string {
  switch (notice.kind) {
    case 'message':
      return '/messages';
    case 'alarm':
      return '/alarms';
    default:
      return `/leads/${encodeURIComponent(notice.parameters.leadId)}`;
  }
}
