/** The button and dialog that change a card's fields. */
import { useState } from 'react';
import { type CardRows, useChangeCard } from '../api/cards';
import type { CardPage } from '../api/keys';
import { notify } from '../frame/notices';
import { Button } from '../parts/button';
import { Dialog } from '../parts/dialog';
import { Form } from '../parts/form';
import { t } from '../text/text';
import { CardFields, changeOf } from './card-fields';

interface EditCardProps<Kind extends CardPage> {
  readonly kind: Kind;
  readonly card: CardRows[Kind];
}

export function EditCard<Kind extends CardPage>({ kind, card }: EditCardProps<Kind>) {
  const [isOpen, setOpen] = useState(false);
  const change = useChangeCard(kind, card.id);
  const close = () => {
    setOpen(false);
    change.reset();
  };
  const sent = (fields: FormData) =>
    change.mutate(changeOf(kind, fields), {
      onSuccess: () => {
        close();
        notify('done', t('card.saved'));
      },
    });
  return (
    <>
      <Button icon="edit" onClick={() => setOpen(true)}>
        {t('action.edit')}
      </Button>
      {isOpen && (
        <Dialog title={t('card.edit')} onClose={close}>
          <Form onSubmit={sent} submit={t('action.save')} busy={change.isPending} error={change.error} onCancel={close}>
            <CardFields kind={kind} card={card} error={change.error} />
          </Form>
        </Dialog>
      )}
    </>
  );
}
