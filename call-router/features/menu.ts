/**
 * Greeting and menu of a route plan, on a leg we have answered. Digits are read by the longest match with 3 s between them
 * (DESIGN section 4); `#` ends them. A caller who knows the menu may press during the greeting before it.
 *
 *   said ──played──▶ waits timeoutS ──nothing──▶ said again, triesMax times ──▶ noChoice
 *     └─digits──▶ one choice fits ──▶ its step      none fits ──▶ "wrong", said again
 */
import type { PbxEffect } from '../effect';
import type { Call } from '../state/call';
import type { Directory } from '../state/directory';
import type { Prompt, RouteStep } from '../state/office';
import type { PbxView } from '../state/view';
import { deviceIdOf, type EpochMs } from '../values/ids';
import { type Attended, attendantTimer, attendantTimerOff, say } from './attend';
import { both, type Decision, decided, ignore } from './decision';
import { destinationOf } from './dial-plan';
import { leadOn } from './lead-on';
import { leadNowhere } from './onward';
import { type AtStep, goToStep, stepOf } from './plan';

export type MenuStep = Extract<RouteStep, { readonly kind: 'menu' }>;

/** Between two digits. */
const digitGapMs = 3000;

interface Heard {
  readonly tag: string;
  readonly at: EpochMs;
}

export function beginGreeting(pbx: PbxView, call: Attended): Decision {
  const here = hereOf(call, call.startedAt);
  const step = here === undefined ? undefined : stepOf(pbx.directory.plans.get(here.plan), here.step);
  if (here === undefined || step?.kind !== 'greeting') return ignore; // attend() has just put it here
  // A digit is of use only where a menu comes next.
  const untilDigit = menuBehind(pbx, here) !== undefined;
  return decided(call, [say(pbx, call, { prompts: step.prompt, tag: tagOf(here), untilDigit })]);
}

export function greetingEnded(pbx: PbxView, call: Attended, { tag, at }: Heard): Decision {
  const here = hereOf(call, at);
  if (here === undefined || tag !== tagOf(here)) return ignore; // of the step before
  const step = stepOf(pbx.directory.plans.get(here.plan), here.step);
  return goToStep(pbx, call, { ...here, step: step?.kind === 'greeting' ? step.next : undefined });
}

/** Whoever knows the menu does not wait for it. */
export function greetingDigit(pbx: PbxView, call: Attended, pressed: Pressed): Decision {
  const here = hereOf(call, pressed.at);
  const next = here === undefined ? undefined : menuBehind(pbx, here);
  if (here === undefined || next === undefined || call.path === undefined) return ignore;
  const { steps } = call.path;
  const path = { ...call.path, step: next, steps: [...steps, `${here.plan}/${next}`] };
  const by = { kind: 'menu', step: next, typed: '', tries: 1 } as const;
  return menuDigit(pbx, { ...call, path, state: { ...call.state, by } }, pressed);
}

function menuBehind(pbx: PbxView, here: AtStep): string | undefined {
  const plan = pbx.directory.plans.get(here.plan);
  const step = stepOf(plan, here.step);
  const next = step?.kind === 'greeting' ? step.next : undefined;
  return next !== undefined && stepOf(plan, next)?.kind === 'menu' ? next : undefined;
}

export function beginMenu(pbx: PbxView, call: Attended): Decision {
  const menu = menuOf(pbx, call);
  return menu === undefined ? ignore : decided(call, [words(pbx, call, menu.prompt)]);
}

const words = (pbx: PbxView, call: Attended, prompts: Prompt): PbxEffect =>
  say(pbx, call, { prompts, tag: menuTag(call), untilDigit: true });

/** Of each time it is said: the end of the last time may come when it is said again. */
const menuTag = (call: Attended): string => {
  const { by } = call.state;
  return `${tagOf(hereOf(call, call.startedAt))}/${by.kind === 'menu' ? by.tries : 0}`;
};

/** Said to its end: now the caller thinks. A digit that cut it is told by itself. */
export function menuSaid(pbx: PbxView, call: Attended, { tag }: Pick<Heard, 'tag'>): Decision {
  const menu = menuOf(pbx, call);
  if (menu === undefined || tag !== menuTag(call) || typedOf(call) !== '') return ignore; // late: digits have begun
  return decided(call, [attendantTimer(call, menu.timeoutS * 1000)]);
}

interface Pressed {
  readonly digit: string;
  readonly at: EpochMs;
}

export function menuDigit(pbx: PbxView, call: Attended, { digit, at }: Pressed): Decision {
  const menu = menuOf(pbx, call);
  if (menu === undefined) return leaveMenu(pbx, call, at);
  const before = typedOf(call);
  const typed = before + digit;
  const read = readDigits(pbx.directory, menu, typed);
  const isEnd = digit === '#' && read.fits === undefined && !read.mayGrow;
  if (isEnd) return settle(pbx, call, menu, { typed: before, at });
  if (read.mayGrow) return decided(withTyped(call, typed), [attendantTimer(call, digitGapMs)]);
  return settle(pbx, call, menu, { typed, at });
}

/** No digit came, or no further one. */
export function menuTimeOver(pbx: PbxView, call: Attended, at: EpochMs): Decision {
  const menu = menuOf(pbx, call);
  if (menu === undefined) return leaveMenu(pbx, call, at);
  const typed = typedOf(call);
  return typed === ''
    ? sayAgain(pbx, call, menu, { prompts: menu.prompt, at })
    : settle(pbx, call, menu, { typed, at });
}

/** The plan was changed under the call. */
function leaveMenu(pbx: PbxView, call: Attended, at: EpochMs): Decision {
  const leg = call.legs.get(call.state.leg);
  if (leg === undefined) return ignore;
  return both([attendantTimerOff(call)], leadNowhere(pbx, call, { leg, cause: 'unreachable', at }));
}

export interface Read {
  readonly fits?: { readonly kind: 'choice'; readonly index: number } | { readonly kind: 'extension' };
  /** More digits could make another choice of it. */
  readonly mayGrow: boolean;
}

/** A choice of the menu stands before an extension of the same digits. */
export function readDigits(directory: Directory, menu: MenuStep, typed: string): Read {
  const index = menu.choices.findIndex(({ digits }) => digits === typed);
  const extensions = menu.directExtension ? extensionsOf(directory) : [];
  const grows = [...menu.choices.map(({ digits }) => digits), ...extensions];
  const mayGrow = grows.some((digits) => digits.length > typed.length && digits.startsWith(typed));
  if (index >= 0) return { fits: { kind: 'choice', index }, mayGrow };
  return extensions.includes(typed) ? { fits: { kind: 'extension' }, mayGrow } : { mayGrow };
}

/** Of our people, and single extensions behind the office PBX. */
function extensionsOf({ users, numbers }: Directory): readonly string[] {
  return [
    ...[...users.values()].flatMap(({ extension }) => extension ?? []),
    ...numbers.flatMap(({ kind, match }) => (kind === 'office' && match.kind === 'exact' ? [match.number] : [])),
  ];
}

interface Settled {
  readonly typed: string;
  readonly at: EpochMs;
}

function settle(pbx: PbxView, call: Attended, menu: MenuStep, { typed, at }: Settled): Decision {
  const here = hereOf(call, at);
  const { fits } = readDigits(pbx.directory, menu, typed);
  if (here === undefined || fits === undefined) {
    return sayAgain(pbx, call, menu, { prompts: [{ say: 'menu-wrong' }, ...menu.prompt], at });
  }
  const quiet = [attendantTimerOff(call)];
  if (fits.kind === 'extension') {
    const destination = destinationOf(pbx, { kind: 'device', device: deviceIdOf(''), at }, typed);
    return both(quiet, leadOn(pbx, call, { leg: here.leg, destination, at }));
  }
  const choice = menu.choices[fits.index];
  const heard: Call = choice?.language === undefined ? call : { ...call, language: choice.language };
  return both(quiet, goToStep(pbx, heard, { ...here, step: choice?.next }));
}

function sayAgain(
  pbx: PbxView,
  call: Attended,
  menu: MenuStep,
  { prompts, at }: { readonly prompts: Prompt; readonly at: EpochMs },
): Decision {
  const here = hereOf(call, at);
  const { by } = call.state;
  if (here === undefined || by.kind !== 'menu') return ignore;
  const quiet = [attendantTimerOff(call)];
  if (by.tries >= menu.triesMax) return both(quiet, goToStep(pbx, call, { ...here, step: menu.noChoice }));
  const again: Attended = { ...call, state: { ...call.state, by: { ...by, typed: '', tries: by.tries + 1 } } };
  return decided(again, [...quiet, words(pbx, again, prompts)]);
}

const typedOf = ({ state: { by } }: Attended): string => (by.kind === 'menu' ? by.typed : '');

function withTyped(call: Attended, typed: string): Attended {
  const { by } = call.state;
  return by.kind === 'menu' ? { ...call, state: { ...call.state, by: { ...by, typed } } } : call;
}

/** The leg and the step it is at. */
function hereOf(call: Attended, at: EpochMs): AtStep | undefined {
  const { leg, by } = call.state;
  const one = call.legs.get(leg);
  const plan = call.path?.plan;
  const step = by.kind === 'menu' || by.kind === 'greeting' ? by.step : undefined;
  return one === undefined || plan === undefined || step === undefined ? undefined : { leg: one, at, plan, step };
}

function menuOf(pbx: PbxView, call: Attended): MenuStep | undefined {
  const here = hereOf(call, call.startedAt);
  const step = here === undefined ? undefined : stepOf(pbx.directory.plans.get(here.plan), here.step);
  return step?.kind === 'menu' ? step : undefined;
}

/** Comes back with the end of the words, so that a late end is known. */
const tagOf = (here: AtStep | undefined): string => (here === undefined ? 'plan' : `${here.plan}/${here.step}`);
