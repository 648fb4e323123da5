/** Lead statuses and deal stages: lists the administrator edits, with sensible ones at the first start. */
import { fail, succeed } from '../../call-router/values/result';
import type { Db, Store, Tx } from '../connect';
import type { Answer, ReadingOperations } from '../operations';
import type { StatusRow } from '../records';

type Of = 'lead' | 'deal';

const defaults: Readonly<Record<Of, readonly Omit<StatusRow, 'position'>[]>> = {
  lead: [
    { id: 'new', name: 'New', ends: 'no' },
    { id: 'in-progress', name: 'In progress', ends: 'no' },
    { id: 'converted', name: 'Converted', ends: 'won' },
    { id: 'lost', name: 'Lost', ends: 'lost' },
  ],
  deal: [
    { id: 'new', name: 'New', ends: 'no' },
    { id: 'offer', name: 'Offer', ends: 'no' },
    { id: 'won', name: 'Won', ends: 'won' },
    { id: 'lost', name: 'Lost', ends: 'lost' },
  ],
};

/** At each start; does nothing where there are any. */
export async function makeDefaultStatuses(store: Store): Promise<void> {
  if ((await store.client.status.count()) > 0) return;
  await store.write(async (tx) => {
    if (store.kind === 'postgresql') await tx.$executeRaw`LOCK TABLE "Status" IN SHARE ROW EXCLUSIVE MODE`;
    if ((await tx.status.count()) > 0) return;
    for (const of of ['lead', 'deal'] as const)
      await tx.status.createMany({ data: defaults[of].map((status, position) => ({ of, ...status, position })) });
  });
}

export async function listStatuses(db: Db | Tx, of: Of): Promise<readonly StatusRow[]> {
  const rows = await db.status.findMany({ where: { of }, orderBy: { position: 'asc' } });
  return rows.map(({ id, name, position, ends }) => ({ id, name, position, ends: ends as StatusRow['ends'] }));
}

/** The id of the first one that ends so; the list always has one that is open. */
export async function firstStatus(db: Db | Tx, of: Of, ends: StatusRow['ends']): Promise<string> {
  const statuses = await listStatuses(db, of);
  return (statuses.find((status) => status.ends === ends) ?? statuses.at(0))?.id ?? 'new';
}

export async function replaceStatuses(
  store: Store,
  request: ReadingOperations['replace-statuses']['request'],
): Promise<Answer<readonly StatusRow[]>> {
  const { of, statuses } = request;
  const why = whyInvalid(statuses);
  if (why !== undefined) return fail({ kind: 'invalid', field: 'statuses', why });
  return store.write(async (tx) => {
    const kept = statuses.map((status) => status.id);
    const used = of === 'lead' ? await usedByLead(tx, kept) : await usedByDeal(tx, kept);
    if (used !== undefined) return fail({ kind: 'in-use', by: `${of}s with ${used}` } as const);
    await tx.status.deleteMany({ where: { of } });
    await tx.status.createMany({
      data: statuses.map(({ id, name, ends }, position) => ({ of, id, name, ends, position })),
    });
    return succeed(await listStatuses(tx, of));
  });
}

function whyInvalid(statuses: readonly Omit<StatusRow, 'position'>[]): string | undefined {
  if (new Set(statuses.map((status) => status.id)).size !== statuses.length) return 'an id stands twice';
  if (statuses.some((status) => status.id.trim() === '' || status.name.trim() === '')) return 'an id or name is empty';
  if (!statuses.some((status) => status.ends === 'no')) return 'none is open: new ones would have no place';
  return undefined;
}

async function usedByLead(tx: Tx, kept: readonly string[]): Promise<string | undefined> {
  const lead = await tx.lead.findFirst({ where: { status: { notIn: [...kept] } }, select: { status: true } });
  return lead?.status;
}

async function usedByDeal(tx: Tx, kept: readonly string[]): Promise<string | undefined> {
  const deal = await tx.deal.findFirst({ where: { stage: { notIn: [...kept] } }, select: { stage: true } });
  return deal?.stage;
}
