/** Schemas of the CRM: contacts, companies, leads, deals, their statuses, and what is asked of them. */
import { type Static, Type } from '@sinclair/typebox';
import type { PhoneToSave } from '../messages';
import { closed, count, id, line, list, moment, oneOf, paging, paragraph, removable } from './schema';

const nameLengthMax = 200;
const notesLengthMax = 20_000;
const phonesPerCardMax = 30;

export const phone = Type.Object({
  e164: Type.Optional(Type.String({ description: 'left out: what was typed is no number we can read' })),
  typed: Type.String(),
  label: Type.Optional(Type.String()),
});
export const cardSummary = Type.Object({ kind: oneOf(['contact', 'company', 'lead']), id, name: Type.String() });

const cardRow = {
  id,
  phones: list(phone),
  email: Type.Optional(Type.String()),
  notes: Type.Optional(Type.String()),
  responsibleUserId: Type.Optional(id),
  createdAt: moment,
  updatedAt: moment,
  lastActivityAt: moment,
};
export const contact = Type.Object({
  ...cardRow,
  name: Type.String(),
  companyId: Type.Optional(id),
  companyName: Type.Optional(Type.String()),
});
export const company = Type.Object({ ...cardRow, name: Type.String() });
export const lead = Type.Object({
  ...cardRow,
  title: Type.String(),
  name: Type.Optional(Type.String()),
  status: Type.String({ description: 'an id of /api/lead-statuses' }),
  source: Type.Optional(Type.String()),
  isNew: Type.Boolean({ description: 'nobody has opened it yet' }),
  convertedTo: Type.Optional(Type.Object({ kind: oneOf(['contact', 'company']), id })),
});
export const deal = Type.Object({
  id,
  title: Type.String(),
  stage: Type.String({ description: 'an id of /api/deal-stages' }),
  contactId: Type.Optional(id),
  companyId: Type.Optional(id),
  responsibleUserId: Type.Optional(id),
  amount: Type.Optional(Type.String()),
  createdAt: moment,
  updatedAt: moment,
});
export const status = Type.Object({
  id,
  name: Type.String(),
  position: count,
  ends: oneOf(['no', 'won', 'lost']),
});

const typedPhone = line(64, 'a phone number in any format');
const phoneToSave = Type.Unsafe<PhoneToSave>({
  type: ['string', 'object'],
  description: 'a phone number in any format, by itself or as {typed, label}',
  minLength: 1,
  maxLength: 64,
  pattern: typedPhone.pattern,
  required: ['typed'],
  properties: { typed: typedPhone, label: line(40), e164: { type: 'string', description: 'ignored' } },
  additionalProperties: false,
});
const email = Type.String({ maxLength: 254, pattern: '^[^\\s@]+@[^\\s@]+$', description: 'an e-mail address' });
const amount = Type.String({ pattern: '^-?[0-9]{1,15}(\\.[0-9]{1,4})?$', description: 'an amount like 1250.50' });

const cardFields = {
  phones: Type.Optional(list(phoneToSave, phonesPerCardMax)),
  email: Type.Optional(email),
  notes: Type.Optional(paragraph(notesLengthMax)),
  responsibleUserId: Type.Optional(id),
};
const cardPatch = {
  phones: cardFields.phones,
  email: removable(email),
  notes: removable(paragraph(notesLengthMax)),
  responsibleUserId: removable(id),
};
const name = line(nameLengthMax);

export const contactToCreate = Type.Object({ ...cardFields, name, companyId: Type.Optional(id) }, closed);
export const contactPatch = Type.Object({ ...cardPatch, name: Type.Optional(name), companyId: removable(id) }, closed);
export const companyToCreate = Type.Object({ ...cardFields, name }, closed);
export const companyPatch = Type.Object({ ...cardPatch, name: Type.Optional(name) }, closed);
export const leadToCreate = Type.Object(
  {
    ...cardFields,
    title: name,
    name: Type.Optional(name),
    status: Type.Optional(id),
    source: Type.Optional(line(nameLengthMax)),
  },
  closed,
);
export const leadPatch = Type.Object(
  {
    ...cardPatch,
    title: Type.Optional(name),
    name: removable(name),
    status: Type.Optional(id),
    source: removable(line(nameLengthMax)),
  },
  closed,
);
export const dealToCreate = Type.Object(
  {
    title: name,
    stage: Type.Optional(id),
    contactId: Type.Optional(id),
    companyId: Type.Optional(id),
    responsibleUserId: Type.Optional(id),
    amount: Type.Optional(amount),
  },
  closed,
);
export const dealPatch = Type.Object(
  {
    title: Type.Optional(name),
    stage: Type.Optional(id),
    contactId: removable(id),
    companyId: removable(id),
    responsibleUserId: removable(id),
    amount: removable(amount),
  },
  closed,
);
export const leadConversion = Type.Object(
  {
    name: Type.Optional(name),
    contactId: Type.Optional(id),
    companyId: Type.Optional(id),
    companyName: Type.Optional(name),
    dealTitle: Type.Optional(name),
  },
  closed,
);
export const converted = Type.Object({ contact, company: Type.Optional(company), deal: Type.Optional(deal) });
export const foundCard = Type.Composite([
  cardSummary,
  Type.Object({ phones: list(phone), companyName: Type.Optional(Type.String()) }),
]);
export const statusesToSave = list(
  Type.Object({ id, name: line(80), ends: oneOf(['no', 'won', 'lost']) }, closed),
  100,
);

const searched = Type.Optional(line(200, 'a piece of the name or of a number'));
const byPhone = Type.Optional(line(64, 'a phone number in any format'));
export const contactQuery = Type.Object(
  { ...paging, phone: byPhone, search: searched, companyId: Type.Optional(id) },
  closed,
);
export const companyQuery = Type.Object({ ...paging, phone: byPhone, search: searched }, closed);
export const leadQuery = Type.Object(
  { ...paging, phone: byPhone, search: searched, status: Type.Optional(id), isNew: Type.Optional(Type.Boolean()) },
  closed,
);
export const dealQuery = Type.Object(
  { ...paging, stage: Type.Optional(id), contactId: Type.Optional(id), companyId: Type.Optional(id) },
  closed,
);

/** Phones as the database takes them. */
export function phonesToStore<Body extends { readonly phones?: readonly PhoneToSave[] }>(
  body: Body,
): Omit<Body, 'phones'> & { readonly phones?: readonly { readonly typed: string; readonly label?: string }[] } {
  const { phones, ...rest } = body;
  if (phones === undefined) return rest;
  return { ...rest, phones: phones.map((one) => (typeof one === 'string' ? { typed: one } : labelled(one))) };
}

function labelled(one: Exclude<PhoneToSave, string>): { readonly typed: string; readonly label?: string } {
  return one.label === undefined ? { typed: one.typed } : { typed: one.typed, label: one.label };
}

export type StatusesToSave = Static<typeof statusesToSave>;
