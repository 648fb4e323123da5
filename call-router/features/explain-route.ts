/**
 * Which way a call would go, and why: the same directory and the same rules as a call (plan.ts), but nobody rings. Where a
 * step waits for people, the way goes on as if nobody answered or pressed a key, unless `digits` says what is pressed.
 */
import type { Directory, OwnNumber } from '../state/directory';
import type { Language, Route, RouteStep } from '../state/office';
import { openNow, type WhyOpen } from '../values/hours';
import type { EpochMs, NumberId, RoutePlanId, UserId } from '../values/ids';
import { type PeopleNow, whyNotRung } from './explain-person';
import { type MenuStep, readDigits } from './menu';
import { stepOf } from './plan';
import { roundsOf } from './ring-step';

export interface RouteAsked {
  readonly number: NumberId;
  readonly at: EpochMs;
  /** The person responsible for the client whose call it would be; undefined: a client nobody knows. */
  readonly clientResponsible?: UserId;
  /** What would be pressed in each menu, in their order. */
  readonly digits?: readonly string[];
  /** Undefined: the number's, else the office's. */
  readonly language?: Language;
  /** Left out: as if everybody took calls on a phone that is on. */
  readonly people?: PeopleNow;
}

export interface ExplainedStep {
  readonly kind: RouteStep['kind'] | Route['to'] | 'person' | 'language' | 'missing' | 'circle' | 'fallback' | 'end';
  /** In one line of English, for instance `closed: Saturday`. */
  readonly why: string;
  /** Of a plan. */
  readonly plan?: RoutePlanId;
  readonly step?: string;
  /** Who rings, in this order. */
  readonly userIds?: readonly UserId[];
}

type Place =
  | { readonly kind: 'route'; readonly route: Route }
  | { readonly kind: 'step'; readonly plan: RoutePlanId; readonly step: string | undefined };

/** `on`: where it goes when nobody answers; undefined: no further. */
interface Explained {
  readonly steps: readonly ExplainedStep[];
  readonly on?: Place;
  /** The call is over, or in hands that do not give it back. */
  readonly isLast?: true;
}

interface Walk {
  readonly directory: Directory;
  readonly asked: RouteAsked;
  readonly passed: Set<string>;
  readonly digits: string[];
}

const stepsMax = 100;

export function explainRoute(directory: Directory, asked: RouteAsked): readonly ExplainedStep[] {
  const number = directory.numbers.find(({ id }) => id === asked.number);
  if (number === undefined) return [{ kind: 'missing', why: 'this number is none of ours' }];
  const walk: Walk = { directory, asked, passed: new Set(), digits: [...(asked.digits ?? [])] };
  const language = asked.language ?? number.language ?? directory.language;
  const steps: ExplainedStep[] = [{ kind: 'language', why: `spoken to in ${language}` }];
  let place: Place | undefined = { kind: 'route', route: number.route };
  let { fallback }: OwnNumber = number;
  while (place !== undefined && steps.length < stepsMax) {
    const explained: Explained = place.kind === 'route' ? explainTarget(walk, place.route) : explainStep(walk, place);
    steps.push(...explained.steps.flatMap((step) => [step, ...notRung(walk, step, explained.on)]));
    if (explained.isLast === true) return steps;
    place = explained.on;
    if (place === undefined && fallback !== undefined) {
      steps.push({ kind: 'fallback', why: "nobody took it: the number's fallback" });
      place = { kind: 'route', route: fallback };
      fallback = undefined;
    }
  }
  return [...steps, { kind: 'end', why: 'nothing further: the caller hears that nobody is there, or is refused' }];
}

/** Those of the people it rings whose phones do not. */
function notRung(
  { directory, asked: { people } }: Walk,
  { userIds = [] }: ExplainedStep,
  on: Place | undefined,
): readonly ExplainedStep[] {
  if (people === undefined) return [];
  const isPlanned = on?.kind === 'step';
  return userIds.flatMap((user) => {
    const why = whyNotRung(people, { user, isPlanned });
    return why === undefined ? [] : [{ kind: 'person', why: `${namesOf(directory.users, [user])} ${why}` } as const];
  });
}

function explainTarget({ directory }: Walk, route: Route): Explained {
  switch (route.to) {
    case 'user':
      return { steps: [ringing(directory, 'user', [route.userId])] };
    case 'ringGroup':
      return { steps: [ringing(directory, 'ringGroup', route.userIds)] };
    case 'queue':
      return { steps: [named('queue', 'waits in', directory.queues.get(route.queueId)?.name)] };
    case 'menu': {
      const plan = directory.plans.get(route.planId);
      const step = named('menu', 'is led through', plan?.name);
      return plan === undefined ? { steps: [step] } : { steps: [step], on: startOf(plan.id, plan.start) };
    }
    case 'voicemail':
      return message(directory, route.mailboxId, 'voicemail');
    default: {
      const trunk = directory.trunks.get(route.trunkId);
      return { steps: [named('external', `rings ${route.number ?? 'the number dialled'} on`, trunk?.name)] };
    }
  }
}

const startOf = (plan: RoutePlanId, step: string | undefined): Place => ({ kind: 'step', plan, step });

function named(kind: ExplainedStep['kind'], does: string, name: string | undefined): ExplainedStep {
  return name === undefined ? { kind: 'missing', why: `${does} what is gone` } : { kind, why: `${does} ${name}` };
}

function message({ mailboxes }: Directory, id: Parameters<typeof mailboxes.get>[0], kind: 'voicemail'): Explained {
  const step = named(kind, 'leaves a message for', mailboxes.get(id)?.name);
  return step.kind === 'missing' ? { steps: [step] } : { steps: [step], isLast: true };
}

function ringing({ users }: Directory, kind: 'user' | 'ringGroup', userIds: readonly UserId[]): ExplainedStep {
  const known = userIds.filter((id) => users.has(id));
  if (known.length === 0) return { kind: 'missing', why: 'rings people who are gone' };
  return { kind, why: `rings ${namesOf(users, known)}`, userIds: known };
}

const namesOf = (users: Directory['users'], ids: readonly UserId[]): string =>
  ids.map((id) => users.get(id)?.name ?? 'somebody who is gone').join(', ');

function explainStep(walk: Walk, { plan, step: name }: Place & { readonly kind: 'step' }): Explained {
  const step = name === undefined ? undefined : stepOf(walk.directory.plans.get(plan), name);
  if (name === undefined) return { steps: [] };
  if (step === undefined) return { steps: [{ kind: 'missing', why: `step ${name} is gone`, plan }] };
  const here = { plan, step: name };
  if (walk.passed.has(`${plan}/${name}`)) {
    return { steps: [{ kind: 'circle', why: 'has been here already: stopped', ...here }] };
  }
  walk.passed.add(`${plan}/${name}`);
  const { steps, ...rest } = stepExplained(walk, plan, step);
  return { ...rest, steps: steps.map((one) => ({ ...one, ...here })) };
}

function stepExplained(walk: Walk, plan: RoutePlanId, step: RouteStep): Explained {
  const { directory } = walk;
  const on = (name: string | undefined): { readonly on: Place } | object =>
    name === undefined ? {} : { on: startOf(plan, name) };
  switch (step.kind) {
    case 'hours': {
      const calendar = directory.calendars.get(step.calendarId);
      if (calendar === undefined) return { steps: [{ kind: 'missing', why: 'the calendar is gone' }] };
      const { isOpen, why } = openNow(calendar, walk.asked.at);
      const text = `${isOpen ? 'open' : 'closed'}: ${whenOf(why)}`;
      return { steps: [{ kind: 'hours', why: text }], ...on(isOpen ? step.open : step.closed) };
    }
    case 'greeting':
      return { steps: [{ kind: 'greeting', why: 'hears a greeting' }], ...on(step.next) };
    case 'menu':
      return explainMenu(walk, plan, step);
    case 'responsible': {
      const user = walk.asked.clientResponsible;
      const known = user !== undefined && directory.users.has(user);
      const why = known
        ? `rings ${namesOf(directory.users, [user])}, who is responsible, ${step.ringS} s`
        : 'nobody is known to be responsible';
      return { steps: [{ kind: 'responsible', why, ...(known ? { userIds: [user] } : {}) }], ...on(step.next) };
    }
    case 'ring': {
      const rounds = roundsOf(directory, step);
      const userIds = rounds.flatMap(({ users }) => users);
      const why =
        userIds.length === 0
          ? 'rings people who are gone'
          : `rings ${orders[step.order]} ${namesOf(directory.users, userIds)}, ${step.ringS} s`;
      return { steps: [{ kind: 'ring', why, userIds }], ...on(step.next) };
    }
    case 'queue':
      return { steps: [named('queue', 'waits in', directory.queues.get(step.queueId)?.name)], ...on(step.next) };
    case 'voicemail':
      return message(directory, step.mailboxId, 'voicemail');
    case 'external':
      return { steps: [{ kind: 'external', why: `rings ${step.number} outside, ${step.ringS} s` }], ...on(step.next) };
    case 'plan': {
      const other = directory.plans.get(step.planId);
      const led = named('plan', 'is led on through', other?.name);
      return { steps: [led], ...(other === undefined ? {} : { on: startOf(other.id, other.start) }) };
    }
    default: {
      const why = step.prompt === undefined ? 'the call ends' : 'hears an announcement, and the call ends';
      return { steps: [{ kind: 'hang-up', why }], isLast: true };
    }
  }
}

const orders = { all: 'at once', 'in-order': 'one after the other', delayed: 'each after a while' } as const;
const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function whenOf(why: WhyOpen): string {
  switch (why.by) {
    case 'switch':
      return 'switched by hand';
    case 'exception':
      return why.name === undefined ? why.date : `${why.name}, ${why.date}`;
    default:
      return days[why.day] ?? '';
  }
}

function explainMenu({ directory, digits }: Walk, plan: RoutePlanId, menu: MenuStep): Explained {
  const choices = menu.choices.map(
    (choice) => `${choice.digits}${choice.label === undefined ? '' : ` ${choice.label}`}`,
  );
  const offers = [...choices, ...(menu.directExtension ? ['an extension'] : [])].join(', ');
  const waits: ExplainedStep = { kind: 'menu', why: `waits for a digit: ${offers}` };
  const typed = digits.shift();
  const { fits } = typed === undefined ? {} : readDigits(directory, menu, typed);
  if (fits?.kind === 'extension') {
    const user = [...directory.users.values()].find(({ extension }) => extension === typed);
    const rings: ExplainedStep =
      user === undefined
        ? { kind: 'menu', why: `presses ${typed}, an extension of the office PBX` }
        : { kind: 'menu', why: `presses ${typed}: rings ${user.name}`, userIds: [user.id] };
    return { steps: [waits, rings] };
  }
  const choice = fits === undefined ? undefined : menu.choices[fits.index];
  const pressed: ExplainedStep = {
    kind: 'menu',
    why: choice === undefined ? 'presses nothing that fits' : `presses ${choice.digits}`,
  };
  const next = choice === undefined ? menu.noChoice : choice.next;
  return { steps: [waits, pressed], ...(next === undefined ? {} : { on: startOf(plan, next) }) };
}
