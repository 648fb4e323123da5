/** Lead statuses, deal stages and outcomes of calls: lists the administrator edits, with sensible ones at the first start. */
import { fail, succeed } from '../../call-router/values/result';
import type { Db, Store, Tx } from '../connect';
import type { Answer, ReadingOperations } from '../operations';
import type { StatusOf, StatusRow } from '../records';

type Of = StatusOf;
const all = ['lead', 'deal', 'call'] as const satisfies readonly Of[];

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
  call: [
    { id: 'reached', name: 'Reached', ends: 'no' },
    { id: 'call-back', name: 'Call back', ends: 'no' },
    { id: 'sale', name: 'Sale', ends: 'won' },
    { id: 'not-reached', name: 'Not reached', ends: 'lost' },
    { id: 'wrong-number', name: 'Wrong number', ends: 'lost' },
  ],
};

/** At each start; does nothing where there are any. A kind that an older version did not have gets its own. */
export async function makeDefaultStatuses(store: Store): Promise<void> {
  if ((await missing(store.client)).length === 0) return;
  await store.write(async (tx) => {
    if (store.kind === 'postgresql') await tx.$executeRaw`LOCK TABLE "Status" IN SHARE ROW EXCLUSIVE MODE`;
    for (const of of await missing(tx))
      await tx.status.createMany({ data: defaults[of].map((status, position) => ({ of, ...status, position })) });
  });
}

async function missing(db: Db | Tx): Promise<readonly Of[]> {
  const there = await db.status.findMany({ distinct: ['of'], select: { of: true } });
  return all.filter((of) => !there.some((row) => row.of === of));
}

export async function listStatuses(db: Db | Tx, of: Of): Promise<readonly StatusRow[]> {
  const rows = await db.status.findMany({ where: { of, isRemoved: false }, orderBy: { position: 'asc' } });
  return rows.map(({ id, name, position, ends }) => ({ id, name, position, ends: ends as StatusRow['ends'] }));
}

/** Of outcomes of calls by their ids, those that are no longer on the list too. */
export async function outcomeNames(
  db: Db,
  ids: readonly (string | null)[],
): Promise<(id: string | null) => string | undefined> {
  const asked = [...new Set(ids)].flatMap((id) => id ?? []);
  const rows = asked.length === 0 ? [] : await db.status.findMany({ where: { of: 'call', id: { in: asked } } });
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return (id) => (id === null ? undefined : names.get(id));
}

export async function isOutcome(tx: Tx, id: string): Promise<boolean> {
  return (await tx.status.count({ where: { of: 'call', id, isRemoved: false } })) > 0;
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
  const why = whyInvalid(of, statuses);
  if (why !== undefined) return fail({ kind: 'invalid', field: 'statuses', why });
  return store.write(async (tx) => {
    const kept = statuses.map((status) => status.id);
    const used = await usedBy[of](tx, kept);
    if (used !== undefined) return fail({ kind: 'in-use', by: `${of}s with ${used}` } as const);
    if (of === 'call') await retireOutcomes(tx, kept);
    else await tx.status.deleteMany({ where: { of } });
    await tx.status.createMany({
      data: statuses.map(({ id, name, ends }, position) => ({ of, id, name, ends, position })),
    });
    return succeed(await listStatuses(tx, of));
  });
}

const usedBy: Readonly<Record<Of, (tx: Tx, kept: readonly string[]) => Promise<string | undefined>>> = {
  lead: usedByLead,
  deal: usedByDeal,
  call: async () => undefined, // they keep it
};

/** A call is history: its outcome keeps its name. One that no call has stays too, or an emptied list would be filled anew at the next start. */
async function retireOutcomes(tx: Tx, kept: readonly string[]): Promise<void> {
  await tx.status.deleteMany({ where: { of: 'call', id: { in: [...kept] } } });
  await tx.status.updateMany({ where: { of: 'call' }, data: { isRemoved: true } });
}

function whyInvalid(of: Of, statuses: readonly Omit<StatusRow, 'position'>[]): string | undefined {
  if (new Set(statuses.map((status) => status.id)).size !== statuses.length) return 'an id stands twice';
  if (statuses.some((status) => status.id.trim() === '' || status.name.trim() === '')) return 'an id or name is empty';
  if (of !== 'call' && !statuses.some((status) => status.ends === 'no'))
    return 'none is open: new ones would have no place';
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
