/** Deals: a title, a stage, whose it is. Their timeline is that of their contact and company. */
import { fail, succeed } from '../../call-router/values/result';
import type { Store, Tx } from '../connect';
import type { Answer, DealFields, Patch, ReadingOperations, StoreProblem } from '../operations';
import { pageOf, pageSize } from '../paging';
import { answered } from '../problems';
import type { DealRow, Page } from '../records';
import { isoTime, newId, present } from '../rows';
import { type Deal, Prisma as P } from '../sqlite/generated/client';
import type { Viewer } from '../who';
import { emptyText, givenAway } from './card-fields';
import { findIds, inOrderOf } from './list-cards';
import { firstStatus } from './statuses';
import { canSee } from './visibility';

type Ops = ReadingOperations;

export function dealRow(deal: Deal): DealRow {
  return present<DealRow>({
    id: deal.id,
    title: deal.title,
    stage: deal.stage,
    contactId: deal.contactId,
    companyId: deal.companyId,
    responsibleUserId: deal.responsibleUserId,
    amount: deal.amount,
    createdAt: isoTime(deal.createdAt),
    updatedAt: isoTime(deal.updatedAt),
  });
}

export function createDeal(store: Store, request: Ops['create-deal']['request']): Promise<Answer<DealRow>> {
  const { title, stage, contactId, companyId, amount, by } = request;
  return answered(() =>
    store.write(async (tx) => {
      const problem = givenAway(by, request.responsibleUserId) ?? (await problemWith(tx, request, by));
      if (problem !== undefined) return fail(problem);
      const now = BigInt(store.clock.now());
      const own = by?.role === 'operator' ? by.userId : null;
      const data = {
        id: newId(),
        title,
        stage: stage ?? (await firstStatus(tx, 'deal', 'no')),
        contactId: contactId ?? null,
        companyId: companyId ?? null,
        responsibleUserId: request.responsibleUserId ?? own,
        amount: amount ?? null,
        createdAt: now,
        updatedAt: now,
      };
      return succeed(dealRow(await tx.deal.create({ data })));
    }),
  );
}

export function changeDeal(store: Store, request: Ops['change-deal']['request']): Promise<Answer<DealRow>> {
  const { id, viewer, patch } = request;
  return answered(() =>
    store.write(async (tx) => {
      if (!(await canSee(tx, viewer, 'deal', id))) return fail({ kind: 'not-found' } as const);
      const before = await tx.deal.findUnique({ where: { id }, select: { responsibleUserId: true } });
      const problem =
        givenAway(viewer, patch.responsibleUserId, before?.responsibleUserId) ?? (await problemWith(tx, patch, viewer));
      if (problem !== undefined) return fail(problem);
      const data = {
        updatedAt: BigInt(store.clock.now()),
        ...(patch.title == null ? {} : { title: patch.title }),
        ...(patch.stage == null ? {} : { stage: patch.stage }),
        ...(patch.contactId === undefined ? {} : { contactId: patch.contactId }),
        ...(patch.companyId === undefined ? {} : { companyId: patch.companyId }),
        ...(patch.responsibleUserId === undefined ? {} : { responsibleUserId: patch.responsibleUserId }),
        ...(patch.amount === undefined ? {} : { amount: patch.amount }),
      };
      return succeed(dealRow(await tx.deal.update({ where: { id }, data })));
    }),
  );
}

async function problemWith(
  tx: Tx,
  fields: Patch<DealFields>,
  by: Viewer = { userId: '', role: 'system' },
): Promise<StoreProblem | undefined> {
  const { title, stage, contactId, companyId, responsibleUserId } = fields;
  const empty = emptyText({ title, stage });
  if (empty !== undefined) return empty;
  const unknown = (field: string): StoreProblem => ({ kind: 'unknown-reference', field });
  if (stage != null && (await tx.status.count({ where: { of: 'deal', id: stage } })) === 0) return unknown('stage');
  if (contactId != null && !(await canSee(tx, by, 'contact', contactId))) return unknown('contactId');
  if (companyId != null && !(await canSee(tx, by, 'company', companyId))) return unknown('companyId');
  if (responsibleUserId != null && (await tx.user.count({ where: { id: responsibleUserId } })) === 0)
    return unknown('responsibleUserId');
  return undefined;
}

export function removeDeal(store: Store, request: Ops['remove-deal']['request']): Promise<Answer<undefined>> {
  const { id, viewer } = request;
  return store.write(async (tx) => {
    if (!(await canSee(tx, viewer, 'deal', id))) return fail({ kind: 'not-found' });
    await tx.deal.delete({ where: { id } });
    return succeed(undefined);
  });
}

export async function getDeal(store: Store, request: Ops['get-deal']['request']): Promise<Answer<DealRow>> {
  const { id, viewer } = request;
  if (!(await canSee(store.client, viewer, 'deal', id))) return fail({ kind: 'not-found' });
  const deal = await store.client.deal.findUnique({ where: { id } });
  return deal === null ? fail({ kind: 'not-found' }) : succeed(dealRow(deal));
}

/** Newest first. */
export async function listDeals(store: Store, request: Ops['list-deals']['request']): Promise<Page<DealRow>> {
  const { viewer, cursor, limit, stage, contactId, companyId } = request;
  const found = await findIds(store.client, {
    kind: 'deal',
    viewer,
    order: 'newest-first',
    conditions: [
      stage === undefined ? undefined : P.sql`"stage" = ${stage}`,
      contactId === undefined ? undefined : P.sql`"contactId" = ${contactId}`,
      companyId === undefined ? undefined : P.sql`"companyId" = ${companyId}`,
    ],
    cursor,
    limit,
  });
  const rows = await store.client.deal.findMany({ where: { id: { in: found.map((one) => one.id) } } });
  return pageOf(inOrderOf(found, rows), pageSize(limit), {
    item: ({ row }) => dealRow(row),
    cursor: (one) => [one.found.key, one.found.id],
  });
}
