/** Trunks: the provider's connections and the office PBX, with how they are doing. */
import { useState } from 'react';
import type { Trunk } from '../../../../server/api/messages';
import { useRemoveSetting, useTrunks } from '../../api/settings';
import { Button } from '../../parts/button';
import { RemoveButton } from '../../parts/remove-button';
import { Table } from '../../parts/table';
import { t } from '../../text/text';
import { SettingsHead } from './settings-head';
import { TrunkDialog } from './trunk-dialog';

export default function Trunks() {
  const trunks = useTrunks();
  const remove = useRemoveSetting('trunks');
  const [edited, setEdited] = useState<Trunk | 'new'>();
  return (
    <>
      <SettingsHead title={t('settings.trunks')} why={t('trunks.why')}>
        <Button look="main" icon="plus" onClick={() => setEdited('new')}>
          {t('trunks.new')}
        </Button>
      </SettingsHead>
      <Table
        label={t('settings.trunks')}
        query={trunks}
        heads={[t('card.name'), t('trunks.state'), t('trunks.kind'), t('trunks.host'), t('trunks.channels'), '']}
        empty={t('trunks.none')}
        row={(trunk) => (
          <tr key={trunk.id}>
            <td>
              <button type="button" className="link" onClick={() => setEdited(trunk)}>
                {trunk.name}
              </button>
            </td>
            <td>
              <span className={`lamp lamp-${trunk.state}`}>{t(`trunk-state.${trunk.state}`)}</span>
            </td>
            <td>{t(`trunk-kind.${trunk.kind}`)}</td>
            <td className="num">
              {trunk.host ?? '–'}
              {trunk.port ? `:${trunk.port}` : ''} <span className="dim">{trunk.transport.toUpperCase()}</span>
            </td>
            <td className="num">{trunk.channelsMax ?? t('trunks.no-limit')}</td>
            <td className="table-action">
              <RemoveButton name={trunk.name} text={t('trunks.remove-why')} remove={remove} id={trunk.id} />
            </td>
          </tr>
        )}
      />
      {edited && <TrunkDialog trunk={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />}
    </>
  );
}
