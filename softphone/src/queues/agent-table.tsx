/** What each agent does now. Managers log them in and out and pause them; an agent does so for themself. */
import { DropdownMenu } from 'radix-ui';
import type { AgentNow, QueueNow } from '../../../server/api/messages';
import { useMe } from '../api/me';
import { type AgentTurn, useTurnAgent } from '../api/person';
import { problemWords } from '../api/problem';
import { notify } from '../frame/notices';
import { IconButton } from '../parts/button';
import { t } from '../text/text';
import { listTime } from '../text/times';
import { byStanding } from './queue-figures';
import { TableScroll } from '../parts/table-scroll';

interface AgentTableProps {
  readonly agents: readonly AgentNow[];
  readonly queues: readonly QueueNow[];
}

export function AgentTable({ agents, queues }: AgentTableProps) {
  const me = useMe().data;
  return (
    <TableScroll label={t('queues.agents')}>
      <table className="table" aria-label={t('queues.agents')}>
        <thead>
          <tr>
            <th scope="col">{t('queues.agent')}</th>
            <th scope="col">{t('queues.standing')}</th>
            <th scope="col">{t('queues.logged-in-to')}</th>
            <th scope="col" className="num-cell">
              {t('queues.calls-taken')}
            </th>
            <th scope="col">
              <span className="visually-hidden">{t('queues.change')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {byStanding(agents).map((agent) => (
            <tr key={agent.userId}>
              <td>{agent.name}</td>
              <td>
                <span className={`lamp standing-${agent.standing}`}>{t(`standing.${agent.standing}`)}</span>{' '}
                <span className="dim">{since(agent)}</span>
              </td>
              <td className="dim">{namesOf(agent.agentOfQueueIds, queues)}</td>
              <td className="num num-cell">{agent.callsTaken}</td>
              <td className="table-action">
                {(me?.role !== 'operator' || me.id === agent.userId) && <AgentMenu agent={agent} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}

function since({ standing, pause, wrapUpUntil }: AgentNow): string {
  if (standing === 'paused' && pause !== undefined)
    return [pause.reason, listTime(pause.since)].filter(Boolean).join(', ');
  return standing === 'wrap-up' && wrapUpUntil !== undefined ? t('queues.until', { when: listTime(wrapUpUntil) }) : '';
}

const namesOf = (ids: readonly string[], queues: readonly QueueNow[]): string =>
  queues
    .filter(({ queueId }) => ids.includes(queueId))
    .map(({ name }) => name)
    .join(', ');

function AgentMenu({ agent }: { readonly agent: AgentNow }) {
  const turnAgent = useTurnAgent();
  const turns: readonly AgentTurn['what'][] =
    agent.agentOfQueueIds.length === 0 ? ['log-in'] : [agent.pause ? 'resume' : 'pause', 'log-out'];
  const turn = (what: AgentTurn['what']) =>
    turnAgent.mutate({ userId: agent.userId, what }, { onError: (error) => notify('failed', problemWords(error)) });
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton icon="more" label={t('queues.change-named', { name: agent.name })} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          {turns.map((what) => (
            <DropdownMenu.Item key={what} className="menu-item" onSelect={() => turn(what)}>
              {t(`agent.${what}`)}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
