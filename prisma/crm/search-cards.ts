/** One search over contacts, companies and leads, by a piece of the name or of the number; in this order, then by name. */
import type { CardKind } from '../../call-router/state/call';
import type { Store } from '../connect';
import type { ReadingOperations } from '../operations';
import { cursorOf, pageOf, pageSize, readCursor } from '../paging';
import type { CardSummary, PhoneRow } from '../records';
import { present } from '../rows';
import { phoneRow, phonesInOrder } from './card-fields';
import { type Found, findIds, withText } from './list-cards';

type Request = ReadingOperations['search-cards']['request'];
type Card = CardSummary & { phones: readonly PhoneRow[]; companyName?: string };

const kinds: readonly CardKind[] = ['contact', 'company', 'lead'];

interface FoundCard extends Found {
  readonly rank: number;
}

export async function searchCards(
  store: Store,
  request: Request,
): Promise<ReadingOperations['search-cards']['answer']> {
  const limit = pageSize(request.limit);
  if (request.text.trim() === '') return { items: [] };
  const found = await findCards(store, request, limit);
  const cards = await cardsOf(store, found);
  const rows = found.flatMap((one) => {
    const card = cards.get(one.id);
    return card === undefined ? [] : [{ one, card }];
  });
  return pageOf(rows, limit, { item: ({ card }) => card, cursor: ({ one }) => [one.rank, one.key, one.id] });
}

/** Kind after kind until the page is full: the next is not even asked then. */
async function findCards(store: Store, request: Request, limit: number): Promise<readonly FoundCard[]> {
  const [fromRank = 0, key, id] = readCursor(request.cursor, ['number', 'string', 'string']) ?? [];
  const found: FoundCard[] = [];
  for (const [rank, kind] of kinds.entries()) {
    if (rank < Number(fromRank) || found.length > limit) continue;
    const isSameKind = rank === fromRank && key !== undefined && id !== undefined;
    const ids = await findIds(store.client, {
      kind,
      viewer: request.viewer,
      order: 'by-name',
      conditions: [await withText(store, kind, request.text)],
      cursor: isSameKind ? cursorOf([key, id]) : undefined,
      limit,
    });
    found.push(...ids.map((one) => ({ ...one, rank })));
  }
  return found.slice(0, limit + 1);
}

async function cardsOf(store: Store, found: readonly FoundCard[]): Promise<ReadonlyMap<string, Card>> {
  const where = (rank: number) => ({ id: { in: found.filter((one) => one.rank === rank).map((one) => one.id) } });
  const phones = phonesInOrder;
  const company = { select: { name: true } };
  const contacts = await store.client.contact.findMany({ where: where(0), include: { phones, company } });
  const companies = await store.client.company.findMany({ where: where(1), include: { phones } });
  const leads = await store.client.lead.findMany({ where: where(2), include: { phones } });
  const cards: Card[] = [
    ...contacts.map((row) =>
      present<Card>({ ...summary('contact', row), phones: row.phones.map(phoneRow), companyName: row.company?.name }),
    ),
    ...companies.map((row) => ({ ...summary('company', row), phones: row.phones.map(phoneRow) })),
    ...leads.map((row) => ({
      ...summary('lead', { id: row.id, name: row.name ?? row.title }),
      phones: row.phones.map(phoneRow),
    })),
  ];
  return new Map(cards.map((card) => [card.id, card]));
}

const summary = (kind: CardKind, { id, name }: { readonly id: string; readonly name: string }): CardSummary => ({
  kind,
  id,
  name,
});
