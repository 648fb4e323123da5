/** The lead statuses, deal stages and outcomes of calls of this office. */
import { useFeature } from '../../api/me';
import { t } from '../../text/text';
import { SettingsHead } from './settings-head';
import { StatusList } from './status-list';

export default function Lists() {
  return (
    <>
      <SettingsHead title={t('settings.lists')} why={t('lists.why')} />
      <div className="settings-columns">
        <StatusList of="lead" title={t('lists.lead-statuses')} />
        {useFeature('deals') && <StatusList of="deal" title={t('lists.deal-stages')} />}
        <StatusList of="call" title={t('lists.call-outcomes')} why={t('lists.call-outcomes-why')} />
      </div>
    </>
  );
}
