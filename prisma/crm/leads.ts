/** Leads: numbers and people that nobody knows yet. New until somebody opens them. */
import { fail, succeed } from '../../call-router/values/result';
import type { Store, Tx } from '../connect';
import { folded } from '../fold';
import type { Answer, LeadFields, Patch, ReadingOperations, StoreProblem } from '../operations';
import { pageOf, pageSize } from '../paging';
import { answered } from '../problems';
import type { LeadRow, Page } from '../records';
import { isoTime, newId, present } from '../rows';
import { type Prisma, Prisma as P } from '../sqlite/generated/client';
import { changedCardColumns, emptyText, newCardColumns, phoneRow, phonesInOrder } from './card-fields';
import { forgetCard } from './forget-card';
import { findIds, inOrderOf, withPhone, withText } from './list-cards';
import { openedBy } from './lead-owners';
import { firstStatus } from './statuses';
import { canSee, problemWithRemoving } from './visibility';

type Ops = ReadingOperations;

export const leadInclude = { phones: phonesInOrder } as const satisfies Prisma.LeadInclude;
type Lead = Prisma.LeadGetPayload<{ include: typeof leadInclude }>;

export function leadRow(lead: Lead): LeadRow {
  const { convertedToKind, convertedToId } = lead;
  return present<LeadRow>({
    id: lead.id,
    title: lead.title,
    name: lead.name,
    phones: lead.phones.map(phoneRow),
    status: lead.status,
    source: lead.source,
    isNew: lead.isNew,
    convertedTo:
      convertedToId === null
        ? undefined
        : { kind: convertedToKind === 'company' ? 'company' : 'contact', id: convertedToId },
    email: lead.email,
    notes: lead.notes,
    responsibleUserId: lead.responsibleUserId,
    createdAt: isoTime(lead.createdAt),
    updatedAt: isoTime(lead.updatedAt),
    lastActivityAt: isoTime(lead.lastActivityAt),
  });
}

/** What a lead is found by. */
const nameKeyOf = (title: string, name: string | null): string =>
  folded(name === null || name === title ? title : `${title} ${name}`);

export function createLead(store: Store, request: Ops['create-lead']['request']): Promise<Answer<LeadRow>> {
  const { title, source, status } = request;
  const name = request.name ?? null;
  return answered(() =>
    store.write(async (tx) => {
      const columns = await newCardColumns(store, tx, request);
      if (!columns.ok) return columns;
      const problem = await problemWith(tx, request);
      if (problem !== undefined) return fail(problem);
      const data = {
        ...columns.value,
        id: newId(),
        title,
        name,
        nameKey: nameKeyOf(title, name),
        status: status ?? (await firstStatus(tx, 'lead', 'no')),
        source: source ?? null,
        isNew: true,
        // Made by hand: whose it is was said.
        assignedAt: BigInt(store.clock.now()),
      };
      return succeed(leadRow(await tx.lead.create({ data, include: leadInclude })));
    }),
  );
}

export function changeLead(store: Store, request: Ops['change-lead']['request']): Promise<Answer<LeadRow>> {
  const { id, viewer, patch } = request;
  return answered(() =>
    store.write(async (tx) => {
      const before = await tx.lead.findUnique({ where: { id } });
      if (before === null || !(await canSee(tx, viewer, 'lead', id))) return fail({ kind: 'not-found' } as const);
      const columns = await changedCardColumns(store, tx, { viewer, patch, before });
      if (!columns.ok) return columns;
      const problem = await problemWith(tx, patch);
      if (problem !== undefined) return fail(problem);
      const title = patch.title ?? before.title;
      const name = patch.name === undefined ? before.name : patch.name;
      const data = {
        ...columns.value,
        title,
        name,
        nameKey: nameKeyOf(title, name),
        ...(patch.status == null ? {} : { status: patch.status }),
        ...(patch.source === undefined ? {} : { source: patch.source }),
      };
      return succeed(leadRow(await tx.lead.update({ where: { id }, data, include: leadInclude })));
    }),
  );
}

async function problemWith(tx: Tx, fields: Patch<LeadFields>): Promise<StoreProblem | undefined> {
  const empty = emptyText({ title: fields.title, status: fields.status });
  if (empty !== undefined) return empty;
  if (fields.status != null && (await tx.status.count({ where: { of: 'lead', id: fields.status } })) === 0)
    return { kind: 'unknown-reference', field: 'status' };
  return undefined;
}

export function removeLead(store: Store, request: Ops['remove-lead']['request']): Promise<Answer<undefined>> {
  const { id, viewer } = request;
  return store.write(async (tx) => {
    const problem = await problemWithRemoving(tx, viewer, { kind: 'lead', id });
    if (problem !== undefined) return fail(problem);
    await forgetCard(tx, { kind: 'lead', id });
    await tx.leadOffer.deleteMany({ where: { leadId: id } });
    await tx.lead.delete({ where: { id } });
    return succeed(undefined);
  });
}

export async function getLead(store: Store, request: Ops['get-lead']['request']): Promise<Answer<LeadRow>> {
  const { id, viewer } = request;
  if (!(await canSee(store.client, viewer, 'lead', id))) return fail({ kind: 'not-found' });
  const lead = await store.client.lead.findUnique({ where: { id }, include: leadInclude });
  return lead === null ? fail({ kind: 'not-found' }) : succeed(leadRow(lead));
}

/** Somebody looked at it: it is no longer new. */
export function openLead(store: Store, request: Ops['open-lead']['request']): Promise<Answer<LeadRow>> {
  const { id, viewer } = request;
  return store.write(async (tx) => {
    const lead = await tx.lead.findUnique({ where: { id }, include: leadInclude });
    if (lead === null || !(await canSee(tx, viewer, 'lead', id))) return fail({ kind: 'not-found' });
    const opening = await openedBy(tx, lead, viewer.userId);
    if (opening === undefined) return succeed(leadRow(lead));
    const openedAt = lead.openedAt ?? BigInt(store.clock.now());
    const data = { ...opening, isNew: false, openedAt, passOnAt: null };
    return succeed(leadRow(await tx.lead.update({ where: { id }, data, include: leadInclude })));
  });
}

/** Newest first. */
export async function listLeads(store: Store, request: Ops['list-leads']['request']): Promise<Page<LeadRow>> {
  const { viewer, cursor, limit, phone, search, status, isNew } = request;
  const found = await findIds(store.client, {
    kind: 'lead',
    viewer,
    order: 'newest-first',
    conditions: [
      withPhone(store, 'lead', phone),
      await withText(store, 'lead', search),
      status === undefined ? undefined : P.sql`"status" = ${status}`,
      isNew === undefined ? undefined : P.sql`"isNew" = ${isNew}`,
    ],
    cursor,
    limit,
  });
  const ids = found.map((one) => one.id);
  const rows = await store.client.lead.findMany({ where: { id: { in: ids } }, include: leadInclude });
  return pageOf(inOrderOf(found, rows), pageSize(limit), {
    item: ({ row }) => leadRow(row),
    cursor: (one) => [one.found.key, one.found.id],
  });
}
