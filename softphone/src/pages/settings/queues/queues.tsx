/** Queues: who takes their calls and how they stand now. */
import { Link } from 'react-router';
import { useOffice, useRemoveOffice } from '../../../api/office';
import { useNameOf } from '../../../api/people';
import { RemoveButton } from '../../../parts/remove-button';
import { Table } from '../../../parts/table';
import { t } from '../../../text/text';
import { AddLink, SettingsHead } from '../settings-head';
import { LiveLine } from './live-line';

export default function Queues() {
  const queues = useOffice('queues');
  const remove = useRemoveOffice('queues');
  const nameOf = useNameOf();
  return (
    <>
      <SettingsHead title={t('settings.queues')} why={t('queue.why')}>
        <AddLink to="/settings/queues/new">{t('queue.new')}</AddLink>
      </SettingsHead>
      <Table
        label={t('settings.queues')}
        query={queues}
        heads={[t('card.name'), t('queue.now'), t('queue.strategy'), t('queue.members'), '']}
        empty={t('queue.none')}
        emptyWhy={t('queue.none-why')}
        row={(queue) => (
          <tr key={queue.id}>
            <td>
              <Link to={`/settings/queues/${queue.id}`}>{queue.name}</Link>
            </td>
            <td>
              <LiveLine id={queue.id} />
            </td>
            <td>{t(`strategy.${queue.strategy}`)}</td>
            <td className="table-wide">{queue.members.map(({ userId }) => nameOf(userId) ?? '…').join(', ')}</td>
            <td className="table-action">
              <RemoveButton name={queue.name} text={t('queue.remove-why')} remove={remove} id={queue.id} />
            </td>
          </tr>
        )}
      />
    </>
  );
}
