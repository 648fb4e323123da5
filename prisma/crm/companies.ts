/** Companies: their contacts' calls show on them too (calls/timeline.ts). */
import { fail, succeed } from '../../call-router/values/result';
import type { Store } from '../connect';
import { folded } from '../fold';
import type { Answer, ReadingOperations } from '../operations';
import { pageOf, pageSize } from '../paging';
import { answered } from '../problems';
import type { CompanyRow, Page } from '../records';
import { isoTime, newId, present } from '../rows';
import type { Prisma } from '../sqlite/generated/client';
import { changedCardColumns, emptyText, newCardColumns, phoneRow, phonesInOrder } from './card-fields';
import { forgetCard } from './forget-card';
import { findIds, inOrderOf, withPhone, withText } from './list-cards';
import { canSee, problemWithRemoving } from './visibility';

type Ops = ReadingOperations;

export const companyInclude = { phones: phonesInOrder } as const satisfies Prisma.CompanyInclude;
type Company = Prisma.CompanyGetPayload<{ include: typeof companyInclude }>;

export function companyRow(company: Company): CompanyRow {
  return present<CompanyRow>({
    id: company.id,
    name: company.name,
    phones: company.phones.map(phoneRow),
    email: company.email,
    notes: company.notes,
    responsibleUserId: company.responsibleUserId,
    createdAt: isoTime(company.createdAt),
    updatedAt: isoTime(company.updatedAt),
    lastActivityAt: isoTime(company.lastActivityAt),
  });
}

export function createCompany(store: Store, request: Ops['create-company']['request']): Promise<Answer<CompanyRow>> {
  const { name } = request;
  return answered(() =>
    store.write(async (tx) => {
      const columns = await newCardColumns(store, tx, request);
      if (!columns.ok) return columns;
      const empty = emptyText({ name });
      if (empty !== undefined) return fail(empty);
      const data = { ...columns.value, id: newId(), name, nameKey: folded(name) };
      return succeed(companyRow(await tx.company.create({ data, include: companyInclude })));
    }),
  );
}

export function changeCompany(store: Store, request: Ops['change-company']['request']): Promise<Answer<CompanyRow>> {
  const { id, viewer, patch } = request;
  return answered(() =>
    store.write(async (tx) => {
      if (!(await canSee(tx, viewer, 'company', id))) return fail({ kind: 'not-found' } as const);
      const before = await tx.company.findUnique({ where: { id }, select: { responsibleUserId: true } });
      const columns = await changedCardColumns(store, tx, { viewer, patch, before });
      if (!columns.ok) return columns;
      const empty = emptyText({ name: patch.name });
      if (empty !== undefined) return fail(empty);
      const data = {
        ...columns.value,
        ...(patch.name == null ? {} : { name: patch.name, nameKey: folded(patch.name) }),
      };
      return succeed(companyRow(await tx.company.update({ where: { id }, data, include: companyInclude })));
    }),
  );
}

/** Its contacts stay, without a company. */
export function removeCompany(store: Store, request: Ops['remove-company']['request']): Promise<Answer<undefined>> {
  const { id, viewer } = request;
  return store.write(async (tx) => {
    const problem = await problemWithRemoving(tx, viewer, { kind: 'company', id });
    if (problem !== undefined) return fail(problem);
    await forgetCard(tx, { kind: 'company', id });
    await tx.company.delete({ where: { id } });
    return succeed(undefined);
  });
}

export async function getCompany(store: Store, request: Ops['get-company']['request']): Promise<Answer<CompanyRow>> {
  const { id, viewer } = request;
  if (!(await canSee(store.client, viewer, 'company', id))) return fail({ kind: 'not-found' });
  const company = await store.client.company.findUnique({ where: { id }, include: companyInclude });
  return company === null ? fail({ kind: 'not-found' }) : succeed(companyRow(company));
}

/** By name. */
export async function listCompanies(
  store: Store,
  request: Ops['list-companies']['request'],
): Promise<Page<CompanyRow>> {
  const { viewer, cursor, limit, phone, search } = request;
  const found = await findIds(store.client, {
    kind: 'company',
    viewer,
    order: 'by-name',
    conditions: [withPhone(store, 'company', phone), await withText(store, 'company', search)],
    cursor,
    limit,
  });
  const ids = found.map((one) => one.id);
  const rows = await store.client.company.findMany({ where: { id: { in: ids } }, include: companyInclude });
  return pageOf(inOrderOf(found, rows), pageSize(limit), {
    item: ({ row }) => companyRow(row),
    cursor: (one) => [one.found.key, one.found.id],
  });
}
