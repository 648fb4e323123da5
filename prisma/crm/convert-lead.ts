/**
 * A lead becomes a contact (of a company, with a deal, where asked), in one transaction. Its phones, calls and recordings go
 * along: a recording belongs to its call. A call that lives just now follows when it is saved (calls/upsert-calls.ts).
 */
import { fail, type Result, succeed } from '../../call-router/values/result';
import type { Store, Tx } from '../connect';
import { folded } from '../fold';
import type { ReadingOperations, StoreProblem } from '../operations';
import { newId } from '../rows';
import type { Lead, Phone } from '../sqlite/generated/client';
import { companyInclude, companyRow } from './companies';
import { contactInclude, contactRow } from './contacts';
import { dealRow } from './deals';
import { lockNumbers } from './lock-numbers';
import { firstStatus } from './statuses';
import { canSee } from './visibility';

type Request = ReadingOperations['convert-lead']['request'];
type Converted = ReadingOperations['convert-lead']['answer'];
type LeadWithPhones = Lead & { readonly phones: readonly Phone[] };

export function convertLead(store: Store, request: Request): Promise<Converted> {
  return store.write(async (tx) => {
    const lead = await openLeadOf(tx, request);
    if (!lead.ok) return lead;
    const problem = await problemWith(tx, request);
    if (problem !== undefined) return fail(problem);
    await lockNumbers(
      store.kind,
      tx,
      lead.value.phones.map((phone) => phone.e164),
    );
    const now = BigInt(store.clock.now());
    const made = { tx, request, lead: lead.value, now };
    const companyId = await companyOf(made);
    const contactId = await contactOf(made, companyId);
    await closeLead(made, contactId);
    await carryCalls(tx, lead.value.id, contactId);
    const deal = await dealOf(made, contactId, companyId);
    return succeed({ ...(await shown(tx, contactId, companyId)), ...(deal === undefined ? {} : { deal }) });
  });
}

interface Making {
  readonly tx: Tx;
  readonly request: Request;
  readonly lead: LeadWithPhones;
  readonly now: bigint;
}

/** Touching the row first makes calls that are saved at this moment wait for us, and then follow (PostgreSQL). */
async function openLeadOf(tx: Tx, request: Request): Promise<Result<LeadWithPhones, StoreProblem>> {
  const { id, viewer } = request;
  if (!(await canSee(tx, viewer, 'lead', id))) return fail({ kind: 'not-found' });
  const lead = await tx.lead.update({ where: { id }, data: { isNew: false }, include: { phones: true } });
  if (lead.convertedToId !== null) return fail({ kind: 'invalid', field: 'id', why: 'this lead is converted already' });
  return succeed(lead);
}

async function problemWith(tx: Tx, request: Request): Promise<StoreProblem | undefined> {
  const { viewer, contactId, companyId } = request;
  if (contactId !== undefined && !(await canSee(tx, viewer, 'contact', contactId)))
    return { kind: 'unknown-reference', field: 'contactId' };
  if (companyId !== undefined && !(await canSee(tx, viewer, 'company', companyId)))
    return { kind: 'unknown-reference', field: 'companyId' };
  return undefined;
}

async function companyOf({ tx, request, lead, now }: Making): Promise<string | undefined> {
  const { companyId, companyName } = request;
  if (companyId !== undefined || companyName === undefined || companyName.trim() === '') return companyId;
  const company = await tx.company.create({
    data: { ...commonOf(lead, now), id: newId(), name: companyName, nameKey: folded(companyName) },
  });
  return company.id;
}

const commonOf = (lead: Lead, now: bigint) => ({
  responsibleUserId: lead.responsibleUserId,
  createdAt: now,
  updatedAt: now,
  lastActivityAt: lead.lastActivityAt,
});

async function contactOf(making: Making, companyId: string | undefined): Promise<string> {
  const { tx, request, lead, now } = making;
  if (request.contactId !== undefined) return joinContact(making, request.contactId, companyId);
  const name = request.name ?? lead.name ?? lead.title;
  const contact = await tx.contact.create({
    data: {
      ...commonOf(lead, now),
      id: newId(),
      name,
      nameKey: folded(name),
      companyId: companyId ?? null,
      email: lead.email,
      notes: lead.notes,
      phones: { create: lead.phones.map(phoneOf) },
    },
  });
  return contact.id;
}

const phoneOf = ({ e164, digits, typed, label }: Phone) => ({ e164, digits, typed, label });

/** Phones that the contact does not have yet are added. */
async function joinContact({ tx, lead, now }: Making, contactId: string, companyId: string | undefined) {
  const contact = await tx.contact.findUniqueOrThrow({ where: { id: contactId }, include: { phones: true } });
  const known = new Set(contact.phones.map((phone) => phone.digits));
  const activity = contact.lastActivityAt > lead.lastActivityAt ? contact.lastActivityAt : lead.lastActivityAt;
  await tx.contact.update({
    where: { id: contactId },
    data: {
      updatedAt: now,
      lastActivityAt: activity,
      ...(companyId === undefined ? {} : { companyId }),
      phones: { create: lead.phones.filter((phone) => !known.has(phone.digits)).map(phoneOf) },
    },
  });
  return contactId;
}

async function closeLead({ tx, lead, now }: Making, contactId: string): Promise<void> {
  const status = await firstStatus(tx, 'lead', 'won');
  const data = { status, convertedToKind: 'contact', convertedToId: contactId, updatedAt: now };
  await tx.lead.update({ where: { id: lead.id }, data });
}

async function carryCalls(tx: Tx, leadId: string, contactId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Call" SET "cardKind" = 'contact', "cardId" = ${contactId},
      "companyId" = COALESCE("companyId", (SELECT "companyId" FROM "Contact" WHERE "id" = ${contactId}))
    WHERE "cardKind" = 'lead' AND "cardId" = ${leadId}`;
}

async function dealOf({ tx, request, lead, now }: Making, contactId: string, companyId: string | undefined) {
  const { dealTitle } = request;
  if (dealTitle === undefined || dealTitle.trim() === '') return undefined;
  const deal = await tx.deal.create({
    data: {
      id: newId(),
      title: dealTitle,
      stage: await firstStatus(tx, 'deal', 'no'),
      contactId,
      companyId: companyId ?? null,
      responsibleUserId: lead.responsibleUserId,
      createdAt: now,
      updatedAt: now,
    },
  });
  return dealRow(deal);
}

async function shown(tx: Tx, contactId: string, companyId: string | undefined) {
  const contact = await tx.contact.findUniqueOrThrow({ where: { id: contactId }, include: contactInclude });
  if (companyId === undefined) return { contact: contactRow(contact) };
  const company = await tx.company.findUniqueOrThrow({ where: { id: companyId }, include: companyInclude });
  return { contact: contactRow(contact), company: companyRow(company) };
}
