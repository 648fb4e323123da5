/** The fraud guard: which countries and premium numbers may be called, how much one person may call, and who is stopped now. */
import type { CallLimits } from '../../../../call-router/state/office';
import { calendarIdOf } from '../../../../call-router/values/ids';
import type { Documents } from '../../api/documents';
import { useBlocks, useLiftBlock } from '../../api/desk';
import { problemWords } from '../../api/problem';
import { notify } from '../../frame/notices';
import { Button } from '../../parts/button';
import { DocumentForm } from '../../parts/document-form';
import type { Editing } from '../../parts/draft';
import { TextField } from '../../parts/field';
import { linesIn } from '../../parts/form';
import { ManyField } from '../../parts/many-field';
import { FormSection } from '../../parts/page-form';
import { t } from '../../text/text';
import { listTime } from '../../text/times';
import { countries } from './countries';
import { LimitTable } from './limit-table';
import { HoursField } from './rules/rule-fields';
import { SettingsHead } from './settings-head';

export default function FraudGuardPage() {
  return (
    <>
      <SettingsHead title={t('settings.fraud-guard')} why={t('fraud.why')} />
      <Blocked />
      <DocumentForm of="fraud-guard">{(parts) => <GuardFields {...parts} />}</DocumentForm>
    </>
  );
}

/** Nothing while nobody is stopped. */
function Blocked() {
  const blocks = useBlocks().data ?? [];
  const lift = useLiftBlock();
  if (blocks.length === 0) return null;
  return (
    <section className="blocked" aria-label={t('fraud.blocked')}>
      <h2>{t('fraud.blocked')}</h2>
      {blocks.map(({ userId, name, since }) => (
        <p key={userId} className="blocked-line">
          <strong>{name}</strong>
          <span className="dim">{t('fraud.since', { when: listTime(since) })}</span>
          <Button
            busy={lift.isPending}
            onClick={() =>
              lift.mutate(userId, {
                onSuccess: () => notify('done', t('fraud.lifted', { name })),
                onError: (error) => notify('failed', problemWords(error)),
              })
            }
          >
            {t('fraud.lift')}
          </Button>
        </p>
      ))}
    </section>
  );
}

type GuardProps = Editing<Documents['fraud-guard']> & { readonly wrong: (field: string) => string | undefined };

const premiumPattern = /^\+?[0-9]{2,15}$/;

function GuardFields({ draft, change, wrong }: GuardProps) {
  const unreadable = draft.openPremium.find((prefix) => !premiumPattern.test(prefix));
  const put = (limits: { readonly limits?: CallLimits; readonly offHours?: CallLimits }) => change(limits);
  return (
    <>
      <div className="form-pair">
        <ManyField
          label={t('fraud.countries')}
          chosen={draft.openCountries}
          options={countries()}
          none={t('fraud.own-country')}
          hint={t('fraud.countries-rule')}
          wrong={wrong('openCountries')}
          onChange={(openCountries) => change({ openCountries })}
        />
        <TextField
          label={t('fraud.premium')}
          rows={2}
          className="input num"
          defaultValue={draft.openPremium.join('\n')}
          placeholder={t('fraud.no-premium')}
          hint={t('fraud.premium-rule')}
          wrong={unreadable === undefined ? wrong('openPremium') : t('outgoing.no-prefix', { text: unreadable })}
          onChange={(event) =>
            change({ openPremium: linesIn(event.target.value).map((one) => one.replaceAll(/\s/g, '')) })
          }
        />
      </div>
      <FormSection title={t('fraud.limits')} why={t('fraud.limits-why')}>
        <LimitTable limits={draft.limits} offHours={draft.offHours} onChange={put} />
        <div className="form-grid">
          <HoursField
            label={t('fraud.hours')}
            none={t('fraud.usual-hours')}
            value={draft.calendarId}
            wrong={wrong('calendarId')}
            onChange={(id) => change({ calendarId: id === undefined ? undefined : calendarIdOf(id) })}
          />
        </div>
      </FormSection>
    </>
  );
}
