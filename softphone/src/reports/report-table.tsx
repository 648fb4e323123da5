/** The table of a report. A click on a head sorts by it; the sorted column has bars. */
import { useState } from 'react';
import type { ReportBy, ReportLine } from '../../../server/api/messages';
import { Icon } from '../parts/icon';
import { percent } from '../queues/queue-figures';
import { t } from '../text/text';
import { dayHeading, duration } from '../text/times';
import { type Measure, nameOfLine, type Order, shareOf, sorted, total } from './report-lines';
import { TableScroll } from '../parts/table-scroll';

const measures: readonly Measure[] = [
  'offered',
  'answered',
  'missed',
  'abandoned',
  'outbound',
  'talkS',
  'talkAverageS',
  'ringAverageS',
  'waitAverageS',
  'serviceLevel',
];
const times: ReadonlySet<Measure> = new Set<Measure>(['talkS', 'talkAverageS', 'ringAverageS', 'waitAverageS']);

interface ReportTableProps {
  readonly by: ReportBy;
  readonly lines: readonly ReportLine[];
}

export function ReportTable({ by, lines }: ReportTableProps) {
  const isTime = by === 'hour' || by === 'day';
  const [order, setOrder] = useState<Order>(
    isTime ? { by: 'name', direction: 'up' } : { by: 'offered', direction: 'down' },
  );
  const shown = measures.filter((measure) => lines.some((line) => (line[measure] ?? 0) > 0) || isAlways(measure));
  const sortBy = (column: Order['by']) =>
    setOrder({ by: column, direction: order.by === column && order.direction === 'down' ? 'up' : 'down' });
  return (
    <div className="page-body">
      <TableScroll label={t('reports.title')}>
        <table className="table report-table" aria-label={t('reports.title')}>
          <thead>
            <tr>
              <Head column="name" words={t(`reports.by-${by}`)} order={order} onSort={sortBy} />
              {shown.map((measure) => (
                <Head key={measure} column={measure} words={t(`reports.${measure}`)} order={order} onSort={sortBy} />
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted(lines, order).map((line) => (
              <tr key={line.key}>
                <th scope="row">{lineName(line, by)}</th>
                {shown.map((measure) => (
                  <Cell key={measure} line={line} lines={lines} measure={measure} isSorted={order.by === measure} />
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('reports.total')}</th>
              {shown.map((measure) => (
                <td key={measure} className="num num-cell">
                  {valueWords(measure, total(lines)[measure])}
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </TableScroll>
      {by === 'user' && <p className="field-hint board-note">{t('reports.user-note')}</p>}
    </div>
  );
}

/** Shown also where all are 0; the others only where there is something to see. */
const isAlways = (measure: Measure): boolean =>
  measure === 'offered' || measure === 'answered' || measure === 'missed' || measure === 'talkS';

interface HeadProps {
  readonly column: Order['by'];
  readonly words: string;
  readonly order: Order;
  readonly onSort: (column: Order['by']) => void;
}

function Head({ column, words, order, onSort }: HeadProps) {
  const isSorted = order.by === column;
  const sort = !isSorted ? 'none' : order.direction === 'up' ? 'ascending' : 'descending';
  return (
    <th scope="col" aria-sort={sort} className={column === 'name' ? undefined : 'num-cell'}>
      <button type="button" className={`sort ${isSorted ? 'is-sorted' : ''}`} onClick={() => onSort(column)}>
        {words}
        {isSorted && <Icon name={order.direction === 'up' ? 'up' : 'down'} />}
      </button>
    </th>
  );
}

interface CellProps {
  readonly line: ReportLine;
  readonly lines: readonly ReportLine[];
  readonly measure: Measure;
  readonly isSorted: boolean;
}

function Cell({ line, lines, measure, isSorted }: CellProps) {
  const width = isSorted ? `${shareOf(lines, line, measure) * 100}% 100%` : undefined;
  return (
    <td className={`num num-cell ${isSorted ? 'bar-cell' : ''}`} style={width ? { backgroundSize: width } : undefined}>
      {valueWords(measure, line[measure])}
    </td>
  );
}

function valueWords(measure: Measure, value: number | undefined): string {
  if (value === undefined) return '–';
  if (measure === 'serviceLevel') return percent(value);
  if (times.has(measure)) return value === 0 ? '–' : duration(value * 1000);
  return value === 0 ? '·' : String(value);
}

/** `2026-11-23T08` is an hour on the clock of the office, `2026-11-23` a day there. */
function lineName(line: ReportLine, by: ReportBy): string {
  if (by === 'day') return dayHeading(`${line.key}T12:00:00`);
  if (by === 'hour') return `${dayHeading(`${line.key.slice(0, 10)}T12:00:00`)}, ${line.key.slice(11)}:00`;
  return line.name === undefined ? t('reports.gone') : nameOfLine(line);
}
