/**
 * Who names whom: each kind of office object, a route and a number list the people, trunks, numbers and other objects they
 * lead to. From these lists follow both checks: that what is named is there, and that nothing named is removed.
 */
import type { FraudGuard, Prompt, Route, RouteStep } from '../../call-router/state/office';
import type { OfficeFields, OfficeKind } from '../records';

export type NamedKind = 'user' | 'trunk' | 'number' | OfficeKind;

export interface Reference {
  readonly to: NamedKind;
  readonly id: string;
  /** Where it stands, for whoever sent it: `steps.menu.queueId`. */
  readonly field: string;
}

const one = (to: NamedKind, id: string | undefined, field: string): readonly Reference[] =>
  id === undefined ? [] : [{ to, id, field }];

const each = (to: NamedKind, ids: readonly string[], field: string): readonly Reference[] =>
  ids.map((id, index) => ({ to, id, field: `${field}.${index}` }));

const ofKind: { readonly [Kind in OfficeKind]: (fields: OfficeFields<Kind>) => readonly Reference[] } = {
  group: ({ userIds, headUserId }) => [...each('user', userIds, 'userIds'), ...one('user', headUserId, 'headUserId')],
  calendar: () => [],
  plan: ({ steps }) => Object.entries(steps).flatMap(([name, step]) => ofStep(step, `steps.${name}`)),
  queue: ({ members, overflow, greeting, musicId }) => [
    ...members.flatMap(({ userId }, index) => one('user', userId, `members.${index}.userId`)),
    ...(overflow === undefined ? [] : referencesOfRoute(overflow, 'overflow')),
    ...ofPrompt(greeting, 'greeting'),
    ...one('sound', musicId, 'musicId'),
  ],
  mailbox: ({ userId, groupId, greeting }) => [
    ...one('user', userId, 'userId'),
    ...one('group', groupId, 'groupId'),
    ...ofPrompt(greeting, 'greeting'),
  ],
  room: () => [],
  sound: () => [],
  'outgoing-rule': ({ userIds, groupIds, calendarId, ways }) => [
    ...each('user', userIds, 'userIds'),
    ...each('group', groupIds, 'groupIds'),
    ...one('calendar', calendarId, 'calendarId'),
    ...ways.flatMap(({ trunkId, numberId }, index) => [
      ...one('trunk', trunkId, `ways.${index}.trunkId`),
      ...one('number', numberId, `ways.${index}.numberId`),
    ]),
  ],
  'recording-rule': ({ numberIds, groupIds, userIds }) => [
    ...each('number', numberIds, 'numberIds'),
    ...each('group', groupIds, 'groupIds'),
    ...each('user', userIds, 'userIds'),
  ],
  'lead-rule': ({ numberIds, calendarId, ownerUserId, ownerGroupId }) => [
    ...each('number', numberIds, 'numberIds'),
    ...one('calendar', calendarId, 'calendarId'),
    ...one('user', ownerUserId, 'ownerUserId'),
    ...one('group', ownerGroupId, 'ownerGroupId'),
  ],
};

/** @param fields of this kind; the database keeps both beside each other. */
export function referencesOf<Kind extends OfficeKind>(kind: Kind, fields: OfficeFields<Kind>): readonly Reference[] {
  return ofKind[kind](fields);
}

export function referencesOfRoute(route: Route, field: string): readonly Reference[] {
  switch (route.to) {
    case 'user':
      return one('user', route.userId, `${field}.userId`);
    case 'ringGroup':
      return each('user', route.userIds, `${field}.userIds`);
    case 'queue':
      return one('queue', route.queueId, `${field}.queueId`);
    case 'menu':
      return one('plan', route.planId, `${field}.planId`);
    case 'voicemail':
      return one('mailbox', route.mailboxId, `${field}.mailboxId`);
    default:
      return one('trunk', route.trunkId, `${field}.trunkId`);
  }
}

export const referencesOfGuard = ({ calendarId }: FraudGuard): readonly Reference[] =>
  one('calendar', calendarId, 'calendarId');

function ofStep(step: RouteStep, field: string): readonly Reference[] {
  switch (step.kind) {
    case 'hours':
      return one('calendar', step.calendarId, `${field}.calendarId`);
    case 'greeting':
    case 'menu':
    case 'hang-up':
      return ofPrompt(step.prompt, `${field}.prompt`);
    case 'ring':
      return step.targets.flatMap(({ userId, groupId }, index) => [
        ...one('user', userId, `${field}.targets.${index}.userId`),
        ...one('group', groupId, `${field}.targets.${index}.groupId`),
      ]);
    case 'queue':
      return one('queue', step.queueId, `${field}.queueId`);
    case 'voicemail':
      return one('mailbox', step.mailboxId, `${field}.mailboxId`);
    case 'external':
      return one('trunk', step.trunkId, `${field}.trunkId`);
    case 'plan':
      return one('plan', step.planId, `${field}.planId`);
    default:
      return [];
  }
}

const ofPrompt = (prompt: Prompt | undefined, field: string): readonly Reference[] =>
  (prompt ?? []).flatMap((part, index) => ('sound' in part ? one('sound', part.sound, `${field}.${index}.sound`) : []));
