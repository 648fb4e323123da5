/** Effects as the lines of a transcript. Every effect is written; what carries no meaning for a reader (SDP) is left out. */
import type { InviteTarget, PbxEffect } from '../../call-router/effect';
import type { CallRecord } from '../../call-router/values/cdr';
import { sipStatusOf } from '../../call-router/values/cause';

export function lineOf(effect: PbxEffect): string {
  return `${effect.to} ${bodyOf(effect)}`;
}

function bodyOf(effect: PbxEffect): string {
  switch (effect.to) {
    case 'sip':
      return sipLine(effect);
    case 'media':
      return mediaLine(effect);
    case 'recordings':
      return `${effect.do}${effect.do === 'finish' ? '' : cardText(effect.sidecar.card)}`;
    case 'crm':
      return `look up ${effect.number}, unknown makes ${effect.makes}${effect.source === undefined ? '' : ` from ${effect.source}`}`;
    case 'store':
      return effect.do === 'save-call' ? `save ${recordLine(effect.record)}` : plain(effect);
    case 'desk':
      if (effect.do === 'show-quality') return `show quality of ${legName(effect.leg)}`;
      return effect.do === 'wake'
        ? `tell browsers of ${effect.user} of ${legName(effect.leg)}`
        : `offer ${effect.user} to take up ${effect.token} for ${effect.forMs / 1000} s`;
    default:
      return effect.do === 'set-timer'
        ? `set ${timerName(effect.timer)} ${effect.afterMs / 1000} s`
        : `clear ${timerName(effect.timer)}`;
  }
}

function sipLine(effect: Extract<PbxEffect, { to: 'sip' }>): string {
  switch (effect.do) {
    case 'invite':
      return `invite ${targetOf(effect.target)} as ${legName(effect.leg)} showing ${effect.shows.withheld ? 'nobody' : effect.shows.number}${effect.shows.displayName === undefined ? '' : ` "${effect.shows.displayName}"`}${effect.divertedBy === undefined ? '' : ` diverted by ${effect.divertedBy.number} "${effect.divertedBy.displayName ?? ''}"`}`;
    case 'refuse':
      return `refuse ${legName(effect.leg)} ${effect.cause} (${sipStatusOf(effect.cause)}${effect.retryAfterS === undefined ? '' : `, retry after ${effect.retryAfterS} s`})`;
    case 'cancel':
      return `cancel ${legName(effect.leg)} ${effect.cause}${effect.takenBy === undefined ? '' : ` by ${effect.takenBy}`}`;
    case 'bye':
    case 'refuse-reoffer':
    case 'refuse-refer':
      return `${effect.do} ${legName(effect.leg)} ${effect.cause}`;
    case 'mark-focus':
      return `mark-focus ${legName(effect.leg)} ${effect.conference === undefined ? 'of none' : `of ${effect.conference}`}`;
    case 'notify-refer':
      return `notify-refer ${legName(effect.leg)} ${effect.status}`;
    case 'publish-dialogs':
    case 'publish-messages':
      return plain(effect);
    default:
      return `${effect.do} ${legName(effect.leg)}`;
  }
}

/** Name and members as they are: for what needs no words of its own. */
function plain({ to: _to, do: does, ...members }: PbxEffect & { readonly do: string }): string {
  return `${does} ${JSON.stringify(members)}`;
}

function targetOf(target: InviteTarget): string {
  if (target.kind === 'binding') return target.binding;
  return target.kind === 'trunk' ? `${target.number} on ${target.trunk}` : `${target.number} at ${target.binding}`;
}

function mediaLine(effect: Extract<PbxEffect, { to: 'media' }>): string {
  switch (effect.do) {
    case 'open-offering-leg':
      return `open ${legName(effect.leg)}, we offer${effect.over === 'webrtc' ? ' webrtc' : ''}${effect.like === undefined ? '' : ` like ${legName(effect.like)}`}`;
    case 'open-answering-leg':
      return `open ${legName(effect.leg)}, they offer`;
    case 'accept-offer':
      return `accept-offer ${legName(effect.leg)}${effect.like === undefined ? '' : ` like ${legName(effect.like)}`}`;
    case 'join':
    case 'separate':
      return `${effect.do} ${legName(effect.a)} and ${legName(effect.b)}`;
    case 'pause-recording':
      return effect.do;
    case 'send-digits':
      return `send-digits ${effect.digits} to ${legName(effect.leg)}`;
    case 'record':
      return `record, customer ${legName(effect.customer)}, ours ${effect.ours === undefined ? 'silent' : legName(effect.ours)}`;
    case 'stop-recording':
      return 'stop-recording';
    case 'play-prompts':
      return `say ${effect.prompts.map((part) => Object.values(part).join('')).join(', ')} to ${legName(effect.leg)}${effect.untilDigit ? ' until a digit' : ''}${effect.thenMusic === undefined ? '' : ', then music'}`;
    case 'play-recording':
      return `play-recording ${effect.call} ${effect.fromMs / 1000} to ${effect.toMs / 1000} s to ${legName(effect.leg)}`;
    case 'record-room':
      return `record-room, customer ${legName(effect.customer)}`;
    case 'enter-room':
      return `enter-room ${legName(effect.leg)} ${effect.role.kind}${effect.role.kind === 'whispers' ? ` to ${legName(effect.role.to)}` : ''}`;
    case 'play':
      return `play ${effect.tone} to ${legName(effect.leg)}`;
    case 'watch':
      return effect.audioLostMs === 0
        ? `stop watching ${legName(effect.leg)}`
        : `watch ${legName(effect.leg)} ${effect.audioLostMs / 1000} s${effect.counts === undefined ? '' : ` by ${effect.counts}`}`;
    default:
      return `${effect.do} ${legName(effect.leg)}`;
  }
}

function recordLine(record: CallRecord): string {
  const state = record.cause ?? (record.answeredAt === undefined ? 'ringing' : 'talking');
  const times = `ring ${record.ringMs / 1000} talk ${record.talkMs / 1000} total ${record.totalMs / 1000} s`;
  const who = record.answeredByUserId === undefined ? '' : ` answered by ${record.answeredByUserId}`;
  return `${record.direction} ${state}, ${times}${queueText(record)}${who}${cardText(record.card)}${conferenceText(record)}`;
}

const conferenceText = ({ conferenceWith = [] }: CallRecord): string =>
  conferenceWith.length === 0 ? '' : `, one conference with ${conferenceWith.join(' and ')}`;
const queueText = ({ queueId, queueWaitMs = 0, queueEnd }: CallRecord): string =>
  queueId === undefined ? '' : ` queue ${queueId} ${queueEnd ?? 'waiting'} ${queueWaitMs / 1000} s`;
const cardText = (card: { kind: string; id: string } | undefined): string =>
  card === undefined ? '' : `, card ${card.kind} ${card.id}`;
/** `leg 2`; of another call than the first: `leg c2.2`. */
const legName = (leg: string): string => `leg ${leg.replace(/^c1\./, '')}`;
const timerName = (timer: string): string =>
  `${timer.slice(timer.lastIndexOf('/') + 1)} timer${timer.includes('.') ? ` of ${legName(timer.slice(0, timer.lastIndexOf('/')))}` : ''}`;
