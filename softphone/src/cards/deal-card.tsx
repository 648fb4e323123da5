/** A deal: what is being sold to whom, and the calls of its contact or company. */
import { Link, useParams } from 'react-router';
import { useCard } from '../api/cards';
import { useStatuses } from '../api/settings';
import { Failed, Loading } from '../parts/states';
import { shownAmount } from '../text/amount';
import { shownPhone } from '../text/phone-number';
import { t } from '../text/text';
import { listTime } from '../text/times';
import { CardFrame, CardSection, Fact } from './card-frame';
import { EditCard } from './edit-card';
import { linkTo } from './links';
import { QuickSelect } from './quick-select';
import { Responsible } from './responsible';

export default function DealCard() {
  const { id = '' } = useParams();
  const card = useCard('deal', id);
  const stages = useStatuses('deal').data ?? [];
  if (card.isPending) return <Loading />;
  if (!card.data) return <Failed error={card.error} retry={() => void card.refetch()} />;
  const deal = card.data;
  return (
    <CardFrame
      key={id}
      kind="deal"
      id={id}
      name={deal.title}
      actions={<EditCard kind="deal" card={deal} />}
      facts={
        <>
          <Fact name={t('deal.stage')}>
            <QuickSelect
              kind="deal"
              id={id}
              field="stage"
              label={t('deal.stage')}
              value={deal.stage}
              options={stages}
            />
          </Fact>
          {deal.amount && (
            <Fact name={t('deal.amount')}>
              <span className="num">{shownAmount(deal.amount)}</span>
            </Fact>
          )}
          <Fact name={t('card.responsible')}>
            <Responsible kind="deal" id={id} userId={deal.responsibleUserId} />
          </Fact>
          <Fact name={t('card.changed')}>{listTime(deal.updatedAt)}</Fact>
        </>
      }
    >
      <CardSection title={t('deal.client')}>
        <ul className="side-list">
          {deal.contactId && <Client kind="contact" id={deal.contactId} />}
          {deal.companyId && <Client kind="company" id={deal.companyId} />}
        </ul>
        {!deal.contactId && !deal.companyId && <p className="dim">{t('deal.no-client')}</p>}
      </CardSection>
    </CardFrame>
  );
}

function Client({ kind, id }: { readonly kind: 'contact' | 'company'; readonly id: string }) {
  const card = useCard(kind, id);
  const phone = card.data?.phones[0];
  return (
    <li>
      <Link to={linkTo(kind, id)}>{card.data?.name ?? t(`kind.${kind}`)}</Link>
      <span className="num dim">{phone ? shownPhone(phone) : ''}</span>
    </li>
  );
}
