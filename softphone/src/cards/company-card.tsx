/** A company: its own calls and those of its people, each marked with the person. */
import { Link, useParams } from 'react-router';
import { useCard, useCards } from '../api/cards';
import { Failed, Loading } from '../parts/states';
import { shownPhone } from '../text/phone-number';
import { t } from '../text/text';
import { CardFrame, CardSection, Fact } from './card-frame';
import { EditCard } from './edit-card';
import { Email } from './email';
import { linkTo } from './links';
import { Notes } from './notes';
import { OpenDeals } from './open-deals';
import { Phones } from './phones';
import { Responsible } from './responsible';

export default function CompanyCard() {
  const { id = '' } = useParams();
  const card = useCard('company', id);
  if (card.isPending) return <Loading />;
  if (!card.data) return <Failed error={card.error} retry={() => void card.refetch()} />;
  const company = card.data;
  return (
    <CardFrame
      key={id}
      kind="company"
      id={id}
      name={company.name}
      actions={<EditCard kind="company" card={company} />}
      facts={
        <>
          <Fact name={t('card.phone')}>
            <Phones phones={company.phones} />
          </Fact>
          <Email email={company.email} />
          <Fact name={t('card.responsible')}>
            <Responsible kind="company" id={id} userId={company.responsibleUserId} />
          </Fact>
        </>
      }
    >
      <OpenDeals of={{ companyId: id }} />
      <People companyId={id} />
      <Notes kind="company" id={id} notes={company.notes} />
    </CardFrame>
  );
}

function People({ companyId }: { readonly companyId: string }) {
  const people = useCards('contacts', { companyId });
  return (
    <CardSection title={t('company.people')}>
      {people.rows.length === 0 && !people.query.isPending && <p className="dim">{t('company.no-people')}</p>}
      <ul className="side-list">
        {people.rows.map((contact) => (
          <li key={contact.id}>
            <Link to={linkTo('contact', contact.id)}>{contact.name}</Link>
            <span className="num dim">{contact.phones[0] ? shownPhone(contact.phones[0]) : ''}</span>
          </li>
        ))}
      </ul>
    </CardSection>
  );
}
