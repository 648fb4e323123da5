/**
 * Transcripts of the phone in the page: `> event` lines with the effects under them, `= …` what is true then. Names: account `a`,
 * calls by number. Times are seconds. Every event is followed by checkPhone.
 */
import { decidePhone } from '../../../softphone/src/phone/decide-phone';
import type { PhoneEffect, PhoneEvent } from '../../../softphone/src/phone/phone-event';
import { checkPhone, lampsOf, type PhoneState, phoneAtStart, soundOf } from '../../../softphone/src/phone/phone-state';

export interface Scene {
  readonly title: string;
  readonly lines: readonly string[];
}

export function scenesIn(text: string): readonly Scene[] {
  return text
    .split(/^# /m)
    .slice(1)
    .map((scene) => {
      const [title = '', ...lines] = scene.trimEnd().split('\n');
      return { title, lines: lines.filter((line) => line.trim() !== '') };
    });
}

/** The lines as they should have been: the events and the asked-for states as they stand, the effects as they came. */
export function played({ lines }: Scene): readonly string[] {
  let state = phoneAtStart;
  return lines.flatMap((line) => {
    if (line.startsWith('> ')) {
      const step = decidePhone(state, eventOf(line.slice(2)));
      checkPhone(step.state);
      ({ state } = step);
      return [line, ...step.effects.map((effect) => `  ${wordsOfEffect(effect)}`)];
    }
    return line.startsWith('= ') ? [`= ${wordsOfState(state, line.slice(2))}`] : [];
  });
}

const account = (name: string) => ({ username: name, password: 'p', realm: 'r', path: '/api/sip', domain: 'd' });

function eventOf(line: string): PhoneEvent {
  const [type = '', ...words] = line.split(' ');
  const fields: Record<string, string> = Object.fromEntries(words.map((word) => word.split('=')));
  const { id = '', callId } = fields;
  const at = Number(fields['at'] ?? 0) * 1000;
  const whole: Record<string, object> = {
    'account-given': { account: account(fields['account'] ?? 'a') },
    'socket-closed': { chance: Number(fields['chance'] ?? 0.5) },
    'register-accepted': { id: 'again', at },
    'call-arrived': { call: { id, number: fields['from'] ?? '', ...(callId ? { callId } : {}) } },
    'resume-offered': {
      offer: {
        callId,
        legId: fields['legId'] ?? `${callId}.1`,
        token: fields['token'],
        was: { muted: fields['was']?.includes('muted') === true, held: fields['was']?.includes('held') === true },
        until: Number(fields['until']) * 1000,
      },
      of: fields['of'] ?? 'this-browser',
      id,
      at,
    },
    'asked-dial': { id, wish: { kind: 'number', to: fields['to'] } },
    'legs-told': { callId, legIds: (fields['legIds'] ?? '').split(',') },
    'microphone-opened': { label: fields['label'] ?? 'Headset' },
  };
  const numbers = fields['status'] === undefined ? {} : { status: Number(fields['status']) };
  return { type, ...(whole[type] ?? { ...fields, ...numbers, at }) } as PhoneEvent;
}

function wordsOfEffect(effect: PhoneEffect): string {
  const { do: what, ...rest } = effect;
  return [what, ...Object.values(rest).map(wordOf)].join(' ');
}

function wordOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if ('username' in value) return `as ${String(value.username)}`;
  return Object.values(value).map(wordOf).join(' ');
}

/** `asked`: names the parts that are wanted, `line registered, call 1 talking`. */
function wordsOfState(state: PhoneState, asked: string): string {
  const lamps = Object.entries(lampsOf(state)).flatMap(([name, isOn]) => (isOn ? [name] : []));
  const parts: Record<string, string> = {
    line: `line ${state.line.in}`,
    microphone: `microphone ${state.microphone.in === 'wrong' ? state.microphone.problem : state.microphone.in}`,
    calls: `calls ${state.calls.map(wordsOfCall).join(' + ') || 'none'}`,
    sound: `sound ${soundOf(state)}`,
    lamps: `lamps ${lamps.join(' ') || 'none'}`,
    offers: `offers ${state.offers.map(({ callId }) => callId).join(' ') || 'none'}`,
  };
  return asked
    .split(', ')
    .map((part) => parts[part.split(' ')[0] ?? ''] ?? part)
    .join(', ');
}

function wordsOfCall({ id, state }: PhoneState['calls'][number]): string {
  const more = 'muted' in state ? `${state.muted ? ' muted' : ''}${state.audio === 'lost' ? ' audio-lost' : ''}` : '';
  return `${id} ${state.in}${more}`;
}
