/** Contacts: people we know, perhaps of a company. */
import { fail, succeed } from '../../call-router/values/result';
import type { Store } from '../connect';
import { folded } from '../fold';
import type { Answer, ReadingOperations } from '../operations';
import { pageOf, pageSize } from '../paging';
import { answered } from '../problems';
import type { ContactRow, Page } from '../records';
import { isoTime, newId, present } from '../rows';
import { type Prisma, Prisma as P } from '../sqlite/generated/client';
import type { Viewer } from '../who';
import { changedCardColumns, emptyText, newCardColumns, phoneRow, phonesInOrder } from './card-fields';
import { findIds, inOrderOf, withPhone, withText } from './list-cards';
import { forgetCard } from './forget-card';
import { canSee, problemWithRemoving } from './visibility';

type Ops = ReadingOperations;

export const contactInclude = {
  phones: phonesInOrder,
  company: { select: { name: true } },
} as const satisfies Prisma.ContactInclude;
type Contact = Prisma.ContactGetPayload<{ include: typeof contactInclude }>;

export function contactRow(contact: Contact): ContactRow {
  return present<ContactRow>({
    id: contact.id,
    name: contact.name,
    phones: contact.phones.map(phoneRow),
    companyId: contact.companyId,
    companyName: contact.company?.name,
    email: contact.email,
    notes: contact.notes,
    responsibleUserId: contact.responsibleUserId,
    createdAt: isoTime(contact.createdAt),
    updatedAt: isoTime(contact.updatedAt),
    lastActivityAt: isoTime(contact.lastActivityAt),
  });
}

export function createContact(store: Store, request: Ops['create-contact']['request']): Promise<Answer<ContactRow>> {
  const { name, companyId, by } = request;
  return answered(() =>
    store.write(async (tx) => {
      const columns = await newCardColumns(store, tx, request);
      if (!columns.ok) return columns;
      const empty = emptyText({ name });
      if (empty !== undefined) return fail(empty);
      if (companyId !== undefined && !(await canSee(tx, by ?? everyone, 'company', companyId)))
        return fail({ kind: 'unknown-reference', field: 'companyId' } as const);
      const data = { ...columns.value, id: newId(), name, nameKey: folded(name), companyId: companyId ?? null };
      return succeed(contactRow(await tx.contact.create({ data, include: contactInclude })));
    }),
  );
}

const everyone: Viewer = { userId: '', role: 'system' };

export function changeContact(store: Store, request: Ops['change-contact']['request']): Promise<Answer<ContactRow>> {
  const { id, viewer, patch } = request;
  return answered(() =>
    store.write(async (tx) => {
      if (!(await canSee(tx, viewer, 'contact', id))) return fail({ kind: 'not-found' } as const);
      const before = await tx.contact.findUnique({ where: { id }, select: { responsibleUserId: true } });
      const columns = await changedCardColumns(store, tx, { viewer, patch, before });
      if (!columns.ok) return columns;
      const empty = emptyText({ name: patch.name });
      if (empty !== undefined) return fail(empty);
      if (patch.companyId != null && !(await canSee(tx, viewer, 'company', patch.companyId)))
        return fail({ kind: 'unknown-reference', field: 'companyId' } as const);
      const data = {
        ...columns.value,
        ...(patch.name == null ? {} : { name: patch.name, nameKey: folded(patch.name) }),
        ...(patch.companyId === undefined ? {} : { companyId: patch.companyId }),
      };
      return succeed(contactRow(await tx.contact.update({ where: { id }, data, include: contactInclude })));
    }),
  );
}

export function removeContact(store: Store, request: Ops['remove-contact']['request']): Promise<Answer<undefined>> {
  const { id, viewer } = request;
  return store.write(async (tx) => {
    const problem = await problemWithRemoving(tx, viewer, { kind: 'contact', id });
    if (problem !== undefined) return fail(problem);
    await forgetCard(tx, { kind: 'contact', id });
    await tx.contact.delete({ where: { id } });
    return succeed(undefined);
  });
}

export async function getContact(store: Store, request: Ops['get-contact']['request']): Promise<Answer<ContactRow>> {
  const { id, viewer } = request;
  if (!(await canSee(store.client, viewer, 'contact', id))) return fail({ kind: 'not-found' });
  const contact = await store.client.contact.findUnique({ where: { id }, include: contactInclude });
  return contact === null ? fail({ kind: 'not-found' }) : succeed(contactRow(contact));
}

/** By name. */
export async function listContacts(store: Store, request: Ops['list-contacts']['request']): Promise<Page<ContactRow>> {
  const { viewer, cursor, limit, phone, search, companyId } = request;
  const found = await findIds(store.client, {
    kind: 'contact',
    viewer,
    order: 'by-name',
    conditions: [
      withPhone(store, 'contact', phone),
      await withText(store, 'contact', search),
      companyId === undefined ? undefined : P.sql`"companyId" = ${companyId}`,
    ],
    cursor,
    limit,
  });
  const ids = found.map((one) => one.id);
  const rows = await store.client.contact.findMany({ where: { id: { in: ids } }, include: contactInclude });
  return pageOf(inOrderOf(found, rows), pageSize(limit), {
    item: ({ row }) => contactRow(row),
    cursor: (one) => [one.found.key, one.found.id],
  });
}
