/** Calls counted by person, number, queue, hour or day: sorted by any column, summed up, and as a table for a spreadsheet. */
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { ReportBy } from '../../../server/api/messages';
import { problemWords } from '../api/problem';
import { useFeature } from '../api/me';
import { type ReportAsked, reportTable, useReport } from '../api/reports';
import { dayOf, daysBefore } from '../text/zone';
import { now } from '../clock';
import { notify } from '../frame/notices';
import { PageHead } from '../frame/page-head';
import { Button } from '../parts/button';
import { DayField } from '../parts/day-field';
import { Choice } from '../parts/filters';
import { Empty, Failed, Loading } from '../parts/states';
import { periodOf } from '../reports/period';
import { ReportTable } from '../reports/report-table';
import { saveText } from '../reports/save-text';
import { t } from '../text/text';

const ways: readonly ReportBy[] = ['user', 'number', 'queue', 'hour', 'day'];
const presets = { today: 0, week: 6, month: 29 } as const;
type Preset = keyof typeof presets;

export default function Reports() {
  const { asked, days, set } = useAsked();
  const queues = useFeature('queues');
  const report = useReport(asked);
  const rows = report.data ?? [];
  return (
    <>
      <PageHead title={t('reports.title')} actions={<SaveButton asked={asked} isEmpty={rows.length === 0} />}>
        <Choice
          label={t('reports.by')}
          value={asked.by}
          options={ways
            .filter((way) => queues || way !== 'queue')
            .map((value) => ({ value, name: t(`reports.by-${value}`) }))}
          onChange={(by) => set({ by })}
        />
        <Dates days={days} set={set} />
      </PageHead>
      {report.isPending ? (
        <Loading />
      ) : report.isError ? (
        <Failed error={report.error} retry={() => void report.refetch()} />
      ) : rows.length === 0 ? (
        <Empty title={t('reports.none')}>{t('reports.none-why')}</Empty>
      ) : (
        <ReportTable key={asked.by} by={asked.by} lines={rows} />
      )}
    </>
  );
}

interface Days {
  readonly from: string;
  readonly to: string;
}
type Set = (change: Readonly<Record<string, string>>) => void;

/** What is asked stands in the address, so that a report can be kept as a bookmark. */
function useAsked() {
  const [params, setParams] = useSearchParams();
  const [today] = useState(() => dayOf(now()));
  const days: Days = { from: params.get('from') ?? daysBefore(today, presets.week), to: params.get('to') ?? today };
  const asked: ReportAsked = { by: ways.find((way) => way === params.get('by')) ?? 'user', ...periodOf(days) };
  const set: Set = (change) => setParams({ ...Object.fromEntries(params), ...days, ...change }, { replace: true });
  return { asked, days, set };
}

function Dates({ days, set }: { readonly days: Days; readonly set: Set }) {
  const today = dayOf(now());
  const chosen = (Object.keys(presets) as Preset[]).find(
    (preset) => days.to === today && days.from === daysBefore(today, presets[preset]),
  );
  return (
    <>
      <select
        className="input select filter-select"
        aria-label={t('reports.period')}
        value={chosen ?? ''}
        onChange={(event) => {
          const preset = (Object.keys(presets) as Preset[]).find((name) => name === event.target.value);
          if (preset) set({ from: daysBefore(today, presets[preset]), to: today });
        }}
      >
        {chosen === undefined && <option value="">{t('reports.own-period')}</option>}
        {(Object.keys(presets) as Preset[]).map((preset) => (
          <option key={preset} value={preset}>
            {t(`reports.${preset}`)}
          </option>
        ))}
      </select>
      <DayField label={t('reports.from')} value={days.from} max={days.to} onChange={(from) => set({ from })} />
      <DayField label={t('reports.to')} value={days.to} min={days.from} onChange={(to) => set({ to })} />
    </>
  );
}

function SaveButton({ asked, isEmpty }: { readonly asked: ReportAsked; readonly isEmpty: boolean }) {
  const [isBusy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      saveText(await reportTable(asked), `calls-by-${asked.by}-${dayOf(Date.parse(asked.from))}.csv`);
    } catch (error) {
      notify('failed', problemWords(error));
    }
    setBusy(false);
  };
  return (
    <Button icon="download" busy={isBusy} disabled={isEmpty} onClick={() => void save()}>
      {t('reports.save')}
    </Button>
  );
}
