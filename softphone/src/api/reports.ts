/** Reports of calls, and the same as a table for a spreadsheet. */
import { useQuery } from '@tanstack/react-query';
import type { ReportBy, ReportLine } from '../../../server/api/messages';
import { keys } from './keys';
import { get, getText } from './request';

export interface ReportAsked {
  readonly by: ReportBy;
  /** ISO 8601; `to` is the first moment behind it. */
  readonly from: string;
  readonly to: string;
}

const path = '/api/reports/calls';

export const useReport = (asked: ReportAsked) =>
  useQuery({
    queryKey: [...keys.report, asked.by, asked.from, asked.to],
    queryFn: ({ signal }) => get<{ readonly items: readonly ReportLine[] }>(path, { ...asked }, signal),
    select: (answer) => answer.items,
    // The lines of another way of counting have other keys.
    placeholderData: (previous, query) => (query?.queryKey[1] === asked.by ? previous : undefined),
  });

export const reportTable = (asked: ReportAsked): Promise<string> => getText(path, { ...asked }, 'text/csv');
