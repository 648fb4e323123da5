/** The lines of a report as a table: sorted by a column, and summed up. Pure. */
import type { ReportLine } from '../../../server/api/messages';

export type Measure = Exclude<keyof ReportLine, 'key' | 'name'>;

export interface Order {
  readonly by: 'name' | Measure;
  readonly direction: 'up' | 'down';
}

/** Equal ones stand by name; a share that does not exist is the least. */
export function sorted(lines: readonly ReportLine[], { by, direction }: Order): readonly ReportLine[] {
  const sign = direction === 'up' ? 1 : -1;
  const byName = (a: ReportLine, b: ReportLine): number => nameOfLine(a).localeCompare(nameOfLine(b));
  if (by === 'name') return [...lines].sort((a, b) => sign * byName(a, b));
  return [...lines].sort((a, b) => sign * ((a[by] ?? -1) - (b[by] ?? -1)) || byName(a, b));
}

export const nameOfLine = ({ key, name }: ReportLine): string => name ?? key;

/** Counts and times are added; an average is again one over the calls that it was made of. */
export function total(lines: readonly ReportLine[]): Omit<ReportLine, 'key'> {
  const sum = (of: (line: ReportLine) => number): number => lines.reduce((all, line) => all + of(line), 0);
  const average = (measure: Measure, callsOf: (line: ReportLine) => number): number => {
    const calls = sum(callsOf);
    return calls === 0 ? 0 : sum((line) => (line[measure] ?? 0) * callsOf(line)) / calls;
  };
  const talks = (line: ReportLine): number => (line.talkAverageS === 0 ? 0 : line.talkS / line.talkAverageS);
  const queued = (line: ReportLine): number => (line.serviceLevel === undefined ? 0 : line.offered);
  return {
    offered: sum((line) => line.offered),
    answered: sum((line) => line.answered),
    missed: sum((line) => line.missed),
    abandoned: sum((line) => line.abandoned),
    inbound: sum((line) => line.inbound),
    outbound: sum((line) => line.outbound),
    talkS: sum((line) => line.talkS),
    talkAverageS: average('talkAverageS', talks),
    ringAverageS: average('ringAverageS', talks),
    waitAverageS: average('waitAverageS', (line) => line.offered),
    ...(sum(queued) === 0 ? {} : { serviceLevel: average('serviceLevel', queued) }),
  };
}

/** The share of the greatest value of its column, for a bar in the cell. */
export function shareOf(lines: readonly ReportLine[], line: ReportLine, measure: Measure): number {
  const greatest = Math.max(0, ...lines.map((each) => each[measure] ?? 0));
  return greatest === 0 ? 0 : (line[measure] ?? 0) / greatest;
}
