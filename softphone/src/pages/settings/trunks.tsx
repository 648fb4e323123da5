/** Trunks: the provider's connections and the office PBX, with how they are doing. */
import { useState } from 'react';
import type { Trunk } from '../../../../server/api/messages';
import { useRemoveSetting, useTrunks } from '../../api/settings';
import { Button, IconButton } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { RemoveButton } from '../../parts/remove-button';
import { Table } from '../../parts/table';
import { t } from '../../text/text';
import { SettingsHead } from './settings-head';
import { TrunkDialog } from './trunk-dialog';
import { TrunkTester } from './trunk-test';

export default function Trunks() {
  const trunks = useTrunks();
  const remove = useRemoveSetting('trunks');
  const [edited, setEdited] = useState<Trunk | 'new'>();
  const [tested, setTested] = useState<Trunk>();
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
        emptyWhy={t('trunks.none-why')}
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
              <span className="row-buttons">
                <IconButton
                  icon="test"
                  label={t('trunk-test.named', { name: trunk.name })}
                  onClick={() => setTested(trunk)}
                />
                <RemoveButton name={trunk.name} text={t('trunks.remove-why')} remove={remove} id={trunk.id} />
              </span>
            </td>
          </tr>
        )}
      />
      {tested && (
        <Dialog title={t('trunk-test.named', { name: tested.name })} onClose={() => setTested(undefined)}>
          <div className="form">
            <TrunkTester asked={() => ({ trunkId: tested.id })} username={tested.username} begins="at-once" />
          </div>
        </Dialog>
      )}
      {edited && <TrunkDialog trunk={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />}
    </>
  );
}
