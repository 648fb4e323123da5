/**
 * New leads on their way to an owner: which wait to be given to somebody, or to be passed on because nobody opened them; and the
 * giving. Who it is to be, server/lead-owners.ts asks the router's rules.
 */
import { succeed } from '../../call-router/values/result';
import type { Store, Tx } from '../connect';
import type { DeskOperations } from '../desk-operations';
import { noticeTo } from '../desk/write-notice';
import { present } from '../rows';

type Ops = DeskOperations;
type Waiting = Ops['leads-waiting']['answer'][number];

/** Of one look; the others come with the next. */
const leadsMax = 200;

/** By two indexes; hardly ever more than a few. */
export async function leadsWaiting(
  { client }: Store,
  { at }: Ops['leads-waiting']['request'],
): Promise<readonly Waiting[]> {
  const leads = await client.lead.findMany({
    where: {
      isNew: true,
      convertedToId: null,
      OR: [{ assignedAt: null }, { passOnAt: { lte: BigInt(at) } }],
    },
    orderBy: { createdAt: 'asc' },
    take: leadsMax,
  });
  return leads.map((lead) =>
    present<Waiting>({
      id: lead.id,
      createdAt: Number(lead.createdAt),
      source: lead.source,
      numberId: lead.numberId,
      callIsOver: lead.callId !== null,
      ruleId: lead.ruleId,
      responsibleUserId: lead.responsibleUserId,
      isPassedOn: lead.assignedAt !== null,
    }),
  );
}

/** Only as it was when it was looked at: somebody may have opened it, or given it away, meanwhile. */
export async function assignLead(
  store: Store,
  { lead, to, at, passOnAt, notify }: Ops['assign-lead']['request'],
): Promise<Ops['assign-lead']['answer']> {
  return store.write(async (tx) => {
    const before = await tx.lead.findUnique({ where: { id: lead.id } });
    const isAsLookedAt =
      before?.isNew === true &&
      before.responsibleUserId === (lead.responsibleUserId ?? null) &&
      (before.assignedAt !== null) === lead.isPassedOn &&
      before.ruleId === (lead.ruleId ?? null);
    if (!isAsLookedAt) return succeed({ isAssigned: false });
    await tx.leadOffer.deleteMany({ where: { leadId: lead.id } });
    const responsibleUserId = to?.userId === undefined ? before.responsibleUserId : await existing(tx, to.userId);
    await tx.lead.update({
      where: { id: lead.id },
      data: {
        responsibleUserId: to?.groupId === undefined ? responsibleUserId : null,
        ownerGroupId: to?.groupId ?? null,
        ruleId: to?.ruleId ?? before.ruleId,
        assignedAt: BigInt(at),
        passOnAt: passOnAt === undefined ? null : BigInt(passOnAt),
      },
    });
    for (const userId of to?.members ?? []) await tx.leadOffer.create({ data: { userId, leadId: lead.id } });
    const kind = lead.isPassedOn ? 'lead-passed-on' : 'new-lead';
    const parameters = { leadId: lead.id, title: before.title };
    for (const userId of notify) await noticeTo(tx, { userId, at, text: { kind, parameters } });
    return succeed({ isAssigned: true });
  });
}

async function existing(tx: Tx, id: string): Promise<string | null> {
  return (await tx.user.findUnique({ where: { id }, select: { id: true } }))?.id ?? null;
}

/**
 * Whoever of its group opens a lead first has it. Others may look at it (managers see all), and it stays new.
 * @returns what opening changes; undefined: nothing.
 */
export async function openedBy(
  tx: Tx,
  lead: { readonly id: string; readonly responsibleUserId: string | null; readonly ownerGroupId: string | null },
  userId: string,
): Promise<{ readonly responsibleUserId?: string } | undefined> {
  const isOffered = lead.ownerGroupId !== null && lead.responsibleUserId === null;
  if (!isOffered) return {};
  if ((await tx.leadOffer.count({ where: { leadId: lead.id, userId } })) === 0) return undefined;
  await tx.leadOffer.deleteMany({ where: { leadId: lead.id } });
  return { responsibleUserId: userId };
}
