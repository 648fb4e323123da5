/** An unknown number: the lead that was made for it, ready to be filled in while one talks. Saved when a field is left. */
import { type FocusEvent, useState } from 'react';
import type { CallCard } from '../../../server/api/desk-messages';
import { useCard, useChangeCard } from '../api/cards';
import { InputField, TextField } from '../parts/field';
import { FormProblem } from '../parts/states';
import { t } from '../text/text';

export function NewLead({ card: { card } }: { readonly card: CallCard }) {
  const lead = useCard('lead', card.id).data;
  const change = useChangeCard('lead', card.id);
  const [isSaved, setSaved] = useState(false);
  const save =
    (field: 'name' | 'email' | 'notes', before: string | undefined) =>
    ({ currentTarget: { value } }: FocusEvent<HTMLInputElement | HTMLTextAreaElement>): void => {
      const next = value.trim();
      if (next === (before ?? '')) return;
      change.mutate({ [field]: next === '' ? null : next }, { onSuccess: () => setSaved(true) });
    };
  if (lead === undefined) return null;
  return (
    <div className="client-facts new-lead">
      <p className="fact-line">
        <span className="kind kind-lead">{t('phone.new-lead')}</span>
        <span role="status" className="dim">
          {change.isPending ? '' : isSaved ? t('card.saved') : t('phone.new-lead-why')}
        </span>
      </p>
      <InputField
        label={t('card.name')}
        defaultValue={lead.name}
        maxLength={200}
        autoComplete="off"
        onBlurCapture={save('name', lead.name)}
      />
      <InputField
        label={t('card.email')}
        type="email"
        defaultValue={lead.email}
        maxLength={254}
        autoComplete="off"
        onBlurCapture={save('email', lead.email)}
      />
      <TextField
        label={t('card.notes')}
        rows={2}
        defaultValue={lead.notes}
        maxLength={10_000}
        onBlurCapture={save('notes', lead.notes)}
      />
      <FormProblem error={change.error} />
    </div>
  );
}
