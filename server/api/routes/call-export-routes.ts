/**
 * The list of calls as a table for a spreadsheet: what the filter shows, by the rights of who asks, newest first. Read page by
 * page while it is sent, so that a hundred thousand calls need no more memory than two hundred.
 */
import { Readable } from 'node:stream';
import { type Static, Type } from '@sinclair/typebox';
import { isZone } from '../../../prisma/office/zone';
import { askerOf } from '../access';
import { callCells, type CallTable, clockTime, type TableNames } from '../call-table';
import { callTableWords } from '../call-table-words';
import { csvLine, type Separator } from '../csv';
import type { ApiDeps } from '../deps';
import { invalid, ProblemError } from '../problems';
import { callQuery } from '../schemas/call-schemas';
import { language } from '../schemas/office-schemas';
import { type Api, closed, oneOf } from '../schemas/schema';
import { viewerOf, type Asker } from '../who-asks';
import { callFilterOf } from './call-routes';

const { cursor: _cursor, limit: _limit, ...filters } = callQuery.properties;
const exportQuery = Type.Object(
  {
    ...filters,
    language: Type.Optional(language),
    separator: Type.Optional(oneOf(['comma', 'semicolon', 'tab'])),
    zone: Type.Optional(Type.String({ maxLength: 64, description: 'of the times; the office’s if left out' })),
  },
  closed,
);
const table = Type.Unsafe<unknown>({ type: 'string', description: 'text/csv, UTF-8 with a byte order mark' });

/** Windows' spreadsheets take a file for UTF-8 only with it. */
const byteOrderMark = '\uFEFF';
const pageRows = 200;
const separators: Readonly<Record<'comma' | 'semicolon' | 'tab', Separator>> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
};

export function callExportRoutes(app: Api, deps: ApiDeps): void {
  const { exportsAtOnceMax } = deps.config.limits.api;
  let running = 0;
  app.get(
    '/api/calls/export',
    {
      schema: {
        tags: ['calls'],
        summary: 'The calls of a filter as a table (CSV), newest first',
        description:
          'What one may see, at most 500 000 calls. A cell that a spreadsheet would take for a formula begins with an apostrophe.',
        querystring: exportQuery,
        response: { 200: table },
      },
    },
    async (request, reply) => {
      if (running >= exportsAtOnceMax) throw new ProblemError('overloaded', { retryAfterS: 10 });
      const asker = askerOf(request);
      const ways = await tableFor(deps, asker, request.query);
      running += 1;
      const stream = Readable.from(lines(deps, ways));
      stream.once('close', () => {
        running -= 1;
      });
      const day = clockTime(new Date(deps.clock.now()).toISOString(), ways.zone).slice(0, 10);
      void reply.headers({
        'content-disposition': `attachment; filename="calls-${day}.csv"`,
        'cache-control': 'private, no-store',
      });
      return reply.type('text/csv; charset=utf-8').send(stream);
    },
  );
}

interface Ways extends CallTable {
  readonly separator: Separator;
  readonly asked: { readonly viewer: ReturnType<typeof viewerOf>; readonly filter: ReturnType<typeof callFilterOf> };
}

async function tableFor(deps: ApiDeps, asker: Asker, query: Static<typeof exportQuery>): Promise<Ways> {
  const { language: wanted, separator, zone: zoneWanted, ...filter } = query;
  const office = deps.directory();
  const zone = zoneWanted ?? asker.zone ?? office.zone;
  if (!isZone(zone)) throw invalid('zone', 'is no time zone; write it like Europe/Prague');
  const words = callTableWords[wanted ?? asker.language ?? office.language];
  return {
    words,
    zone,
    names: await namesOf(deps),
    separator: separator === undefined ? words.separator : separators[separator],
    asked: { viewer: viewerOf(asker), filter: callFilterOf(deps, filter) },
  };
}

async function* lines({ reading, config }: ApiDeps, ways: Ways): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(ways.words.heads, ways.separator);
  let left = config.limits.api.exportRowsMax;
  let cursor: string | undefined;
  do {
    const limit = Math.min(pageRows, left);
    const page = await reading('list-calls', { ...ways.asked, limit, ...(cursor === undefined ? {} : { cursor }) });
    yield page.items.map((call) => csvLine(callCells(call, ways), ways.separator)).join('');
    left -= page.items.length;
    cursor = page.next;
  } while (cursor !== undefined && left > 0);
}

/** Of everybody who ever worked here, and of our numbers. */
async function namesOf({ reading, directory }: ApiDeps): Promise<TableNames> {
  const people = new Map<string, string>();
  let cursor: string | undefined;
  do {
    const viewer = { userId: '', role: 'system' } as const;
    const page = await reading('list-users', { viewer, limit: pageRows, ...(cursor === undefined ? {} : { cursor }) });
    for (const { id, name } of page.items) people.set(id, name);
    cursor = page.next;
  } while (cursor !== undefined);
  const numbers = new Map(
    directory().numbers.map(({ id, match }) => [String(id), match.kind === 'exact' ? match.number : '']),
  );
  return {
    person: (id = '') => people.get(id) ?? '',
    number: (id = '') => numbers.get(id) ?? '',
  };
}
