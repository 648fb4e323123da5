/** The lead statuses and deal stages of this office. */
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
      </div>
    </>
  );
}
