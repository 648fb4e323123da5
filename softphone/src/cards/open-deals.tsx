/** The deals of a contact or company that are not closed, and a way to begin one. */
import { useState } from 'react';
import { Link } from 'react-router';
import { useCards } from '../api/cards';
import { useFeature } from '../api/me';
import { useStatuses } from '../api/settings';
import { IconButton } from '../parts/button';
import { shownAmount } from '../text/amount';
import { t } from '../text/text';
import { CardSection } from './card-frame';
import { linkTo } from './links';
import { NewCard } from './new-card';

interface OpenDealsProps {
  readonly of: { readonly contactId: string; readonly companyId?: string } | { readonly companyId: string };
}

export function OpenDeals({ of }: OpenDealsProps) {
  return useFeature('deals') ? <Deals of={of} /> : null;
}

function Deals({ of }: OpenDealsProps) {
  const [isMaking, setMaking] = useState(false);
  const deals = useCards('deals', 'contactId' in of ? { contactId: of.contactId } : of);
  const stages = useStatuses('deal').data ?? [];
  const stageOf = (id: string) => stages.find((stage) => stage.id === id);
  const open = deals.rows.filter((deal) => (stageOf(deal.stage)?.ends ?? 'no') === 'no');
  return (
    <CardSection
      title={t('deals.open')}
      action={<IconButton icon="plus" label={t('deals.new')} onClick={() => setMaking(true)} />}
    >
      {open.length === 0 && !deals.query.isPending && <p className="dim">{t('deals.none-open')}</p>}
      <ul className="side-list">
        {open.map((deal) => (
          <li key={deal.id}>
            <Link to={linkTo('deal', deal.id)}>{deal.title}</Link>
            <span className="dim">{stageOf(deal.stage)?.name}</span>
            {deal.amount && <span className="num">{shownAmount(deal.amount)}</span>}
          </li>
        ))}
      </ul>
      {isMaking && <NewCard kind="deal" known={of} onClose={() => setMaking(false)} />}
    </CardSection>
  );
}
