/** People of ours. Their password's hash goes in and, for a log-in only, out; it is in no row that is shown. */
import { fail, succeed } from '../../call-router/values/result';
import type { Store, Tx } from '../connect';
import { folded } from '../fold';
import type { Answer, ListRequest, ReadingOperations, StoreProblem } from '../operations';
import { createdAfter, pageOf, pageSize } from '../paging';
import { answered, Refused } from '../problems';
import { clashAfter } from '../office/clash';
import { lockOffice, namedBy } from '../office/named';
import type { Page, Role, UserRow } from '../records';
import { isoTime, newId, present } from '../rows';
import { seal } from '../seal';
import type { User } from '../sqlite/generated/client';
import { isExtension, isReservedExtension } from './reserved-extensions';

const roles: readonly string[] = ['administrator', 'manager', 'operator'] satisfies readonly Role[];

type Known = User & { readonly invitation?: { readonly expiresAt: bigint } | null };

export function userRow(user: Known): UserRow {
  return present<UserRow>({
    id: user.id,
    name: user.name,
    login: user.login,
    role: user.role as Role,
    extension: user.extension,
    callerNumberId: user.callerNumberId,
    email: user.email,
    hasPin: user.sealedPin !== null,
    mustChangePassword: user.mustChangePassword,
    invitedUntil: user.invitation == null ? undefined : isoTime(user.invitation.expiresAt),
    disabled: user.disabled,
    rights: JSON.parse(user.rights) as UserRow['rights'],
    createdAt: isoTime(user.createdAt),
  });
}

export async function createUser(
  store: Store,
  request: ReadingOperations['create-user']['request'],
): Promise<Answer<UserRow>> {
  const {
    pin,
    name,
    login,
    role,
    extension,
    callerNumberId,
    passwordHash,
    disabled,
    mustChangePassword,
    rights,
    email,
  } = request;
  return answered(() =>
    store.write(async (tx) => {
      await lockOffice(store, tx);
      const problem = await problemWith(store, tx, request);
      if (problem !== undefined) return fail(problem);
      const id = newId();
      const user = await tx.user.create({
        data: {
          id,
          name,
          login,
          loginKey: folded(login),
          role,
          extension: extension ?? null,
          callerNumberId: callerNumberId ?? null,
          email: email ?? null,
          sealedPin: pin === undefined ? null : seal(store.key, pin, id),
          passwordHash,
          mustChangePassword: mustChangePassword ?? false,
          disabled: disabled ?? false,
          rights: JSON.stringify(rights ?? []),
          createdAt: BigInt(store.clock.now()),
        },
      });
      await refuseClash(store, tx, extension);
      return succeed(userRow(user));
    }),
  );
}

type Patch = ReadingOperations['change-user']['request']['patch'];

export async function changeUser(
  store: Store,
  request: ReadingOperations['change-user']['request'],
): Promise<Answer<UserRow>> {
  const { id, patch } = request;
  return answered(() =>
    store.write(async (tx) => {
      await lockOffice(store, tx);
      const problem = await problemWith(store, tx, patch);
      if (problem !== undefined) return fail(problem);
      const user = await tx.user.update({
        where: { id },
        data: { ...columnsOf(patch), ...pinColumn(store, id, patch.pin) },
      });
      await refuseClash(store, tx, patch.extension);
      return succeed(userRow(user));
    }),
  );
}

/** An extension that a code would hide. */
async function refuseClash(store: Store, tx: Tx, extension: string | null | undefined): Promise<void> {
  const clash = extension == null ? undefined : await clashAfter(store, tx, 'extension');
  if (clash !== undefined) throw new Refused(clash);
}

/** Bound to its person, as a trunk's password to its trunk. */
function pinColumn({ key }: Store, id: string, pin: string | null | undefined) {
  return pin === undefined ? {} : { sealedPin: pin === null ? null : seal(key, pin, id) };
}

/** Prisma leaves a column as it is where a value is undefined. */
function columnsOf(patch: Patch) {
  const { name, login, role, passwordHash, mustChangePassword, disabled, rights, extension, callerNumberId } = patch;
  return {
    ...(name == null ? {} : { name }),
    ...(login == null ? {} : { login, loginKey: folded(login) }),
    ...(role == null ? {} : { role }),
    ...(passwordHash == null ? {} : { passwordHash }),
    ...(mustChangePassword == null ? {} : { mustChangePassword }),
    ...(disabled == null ? {} : { disabled }),
    ...(rights == null ? {} : { rights: JSON.stringify(rights) }),
    ...(extension === undefined ? {} : { extension }),
    ...(callerNumberId === undefined ? {} : { callerNumberId }),
    ...(patch.email === undefined ? {} : { email: patch.email }),
  };
}

async function problemWith(store: Store, tx: Tx, fields: Patch): Promise<StoreProblem | undefined> {
  const { name, login, role, extension, callerNumberId } = fields;
  for (const [field, value] of Object.entries({ name, login, role }))
    if (value !== undefined && (value === null || value.trim() === ''))
      return { kind: 'invalid', field, why: 'must not be empty' };
  if (role != null && !roles.includes(role))
    return { kind: 'invalid', field: 'role', why: `one of ${roles.join(', ')}` };
  if (fields.pin != null && !/^\d{4,8}$/.test(fields.pin))
    return { kind: 'invalid', field: 'pin', why: '4 to 8 digits' };
  if (extension != null && !isExtension(extension))
    return { kind: 'invalid', field: 'extension', why: '2 to 6 digits, the first 1 to 9' };
  if (extension != null && isReservedExtension(extension, store.country)) return { kind: 'taken', field: 'extension' };
  if (callerNumberId != null && (await tx.ownNumber.count({ where: { id: callerNumberId } })) === 0)
    return { kind: 'unknown-reference', field: 'callerNumberId' };
  return undefined;
}

/** Devices and log-ins go with the person; cards stay without a responsible one. */
export async function removeUser(
  store: Store,
  request: ReadingOperations['remove-user']['request'],
): Promise<Answer<undefined>> {
  const { id } = request;
  return answered(() =>
    store.write(async (tx) => {
      await lockOffice(store, tx);
      const by = await namedBy(tx, 'user', id);
      if (by !== undefined) return fail({ kind: 'in-use', by } as const);
      await tx.user.delete({ where: { id } });
      await tx.personState.deleteMany({ where: { userId: id } });
      await tx.notice.deleteMany({ where: { userId: id } });
      await tx.leadOffer.deleteMany({ where: { userId: id } });
      return succeed(undefined);
    }),
  );
}

export async function getUser(store: Store, id: string): Promise<Answer<UserRow>> {
  const user = await store.client.user.findUnique({ where: { id }, include: { invitation: true } });
  return user === null ? fail({ kind: 'not-found' }) : succeed(userRow(user));
}

/** In the order they were made. */
export async function listUsers(store: Store, request: ListRequest): Promise<Page<UserRow>> {
  const limit = pageSize(request.limit);
  const users = await store.client.user.findMany({
    where: createdAfter(request.cursor),
    include: { invitation: true },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: limit + 1,
  });
  return pageOf(users, limit, { item: userRow, cursor: (user) => [Number(user.createdAt), user.id] });
}
