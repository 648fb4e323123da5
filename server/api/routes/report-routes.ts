/** Reports of calls, as JSON or (Accept: text/csv, RFC 4180) as a table for a spreadsheet. For managers and administrators. */
import { Type } from '@sinclair/typebox';
import type { ReportLine } from '../../../prisma/desk-records';
import { seenAs } from '../../../prisma/who';
import { askerOf } from '../access';
import { csvLine } from '../csv';
import { viewerOf } from '../who-asks';
import type { ApiDeps } from '../deps';
import { invalid, ProblemError } from '../problems';
import { reportLine, reportQuery } from '../schemas/desk-schemas';
import { type Api, list } from '../schemas/schema';

/** A table is text; the schema describes the JSON. */
const report = Type.Unsafe<{ readonly items: readonly ReportLine[] } | string>(
  Type.Object({ items: list(reportLine) }),
);
const periodMsMax = 400 * 24 * 3_600_000;

export function reportRoutes(app: Api, { reading, directory }: ApiDeps): void {
  app.get(
    '/api/reports/calls',
    {
      schema: {
        tags: ['reports'],
        summary: 'Calls counted by person, number, queue, hour or day; with Accept: text/csv as a table',
        querystring: reportQuery,
        response: { 200: report },
      },
    },
    async (request, reply) => {
      const asker = askerOf(request);
      // Of an operator only the head of a group has reports: of its people.
      if (asker.role === 'operator' && asker.members.length === 0) throw new ProblemError('not-allowed');
      const mine = asker.role === 'operator' ? { userIds: seenAs(viewerOf(asker)) } : {};
      const { from: since, to: until, by } = request.query;
      const [from, to] = [Date.parse(since), Date.parse(until)];
      if (!(from < to)) throw invalid('to', 'must be after `from`');
      if (to - from > periodMsMax) throw invalid('to', 'must be within 400 days of `from`');
      const items = await reading('report-calls', { from, to, by, zone: directory().zone, ...mine });
      if (!/\btext\/csv\b/i.test(request.headers.accept ?? '')) return { items };
      return reply.type('text/csv; charset=utf-8').serializer(String).send(tableOf(items));
    },
  );
}

const columns = [
  'key',
  'name',
  'offered',
  'answered',
  'missed',
  'abandoned',
  'inbound',
  'outbound',
  'talkS',
  'talkAverageS',
  'ringAverageS',
  'waitAverageS',
  'serviceLevel',
] as const satisfies readonly (keyof ReportLine)[];

function tableOf(lines: readonly ReportLine[]): string {
  const rows = lines.map((line) => columns.map((column) => line[column]));
  return [columns, ...rows].map((row) => csvLine(row)).join('');
}
