/** Before a card is removed: its calls stay, without a card or a note, and a lead that became it stands for itself again. */
import type { CardRef } from '../../call-router/state/call';
import type { Tx } from '../connect';
import { tables } from './visibility';

export async function forgetCard(tx: Tx, card: CardRef): Promise<void> {
  const { kind, id } = card;
  // Locks it: a call that is being saved with it is either finished, and seen below, or finds it gone (calls/existing-cards.ts).
  await tx.$executeRaw`UPDATE ${tables[kind]} SET "id" = "id" WHERE "id" = ${id}`;
  await tx.call.updateMany({
    where: { cardKind: kind, cardId: id },
    data: { cardKind: null, cardId: null, note: null },
  });
  if (kind === 'company') await tx.call.updateMany({ where: { companyId: id }, data: { companyId: null } });
  await tx.lead.updateMany({
    where: { convertedToKind: kind, convertedToId: id },
    data: { convertedToKind: null, convertedToId: null },
  });
}
