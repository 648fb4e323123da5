/** What people have written about a client. Saved with the button or Ctrl+Enter; nothing typed is lost to a refetch. */
import { type KeyboardEvent, useState } from 'react';
import { useChangeCard } from '../api/cards';
import { FormProblem } from '../parts/states';
import { Button } from '../parts/button';
import { t } from '../text/text';
import { CardSection } from './card-frame';

interface NotesProps {
  readonly kind: 'contact' | 'company' | 'lead';
  readonly id: string;
  readonly notes: string | undefined;
}

export function Notes({ kind, id, notes }: NotesProps) {
  const change = useChangeCard(kind, id);
  const [typed, setTyped] = useState<string>();
  const isChanged = typed !== undefined && typed.trim() !== (notes ?? '').trim();
  const save = () => change.mutate({ notes: typed?.trim() || null }, { onSuccess: () => setTyped(undefined) });
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && isChanged) save();
  };
  return (
    <CardSection
      title={t('card.notes')}
      action={
        isChanged && (
          <Button look="main" onClick={save} busy={change.isPending}>
            {t('action.save')}
          </Button>
        )
      }
    >
      <textarea
        className="input notes"
        aria-label={t('card.notes')}
        placeholder={t('card.notes-empty')}
        value={typed ?? notes ?? ''}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={pressed}
      />
      <FormProblem error={change.error} />
    </CardSection>
  );
}
