/** The dialog that makes a contact, company, lead or deal, and then opens its card. */
import { useNavigate } from 'react-router';
import { useMakeCard } from '../api/cards';
import type { CardPage } from '../api/keys';
import { Dialog } from '../parts/dialog';
import { Form } from '../parts/form';
import { type TextKey, t } from '../text/text';
import { CardFields, type KnownFields, newCardOf } from './card-fields';
import { linkTo } from './links';

interface NewCardProps {
  readonly kind: CardPage;
  /** What is known before, for instance whose deal it is. */
  readonly known?: KnownFields;
  readonly onClose: () => void;
}

const titles: Readonly<Record<CardPage, TextKey>> = {
  contact: 'contact.make',
  company: 'company.make',
  lead: 'leads.new',
  deal: 'deals.new',
};

export function NewCard({ kind, known = {}, onClose }: NewCardProps) {
  const make = useMakeCard(kind);
  const go = useNavigate();
  const sent = (fields: FormData) =>
    make.mutate(newCardOf(kind, fields), {
      onSuccess: (card) => {
        onClose();
        void go(linkTo(kind, card.id));
      },
    });
  return (
    <Dialog title={t(titles[kind])} onClose={onClose}>
      <Form onSubmit={sent} submit={t('action.make')} busy={make.isPending} error={make.error} onCancel={onClose}>
        <CardFields kind={kind} card={known} error={make.error} />
      </Form>
    </Dialog>
  );
}
