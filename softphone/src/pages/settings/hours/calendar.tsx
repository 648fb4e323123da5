/** One calendar: name, zone, switch and its code, the weekly plan, and the days that differ. */
import type { Calendar } from '../../../../../call-router/state/office';
import { calendarIdOf } from '../../../../../call-router/values/ids';
import { useDocument } from '../../../api/documents';
import type { Draft, Editing } from '../../../parts/draft';
import { InputField } from '../../../parts/field';
import { textOrGap } from '../../../parts/form';
import { FormSection, PageForm } from '../../../parts/page-form';
import { Loading } from '../../../parts/states';
import { t } from '../../../text/text';
import { isZone } from '../../../text/zone';
import { EditHead, Edited, useObjectForm } from '../edited';
import { ZoneField } from '../../../parts/zone-field';
import { HoursSwitch, OpenNow } from './calendars';
import { Exceptions } from './exceptions';
import { WeekGrid } from './week-grid';

type Fields = Omit<Calendar, 'id'>;

const officeDay = [{ from: '09:00', to: '17:00' }];

export default function CalendarPage() {
  const zone = useDocument('zone');
  return (
    <Edited kind="calendars">
      {(saved) => {
        if (saved) return <CalendarForm key={saved.id} id={saved.id} saved={saved} />;
        if (zone.isPending) return <Loading />;
        return <CalendarForm id={undefined} saved={newCalendar(zone.data?.zone ?? 'UTC')} />;
      }}
    </Edited>
  );
}

const newCalendar = (zone: string): Draft<Fields> => ({
  name: '',
  zone,
  week: [officeDay, officeDay, officeDay, officeDay, officeDay, [], []],
  exceptions: [],
  switch: 'automatic',
});

interface CalendarFormProps {
  readonly id: string | undefined;
  readonly saved: Draft<Fields>;
}

function CalendarForm({ id, saved }: CalendarFormProps) {
  const { editing, wrong, form } = useObjectForm<Fields>({ kind: 'calendars', list: 'hours', id, saved });
  const { draft, change } = editing;
  return (
    <>
      <EditHead list="hours" listName={t('settings.hours')} title={id ? saved.name : t('hours.new')}>
        {isZone(draft.zone) && <OpenNow calendar={calendarOf(draft)} />}
      </EditHead>
      <PageForm {...form}>
        <FrameFields {...editing} wrong={wrong} />
        <div className="form-pair">
          <FormSection title={t('hours.week')}>
            <WeekGrid week={draft.week} wrong={(day) => wrong(`week.${day}`)} onChange={(week) => change({ week })} />
          </FormSection>
          <FormSection title={t('hours.exceptions')} why={t('hours.exceptions-why')}>
            <Exceptions
              exceptions={draft.exceptions}
              wrong={(place) => wrong(`exceptions.${place}`)}
              onChange={(exceptions) => change({ exceptions })}
            />
          </FormSection>
        </div>
      </PageForm>
    </>
  );
}

function calendarOf({ name, zone, week, exceptions, switch: position }: Draft<Fields>): Calendar {
  return { id: calendarIdOf('draft'), name, zone, week, exceptions, switch: position };
}

type FrameProps = Editing<Fields> & { readonly wrong: (field: string) => string | undefined };

function FrameFields({ draft, change, wrong }: FrameProps) {
  return (
    <div className="form-grid">
      <InputField
        label={t('card.name')}
        value={draft.name}
        maxLength={100}
        required
        autoFocus={draft.name === ''}
        placeholder={t('hours.name-example')}
        wrong={wrong('name')}
        onChange={(event) => change({ name: event.target.value })}
      />
      <ZoneField value={draft.zone} wrong={wrong('zone')} onChange={(zone) => change({ zone })} />
      <div className="field">
        <span className="field-label">{t('hours.switch')}</span>
        <HoursSwitch name={draft.name} value={draft.switch} onChange={(position) => change({ switch: position })} />
      </div>
      <InputField
        label={t('hours.code')}
        value={draft.code ?? ''}
        pattern="[0-9*]{2,8}"
        maxLength={8}
        placeholder="*80"
        className="input num"
        hint={t('hours.code-rule')}
        wrong={wrong('code')}
        onChange={(event) => change({ code: textOrGap(event.target.value) })}
      />
    </div>
  );
}
