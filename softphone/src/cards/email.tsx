/** The e-mail address of a card, if it has one. */
import { t } from '../text/text';
import { Fact } from './card-frame';

export function Email({ email }: { readonly email: string | undefined }) {
  if (!email) return null;
  return (
    <Fact name={t('card.email')}>
      <a href={`mailto:${email}`}>{email}</a>
    </Fact>
  );
}
