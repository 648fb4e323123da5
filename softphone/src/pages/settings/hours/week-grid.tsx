/** The weekly plan: a line for each day with its hours, and a bar that shows them on the day's 24 hours. */
import type { OpenSpan } from '../../../../../call-router/state/office';
import { Button } from '../../../parts/button';
import { t } from '../../../text/text';
import { weekdayName } from '../../../text/times';
import { type Stretch, stretchesOf } from './open-spans';
import { SpansField } from './spans-field';

type Week = readonly (readonly OpenSpan[])[];

interface WeekGridProps {
  readonly week: Week;
  /** What the server says about a day. */
  readonly wrong: (day: number) => string | undefined;
  readonly onChange: (week: Week) => void;
}

const days = [0, 1, 2, 3, 4, 5, 6];
const ticks = [0, 6, 12, 18, 24];

export function WeekGrid({ week, wrong, onChange }: WeekGridProps) {
  const monday = week[0] ?? [];
  const change = (day: number, spans: readonly OpenSpan[]) =>
    onChange(days.map((each) => (each === day ? spans : (week[each] ?? []))));
  return (
    <div className="week">
      <div className="week-ticks" aria-hidden="true">
        {ticks.map((hour) => (
          <span key={hour}>{hour}</span>
        ))}
      </div>
      {days.map((day) => (
        <div key={day} className="week-day">
          <span className="week-name">{weekdayName(day)}</span>
          <SpansField
            label={weekdayName(day)}
            spans={week[day] ?? []}
            wrong={wrong(day)}
            onChange={(spans) => change(day, spans)}
          />
          <Bar stretches={stretchesOf(week[day] ?? [], week[(day + 6) % 7] ?? [])} />
        </div>
      ))}
      <div className="week-foot">
        <p className="field-hint">{t('hours.spans-rule')}</p>
        <Button look="quiet" onClick={() => onChange(days.map((day) => (day < 5 ? monday : (week[day] ?? []))))}>
          {t('hours.copy-monday')}
        </Button>
      </div>
    </div>
  );
}

export function Bar({ stretches }: { readonly stretches: readonly Stretch[] }) {
  return (
    <span className="day-bar" aria-hidden="true">
      {stretches.map(({ from, to }) => (
        <span key={from} style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%` }} />
      ))}
    </span>
  );
}
