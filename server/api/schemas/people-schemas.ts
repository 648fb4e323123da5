/** Schemas of people: who they are, how they are invited, what is passed on when they leave. */
import { Type } from '@sinclair/typebox';
import type { Dismissal } from '../../../prisma/records';
import { extension, login, mailAddress, password, pin, rights, role } from './office-schemas';
import { closed, count, id, line, moment, oneOf, removable } from './schema';

export const user = Type.Object({
  id,
  name: Type.String(),
  login: Type.String(),
  role,
  extension: Type.Optional(Type.String()),
  callerNumberId: Type.Optional(id),
  email: Type.Optional(Type.String()),
  hasPin: Type.Boolean({ description: 'can prove themselves on a call from outside' }),
  mustChangePassword: Type.Boolean(),
  invitedUntil: Type.Optional({ ...moment, description: 'a link to set their own password holds until then' }),
  disabled: Type.Boolean(),
  rights,
  createdAt: moment,
});
export const userToCreate = Type.Object(
  {
    name: line(200),
    login,
    password: Type.Optional({ ...password, description: 'left out: set by the person, by an invitation' }),
    role,
    extension: Type.Optional(extension),
    callerNumberId: Type.Optional(id),
    email: Type.Optional(mailAddress),
    pin: Type.Optional(pin),
    disabled: Type.Optional(Type.Boolean()),
    rights: Type.Optional(rights),
    mustChangePassword: Type.Optional(Type.Boolean()),
  },
  closed,
);
export const userPatch = Type.Object(
  {
    name: Type.Optional(line(200)),
    login: Type.Optional(login),
    password: Type.Optional(password),
    role: Type.Optional(role),
    extension: removable(extension),
    callerNumberId: removable(id),
    email: removable(mailAddress),
    pin: removable(pin),
    disabled: Type.Optional(Type.Boolean()),
    rights: Type.Optional(rights),
    mustChangePassword: Type.Optional(Type.Boolean()),
  },
  closed,
);
export const colleague = Type.Object({
  id,
  name: Type.String(),
  extension: Type.Optional(Type.String()),
  disabled: Type.Boolean({ description: 'works here no more: named in what was, chosen for nothing new' }),
});

export const invitation = Type.Object({
  link: Type.String({ description: 'shown this once; opens the page where the person chooses a password' }),
  expiresAt: moment,
  mailed: oneOf(['sent', 'no-address', 'not-set-up', 'failed']),
});
export const dismissalToMake = Type.Object({ successorUserId: id }, closed);
export const dismissal = Type.Unsafe<Dismissal>(
  Type.Object({
    user,
    ended: Type.Object({ devices: count, logIns: count, tokens: count }),
    passed: Type.Object({
      contacts: count,
      companies: count,
      leads: count,
      deals: count,
      numbers: count,
      objects: { ...count, description: 'groups, queues, plans, mailboxes and rules of new leads' },
    }),
  }),
);
