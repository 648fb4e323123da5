/** The board: how each queue stands now, who waits, and what each agent does. */
import type { AgentNow, QueueNow } from '../../../server/api/messages';
import { useLiveCalls } from '../api/calls';
import { useDesk } from '../api/desk';
import { useAgents, useQueuesNow } from '../api/person';
import { LiveList } from '../calls/live-calls';
import { PageHead } from '../frame/page-head';
import { Empty, Failed, Loading } from '../parts/states';
import { AgentTable } from '../queues/agent-table';
import { QueueTable } from '../queues/queue-table';
import { t } from '../text/text';

export default function Queues() {
  const desk = useDesk();
  const queues = desk.data?.queues ?? [];
  const boards = useQueuesNow(queues.map(({ id }) => id));
  const agents = useAgents(queues.length > 0);
  const now = boards.flatMap(({ data }): readonly QueueNow[] => (data ? [data] : []));
  const failed = boards.find(({ error, data }) => error !== null && !data);
  return (
    <>
      <PageHead title={t('queues.title')} />
      {desk.isPending || (now.length === 0 && boards.some(({ isPending }) => isPending)) ? (
        <Loading />
      ) : failed && now.length === 0 ? (
        <Failed error={failed.error} retry={() => void failed.refetch()} />
      ) : queues.length === 0 ? (
        <Empty title={t('queues.none')}>{t('queues.none-why')}</Empty>
      ) : (
        <Board queues={now} agents={agents.data ?? []} />
      )}
    </>
  );
}

function Board({ queues, agents }: { readonly queues: readonly QueueNow[]; readonly agents: readonly AgentNow[] }) {
  const shown = agents.filter(({ memberOfQueueIds }) =>
    queues.some(({ queueId }) => memberOfQueueIds.includes(queueId)),
  );
  const waiting = useLiveCalls().data?.filter((call) => call.state === 'queued') ?? [];
  return (
    <div className="board">
      <QueueTable queues={queues} />
      <LiveList label={t('queues.waiting-now')} title={t('queues.waiting-now')} calls={waiting} />
      <AgentTable agents={shown} queues={queues} />
    </div>
  );
}
