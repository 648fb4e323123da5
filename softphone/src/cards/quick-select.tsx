/** A status or responsible person changed right in the card's head: shown at once, put back if the server refuses. */
import { useState } from 'react';
import { useChangeCard } from '../api/cards';
import type { CardPage } from '../api/keys';
import { problemWords } from '../api/problem';
import { notify } from '../frame/notices';
import { t } from '../text/text';

interface QuickSelectProps {
  readonly kind: CardPage;
  readonly id: string;
  readonly field: 'status' | 'stage' | 'responsibleUserId';
  readonly label: string;
  readonly value: string | undefined;
  readonly options: readonly { readonly id: string; readonly name: string }[];
}

export function QuickSelect({ kind, id, field, label, value, options }: QuickSelectProps) {
  const change = useChangeCard(kind, id);
  const [chosen, setChosen] = useState<string>();
  const shown = chosen ?? value ?? '';
  const choose = (next: string) => {
    setChosen(next);
    change.mutate(
      { [field]: next === '' ? null : next },
      {
        onError: (error) => notify('failed', problemWords(error)),
        onSettled: () => setChosen(undefined),
      },
    );
  };
  return (
    <select className="quick-select" aria-label={label} value={shown} onChange={(event) => choose(event.target.value)}>
      {(field === 'responsibleUserId' || shown === '') && <option value="">{t('card.nobody')}</option>}
      {shown !== '' && !options.some((option) => option.id === shown) && <option value={shown}>…</option>}
      {options.map((option) => (
        <option key={option.id} value={option.id}>
          {option.name}
        </option>
      ))}
    </select>
  );
}
