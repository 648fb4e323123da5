/** How a call ended, in plain words, and how alarming that is. */
import type { EndCause } from '../../../call-router/values/cause';
import type { Call } from '../../../server/api/messages';
import { t, type TextKey } from './text';

export type Outcome = 'talking' | 'ringing' | 'talked' | 'missed' | 'failed';

const words: Readonly<Record<EndCause, TextKey>> = {
  'caller-hung-up': 'cause.caller-hung-up',
  'callee-hung-up': 'cause.callee-hung-up',
  'caller-gave-up': 'cause.caller-gave-up',
  'answered-elsewhere': 'cause.answered-elsewhere',
  'keeps-place': 'cause.keeps-place',
  transferred: 'cause.transferred',
  'nothing-to-pick-up': 'cause.nothing-to-pick-up',
  'no-such-dialog': 'cause.no-such-dialog',
  busy: 'cause.busy',
  'no-answer': 'cause.no-answer',
  rejected: 'cause.rejected',
  unreachable: 'cause.unreachable',
  'number-unknown': 'cause.number-unknown',
  'not-allowed': 'cause.not-allowed',
  'limit-reached': 'cause.limit-reached',
  'no-common-codec': 'cause.no-common-codec',
  'bad-request': 'cause.bad-request',
  overloaded: 'cause.overloaded',
  'trunk-failed': 'cause.trunk-failed',
  'audio-lost': 'cause.audio-lost',
  'too-long': 'cause.too-long',
  'ended-by-command': 'cause.ended-by-command',
  voicemail: 'cause.voicemail',
  'ended-by-route': 'cause.ended-by-route',
  'service-stopped': 'cause.service-stopped',
  interrupted: 'cause.interrupted',
  'internal-error': 'cause.internal-error',
  'signalling-lost': 'cause.signalling-lost',
};

/** These left the caller without an answer though nothing was broken. */
const unanswered: ReadonlySet<EndCause> = new Set<EndCause>([
  'caller-gave-up',
  'busy',
  'no-answer',
  'rejected',
  'unreachable',
  'voicemail',
  'ended-by-route',
]);

export function outcomeOf(call: Call): Outcome {
  if (!call.endedAt) return call.answeredAt ? 'talking' : 'ringing';
  if (call.answeredAt) return 'talked';
  return call.cause && !unanswered.has(call.cause) ? 'failed' : 'missed';
}

/** The words for a call: for one that goes on, that it does. */
export function outcomeWords(call: Call): string {
  if (!call.endedAt) return t(call.answeredAt ? 'outcome.talking' : 'outcome.ringing');
  return call.cause ? t(words[call.cause]) : t('outcome.ended');
}

export const causeWords = (cause: EndCause): string => t(words[cause]);
