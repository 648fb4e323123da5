/** Days that differ from the weekly plan: public holidays, a day off, a Saturday before Christmas. */
import type { Calendar } from '../../../../../call-router/state/office';
import { now } from '../../../clock';
import { Button, IconButton } from '../../../parts/button';
import { t } from '../../../text/text';
import { dayOf } from '../../../text/zone';
import { SpansField } from './spans-field';

type Exception = Calendar['exceptions'][number];

interface ExceptionsProps {
  readonly exceptions: readonly Exception[];
  readonly wrong: (place: number) => string | undefined;
  readonly onChange: (exceptions: readonly Exception[]) => void;
}

export function Exceptions({ exceptions, wrong, onChange }: ExceptionsProps) {
  const change = (place: number, next: Exception) =>
    onChange(exceptions.map((exception, at) => (at === place ? next : exception)));
  return (
    <div className="exceptions">
      {exceptions.length === 0 && <p className="dim">{t('hours.no-exceptions')}</p>}
      {exceptions.map((exception, place) => (
        // Their places are all that tells two new ones apart.
        <div key={place} className="exception">
          <DateField exception={exception} wrong={wrong(place)} onChange={(next) => change(place, next)} />
          <input
            className="input"
            aria-label={t('hours.exception-name')}
            placeholder={t('hours.exception-example')}
            maxLength={100}
            value={exception.name ?? ''}
            onChange={({ target: { value } }) => change(place, named(exception, value))}
          />
          <SpansField
            label={t('hours.exception-hours')}
            spans={exception.open}
            onChange={(open) => change(place, { ...exception, open })}
          />
          <IconButton
            icon="bin"
            label={t('hours.exception-remove', { name: exception.name ?? exception.date })}
            onClick={() => onChange(exceptions.filter((_, at) => at !== place))}
          />
        </div>
      ))}
      <Button look="quiet" icon="plus" onClick={() => onChange([...exceptions, { date: today(), open: [] }])}>
        {t('hours.exception-add')}
      </Button>
    </div>
  );
}

interface DateFieldProps {
  readonly exception: Exception;
  readonly wrong: string | undefined;
  readonly onChange: (exception: Exception) => void;
}

function DateField({ exception, wrong, onChange }: DateFieldProps) {
  const isYearly = exception.date.length === 5;
  const shown = isYearly ? dayThisYear(exception.date) : exception.date;
  const change = (day: string, yearly: boolean) => onChange({ ...exception, date: yearly ? day.slice(5) : day });
  return (
    <div className="exception-date">
      <input
        type="date"
        className="input num"
        aria-label={t('hours.exception-date')}
        aria-invalid={wrong ? true : undefined}
        title={wrong}
        required
        value={shown}
        onChange={(event) => event.target.value !== '' && change(event.target.value, isYearly)}
      />
      <label className="check">
        <input type="checkbox" checked={isYearly} onChange={(event) => change(shown, event.target.checked)} />
        {t('hours.each-year')}
      </label>
      {wrong && <p className="field-wrong">{wrong}</p>}
    </div>
  );
}

function named(exception: Exception, name: string): Exception {
  const { name: _, ...nameless } = exception;
  return name === '' ? nameless : { ...exception, name };
}

const today = (): string => dayOf(now());

/** The 29th of February is shown in a year that has it. */
const dayThisYear = (date: string): string => `${date === '02-29' ? '2028' : today().slice(0, 4)}-${date}`;
