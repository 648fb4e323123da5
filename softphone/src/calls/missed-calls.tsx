/** The calls I, or a group of mine, missed: one line for each client, until somebody reaches the client. One click calls back. */
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { useDesk, useMissedCalls } from '../api/desk';
import { useMe } from '../api/me';
import { useColleagues, useNameOf } from '../api/people';
import { linkTo, linkToCall } from '../cards/links';
import { PageHead } from '../frame/page-head';
import { type Column, DataList } from '../parts/data-list';
import { Choice } from '../parts/filters';
import { Paged } from '../parts/paged';
import { Empty } from '../parts/states';
import { shownNumber } from '../text/phone-number';
import { t } from '../text/text';
import { fullTime, listTime } from '../text/times';
import { CallButton } from './call-button';
import { callBackNumber, groupedByClient, type MissedGroup } from './missed-groups';

export function MissedCalls({ choice }: { readonly choice: ReactNode }) {
  const [isOpen, setOpen] = useState(true);
  const [whose, setWhose] = useState('');
  const list = useMissedCalls({ ...whoseQuery(whose), ...(isOpen ? { open: true } : {}) });
  const groups = groupedByClient(list.rows);
  const columns = useMissedColumns();
  return (
    <>
      <PageHead title={t('calls.title')}>
        {choice}
        <Choice
          label={t('missed.which')}
          value={isOpen ? 'open' : 'all'}
          options={[
            { value: 'open', name: t('missed.open') },
            { value: 'all', name: t('missed.all') },
          ]}
          onChange={(value) => setOpen(value === 'open')}
        />
        <Whose value={whose} onChange={setWhose} />
      </PageHead>
      <Paged
        list={list}
        empty={<Empty title={t(isOpen ? 'missed.none-open' : 'missed.none')}>{t('missed.none-why')}</Empty>}
      >
        <DataList<MissedGroup>
          label={t('calls.missed')}
          rows={groups}
          columns={columns}
          keyOf={({ key }) => key}
          linkOf={({ last }) => (last.card ? linkTo(last.card.kind, last.card.id) : linkToCall(last.callId))}
          linkLabel={({ last }) => `${missedName(last)}, ${listTime(last.missedAt)}`}
          className={({ last }) => (last.reachedAt ? '' : 'is-new')}
          fetchMore={list.fetchMore}
        />
      </Paged>
    </>
  );
}

/** Mine, of a group of mine, or of a colleague: of everybody, or, for the head of a group, of its people. */
function Whose({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const me = useMe().data;
  const { groups: mine = [], headOf = [] } = useDesk().data ?? {};
  const groups = [...mine, ...headOf.filter(({ id }) => !mine.some((group) => group.id === id))];
  const colleagues = useColleagues().data ?? [];
  const isSeen = (id: string) => me?.role !== 'operator' || headOf.some(({ userIds }) => userIds.includes(id));
  const others = colleagues.filter(({ id }) => id !== me?.id && isSeen(id));
  if (groups.length === 0 && others.length === 0) return null;
  return (
    <select
      className="input select filter-select"
      aria-label={t('missed.whose')}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{t('missed.mine')}</option>
      {groups.map(({ id, name }) => (
        <option key={id} value={`group ${id}`}>
          {t('missed.of-group', { name })}
        </option>
      ))}
      {others.map(({ id, name }) => (
        <option key={id} value={`user ${id}`}>
          {name}
        </option>
      ))}
    </select>
  );
}

function whoseQuery(whose: string): { readonly userId?: string; readonly groupId?: string } {
  const [kind, id = ''] = whose.split(' ');
  if (kind === 'group') return { groupId: id };
  return kind === 'user' ? { userId: id } : {};
}

function missedName({ card, caller }: MissedGroup['last']): string {
  return card?.name ?? caller.name ?? missedNumber({ caller }) ?? t('call.withheld');
}

function missedNumber(call: Pick<MissedGroup['last'], 'caller'>): string | undefined {
  const number = callBackNumber(call);
  return number === undefined ? undefined : shownNumber(number);
}

function useMissedColumns(): readonly Column<MissedGroup>[] {
  return [
    {
      key: 'client',
      head: t('call.client'),
      track: 'minmax(0, 2.4fr)',
      narrow: 'title',
      show: ({ last, count }) => (
        <>
          {missedName(last)}
          {count > 1 && <span className="times num">{t('missed.times', { count })}</span>}
        </>
      ),
    },
    {
      key: 'number',
      head: t('card.phone'),
      track: 'minmax(0, 9.5rem)',
      narrow: 'none',
      show: ({ last }) => <span className="num dim">{missedNumber(last)}</span>,
    },
    {
      key: 'reached',
      head: t('missed.reached'),
      track: 'minmax(0, 2.6fr)',
      narrow: 'sub',
      show: (group) => <Reached of={group} />,
    },
    {
      key: 'call',
      head: '',
      track: '2rem',
      narrow: 'sub-side',
      align: 'end',
      show: ({ last }) => <CallButton number={callBackNumber(last)} name={missedName(last)} />,
    },
    {
      key: 'when',
      head: t('call.when'),
      track: 'minmax(0, 9.5rem)',
      narrow: 'side',
      align: 'end',
      show: ({ last }) => <time title={fullTime(last.missedAt)}>{listTime(last.missedAt)}</time>,
    },
  ];
}

function Reached({ of: { last } }: { readonly of: MissedGroup }) {
  const name = useNameOf()(last.reachedByUserId);
  if (last.reachedAt === undefined) return <span className="outcome outcome-missed">{t('missed.nobody-yet')}</span>;
  const when = listTime(last.reachedAt);
  const words = name ? t('missed.reached-by', { name, when }) : t('missed.reached-at', { when });
  if (last.reachedCallId === undefined) return <span className="dim">{words}</span>;
  return (
    <Link className="over-row" to={linkToCall(last.reachedCallId)}>
      {words}
    </Link>
  );
}
