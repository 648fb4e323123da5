/**
 * What happened on a card, newest first: its calls with their recordings. A company's shows its contacts' calls, a deal's those
 * of its contact and company, each marked with the person; a converted lead's shows what it became.
 */
import { fail, succeed } from '../../call-router/values/result';
import type { Store } from '../connect';
import { canSee } from '../crm/visibility';
import type { ReadingOperations } from '../operations';
import type { CallRow, TimelineEntry } from '../records';
import { type Prisma, Prisma as P } from '../sqlite/generated/client';
import { callPage, ofCard } from './list-calls';

type Request = ReadingOperations['timeline']['request'];

export async function timeline(store: Store, request: Request): Promise<ReadingOperations['timeline']['answer']> {
  const { kind, id, viewer } = request;
  if (!(await canSee(store.client, viewer, kind, id))) return fail({ kind: 'not-found' });
  const page = await callPage(store.client, request, [await condition(store, request)]);
  const marks = kind === 'company' || kind === 'deal';
  const items = page.items.map((call) => entry(call, marks ? 'with-person' : 'own'));
  return succeed(page.next === undefined ? { items } : { items, next: page.next });
}

async function condition(store: Store, { kind, id }: Request): Promise<Prisma.Sql> {
  switch (kind) {
    case 'deal':
      return ofDeal(store, id);
    case 'lead': {
      const lead = await store.client.lead.findUnique({ where: { id } });
      const became = lead?.convertedToId ?? null;
      return became === null
        ? ofCard('lead', id)
        : ofCard(lead?.convertedToKind === 'company' ? 'company' : 'contact', became);
    }
    default:
      return ofCard(kind, id);
  }
}

async function ofDeal(store: Store, id: string): Promise<Prisma.Sql> {
  const deal = await store.client.deal.findUnique({ where: { id } });
  const cards = [
    ...(deal?.contactId == null ? [] : [ofCard('contact', deal.contactId)]),
    ...(deal?.companyId == null ? [] : [ofCard('company', deal.companyId)]),
  ];
  if (cards.length === 0) return P.sql`1 = 0`;
  return P.join(
    cards.map((card) => P.sql`(${card})`),
    ' OR ',
  );
}

function entry(call: CallRow, whose: 'own' | 'with-person'): TimelineEntry {
  const person = whose === 'with-person' && call.card?.kind === 'contact' ? { person: call.card } : {};
  return { kind: 'call', at: call.startedAt, call, ...person };
}
