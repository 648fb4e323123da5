/** Leads, newest first. Those nobody has opened yet are marked. */
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Lead } from '../../../server/api/messages';
import { useCards } from '../api/cards';
import { useNameOf } from '../api/people';
import { useStatuses } from '../api/settings';
import { linkTo } from '../cards/links';
import { NewCard } from '../cards/new-card';
import { PageHead } from '../frame/page-head';
import { Button } from '../parts/button';
import { type Column, DataList } from '../parts/data-list';
import { FilterSelect, FilterText } from '../parts/filters';
import { Paged } from '../parts/paged';
import { Empty, NothingMatches } from '../parts/states';
import { shownPhone } from '../text/phone-number';
import { t } from '../text/text';
import { fullTime, listTime } from '../text/times';

export default function Leads() {
  const [params, setParams] = useSearchParams();
  const [isMaking, setMaking] = useState(false);
  const filter = (name: string) => params.get(name) ?? '';
  const set = (name: string) => (value: string) => setParams(changed(params, name, value), { replace: true });
  const list = useCards('leads', { status: filter('status'), search: filter('search') });
  const statuses = useStatuses('lead').data ?? [];
  const columns = useColumns();
  const isFiltered = filter('status') !== '' || filter('search') !== '';
  return (
    <>
      <PageHead
        title={t('leads.title')}
        actions={
          <Button look="main" icon="plus" onClick={() => setMaking(true)}>
            {t('leads.new')}
          </Button>
        }
      >
        <FilterText label={t('filter.search')} value={filter('search')} onChange={set('search')} />
        <FilterSelect
          label={t('lead.status')}
          value={filter('status')}
          options={statuses.map((status) => ({ value: status.id, name: status.name }))}
          onChange={set('status')}
        />
      </PageHead>
      <Paged list={list} empty={isFiltered ? <NothingMatches /> : <NoLeads />}>
        <DataList
          label={t('leads.title')}
          rows={list.rows}
          columns={columns}
          keyOf={(lead) => lead.id}
          linkOf={(lead) => linkTo('lead', lead.id)}
          linkLabel={(lead) => (lead.isNew ? t('leads.new-one', { name: leadName(lead) }) : leadName(lead))}
          className={(lead) => (lead.isNew ? 'is-new' : '')}
          fetchMore={list.fetchMore}
        />
      </Paged>
      {isMaking && <NewCard kind="lead" onClose={() => setMaking(false)} />}
    </>
  );
}

function NoLeads() {
  return <Empty title={t('leads.none')}>{t('leads.none-why')}</Empty>;
}

export const leadName = (lead: Lead): string => lead.name ?? lead.title;

function changed(params: URLSearchParams, name: string, value: string): URLSearchParams {
  const next = new URLSearchParams(params);
  if (value === '') next.delete(name);
  else next.set(name, value);
  return next;
}

function useColumns(): readonly Column<Lead>[] {
  const nameOf = useNameOf();
  const statuses = useStatuses('lead').data ?? [];
  const statusOf = (lead: Lead) => statuses.find((status) => status.id === lead.status)?.name ?? '';
  return [
    {
      key: 'name',
      head: t('card.name'),
      track: 'minmax(0, 3fr)',
      narrow: 'title',
      show: (lead) => (
        <>
          {lead.isNew && <span className="new-mark">{t('leads.mark')}</span>}
          {leadName(lead)}
        </>
      ),
    },
    {
      key: 'phone',
      head: t('card.phone'),
      track: 'minmax(0, 9.5rem)',
      narrow: 'sub',
      show: (lead) => <span className="num">{lead.phones[0] ? shownPhone(lead.phones[0]) : ''}</span>,
    },
    { key: 'status', head: t('lead.status'), track: 'minmax(0, 7rem)', narrow: 'sub-side', show: statusOf },
    {
      key: 'source',
      head: t('lead.source'),
      track: 'minmax(0, 1.5fr)',
      narrow: 'none',
      wideOnly: true,
      show: (lead) => lead.source ?? '',
    },
    {
      key: 'responsible',
      head: t('card.responsible'),
      track: 'minmax(0, 1.5fr)',
      narrow: 'none',
      show: (lead) => nameOf(lead.responsibleUserId) ?? '',
    },
    {
      key: 'made',
      head: t('leads.came'),
      track: 'minmax(0, 9rem)',
      narrow: 'side',
      align: 'end',
      show: (lead) => <time title={fullTime(lead.createdAt)}>{listTime(lead.createdAt)}</time>,
    },
  ];
}
