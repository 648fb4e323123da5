/** All calls a person may see, newest first, those that go on now above them; a recording plays in its row. */
import { type ReactNode, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useCalls } from '../api/calls';
import { useDesk } from '../api/desk';
import { useMe } from '../api/me';
import { useNameOf } from '../api/people';
import { type Query, queryString } from '../api/request';
import { useCallColumns } from '../calls/call-columns';
import { CallFilterBar, useCallFilter } from '../calls/call-filters';
import { clientName } from '../calls/call-words';
import { LiveCalls } from '../calls/live-calls';
import { MyCalls } from '../calls/my-calls';
import { MissedCalls } from '../calls/missed-calls';
import { linkToCall } from '../cards/links';
import { PageHead } from '../frame/page-head';
import { Button } from '../parts/button';
import { DataList } from '../parts/data-list';
import { Choice } from '../parts/filters';
import { Icon } from '../parts/icon';
import { Paged } from '../parts/paged';
import { Empty } from '../parts/states';
import { Player } from '../player/player';
import { useHeard } from '../player/use-heard';
import { outcomeOf } from '../text/cause-words';
import { language, t } from '../text/text';
import { listTime } from '../text/times';
import { zone } from '../text/zone';

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

/** The table of what the list shows, made by the server. */
const exportPath = (query: Query): string =>
  `/api/calls/export${queryString({ ...query, live: false, language: language(), zone: zone() })}`;

function CallList({ choice }: { readonly choice: ReactNode }) {
  const filter = useCallFilter();
  const [isOpen, setOpen] = useState(filter.count > 0);
  const [playing, setPlaying] = useState<string>();
  const list = useCalls({ ...filter.query, live: false });
  const toggle = (id: string) => setPlaying(playing === id ? undefined : id);
  const columns = useCallColumns(playing, toggle);
  const heard = useHeard();
  const nameOf = useNameOf();
  const empty =
    filter.count > 0 ? (
      <Empty title={t('filter.nothing')}>
        <Button onClick={filter.clear}>{t('filter.clear')}</Button>
      </Empty>
    ) : (
      <Empty title={t('calls.none')}>{t('calls.none-why')}</Empty>
    );
  const actions = (
    <>
      <Button icon="filter" look="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {filter.count === 0 ? t('filter.open') : t('filter.open-count', { count: filter.count })}
      </Button>
      <a className="button button-quiet" href={exportPath(filter.query)} download>
        <Icon name="download" />
        <span>{t('calls.export')}</span>
      </a>
    </>
  );
  return (
    <>
      <PageHead title={t('calls.title')} actions={actions}>
        {choice}
      </PageHead>
      {isOpen && <CallFilterBar filter={filter} />}
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
          unfold={(call) => {
            const recording = call.id === playing ? heard(call) : undefined;
            return recording && <Player recording={recording} at={call.startedAt} playsAtOnce />;
          }}
        />
      </Paged>
    </>
  );
}
