/** What is wrong with an office object beyond its shape and its references (references.ts): zones, days, twins. */
import { circleOfQueue, waysOf as queueWaysOf } from '../../call-router/features/plan-circle';
import { queueIdOf } from '../../call-router/values/ids';
import type { OpenSpan } from '../../call-router/state/office';
import type { Store, Tx } from '../connect';
import type { StoreProblem } from '../operations';
import type { OfficeFields, OfficeKind } from '../records';
import { fieldsOf } from './stored';
import { planProblem, planWay, queueWay } from './plan-problem';
import { isZone } from './zone';

export interface ObjectToCheck<Kind extends OfficeKind = OfficeKind> {
  readonly id: string;
  readonly kind: Kind;
  readonly fields: OfficeFields<Kind>;
}

type Check<Kind extends OfficeKind> = (
  tx: Tx,
  checked: ObjectToCheck<Kind>,
) => StoreProblem | undefined | Promise<StoreProblem | undefined>;

const checks: { readonly [Kind in OfficeKind]?: Check<Kind> } = {
  calendar: (_, { fields }) => calendarProblem(fields),
  plan: planProblem,
  queue: queueProblem,
  mailbox: mailboxProblem,
  room: (tx, { id, fields }) =>
    twinOf(tx, { id, kind: 'room', field: 'number', isTwin: (other) => other.number === fields.number }),
  sound: (tx, { id, fields: { kind, replaces } }) => {
    if (kind !== 'prompt') return undefined;
    if (replaces === undefined) return invalid('replaces', 'is missing: a prompt replaces one of ours');
    const isTwin = (other: OfficeFields<'sound'>): boolean =>
      other.replaces?.prompt === replaces.prompt && other.replaces.language === replaces.language;
    return twinOf(tx, { id, kind: 'sound', field: 'replaces', isTwin });
  },
  'lead-rule': (_, { fields }) =>
    fields.ownerUserId === undefined && fields.ownerGroupId === undefined
      ? invalid('ownerUserId', 'is missing: a rule names a person or a group')
      : undefined,
};

export async function objectProblem<Kind extends OfficeKind>(
  _store: Store,
  tx: Tx,
  checked: ObjectToCheck<Kind>,
): Promise<StoreProblem | undefined> {
  return checks[checked.kind]?.(tx, checked);
}

const invalid = (field: string, why: string): StoreProblem => ({ kind: 'invalid', field, why });

interface Twins<Kind extends OfficeKind> {
  readonly id: string;
  readonly kind: Kind;
  readonly field: string;
  readonly isTwin: (other: OfficeFields<Kind>) => boolean;
}

async function twinOf<Kind extends OfficeKind>(
  tx: Tx,
  { id, kind, field, isTwin }: Twins<Kind>,
): Promise<StoreProblem | undefined> {
  const others = await tx.officeObject.findMany({ where: { kind, NOT: { id } } });
  return others.some((other) => isTwin(fieldsOf<Kind>(other))) ? { kind: 'taken', field } : undefined;
}

function calendarProblem({ zone, week, exceptions }: OfficeFields<'calendar'>): StoreProblem | undefined {
  if (!isZone(zone)) return invalid('zone', 'is no time zone; write it like Europe/Prague');
  const days = [
    ...week.map((open, index) => ({ open, field: `week.${index}` })),
    ...exceptions.map(({ open }, index) => ({ open, field: `exceptions.${index}.open` })),
  ];
  const wrong = days.find(({ open }) => open.some(isEmpty));
  if (wrong !== undefined) return invalid(wrong.field, 'a span must not end when it begins');
  const noDay = exceptions.findIndex(({ date }) => !isDay(date));
  return noDay < 0 ? undefined : invalid(`exceptions.${noDay}.date`, 'is no day of the calendar');
}

const isEmpty = ({ from, to }: OpenSpan): boolean => from === to;

/** `MM-DD` of each year may be the 29th of February. */
function isDay(date: string): boolean {
  const [year = 0, month = 0, day = 0] = (date.length === 5 ? `2000-${date}` : date).split('-').map(Number);
  const days = month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return month >= 1 && month <= 12 && day >= 1 && day <= days;
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

async function queueProblem(tx: Tx, { id, fields }: ObjectToCheck<'queue'>): Promise<StoreProblem | undefined> {
  const users = fields.members.map(({ userId }) => userId);
  if (new Set(users).size < users.length) return invalid('members', 'names somebody twice');
  if (fields.strategy === 'skills' && fields.skill === undefined)
    return invalid('skill', 'is missing: the strategy skills needs it');
  const { name, overflow } = fields;
  if (overflow?.to !== 'queue' && overflow?.to !== 'menu') return undefined;
  const queues = await tx.officeObject.findMany({ where: { kind: 'queue', NOT: { id } } });
  const plans = await tx.officeObject.findMany({ where: { kind: 'plan' } });
  const ways = {
    queues: queueWaysOf(queues.map(queueWay)),
    plans: new Map(plans.map(planWay).map((plan) => [plan.id, plan])),
  };
  const circle = circleOfQueue({ id: queueIdOf(id), name, overflow }, ways);
  return circle === undefined ? undefined : invalid('overflow', `leads in a circle: ${circle.join(', ')}`);
}

async function mailboxProblem(tx: Tx, { id, fields }: ObjectToCheck<'mailbox'>): Promise<StoreProblem | undefined> {
  const { userId, groupId } = fields;
  if ((userId === undefined) === (groupId === undefined))
    return invalid('userId', 'a mailbox is one person’s or one group’s');
  if (userId === undefined) return undefined;
  return twinOf(tx, { id, kind: 'mailbox', field: 'userId', isTwin: (other) => other.userId === userId });
}
