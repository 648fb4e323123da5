/** Whose mailboxes are whose: a person's own, and those of the groups they are in. */
import type { Db, Tx } from '../connect';
import { fieldsOf } from '../office/stored';

/** Who hears the messages of this mailbox. */
export async function hearersOf(db: Db | Tx, mailboxId: string): Promise<readonly string[]> {
  const row = await db.officeObject.findFirst({ where: { id: mailboxId, kind: 'mailbox' } });
  if (row === null) return [];
  const { userId, groupId } = fieldsOf<'mailbox'>(row);
  if (userId !== undefined) return [userId];
  const group = await db.officeObject.findFirst({ where: { id: groupId ?? '', kind: 'group' } });
  return group === null ? [] : fieldsOf<'group'>(group).userIds;
}

/** The ids of the mailboxes this person hears. */
export async function mailboxesOf(db: Db | Tx, userId: string): Promise<readonly string[]> {
  return (await mailboxesOfEach(db, [userId])).get(userId) ?? [];
}

/** The same for several people, with one look at the office. */
export async function mailboxesOfEach(
  db: Db | Tx,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const objects = await db.officeObject.findMany({ where: { kind: { in: ['group', 'mailbox'] } } });
  return new Map(userIds.map((userId) => [userId, mailboxesAmong(objects, userId)]));
}

function mailboxesAmong(objects: Objects, userId: string): readonly string[] {
  const groups = new Set(groupsAmong(objects, userId));
  return objects
    .filter((row) => row.kind === 'mailbox')
    .filter((row) => {
      const mailbox = fieldsOf<'mailbox'>(row);
      return mailbox.userId === userId || (mailbox.groupId !== undefined && groups.has(mailbox.groupId));
    })
    .map(({ id }) => id);
}

/** The groups this person is a member or the head of. */
export async function groupsSeenBy(db: Db | Tx, userId: string): Promise<readonly string[]> {
  const groups = await db.officeObject.findMany({ where: { kind: 'group' } });
  const headed = groups.filter((row) => fieldsOf<'group'>(row).headUserId === userId);
  return [...groupsAmong(groups, userId), ...headed.map(({ id }) => id)];
}

type Objects = Awaited<ReturnType<Db['officeObject']['findMany']>>;

function groupsAmong(objects: Objects, userId: string): readonly string[] {
  return objects
    .filter((row) => row.kind === 'group' && fieldsOf<'group'>(row).userIds.some((user) => user === userId))
    .map(({ id }) => id);
}
