/** What contacts, companies and leads have alike: phones, e-mail, notes, a responsible person. */
import { parseE164 } from '../../call-router/values/number';
import { fail, succeed } from '../../call-router/values/result';
import type { Store, Tx } from '../connect';
import type { CompanyFields, Patch, StoreProblem } from '../operations';
import type { PhoneRow } from '../records';
import { present } from '../rows';
import type { Phone } from '../sqlite/generated/client';
import type { Viewer } from '../who';
import { lockNumbers } from './lock-numbers';

export type CardFields = Omit<CompanyFields, 'name'>;

const phonesMax = 50;
export const phonesInOrder = { orderBy: { id: 'asc' } } as const;

export function phoneRow(phone: Phone): PhoneRow {
  return present<PhoneRow>({ e164: phone.e164, typed: phone.typed, label: phone.label });
}

/** Takes the locks of the numbers: call it before anything else is written in the transaction. */
export async function newCardColumns(store: Store, tx: Tx, fields: CardFields & { readonly by?: Viewer }) {
  const phones = await phoneColumns(store, tx, fields.phones ?? []);
  // An operator's own new client: without a responsible person they could not see it again.
  const own = fields.by?.role === 'operator' ? fields.by.userId : undefined;
  const responsibleUserId = fields.responsibleUserId ?? own ?? null;
  const problem =
    givenAway(fields.by, fields.responsibleUserId) ?? (await problemWith(tx, fields.phones ?? [], responsibleUserId));
  if (problem !== undefined) return fail(problem);
  const now = BigInt(store.clock.now());
  return succeed({
    email: fields.email ?? null,
    notes: fields.notes ?? null,
    responsibleUserId,
    createdAt: now,
    updatedAt: now,
    lastActivityAt: now,
    phones: { create: phones },
  });
}

/** An operator makes and changes cards for themself: whose client somebody becomes, managers say. */
export function givenAway(
  by: Viewer | undefined,
  responsible: string | null | undefined,
  before?: string | null,
): StoreProblem | undefined {
  // A form sends all its fields, also those that stay.
  const isTheirs = responsible === undefined || responsible === before || responsible === by?.userId;
  if (by?.role !== 'operator') return undefined;
  return isTheirs
    ? undefined
    : { kind: 'invalid', field: 'responsibleUserId', why: 'an operator can name only themself' };
}

export interface CardChange {
  readonly viewer: Viewer;
  readonly patch: Patch<CardFields>;
  readonly before: { readonly responsibleUserId: string | null } | null;
}

/** A list of phones replaces the one before. */
export async function changedCardColumns(store: Store, tx: Tx, change: CardChange) {
  const { viewer, patch, before } = change;
  const typed = patch.phones === null ? [] : patch.phones;
  const phones = typed === undefined ? undefined : await phoneColumns(store, tx, typed);
  const problem =
    givenAway(viewer, patch.responsibleUserId, before?.responsibleUserId) ??
    (await problemWith(tx, typed ?? [], patch.responsibleUserId ?? null));
  if (problem !== undefined) return fail(problem);
  return succeed({
    updatedAt: BigInt(store.clock.now()),
    ...(patch.email === undefined ? {} : { email: patch.email }),
    ...(patch.notes === undefined ? {} : { notes: patch.notes }),
    ...(patch.responsibleUserId === undefined ? {} : { responsibleUserId: patch.responsibleUserId }),
    ...(phones === undefined ? {} : { phones: { deleteMany: {}, create: phones } }),
  });
}

type TypedPhones = NonNullable<CardFields['phones']>;

async function problemWith(tx: Tx, phones: TypedPhones, responsible: string | null): Promise<StoreProblem | undefined> {
  if (phones.length > phonesMax) return { kind: 'invalid', field: 'phones', why: `at most ${phonesMax}` };
  if (phones.some((phone) => phone.typed.trim() === ''))
    return { kind: 'invalid', field: 'phones', why: 'an empty number' };
  if (responsible !== null && (await tx.user.count({ where: { id: responsible } })) === 0)
    return { kind: 'unknown-reference', field: 'responsibleUserId' };
  return undefined;
}

/** What cannot be read as a number is kept as typed: it may be an extension of theirs or a note. */
async function phoneColumns(store: Store, tx: Tx, phones: TypedPhones) {
  const columns = phones.map(({ typed, label }) => {
    const parsed = parseE164(typed, store.country);
    const e164 = parsed.ok ? parsed.value : null;
    return { e164, digits: (e164 ?? typed).replace(/\D/g, ''), typed: typed.trim(), label: label ?? null };
  });
  await lockNumbers(
    store.kind,
    tx,
    columns.map((phone) => phone.e164),
  );
  return columns;
}

/** A required text: absent or null where it may not be. */
export function emptyText(fields: Readonly<Record<string, string | null | undefined>>): StoreProblem | undefined {
  for (const [field, value] of Object.entries(fields))
    if (value !== undefined && (value === null || value.trim() === ''))
      return { kind: 'invalid', field, why: 'must not be empty' };
  return undefined;
}
