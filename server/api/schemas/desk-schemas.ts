/** Schemas of what people find at their desk: what they set, messages, missed calls, notices, alarms; and of reports. */
import { Type } from '@sinclair/typebox';
import { ways } from '../../../call-router/state/person';
import type { AlarmKind, NoticeRow } from '../../../prisma/desk-records';
import { cardSummary } from './card-schemas';
import { closed, count, id, line, list, moment, oneOf, paging } from './schema';

const target = line(64, 'a number, an extension, or "voicemail"');
const forwards = Type.Object(
  {
    always: Type.Optional(target),
    busy: Type.Optional(target),
    noAnswer: Type.Optional(target),
    unreachable: Type.Optional(target),
  },
  closed,
);
const set = {
  doNotDisturb: Type.Boolean(),
  forwards,
  noAnswerS: Type.Optional(Type.Integer({ minimum: 3, maximum: 300, description: 'seconds until `noAnswer`' })),
};
const answersOn = 'answers on these; where none of them can be reached, the others ring all the same';
const ringsOn = Type.Array(oneOf(ways), { maxItems: 3, uniqueItems: true, description: answersOn });
/** `ringsOn` left out: stays as it is. */
export const personToSet = Type.Object({ ...set, ringsOn: Type.Optional(ringsOn) }, closed);
export const person = Type.Object({
  ...set,
  ringsOn,
  agentOf: list(id),
  pause: Type.Optional(Type.Object({ reason: Type.String(), since: moment })),
  isBlocked: Type.Boolean({ description: 'the fraud guard lets no call out' }),
});

const caller = Type.Object({
  typed: Type.String({ description: 'as it was signalled; empty if withheld' }),
  number: Type.Optional(Type.String({ description: 'E.164' })),
  name: Type.Optional(Type.String()),
  userId: Type.Optional(id),
});
const ms = Type.Integer({ minimum: 0, description: 'milliseconds' });

export const message = Type.Object({
  id,
  mailboxId: id,
  callId: Type.String({ description: 'its sound: /api/recordings/<callId>/audio, from fromMs to toMs' }),
  at: moment,
  fromMs: ms,
  toMs: ms,
  heardAt: Type.Optional(moment),
  caller,
  card: Type.Optional(cardSummary),
});
export const messagePatch = Type.Object({ heard: Type.Boolean() }, closed);

export const missedCall = Type.Object({
  callId: id,
  of: oneOf(['user', 'group', 'number']),
  ofId: id,
  missedAt: moment,
  caller,
  card: Type.Optional(cardSummary),
  reachedAt: Type.Optional(moment),
  reachedByUserId: Type.Optional(id),
  reachedCallId: Type.Optional(id),
});
export const missedCallQuery = Type.Object(
  {
    ...paging,
    userId: Type.Optional(id),
    groupId: Type.Optional(id),
    numberId: Type.Optional(id),
    open: Type.Optional(Type.Boolean({ description: 'true: only those whose caller nobody has talked to since' })),
  },
  closed,
);

const alarmKinds: Readonly<Record<AlarmKind, true>> = {
  'fraud-limit': true,
  'wrong-pin': true,
  'forbidden-number': true,
  'emergency-call': true,
  'many-calls-out': true,
  'prompt-missing': true,
};
export const alarm = Type.Object({
  id,
  kind: Type.Unsafe<AlarmKind>({ type: 'string', enum: Object.keys(alarmKinds) }),
  at: moment,
  userId: Type.Optional(id),
  callId: Type.Optional(id),
  liftedAt: Type.Optional(moment),
  liftedByUserId: Type.Optional(id),
});
export const alarmQuery = Type.Object({ ...paging, open: Type.Optional(Type.Boolean()) }, closed);
export const alarmPatch = Type.Object({ lifted: Type.Literal(true) }, closed);

export const notice = Type.Unsafe<NoticeRow>(
  Type.Object({
    id,
    kind: oneOf(['new-lead', 'lead-passed-on', 'alarm', 'message']),
    parameters: Type.Record(Type.String(), Type.String(), { description: 'ids and names of what it is about' }),
    at: moment,
    readAt: Type.Optional(moment),
  }),
);
export const noticeQuery = Type.Object({ ...paging, unread: Type.Optional(Type.Boolean()) }, closed);
export const noticePatch = Type.Object({ read: Type.Literal(true) }, closed);

const named = list(Type.Object({ id, name: Type.String() }));
export const desk = Type.Object({
  missedCalls: { ...count, description: 'whose caller nobody has reached since' },
  newMessages: count,
  unreadNotices: count,
  hasOwnMailbox: Type.Boolean(),
  mailboxes: named,
  groups: named,
  headOf: list(Type.Object({ id, name: Type.String(), userIds: list(id) })),
  queues: { ...named, description: 'of which I am a member; for managers and administrators all' },
  maySupervise: Type.Boolean({ description: 'hears calls by right, or leads a group' }),
});

export const fraudBlock = Type.Object({ userId: id, name: Type.String(), since: moment });

const seconds = Type.Number({ minimum: 0, description: 'seconds' });
export const reportLine = Type.Object({
  key: Type.String({ description: 'an id, 2026-11-23, or 2026-11-23T08 on the clock of the office' }),
  name: Type.Optional(Type.String()),
  offered: count,
  answered: count,
  missed: count,
  abandoned: count,
  inbound: count,
  outbound: count,
  talkS: seconds,
  talkAverageS: seconds,
  ringAverageS: seconds,
  waitAverageS: seconds,
  serviceLevel: Type.Optional(
    Type.Number({ minimum: 0, maximum: 1, description: 'answered in time, of all that queued' }),
  ),
});
export const reportQuery = Type.Object(
  {
    from: Type.String({ format: 'date-time', description: 'began at or after' }),
    to: Type.String({ format: 'date-time', description: 'began before; at most 400 days later' }),
    by: oneOf(['user', 'number', 'queue', 'hour', 'day']),
  },
  closed,
);
