/**
 * Which feature code was dialled (DESIGN section 4): a whole code first, then a code with what was dialled behind it, the
 * longest code winning. A code of digits alone (`40`) takes nothing behind it, or every number that begins so would be one.
 * The codes of a feature that is switched off are none.
 */
import type { DialledCode } from '../state/feature-code';
import { isOffered } from '../state/feature-switch';
import type { Calendar, Office } from '../state/office';
import type { CalendarId } from '../values/ids';

export type DialledCodeFound =
  | { readonly kind: 'code'; readonly code: DialledCode; readonly tail: string }
  | { readonly kind: 'calendar-switch'; readonly calendar: CalendarId };

interface Shape {
  /** What may be dialled behind it; undefined: nothing. */
  readonly tail?: RegExp;
  /** It means nothing without one. */
  readonly needsTail?: true;
}

const number = /^\+?\d{2,15}$/;

/** What each code takes. Extensions have 2 to 6 digits, slots and lines two. */
export const shapes: Readonly<Record<DialledCode, Shape>> = {
  intercept: { tail: /^[1-9]\d{1,5}$/ },
  /** Which of one's mailboxes: own ones first, then those of groups. */
  voicemail: { tail: /^\d$/ },
  room: { tail: /^\d{1,8}$/ },
  /** To a number, or to one's own mailbox by the code that listens to it. */
  forward: { tail: /^(\+?\d{2,15}|\*\d{1,6})$/ },
  forwardOff: {},
  doNotDisturb: {},
  doNotDisturbOff: {},
  retrieve: { tail: /^\d{2}$/ },
  echo: {},
  line: { tail: /^\d{2}\+?\d{2,15}$/, needsTail: true },
  agentIn: {},
  agentOut: {},
  agentPause: {},
  noRecording: { tail: number, needsTail: true },
};

export const dialledCodes = Object.keys(shapes).filter((name): name is DialledCode => name in shapes);

/** Digits alone: nothing can stand behind it. */
export const standsAlone = (value: string): boolean => /^\d+$/.test(value);

type Codes = Pick<Office, 'codes' | 'calendars' | 'features'>;

export function codeOf(office: Codes, dialled: string): DialledCodeFound | undefined {
  return wholeCode(office, dialled) ?? calendarSwitch(office.calendars, dialled) ?? codeWithTail(office, dialled);
}

const offeredCodes = ({ features }: Codes): readonly DialledCode[] =>
  dialledCodes.filter((code) => isOffered(features, code));

function wholeCode(office: Codes, dialled: string): DialledCodeFound | undefined {
  const codes = office.codes.dialled;
  const code = offeredCodes(office).find((name) => codes[name].includes(dialled) && shapes[name].needsTail !== true);
  return code === undefined ? undefined : { kind: 'code', code, tail: '' };
}

function calendarSwitch(calendars: Iterable<readonly [CalendarId, Calendar]>, dialled: string) {
  for (const [calendar, { code }] of calendars)
    if (code !== undefined && code === dialled) return { kind: 'calendar-switch', calendar } as const;
  return undefined;
}

function codeWithTail(office: Codes, dialled: string): DialledCodeFound | undefined {
  let best: DialledCodeFound | undefined;
  let bestLength = 0;
  for (const code of offeredCodes(office)) {
    for (const value of office.codes.dialled[code]) {
      const tail = dialled.slice(value.length);
      if (value.length <= bestLength || standsAlone(value) || !dialled.startsWith(value)) continue;
      if (shapes[code].tail?.test(tail) !== true) continue;
      best = { kind: 'code', code, tail };
      bestLength = value.length;
    }
  }
  return best;
}

/** The number behind codes that say how it is called: out from a line, unrecorded. */
export function numberBehind(office: Codes, dialled: string): BehindCodes {
  const found = codeOf(office, dialled);
  if (found?.kind !== 'code') return { number: dialled, isUnrecorded: false };
  if (found.code === 'line') return numberBehind(office, found.tail.slice(2));
  if (found.code === 'noRecording') return { number: numberBehind(office, found.tail).number, isUnrecorded: true };
  return { number: dialled, isUnrecorded: false };
}

export interface BehindCodes {
  readonly number: string;
  readonly isUnrecorded: boolean;
}
