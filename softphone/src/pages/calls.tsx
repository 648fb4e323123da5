/** All calls a person may see, newest first, those that go on now above them; a recording plays in its row. */
import { type ReactNode, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { EndCause } from '../../../call-router/values/cause';
import { useCalls } from '../api/calls';
import { useDesk } from '../api/desk';
import { useMe } from '../api/me';
import { useColleagues, useNameOf } from '../api/people';
import { useCallColumns } from '../calls/call-columns';
import { clientName } from '../calls/call-words';
import { LiveCalls } from '../calls/live-calls';
import { MyCalls } from '../calls/my-calls';
import { MissedCalls } from '../calls/missed-calls';
import { linkToCall } from '../cards/links';
import { PageHead } from '../frame/page-head';
import { DataList } from '../parts/data-list';
import { Choice, FilterSelect, FilterText } from '../parts/filters';
import { Paged } from '../parts/paged';
import { Empty } from '../parts/states';
import { Player } from '../player/player';
import { causeWords, outcomeOf } from '../text/cause-words';
import { t } from '../text/text';
import { listTime } from '../text/times';

const filters = ['phone', 'direction', 'cause', 'userId'] as const;
/** The outcomes worth asking for; the rest are found under their call. */
const causesToChoose: readonly EndCause[] = [
  'caller-hung-up',
  'callee-hung-up',
  'caller-gave-up',
  'no-answer',
  'busy',
  'rejected',
  'unreachable',
  'number-unknown',
  'not-allowed',
  'voicemail',
  'trunk-failed',
  'audio-lost',
  'interrupted',
];

type Shown = 'all' | 'mine' | 'missed';

/** All that one may see, one's own by client, or those that one has missed. An operator begins with their own. */
export default function Calls() {
  const [params, setParams] = useSearchParams();
  const me = useMe().data;
  const missed = useDesk().data?.missedCalls ?? 0;
  const asked = params.get('show');
  const usual: Shown = me?.role === 'operator' ? 'mine' : 'all';
  const shown = shownOf(asked) ?? usual;
  const names: Readonly<Record<Shown, string>> = {
    all: t('calls.all'),
    mine: t('calls.mine'),
    missed: missed === 0 ? t('calls.missed') : t('calls.missed-count', { count: missed }),
  };
  const choice = (
    <Choice
      label={t('calls.show')}
      value={shown}
      options={(usual === 'mine' ? (['mine', 'missed', 'all'] as const) : (['all', 'mine', 'missed'] as const)).map(
        (value) => ({ value, name: names[value] }),
      )}
      onChange={(value) => setParams(value === usual ? {} : { show: value }, { replace: true })}
    />
  );
  if (shown === 'missed') return <MissedCalls choice={choice} />;
  if (shown === 'mine') return <MyCalls choice={choice} userId={me?.id} />;
  return <CallList choice={choice} />;
}

const shownOf = (asked: string | null): Shown | undefined =>
  asked === 'missed' || asked === 'mine' || asked === 'all' ? asked : undefined;

function CallList({ choice }: { readonly choice: ReactNode }) {
  const [params, setParams] = useSearchParams();
  const [playing, setPlaying] = useState<string>();
  const chosen = Object.fromEntries(filters.map((name) => [name, params.get(name) ?? '']));
  const set = (name: string) => (value: string) => {
    const next = new URLSearchParams(params);
    if (value) next.set(name, value);
    else next.delete(name);
    setParams(next, { replace: true });
  };
  const list = useCalls({ ...chosen, live: false });
  const toggle = (id: string) => setPlaying(playing === id ? undefined : id);
  const columns = useCallColumns(playing, toggle);
  const nameOf = useNameOf();
  const isFiltered = Object.values(chosen).some((value) => value !== '');
  const empty = isFiltered ? (
    <Empty title={t('filter.nothing')} />
  ) : (
    <Empty title={t('calls.none')}>{t('calls.none-why')}</Empty>
  );
  return (
    <>
      <PageHead title={t('calls.title')}>
        {choice}
        <CallFilters chosen={chosen} set={set} />
      </PageHead>
      <LiveCalls />
      <Paged list={list} empty={empty}>
        <DataList
          label={t('calls.title')}
          rows={list.rows}
          columns={columns}
          keyOf={(call) => call.id}
          linkOf={(call) => linkToCall(call.id)}
          linkLabel={(call) => `${clientName(call, nameOf)}, ${listTime(call.startedAt)}`}
          className={(call) => `call-${outcomeOf(call)}`}
          fetchMore={list.fetchMore}
          unfold={(call) =>
            call.id === playing &&
            call.recording && <Player recording={call.recording} at={call.startedAt} playsAtOnce />
          }
        />
      </Paged>
    </>
  );
}

interface CallFiltersProps {
  readonly chosen: Readonly<Record<string, string>>;
  readonly set: (name: string) => (value: string) => void;
}

function CallFilters({ chosen, set }: CallFiltersProps) {
  const colleagues = useColleagues().data ?? [];
  return (
    <>
      <FilterText label={t('card.phone')} value={chosen['phone'] ?? ''} onChange={set('phone')} />
      <FilterSelect
        label={t('call.direction')}
        value={chosen['direction'] ?? ''}
        options={(['inbound', 'outbound', 'internal'] as const).map((value) => ({
          value,
          name: t(`direction.${value}`),
        }))}
        onChange={set('direction')}
      />
      <FilterSelect
        label={t('call.outcome')}
        value={chosen['cause'] ?? ''}
        options={causesToChoose.map((value) => ({ value, name: causeWords(value) }))}
        onChange={set('cause')}
      />
      <FilterSelect
        label={t('call.person')}
        value={chosen['userId'] ?? ''}
        options={colleagues.map((person) => ({ value: person.id, name: person.name }))}
        onChange={set('userId')}
      />
    </>
  );
}
