/** The language that callers and colleagues hear where nothing says otherwise, and the clock of the office. */
import { DocumentForm } from '../../parts/document-form';
import { t } from '../../text/text';
import { LanguageSelect } from './language-select';
import { SettingsHead } from './settings-head';
import { ZoneField } from '../../parts/zone-field';

export default function OfficePage() {
  return (
    <>
      <SettingsHead title={t('settings.office')} why={t('office.why')} />
      <div className="form-narrow">
        <DocumentForm of="language">
          {({ draft, change }) => (
            <LanguageSelect
              label={t('office.language')}
              value={draft.language}
              hint={t('office.language-rule')}
              onChange={(language) => language && change({ language })}
            />
          )}
        </DocumentForm>
        <DocumentForm of="zone">
          {({ draft, change, wrong }) => (
            <ZoneField value={draft.zone} wrong={wrong('zone')} onChange={(zone) => change({ zone })} />
          )}
        </DocumentForm>
      </div>
    </>
  );
}
