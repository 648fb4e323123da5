/** A contact: a person who calls, perhaps of a company. */
import { Link, useParams } from 'react-router';
import { useCard } from '../api/cards';
import { Failed, Loading } from '../parts/states';
import { t } from '../text/text';
import { CardFrame, Fact } from './card-frame';
import { EditCard } from './edit-card';
import { Email } from './email';
import { linkTo } from './links';
import { Notes } from './notes';
import { OpenDeals } from './open-deals';
import { Phones } from './phones';
import { Responsible } from './responsible';

export default function ContactCard() {
  const { id = '' } = useParams();
  const card = useCard('contact', id);
  if (card.isPending) return <Loading />;
  if (!card.data) return <Failed error={card.error} retry={() => void card.refetch()} />;
  const contact = card.data;
  return (
    <CardFrame
      key={id}
      kind="contact"
      id={id}
      name={contact.name}
      actions={<EditCard kind="contact" card={contact} />}
      facts={
        <>
          <Fact name={t('card.phone')}>
            <Phones phones={contact.phones} />
          </Fact>
          {contact.companyId && (
            <Fact name={t('kind.company')}>
              <Link to={linkTo('company', contact.companyId)}>{contact.companyName ?? t('kind.company')}</Link>
            </Fact>
          )}
          <Email email={contact.email} />
          <Fact name={t('card.responsible')}>
            <Responsible kind="contact" id={id} userId={contact.responsibleUserId} />
          </Fact>
        </>
      }
    >
      <OpenDeals of={{ contactId: id, ...(contact.companyId ? { companyId: contact.companyId } : {}) }} />
      <Notes kind="contact" id={id} notes={contact.notes} />
    </CardFrame>
  );
}
