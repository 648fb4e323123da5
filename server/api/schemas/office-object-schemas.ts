/**
 * Schemas of what the office sets up (call-router/state/office.ts): groups, calendars, plans, queues, mailboxes, rooms, sounds,
 * rules. Each kind is a table of members; what is shown, made and changed follows from it. A member with a default may be left
 * out when a thing is made, an optional one also removed by `null`.
 */
import { type TSchema, type TUnsafe, Type } from '@sinclair/typebox';
import type { Route } from '../../../call-router/state/office';
import type { OfficeKind, OfficeRow } from '../../../prisma/records';
import { language, mailAddress, route } from './office-schemas';
import { prompt, promptName } from './prompt-schemas';
import { routeStep } from './route-step-schemas';
import { closed, id, line, list, moment, oneOf, removable } from './schema';

const seconds = (least: number, most: number, usual: number) =>
  Type.Integer({ minimum: least, maximum: most, default: usual, description: 'seconds' });
const ids = (most: number) => ({ ...list(id, most), default: [] });
const time = Type.String({ pattern: '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$', description: 'HH:MM, to 24:00' });
const beginning = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$', description: 'HH:MM' });
const spans = list(Type.Object({ from: beginning, to: time }, closed), 24);
const codeDigits = Type.String({ pattern: '^[0-9*]{2,8}$', description: '2 to 8 of 0-9 and *' });
const digits = (least: number, most: number) =>
  Type.String({ pattern: `^[0-9]{${least},${most}}$`, description: `${least} to ${most} digits` });
const position = Type.Optional(
  Type.Integer({ minimum: 0, maximum: 1_000_000, description: 'its place among the rules' }),
);

type Members = Readonly<Record<string, TSchema>>;

const members: Readonly<Record<OfficeKind, Members>> = {
  group: { userIds: list(id, 500), headUserId: Type.Optional(id), isPickupGroup: Type.Boolean({ default: false }) },
  calendar: {
    zone: Type.String({ maxLength: 64, description: 'IANA name of the zone, like Europe/Prague' }),
    week: { ...list(spans), minItems: 7, maxItems: 7, description: 'seven days, Monday first' },
    exceptions: {
      ...list(
        Type.Object(
          {
            date: Type.String({ pattern: '^([0-9]{4}-)?[0-9]{2}-[0-9]{2}$', description: 'YYYY-MM-DD or MM-DD' }),
            name: Type.Optional(line(100)),
            open: spans,
          },
          closed,
        ),
        400,
      ),
      default: [],
    },
    switch: { ...oneOf(['automatic', 'open', 'closed']), default: 'automatic' },
    code: Type.Optional(codeDigits),
  },
  plan: {
    start: Type.String({ pattern: '^[A-Za-z0-9_-]{1,40}$', description: 'name of its first step' }),
    steps: {
      ...Type.Record(Type.String({ pattern: '^[A-Za-z0-9_-]{1,40}$' }), routeStep, { maxProperties: 200 }),
      additionalProperties: false,
    },
  },
  queue: {
    strategy: {
      ...oneOf(['all', 'longest-idle', 'fewest-calls', 'round-robin', 'in-order', 'skills']),
      default: 'longest-idle',
    },
    members: list(
      Type.Object(
        {
          userId: id,
          level: Type.Integer({ minimum: 1, maximum: 100, default: 1 }),
          skills: { ...list(line(60), 50), default: [] },
        },
        closed,
      ),
      500,
    ),
    skill: Type.Optional(line(60)),
    ringS: seconds(3, 300, 20),
    wrapUpS: seconds(0, 3600, 0),
    missesMax: Type.Integer({ minimum: 0, maximum: 100, default: 3 }),
    callsMax: Type.Integer({ minimum: 1, maximum: 1000, default: 50 }),
    waitMaxS: seconds(1, 86_400, 900),
    overflow: Type.Optional(route),
    ringsBusy: Type.Boolean({ default: false }),
    announce: {
      ...Type.Object(
        { everyS: Type.Integer({ minimum: 0, maximum: 3600 }), position: Type.Boolean(), wait: Type.Boolean() },
        closed,
      ),
      default: { everyS: 60, position: true, wait: false },
    },
    greeting: Type.Optional(prompt),
    musicId: Type.Optional(id),
    callbackDigit: Type.Optional(Type.String({ pattern: '^[0-9*#]$', description: 'one key' })),
    serviceLevelS: seconds(1, 3600, 20),
    priorityCardIds: ids(10_000),
  },
  mailbox: {
    userId: Type.Optional(id),
    groupId: Type.Optional(id),
    greeting: Type.Optional(prompt),
    messageMaxS: seconds(5, 1800, 180),
    email: Type.Optional(mailAddress),
  },
  room: {
    number: digits(1, 8),
    pin: Type.Optional(digits(3, 12)),
    membersMax: Type.Integer({ minimum: 2, maximum: 32, default: 32 }),
  },
  sound: {
    kind: oneOf(['greeting', 'music', 'prompt']),
    replaces: Type.Optional(Type.Object({ prompt: promptName, language }, closed)),
    durationMs: Type.Integer({ minimum: 0 }),
  },
  'outgoing-rule': {
    position,
    prefixes: {
      ...list(Type.String({ pattern: '^\\+?[0-9*#]{1,15}$', description: '+420, or digits' }), 1000),
      default: [],
    },
    userIds: ids(500),
    groupIds: ids(100),
    calendarId: Type.Optional(id),
    ways: list(Type.Object({ trunkId: id, numberId: Type.Optional(id) }, closed), 20),
  },
  'recording-rule': {
    position,
    numberIds: ids(500),
    groupIds: ids(100),
    userIds: ids(500),
    direction: Type.Optional(oneOf(['inbound', 'outbound', 'internal'])),
    record: oneOf(['always', 'announced', 'never']),
  },
  'lead-rule': {
    position,
    sources: { ...list(line(200), 200), default: [] },
    numberIds: ids(500),
    calendarId: Type.Optional(id),
    language: Type.Optional(language),
    ownerUserId: Type.Optional(id),
    ownerGroupId: Type.Optional(id),
    passOnMinutes: Type.Integer({ minimum: 0, maximum: 100_000, default: 0 }),
  },
};

/** What the door itself looks into; the rest is checked by its schema and by prisma/office. */
type Fields = object & { readonly overflow?: Route | null };

export interface ObjectSchemas {
  readonly shown: TUnsafe<OfficeRow>;
  readonly toCreate: TUnsafe<Fields>;
  readonly patch: TUnsafe<Fields>;
}

export function objectSchemas(kind: OfficeKind): ObjectSchemas {
  const all: Members = { name: line(100), ...members[kind] };
  return {
    shown: Type.Unsafe(Type.Object({ id, ...all, createdAt: moment })),
    toCreate: Type.Unsafe(
      Type.Object(
        mapped(all, (member) => (member['default'] === undefined ? member : Type.Optional(member))),
        closed,
      ),
    ),
    patch: Type.Unsafe(Type.Object(mapped(all, patchMember), closed)),
  };
}

/** A rule has a place whether it is given or not. */
function patchMember(member: TSchema, name: string): TSchema {
  const without = Object.entries(member).filter(([key]) => key !== 'default');
  const same = Type.Unsafe<unknown>(Object.fromEntries(without));
  return isOptional(member) && name !== 'position' ? removable(same) : Type.Optional(same);
}

/** TypeBox marks what `Type.Optional` made. */
const isOptional = (member: TSchema): boolean => !Type.Object({ member }).required?.includes('member');

function mapped(all: Members, change: (member: TSchema, name: string) => TSchema): Record<string, TSchema> {
  return Object.fromEntries(Object.entries(all).map(([name, member]) => [name, change(member, name)]));
}
