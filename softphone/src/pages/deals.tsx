/** Deals, by stage. */
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Deal } from '../../../server/api/messages';
import { useCards } from '../api/cards';
import { useNameOf } from '../api/people';
import { useStatuses } from '../api/settings';
import { linkTo } from '../cards/links';
import { NewCard } from '../cards/new-card';
import { PageHead } from '../frame/page-head';
import { Button } from '../parts/button';
import { type Column, DataList } from '../parts/data-list';
import { FilterSelect } from '../parts/filters';
import { Paged } from '../parts/paged';
import { Empty, NothingMatches } from '../parts/states';
import { shownAmount } from '../text/amount';
import { t } from '../text/text';
import { fullTime, listTime } from '../text/times';

export default function Deals() {
  const [params, setParams] = useSearchParams();
  const [isMaking, setMaking] = useState(false);
  const stage = params.get('stage') ?? '';
  const stages = useStatuses('deal').data ?? [];
  const list = useCards('deals', { stage });
  const columns = useColumns();
  const empty = stage ? <NothingMatches /> : <Empty title={t('deals.none')}>{t('deals.none-why')}</Empty>;
  return (
    <>
      <PageHead
        title={t('deals.title')}
        actions={
          <Button look="main" icon="plus" onClick={() => setMaking(true)}>
            {t('deals.new')}
          </Button>
        }
      >
        <FilterSelect
          label={t('deal.stage')}
          value={stage}
          options={stages.map((entry) => ({ value: entry.id, name: entry.name }))}
          onChange={(value) => setParams(value ? { stage: value } : {}, { replace: true })}
        />
      </PageHead>
      <Paged list={list} empty={empty}>
        <DataList
          label={t('deals.title')}
          rows={list.rows}
          columns={columns}
          keyOf={(deal) => deal.id}
          linkOf={(deal) => linkTo('deal', deal.id)}
          linkLabel={(deal) => deal.title}
          fetchMore={list.fetchMore}
        />
      </Paged>
      {isMaking && <NewCard kind="deal" onClose={() => setMaking(false)} />}
    </>
  );
}

function useColumns(): readonly Column<Deal>[] {
  const nameOf = useNameOf();
  const stages = useStatuses('deal').data ?? [];
  return [
    { key: 'title', head: t('deal.title'), track: 'minmax(0, 3fr)', narrow: 'title', show: (deal) => deal.title },
    {
      key: 'stage',
      head: t('deal.stage'),
      track: 'minmax(0, 10rem)',
      narrow: 'sub',
      show: (deal) => stages.find((stage) => stage.id === deal.stage)?.name ?? '',
    },
    {
      key: 'amount',
      head: t('deal.amount'),
      track: 'minmax(0, 8rem)',
      narrow: 'sub-side',
      align: 'end',
      show: (deal) => <span className="num">{deal.amount ? shownAmount(deal.amount) : ''}</span>,
    },
    {
      key: 'responsible',
      head: t('card.responsible'),
      track: 'minmax(0, 2fr)',
      narrow: 'none',
      show: (deal) => nameOf(deal.responsibleUserId) ?? '',
    },
    {
      key: 'changed',
      head: t('card.changed'),
      track: 'minmax(0, 9.5rem)',
      narrow: 'side',
      align: 'end',
      show: (deal) => <time title={fullTime(deal.updatedAt)}>{listTime(deal.updatedAt)}</time>,
    },
  ];
}
