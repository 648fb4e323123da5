/** Links by which people set their own first password: one for each person, of which only the hash is kept. */
import { fail, succeed } from '../../call-router/values/result';
import type { Store } from '../connect';
import type { Answer, ReadingOperations } from '../operations';
import type { UserRow } from '../records';
import { userRow } from './users';

type Ops = ReadingOperations;

/** A new one takes the place of the old. `not-found` also for who is dismissed. */
export async function openInvitation(
  store: Store,
  { userId, tokenHash, expiresAt }: Ops['open-invitation']['request'],
): Promise<Answer<undefined>> {
  const row = { tokenHash, expiresAt: BigInt(expiresAt), createdAt: BigInt(store.clock.now()) };
  return store.write(async (tx) => {
    if ((await tx.user.count({ where: { id: userId, disabled: false } })) === 0) return fail({ kind: 'not-found' });
    await tx.invitation.upsert({ where: { userId }, create: { userId, ...row }, update: row });
    return succeed(undefined);
  });
}

export async function closeInvitation(store: Store, userId: string): Promise<undefined> {
  await store.write((tx) => tx.invitation.deleteMany({ where: { userId } }));
}

/** Whose it is, while it holds. */
export async function findInvitation(
  store: Store,
  { tokenHash, at }: Ops['find-invitation']['request'],
): Promise<Answer<UserRow>> {
  const where = { tokenHash, expiresAt: { gt: BigInt(at) }, user: { disabled: false } };
  const found = await store.client.invitation.findFirst({ where, include: { user: true } });
  return found === null ? fail({ kind: 'not-found' }) : succeed(userRow(found.user));
}

/** Once: of two at the same moment one sets the password, the other finds nothing. Whoever was logged in is logged out. */
export async function acceptInvitation(
  store: Store,
  { tokenHash, at, passwordHash }: Ops['accept-invitation']['request'],
): Promise<Answer<UserRow>> {
  return store.write(async (tx) => {
    const where = { tokenHash, expiresAt: { gt: BigInt(at) }, user: { disabled: false } };
    const found = await tx.invitation.findFirst({ where });
    if (found === null || (await tx.invitation.deleteMany({ where })).count === 0) return fail({ kind: 'not-found' });
    await tx.login.deleteMany({ where: { userId: found.userId, kind: 'cookie' } });
    const data = { passwordHash, mustChangePassword: false };
    return succeed(userRow(await tx.user.update({ where: { id: found.userId }, data })));
  });
}
