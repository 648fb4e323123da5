/**
 * Who is calling, and what is made of an unknown number: a lead or a contact, once, in the transaction that looked again under
 * the number's lock. 50 calls of one new number at the same moment get one card.
 */
import { type E164, e164From, internationalFormat } from '../../call-router/values/number';
import type { CardRef, MatchedCard } from '../../call-router/state/call';
import { userIdOf } from '../../call-router/values/ids';
import type { Store, Tx } from '../connect';
import { folded } from '../fold';
import type { CallOperations } from '../operations';
import { newId, present } from '../rows';
import { findMatches } from './find-matches';
import { lockNumbers } from './lock-numbers';
import type { Match } from './order-matches';
import { firstStatus } from './statuses';

type Request = CallOperations['match-client']['request'];
type Answer = CallOperations['match-client']['answer'];

export async function matchClient(store: Store, request: Request): Promise<Answer> {
  const number = e164From(request.number);
  const known = await findMatches(store.client, number);
  if (known.length > 0) return found(known);
  if (request.makes === 'nothing') return { found: false };
  return store.write(async (tx) => {
    await lockNumbers(store.kind, tx, [number]);
    const meanwhile = await findMatches(tx, number);
    if (meanwhile.length > 0) return found(meanwhile);
    return { found: true, card: await makeCard(tx, request, number), others: [] };
  });
}

function found(matches: readonly Match[]): Answer {
  const [best, ...rest] = matches;
  if (best === undefined) return { found: false };
  const others: CardRef[] = rest.map(({ kind, id }) => ({ kind, id }));
  return { found: true, card: matchedCard(best, 'known'), others };
}

function matchedCard(match: Match, how: 'known' | 'made'): MatchedCard {
  const { kind, id, name, companyId, responsibleUserId } = match;
  return present<MatchedCard>({
    kind,
    id,
    name,
    companyId,
    responsibleUserId: responsibleUserId === undefined ? undefined : userIdOf(responsibleUserId),
    isNew: how === 'made',
  });
}

async function makeCard(tx: Tx, request: Request, number: E164): Promise<MatchedCard> {
  const id = newId();
  const at = BigInt(request.at);
  const name = nameOf(request.displayName);
  const shown = name ?? internationalFormat(number);
  const responsibleUserId = await existingUser(tx, request.responsible);
  const common = {
    id,
    nameKey: folded(shown),
    responsibleUserId,
    createdAt: at,
    updatedAt: at,
    lastActivityAt: at,
    phones: { create: [{ e164: number, digits: number.slice(1), typed: request.typed }] },
  };
  if (request.makes === 'contact') await tx.contact.create({ data: { ...common, name: shown } });
  else
    await tx.lead.create({
      data: {
        ...common,
        title: shown,
        name: name ?? null,
        status: await firstStatus(tx, 'lead', 'no'),
        source: request.source ?? null,
        isNew: true,
      },
    });
  const kind = request.makes === 'contact' ? 'contact' : 'lead';
  return matchedCard(
    present<Match>({
      kind,
      id,
      name: shown,
      responsibleUserId,
      companyId: undefined,
      lastCallMs: undefined,
      createdMs: request.at,
      isOpen: true,
    }),
    'made',
  );
}

/** Networks often send the number again as the display name: that is no name. */
function nameOf(displayName: string | undefined): string | undefined {
  const name = displayName?.trim();
  return name !== undefined && /\p{L}/u.test(name) ? name.slice(0, 200) : undefined;
}

/** The directory may still name a person who was removed a moment ago. */
async function existingUser(tx: Tx, id: string | undefined): Promise<string | null> {
  if (id === undefined) return null;
  const user = await tx.user.findUnique({ where: { id }, select: { id: true } });
  return user?.id ?? null;
}
