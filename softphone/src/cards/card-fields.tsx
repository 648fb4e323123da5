/** The fields of a contact, company, lead or deal in a form, and how a filled-in form becomes a request. */
import type { Company, Contact, Deal, Lead } from '../../../server/api/messages';
import type { CardPage } from '../api/keys';
import { useStaff } from '../api/people';
import { fieldProblem } from '../api/problem';
import { useStatuses } from '../api/settings';
import { InputField, SelectField } from '../parts/field';
import { textOrNull } from '../parts/form';
import { type TextKey, t } from '../text/text';
import { CardPicker } from './card-picker';
import { PhonesField, phonesOf } from './phones-field';

/** What a card has that can be known before it is made or changed. */
export type KnownFields = Partial<Omit<Contact & Company & Lead & Deal, 'phones'>> & Partial<Pick<Contact, 'phones'>>;

interface CardFieldsProps {
  readonly kind: CardPage;
  readonly card: KnownFields;
  readonly error: unknown;
}

export function CardFields({ kind, card, error }: CardFieldsProps) {
  return (
    <>
      {kind === 'deal' || kind === 'lead' ? (
        <InputField
          label={t(kind === 'deal' ? 'deal.title' : 'lead.title')}
          name="title"
          defaultValue={card.title}
          maxLength={200}
          required
          autoFocus
          wrong={fieldProblem(error, 'title')}
        />
      ) : null}
      {kind !== 'deal' && (
        <InputField
          label={t('card.name')}
          name="name"
          defaultValue={card.name}
          maxLength={200}
          required={kind !== 'lead'}
          autoFocus={kind !== 'lead'}
          autoComplete="off"
          wrong={fieldProblem(error, 'name')}
        />
      )}
      {kind === 'contact' && (
        <CardPicker kind="company" name="companyId" label={t('kind.company')} chosenId={card.companyId} />
      )}
      {kind === 'deal' ? <DealFields card={card} error={error} /> : <ReachFields card={card} error={error} />}
      {kind === 'lead' && <StatusField of="lead" name="status" label="lead.status" value={card.status} />}
      {kind === 'lead' && (
        <InputField label={t('lead.source')} name="source" defaultValue={card.source} maxLength={200} />
      )}
      <ResponsibleField value={card.responsibleUserId} />
    </>
  );
}

function ReachFields({ card, error }: Omit<CardFieldsProps, 'kind'>) {
  return (
    <>
      <PhonesField phones={card.phones ?? []} wrong={fieldProblem(error, 'phones')} />
      <InputField
        label={t('card.email')}
        name="email"
        type="email"
        defaultValue={card.email}
        maxLength={254}
        autoComplete="off"
        wrong={fieldProblem(error, 'email')}
      />
    </>
  );
}

function DealFields({ card, error }: Omit<CardFieldsProps, 'kind'>) {
  return (
    <>
      <StatusField of="deal" name="stage" label="deal.stage" value={card.stage} />
      <CardPicker kind="contact" name="contactId" label={t('kind.contact')} chosenId={card.contactId} />
      <CardPicker kind="company" name="companyId" label={t('kind.company')} chosenId={card.companyId} />
      <InputField
        label={t('deal.amount')}
        name="amount"
        defaultValue={card.amount}
        maxLength={40}
        wrong={fieldProblem(error, 'amount')}
      />
    </>
  );
}

interface StatusFieldProps {
  readonly of: 'lead' | 'deal';
  readonly name: string;
  readonly label: TextKey;
  readonly value: string | undefined;
}

function StatusField({ of, name, label, value }: StatusFieldProps) {
  const statuses = useStatuses(of).data ?? [];
  return (
    <SelectField key={statuses.length} label={t(label)} name={name} defaultValue={value ?? statuses[0]?.id}>
      {statuses.map((status) => (
        <option key={status.id} value={status.id}>
          {status.name}
        </option>
      ))}
    </SelectField>
  );
}

function ResponsibleField({ value }: { readonly value: string | undefined }) {
  const colleagues = useStaff().data ?? [];
  return (
    <SelectField
      key={colleagues.length}
      label={t('card.responsible')}
      name="responsibleUserId"
      defaultValue={value ?? ''}
    >
      <option value="">{t('card.nobody')}</option>
      {colleagues.map((person) => (
        <option key={person.id} value={person.id}>
          {person.name}
        </option>
      ))}
    </SelectField>
  );
}

const texts: Readonly<Record<CardPage, readonly string[]>> = {
  contact: ['name', 'companyId', 'email', 'responsibleUserId'],
  company: ['name', 'email', 'responsibleUserId'],
  lead: ['title', 'name', 'email', 'status', 'source', 'responsibleUserId'],
  deal: ['title', 'stage', 'contactId', 'companyId', 'amount', 'responsibleUserId'],
};

const removable: ReadonlySet<string> = new Set([
  'companyId',
  'contactId',
  'email',
  'source',
  'amount',
  'responsibleUserId',
]);

/** A change: what was emptied is `null`, which removes it, where the card can do without. */
export function changeOf(kind: CardPage, fields: FormData): Readonly<Record<string, unknown>> {
  const values = texts[kind].map((name) => [name, textOrNull(fields, name)] as const);
  const change = Object.fromEntries(
    values.filter(([name, value]) => value !== null || removable.has(name) || (kind === 'lead' && name === 'name')),
  );
  return kind === 'deal' ? change : { ...change, phones: phonesOf(fields) };
}

/** A new one: what is empty is left out. */
export function newCardOf(kind: CardPage, fields: FormData): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(changeOf(kind, fields)).filter(([, value]) => value !== null));
}
