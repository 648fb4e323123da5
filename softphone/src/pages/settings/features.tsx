/** What the office offers: a feature that is switched off vanishes from all screens and codes; what was made with it stays. */
import { features } from '../../../../call-router/state/feature-switch';
import { Check } from '../../parts/check';
import { DocumentForm } from '../../parts/document-form';
import { t } from '../../text/text';
import { SettingsHead } from './settings-head';

export default function FeaturesPage() {
  return (
    <>
      <SettingsHead title={t('settings.features')} why={t('features.why')} />
      <DocumentForm of="features">
        {({ draft, change }) => (
          <div className="feature-list">
            {features.map((name) => (
              <Check
                key={name}
                label={t(`feature.${name}`)}
                hint={t(`feature-why.${name}`)}
                checked={draft[name]}
                onChange={(isOn) => change({ [name]: isOn })}
              />
            ))}
          </div>
        )}
      </DocumentForm>
    </>
  );
}
