/** Accounts and their log-ins: cookies of browsers and tokens for automation, of which only hashes are kept. */
import { fail, succeed } from '../../call-router/values/result';
import type { Store } from '../connect';
import { folded } from '../fold';
import type { Answer, ReadingOperations } from '../operations';
import type { Role } from '../records';
import { isoTime } from '../rows';
import { preferencesOf } from './preferences';

type Ops = ReadingOperations;

export async function findAccount(store: Store, login: string): Promise<Ops['find-account']['answer']> {
  const user = await store.client.user.findUnique({ where: { loginKey: folded(login) } });
  if (user === null) return undefined;
  const { id, passwordHash, mustChangePassword, disabled } = user;
  return { id, role: user.role as Role, passwordHash, mustChangePassword, disabled };
}

export async function setPassword(store: Store, request: Ops['set-password']['request']): Promise<undefined> {
  const { userId, passwordHash, mustChangePassword } = request;
  await store.write((tx) => tx.user.update({ where: { id: userId }, data: { passwordHash, mustChangePassword } }));
}

/** Those that ran out are swept out at the same time. */
export async function openLogin(store: Store, request: Ops['open-login']['request']): Promise<undefined> {
  const { tokenHash, userId, kind, expiresAt, label } = request;
  const now = BigInt(store.clock.now());
  const row = {
    userId,
    kind,
    label: label ?? null,
    expiresAt: expiresAt === undefined ? null : BigInt(expiresAt),
    createdAt: now,
  };
  await store.write(async (tx) => {
    await tx.login.deleteMany({ where: { expiresAt: { lt: now } } });
    await tx.login.upsert({ where: { tokenHash }, create: { tokenHash, ...row }, update: row });
  });
}

export async function findLogin(
  store: Store,
  request: Ops['find-login']['request'],
): Promise<Ops['find-login']['answer']> {
  const { tokenHash, at } = request;
  const login = await store.client.login.findUnique({ where: { tokenHash }, include: { user: true } });
  if (login === null || login.user.disabled) return undefined;
  if (login.expiresAt !== null && Number(login.expiresAt) <= at) return undefined;
  const { id, name, mustChangePassword } = login.user;
  return {
    userId: id,
    role: login.user.role as Role,
    name,
    kind: login.kind === 'token' ? 'token' : 'cookie',
    mustChangePassword,
    ...preferencesOf(login.user),
  };
}

export async function closeLogin(store: Store, tokenHash: string): Promise<undefined> {
  await store.write((tx) => tx.login.deleteMany({ where: { tokenHash } }));
}

/** Enough of the hash to name a token, and too little to find it by. */
const tokenIdLength = 16;

/** Newest first. */
export async function listTokens(store: Store): Promise<Ops['list-tokens']['answer']> {
  const tokens = await store.client.login.findMany({
    where: { kind: 'token' },
    orderBy: [{ createdAt: 'desc' }, { tokenHash: 'asc' }],
  });
  return tokens.map(({ tokenHash, userId, label, createdAt, expiresAt }) => ({
    id: tokenHash.slice(0, tokenIdLength),
    userId,
    label: label ?? '',
    createdAt: isoTime(createdAt),
    ...(expiresAt === null ? {} : { expiresAt: isoTime(expiresAt) }),
  }));
}

export async function removeToken(store: Store, id: string): Promise<Answer<undefined>> {
  if (id.length !== tokenIdLength) return fail({ kind: 'not-found' });
  const where = { kind: 'token', tokenHash: { startsWith: id } };
  const { count } = await store.write((tx) => tx.login.deleteMany({ where }));
  return count === 0 ? fail({ kind: 'not-found' }) : succeed(undefined);
}

/** @param request `except`: the hash of the one that stays. */
export async function closeLoginsOfUser(
  store: Store,
  request: Ops['close-logins-of-user']['request'],
): Promise<undefined> {
  const { userId, except } = request;
  const others = except === undefined ? {} : { tokenHash: { not: except } };
  await store.write((tx) => tx.login.deleteMany({ where: { userId, ...others } }));
}

/** Those who can still log in. */
export const countAdministrators = (store: Store): Promise<number> =>
  store.client.user.count({ where: { role: 'administrator', disabled: false } });
