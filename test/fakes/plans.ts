/** Routes for transcripts and random calls: numbers whose callers are led through plans, a group, a calendar, two mailboxes. */
import type { Directory, OwnNumber } from '../../call-router/state/directory';
import type { Calendar, Group, Mailbox, OpenSpan, Route, RoutePlan, RouteStep } from '../../call-router/state/office';
import {
  calendarIdOf,
  groupIdOf,
  mailboxIdOf,
  numberIdOf,
  routePlanIdOf,
  trunkIdOf,
  userIdOf,
} from '../../call-router/values/ids';

const anna = userIdOf('u101');
const boris = userIdOf('u102');
const hours = calendarIdOf('hours');
const box = mailboxIdOf('desk-box');
const day: readonly OpenSpan[] = [{ from: '08:00', to: '17:00' }];

/** Transcripts play on a Sunday, 9 September 2001, 3:46 in Prague. */
export const calendar: Calendar = {
  id: hours,
  name: 'Office hours',
  zone: 'Europe/Prague',
  week: [day, day, day, day, day, [], []],
  exceptions: [],
  switch: 'automatic',
};

function plan(id: string, start: string, steps: Readonly<Record<string, RouteStep>>): RoutePlan {
  return { id: routePlanIdOf(id), name: id, start, steps };
}

/** Hours, greeting, a menu in two languages, people, a mailbox. */
const desk = plan('desk', 'hours', {
  hours: { kind: 'hours', calendarId: hours, open: 'hello', closed: 'night' },
  night: { kind: 'hang-up', prompt: [{ say: 'closed' }] },
  hello: { kind: 'greeting', prompt: [{ say: 'welcome' }], next: 'menu' },
  menu: {
    kind: 'menu',
    prompt: [{ say: 'menu-choose' }],
    choices: [
      { digits: '1', label: 'Sales', next: 'sales' },
      { digits: '12', label: 'Partner', next: 'partner' },
      { digits: '3', label: 'Czech', language: 'cs', next: 'menu-cs' },
      { digits: '4', label: 'Message', next: 'box' },
      { digits: '5', label: 'Own adviser', next: 'adviser' },
      { digits: '6', label: 'Late desk', next: 'late' },
    ],
    directExtension: true,
    timeoutS: 5,
    triesMax: 2,
    noChoice: 'sales',
  },
  'menu-cs': {
    kind: 'menu',
    prompt: [{ say: 'menu-choose' }],
    choices: [{ digits: '1', next: 'sales' }],
    directExtension: false,
    timeoutS: 5,
    triesMax: 1,
  },
  sales: { kind: 'ring', order: 'all', targets: [{ groupId: groupIdOf('sales') }], ringS: 20, next: 'box' },
  partner: { kind: 'external', number: '+420777000888', trunkId: trunkIdOf('second'), ringS: 25, next: 'box' },
  adviser: { kind: 'responsible', ringS: 12, next: 'sales' },
  late: { kind: 'plan', planId: routePlanIdOf('in-turn') },
  box: { kind: 'voicemail', mailboxId: box },
});

/** Nobody is answered before a person answers. */
const quiet = plan('quiet', 'adviser', {
  adviser: { kind: 'responsible', ringS: 12, next: 'people' },
  people: { kind: 'ring', order: 'all', targets: [{ userId: anna }], ringS: 20 },
});

const inTurn = plan('in-turn', 'people', {
  people: { kind: 'ring', order: 'in-order', targets: [{ userId: anna }, { groupId: groupIdOf('sales') }], ringS: 15 },
});

const delayed = plan('delayed', 'people', {
  people: {
    kind: 'ring',
    order: 'delayed',
    targets: [{ userId: anna }, { userId: boris, delayS: 10 }],
    ringS: 30,
    next: 'over',
  },
  over: { kind: 'hang-up' },
});

const circle = plan('circle', 'again', { again: { kind: 'plan', planId: routePlanIdOf('circle') } });

const plans = [desk, quiet, inTurn, delayed, circle];

function number(id: string, digits: string, route: Route, more: Partial<OwnNumber> = {}): OwnNumber {
  const match = { kind: 'exact', number: digits } as const;
  return { id: numberIdOf(id), match, kind: 'rented', trunkId: trunkIdOf('provider'), makes: 'lead', route, ...more };
}

const toPlan = (id: string): Route => ({ to: 'menu', planId: routePlanIdOf(id) });
const toBox: Route = { to: 'voicemail', mailboxId: box };

const numbers: readonly OwnNumber[] = [
  number('desk', '+420210000011', toPlan('desk')),
  number('quiet', '+420210000012', toPlan('quiet'), { fallback: toBox }),
  number('in-turn', '+420210000013', toPlan('in-turn')),
  number('delayed', '+420210000014', toPlan('delayed')),
  number('gone', '+420210000015', toPlan('removed'), { fallback: { to: 'user', userId: boris } }),
  number('circle', '+420210000016', toPlan('circle')),
  number('box', '+420210000017', toBox, { language: 'cs' }),
  number('back-up', '+420210000018', { to: 'user', userId: userIdOf('nobody') }, { fallback: toPlan('in-turn') }),
];

const sales: Group = { id: groupIdOf('sales'), name: 'Sales', userIds: [anna, boris], isPickupGroup: false };
const deskBox: Mailbox = { id: box, name: 'Desk', groupId: groupIdOf('sales'), messageMaxS: 60 };
const annaBox: Mailbox = { id: mailboxIdOf('anna-box'), name: 'Anna', userId: anna, messageMaxS: 60 };

const byId = <T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<T['id'], T> =>
  new Map(items.map((item) => [item.id, item]));

export const withPlans = (office: Directory): Directory => ({
  ...office,
  numbers: [...office.numbers, ...numbers],
  plans: byId(plans),
  calendars: byId([calendar]),
  groups: byId([...office.groups.values(), sales]),
  mailboxes: byId([...office.mailboxes.values(), deskBox, annaBox]),
});
