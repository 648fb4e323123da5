/** How the page speaks to me: language, clock, and whether single keys do anything. The first two follow me to any browser. */
import { useState } from 'react';
import { languages } from '../../../call-router/state/office';
import type { Me } from '../../../server/api/messages';
import { useSavePreferences } from '../api/me';
import { fieldProblem } from '../api/problem';
import { notify } from '../frame/notices';
import { setSingleKeys, useSingleKeys } from '../frame/use-shortcuts';
import { SelectField } from '../parts/field';
import { Form } from '../parts/form';
import { ZoneField } from '../parts/zone-field';
import { languageNames } from '../text/languages';
import { browserLanguage } from '../text/preferences';
import { t } from '../text/text';
import { browserZone } from '../text/zone';

export function PreferencesForm({ me }: { readonly me: Me }) {
  const save = useSavePreferences();
  const [language, setLanguage] = useState(me.language);
  const [zone, setZone] = useState(me.zone ?? '');
  const sent = () =>
    save.mutate(
      { ...(language === undefined ? {} : { language }), ...(zone.trim() === '' ? {} : { zone: zone.trim() }) },
      { onSuccess: () => notify('done', t('me.saved')) },
    );
  const zoneProblem = fieldProblem(save.error, 'zone');
  const error = zoneProblem === undefined ? save.error : undefined;
  return (
    <section className="me-part" aria-label={t('preferences.title')}>
      <h2 className="section-title">{t('preferences.title')}</h2>
      <Form submit={t('action.save')} busy={save.isPending} error={error} onSubmit={sent}>
        <SelectField
          label={t('preferences.language')}
          value={language ?? ''}
          onChange={(event) => setLanguage(languages.find((one) => one === event.target.value))}
        >
          <option value="">{t('preferences.browser', { what: languageNames[browserLanguage()] })}</option>
          {languages.map((one) => (
            <option key={one} value={one} lang={one}>
              {languageNames[one]}
            </option>
          ))}
        </SelectField>
        <ZoneField
          value={zone}
          none={t('preferences.browser', { what: browserZone() })}
          hint={t('preferences.zone-rule')}
          wrong={zoneProblem}
          onChange={setZone}
        />
      </Form>
      <SingleKeys />
    </section>
  );
}

function SingleKeys() {
  const isOn = useSingleKeys();
  return (
    <label className="check">
      <input type="checkbox" checked={isOn} onChange={(event) => setSingleKeys(event.target.checked ? 'on' : 'off')} />
      <span>
        {t('preferences.single-keys')}
        <span className="field-hint"> {t('preferences.single-keys-why')}</span>
      </span>
    </label>
  );
}
