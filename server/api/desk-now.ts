/** What waits for somebody, counted, and what of the office is theirs: one answer of REST, and pushed when it changes. Pure. */
import type { Directory } from '../../call-router/state/directory';
import type { Waiting } from '../../prisma/desk-records';
import type { DeskNow, Role } from './messages';

export interface AtDesk {
  /** Empty: the token from the environment, which is nobody's. */
  readonly userId: string;
  readonly role: Role;
  readonly waiting: Waiting;
}

export function deskNowOf(office: Directory, { userId, role, waiting }: AtDesk): DeskNow {
  const { voicemail, queues, supervision } = office.features;
  const isMe = (id: string): boolean => id === userId;
  const groups = [...office.groups.values()];
  const mine = groups.filter((group) => group.userIds.some(isMe));
  const mailboxes = voicemail ? [...office.mailboxes.values()] : [];
  const person = [...office.users.values()].find(({ id }) => isMe(id));
  return {
    ...waiting,
    newMessages: voicemail ? waiting.newMessages : 0,
    hasOwnMailbox: mailboxes.some((mailbox) => mailbox.userId === userId),
    mailboxes: named(
      mailboxes.filter(({ userId: of, groupId }) => of === userId || mine.some((group) => group.id === groupId)),
    ),
    groups: named(mine),
    headOf: groups
      .filter(({ headUserId }) => headUserId === userId)
      .map(({ id, name, userIds }) => ({ id, name, userIds })),
    queues: named(
      [...office.queues.values()].filter(
        ({ members }) => queues && (role !== 'operator' || members.some((member) => isMe(member.userId))),
      ),
    ),
    maySupervise:
      supervision &&
      (person?.rights.includes('supervise') === true || groups.some(({ headUserId }) => headUserId === userId)),
  };
}

const named = (objects: readonly { readonly id: string; readonly name: string }[]) =>
  objects.map(({ id, name }) => ({ id, name }));
