/** One line for each queue: who waits and for how long, who is there to answer, and how it went so far. */
import type { QueueNow } from '../../../server/api/messages';
import { t } from '../text/text';
import { duration } from '../text/times';
import { percent, serviceLevel } from './queue-figures';
import { TableScroll } from '../parts/table-scroll';

const heads = [
  'queues.waiting',
  'queues.longest',
  'queues.estimate',
  'queues.free',
  'queues.busy',
  'queues.away',
  'queues.answered',
  'queues.abandoned',
  'queues.service-level',
] as const;

export function QueueTable({ queues }: { readonly queues: readonly QueueNow[] }) {
  return (
    <TableScroll label={t('queues.title')}>
      <table className="table board-table" aria-label={t('queues.title')}>
        <thead>
          <tr>
            <th scope="col">{t('queues.queue')}</th>
            {heads.map((head) => (
              <th key={head} scope="col" className="num-cell">
                {t(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {queues.map((queue) => (
            <QueueLine key={queue.queueId} queue={queue} />
          ))}
        </tbody>
      </table>
      <p className="field-hint board-note">{t('queues.since-start')}</p>
    </TableScroll>
  );
}

function QueueLine({ queue }: { readonly queue: QueueNow }) {
  const { agents, waiting, longestWaitS, estimateS } = queue;
  const level = serviceLevel(queue);
  const cells: readonly (readonly [text: string, className?: string])[] = [
    [String(waiting), waiting > 0 ? 'figure-alert' : ''],
    [longestWaitS > 0 ? duration(longestWaitS * 1000) : '–'],
    [estimateS === undefined ? '–' : duration(estimateS * 1000)],
    [String(agents.free), agents.free > 0 ? 'figure-good' : waiting > 0 ? 'figure-alert' : ''],
    [String(agents.talking + agents.ringing + agents['wrap-up'])],
    [String(agents.paused + agents['do-not-disturb'] + agents.unreachable + agents.out)],
    [String(queue.answered)],
    [String(queue.abandoned), queue.abandoned > 0 ? 'figure-alert' : ''],
    [level === undefined ? '–' : percent(level)],
  ];
  return (
    <tr>
      <th scope="row">{queue.name}</th>
      {cells.map(([text, className = ''], place) => (
        <td key={heads[place]} className={`num num-cell ${className}`}>
          {text}
        </td>
      ))}
    </tr>
  );
}
