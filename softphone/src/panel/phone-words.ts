/** What the phone has to tell, in words: what happened and what to do. */
import type { PhoneNews } from '../phone/phone-event';
import type { MicrophoneProblem, PhoneState } from '../phone/phone-state';
import { shownNumber } from '../text/phone-number';
import { type TextKey, t } from '../text/text';

export const microphoneWords: Readonly<Record<MicrophoneProblem, TextKey>> = {
  refused: 'microphone.refused',
  missing: 'microphone.missing',
  'in-use': 'microphone.in-use',
  unplugged: 'microphone.unplugged',
  'not-secure': 'microphone.not-secure',
  failed: 'microphone.failed',
};

const statusWords: Readonly<Record<number, TextKey>> = {
  403: 'call-refused.not-allowed',
  404: 'call-refused.unknown',
  408: 'call-refused.no-answer',
  480: 'call-refused.unreachable',
  484: 'call-refused.unknown',
  486: 'call-refused.busy',
  488: 'call-refused.no-audio',
  503: 'call-refused.trunk',
  600: 'call-refused.busy',
  603: 'call-refused.rejected',
  604: 'call-refused.unknown',
};

export function newsWords(news: PhoneNews): string {
  switch (news.kind) {
    case 'microphone-changed':
      return t('microphone.changed', { name: news.label === '' ? t('microphone.another') : news.label });
    case 'no-microphone':
      return t(microphoneWords[news.problem]);
    case 'call-refused':
      return t('call-refused.told', {
        number: shownNumber(news.number),
        why: t(statusWords[news.status] ?? 'call-refused.other', { status: news.status }),
      });
    case 'call-lost':
      return t('phone.call-lost');
    case 'still-held':
      return t('phone.still-held');
    case 'not-dialled':
      return t(news.why === 'no-line' ? 'not-dialled.no-line' : 'not-dialled.too-many-calls');
  }
}

/** How the headset stands: whether a call could come to this browser now. */
export function lineWords({ account, line }: PhoneState): TextKey {
  if (account === undefined) return 'phone.no-account';
  switch (line.in) {
    case 'registered':
      return 'phone.ready';
    case 'refused':
      return 'phone.refused';
    case 'off':
      return 'phone.off';
    default:
      return 'phone.connecting';
  }
}
