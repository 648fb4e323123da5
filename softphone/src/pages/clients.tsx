/** Contacts and companies. */
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Company, Contact } from '../../../server/api/messages';
import { useCards } from '../api/cards';
import { useNameOf } from '../api/people';
import { linkTo } from '../cards/links';
import { NewCard } from '../cards/new-card';
import { PageHead } from '../frame/page-head';
import { Button } from '../parts/button';
import { type Column, DataList } from '../parts/data-list';
import { Choice, FilterText } from '../parts/filters';
import { Paged } from '../parts/paged';
import { Empty, NothingMatches } from '../parts/states';
import { shownPhone } from '../text/phone-number';
import { t } from '../text/text';
import { fullTime, listTime } from '../text/times';

type Shown = 'contacts' | 'companies';

export default function Clients() {
  const [params, setParams] = useSearchParams();
  const [isMaking, setMaking] = useState(false);
  const shown: Shown = params.get('show') === 'companies' ? 'companies' : 'contacts';
  const search = params.get('search') ?? '';
  const show = (kind: Shown, text: string) =>
    setParams(
      { ...(kind === 'companies' ? { show: kind } : {}), ...(text ? { search: text } : {}) },
      { replace: true },
    );
  return (
    <>
      <PageHead
        title={t('clients.title')}
        actions={
          <Button look="main" icon="plus" onClick={() => setMaking(true)}>
            {t(shown === 'contacts' ? 'contact.make' : 'company.make')}
          </Button>
        }
      >
        <Choice
          label={t('clients.show')}
          value={shown}
          options={[
            { value: 'contacts', name: t('clients.contacts') },
            { value: 'companies', name: t('clients.companies') },
          ]}
          onChange={(kind) => show(kind, search)}
        />
        <FilterText key={shown} label={t('filter.search')} value={search} onChange={(text) => show(shown, text)} />
      </PageHead>
      <ClientList key={shown} kind={shown} search={search} />
      {isMaking && <NewCard kind={shown === 'contacts' ? 'contact' : 'company'} onClose={() => setMaking(false)} />}
    </>
  );
}

function ClientList({ kind, search }: { readonly kind: Shown; readonly search: string }) {
  const list = useCards(kind, { search });
  const columns = useColumns(kind);
  const nothing = kind === 'contacts' ? 'clients.no-contacts' : 'clients.no-companies';
  const empty = search ? <NothingMatches /> : <Empty title={t(nothing)}>{t('clients.none-why')}</Empty>;
  return (
    <Paged<Contact | Company> list={list} empty={empty}>
      <DataList<Contact | Company>
        label={t(kind === 'contacts' ? 'clients.contacts' : 'clients.companies')}
        rows={list.rows}
        columns={columns}
        keyOf={(client) => client.id}
        linkOf={(client) => linkTo(kind === 'contacts' ? 'contact' : 'company', client.id)}
        linkLabel={(client) => client.name}
        fetchMore={list.fetchMore}
      />
    </Paged>
  );
}

function useColumns(kind: Shown): readonly Column<Contact | Company>[] {
  const nameOf = useNameOf();
  const company: Column<Contact | Company> = {
    key: 'company',
    head: t('kind.company'),
    track: 'minmax(0, 2fr)',
    narrow: 'sub-side',
    show: (client) => ('companyName' in client ? (client.companyName ?? '') : ''),
  };
  return [
    { key: 'name', head: t('card.name'), track: 'minmax(0, 3fr)', narrow: 'title', show: (client) => client.name },
    ...(kind === 'contacts' ? [company] : []),
    {
      key: 'phone',
      head: t('card.phone'),
      track: 'minmax(0, 10rem)',
      narrow: 'sub',
      show: (client) => <span className="num">{client.phones[0] ? shownPhone(client.phones[0]) : ''}</span>,
    },
    {
      key: 'responsible',
      head: t('card.responsible'),
      track: 'minmax(0, 1.5fr)',
      narrow: 'none',
      show: (client) => nameOf(client.responsibleUserId) ?? '',
    },
    {
      key: 'active',
      head: t('card.last-active'),
      track: 'minmax(0, 9.5rem)',
      narrow: 'side',
      align: 'end',
      show: (client) => <time title={fullTime(client.lastActivityAt)}>{listTime(client.lastActivityAt)}</time>,
    },
  ];
}
