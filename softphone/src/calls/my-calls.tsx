/** My calls, newest first, one line for each client, one click to call back. Nothing else is on this screen. */
import type { ReactNode } from 'react';
import { useCalls } from '../api/calls';
import { useNameOf } from '../api/people';
import { linkTo, linkToCall } from '../cards/links';
import { PageHead } from '../frame/page-head';
import { otherEndName } from './call-words';
import { type Column, DataList } from '../parts/data-list';
import { Paged } from '../parts/paged';
import { Empty } from '../parts/states';
import { outcomeOf, outcomeWords } from '../text/cause-words';
import { shownNumber } from '../text/phone-number';
import { t } from '../text/text';
import { duration, fullTime, listTime } from '../text/times';
import { CallButton } from './call-button';
import { type CallGroup, callGroups, numberToCall } from './call-groups';
import { DirectionMark } from './direction-mark';

interface MyCallsProps {
  readonly choice: ReactNode;
  readonly userId: string | undefined;
}

export function MyCalls({ choice, userId }: MyCallsProps) {
  const list = useCalls({ ...(userId === undefined ? {} : { userId }), live: false });
  const nameOf = useNameOf();
  const nameFor = ({ last }: CallGroup): string => otherEndName(last, userId, nameOf);
  return (
    <>
      <PageHead title={t('calls.title')}>{choice}</PageHead>
      <Paged list={list} empty={<Empty title={t('calls.none')}>{t('calls.none-why')}</Empty>}>
        <DataList<CallGroup>
          label={t('calls.mine')}
          rows={callGroups(list.rows, userId)}
          columns={columns(userId, nameFor)}
          keyOf={({ key }) => key}
          linkOf={({ last }) =>
            last.card && last.direction !== 'internal' ? linkTo(last.card.kind, last.card.id) : linkToCall(last.id)
          }
          linkLabel={(group) => `${nameFor(group)}, ${listTime(group.last.startedAt)}`}
          className={({ last }) => `call-${outcomeOf(last)}`}
          fetchMore={list.fetchMore}
        />
      </Paged>
    </>
  );
}

function columns(userId: string | undefined, nameFor: (group: CallGroup) => string): readonly Column<CallGroup>[] {
  return [
    {
      key: 'direction',
      head: '',
      track: '1.25rem',
      narrow: 'icon',
      show: ({ last }) => <DirectionMark call={last} outcome={outcomeOf(last)} />,
    },
    {
      key: 'client',
      head: t('call.client'),
      track: 'minmax(0, 2.4fr)',
      narrow: 'title',
      show: (group) => (
        <>
          {nameFor(group)}
          {group.count > 1 && <span className="times num">{t('missed.times', { count: group.count })}</span>}
        </>
      ),
    },
    {
      key: 'number',
      head: t('card.phone'),
      track: 'minmax(0, 9.5rem)',
      narrow: 'none',
      show: ({ last }) => <span className="num dim">{shownNumber(numberToCall(last, userId) ?? '')}</span>,
    },
    {
      key: 'outcome',
      head: t('call.end'),
      track: 'minmax(0, 2fr)',
      narrow: 'sub',
      show: ({ last }) => (
        <span className={`outcome outcome-${outcomeOf(last)}`}>
          {outcomeWords(last)}
          {last.talkMs > 0 && <span className="num"> · {duration(last.talkMs)}</span>}
        </span>
      ),
    },
    {
      key: 'call',
      head: '',
      track: '2rem',
      narrow: 'sub-side',
      align: 'end',
      show: (group) => <CallButton number={numberToCall(group.last, userId)} name={nameFor(group)} />,
    },
    {
      key: 'when',
      head: t('call.when'),
      track: 'minmax(0, 9.5rem)',
      narrow: 'side',
      align: 'end',
      show: ({ last }) => <time title={fullTime(last.startedAt)}>{listTime(last.startedAt)}</time>,
    },
  ];
}
