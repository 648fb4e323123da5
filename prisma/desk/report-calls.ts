/**
 * Reports of calls in one statement each: counts and times by person, number, queue, hour or day. Hours and days are those of
 * the office's zone; the offsets of the zone in the period are worked out here, because SQLite knows no zones.
 */
import type { Store } from '../connect';
import type { DeskOperations } from '../desk-operations';
import type { ReportBy, ReportLine } from '../desk-records';
import { type Prisma, Prisma as P } from '../sqlite/generated/client';
import { zoneOffsets } from './zone-offsets';

type Request = DeskOperations['report-calls']['request'];

interface Row {
  readonly key: string | number | bigint | null;
  readonly [column: string]: string | number | bigint | null;
}

/** Calls of our people among themselves and calls that pass through are in no report. */
export async function reportCalls(store: Store, request: Request): Promise<readonly ReportLine[]> {
  const rows = await store.client.$queryRaw<Row[]>`
    SELECT ${keyOf(request)} AS "key",
      SUM(CASE WHEN c."direction" = 'inbound' THEN 1 ELSE 0 END) AS "inbound",
      SUM(CASE WHEN c."direction" = 'outbound' THEN 1 ELSE 0 END) AS "outbound",
      SUM(${offered(request.by)}) AS "offered",
      SUM(${answered(request.by)}) AS "answered",
      SUM(${missed(request.by)}) AS "missed",
      SUM(${abandoned(request.by)}) AS "abandoned",
      SUM(CASE WHEN ${talked(request.by)} THEN c."talkMs" ELSE 0 END) AS "talkMs",
      SUM(CASE WHEN ${talked(request.by)} THEN 1 ELSE 0 END) AS "talks",
      SUM(CASE WHEN ${talked(request.by)} THEN c."ringMs" ELSE 0 END) AS "ringMs",
      SUM(COALESCE(c."queueWaitMs", 0)) AS "waitMs",
      SUM(CASE WHEN c."queueId" IS NOT NULL THEN 1 ELSE 0 END) AS "waits",
      SUM(CASE WHEN c."queueEnd" = 'answered-in-time' THEN 1 ELSE 0 END) AS "inTime",
      SUM(CASE WHEN c."queueEnd" IS NOT NULL THEN 1 ELSE 0 END) AS "queued"
    FROM ${from(request.by)}
    WHERE c."startedAt" >= ${request.from} AND c."startedAt" < ${request.to} AND c."endedAt" IS NOT NULL
      AND c."direction" IN ('inbound', 'outbound') ${having(request.by)} ${ofPeople(request)}
    GROUP BY 1 ORDER BY 1`;
  const names = await namesOf(store, request.by, rows);
  return rows.map((row) => lineOf(row, request, names));
}

function from(by: ReportBy): Prisma.Sql {
  return by === 'user' ? P.sql`"CallUser" u JOIN "Call" c ON c."id" = u."callId"` : P.sql`"Call" c`;
}

/** Only of these people, where only theirs may be seen. */
function ofPeople({ by, userIds }: Request): Prisma.Sql {
  if (userIds === undefined) return P.empty;
  const people = P.join(['', ...userIds]);
  if (by === 'user') return P.sql`AND u."userId" IN (${people})`;
  return P.sql`AND c."id" IN (SELECT "callId" FROM "CallUser" WHERE "userId" IN (${people}))`;
}

function having(by: ReportBy): Prisma.Sql {
  if (by === 'number') return P.sql`AND c."numberId" IS NOT NULL`;
  return by === 'queue' ? P.sql`AND c."queueId" IS NOT NULL` : P.empty;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Hours and days as their number since 1970 on the clock of the office. */
function keyOf({ by, from: since, to, zone }: Request): Prisma.Sql {
  switch (by) {
    case 'user':
      return P.sql`u."userId"`;
    case 'number':
      return P.sql`c."numberId"`;
    case 'queue':
      return P.sql`c."queueId"`;
    default:
      return P.sql`(c."startedAt" + ${offsetAt(since, to, zone)}) / ${P.raw(String(by === 'hour' ? hourMs : dayMs))}`;
  }
}

function offsetAt(since: number, to: number, zone: string): Prisma.Sql {
  const [first, ...later] = zoneOffsets(zone, since, to);
  const usual = P.raw(String(first?.offsetMs ?? 0));
  if (later.length === 0) return usual;
  const cases = [...later]
    .reverse()
    .map(({ since: at, offsetMs }) => P.raw(`WHEN c."startedAt" >= ${at} THEN ${offsetMs}`));
  return P.sql`(CASE ${P.join(cases, ' ')} ELSE ${usual} END)`;
}

const one = (condition: Prisma.Sql): Prisma.Sql => P.sql`CASE WHEN ${condition} THEN 1 ELSE 0 END`;

/** Whose answer counts: a colleague's is not mine. */
const talked = (by: ReportBy): Prisma.Sql =>
  by === 'user'
    ? P.sql`c."answeredAt" IS NOT NULL AND (c."answeredByUserId" = u."userId" OR c."callerUserId" = u."userId")`
    : P.sql`c."answeredAt" IS NOT NULL AND c."talkMs" > 0 AND ${nobodyMissed}`;

/** Our own voice may have answered a call that people missed. */
const nobodyMissed = P.sql`NOT EXISTS (SELECT 1 FROM "CallMissed" m WHERE m."callId" = c."id")`;

const offered = (by: ReportBy): Prisma.Sql =>
  one(by === 'user' ? P.sql`c."direction" = 'inbound' AND c."callerUserId" IS NULL` : P.sql`c."direction" = 'inbound'`);

const answered = (by: ReportBy): Prisma.Sql =>
  one(
    by === 'queue'
      ? P.sql`c."queueEnd" IN ('answered-in-time', 'answered-late')`
      : P.sql`c."direction" = 'inbound' AND ${talked(by)}`,
  );

const missed = (by: ReportBy): Prisma.Sql =>
  one(
    by === 'user'
      ? P.sql`EXISTS (SELECT 1 FROM "CallMissed" m WHERE m."callId" = c."id" AND m."of" = 'user' AND m."ofId" = u."userId")`
      : P.sql`EXISTS (SELECT 1 FROM "CallMissed" m WHERE m."callId" = c."id")`,
  );

const abandoned = (by: ReportBy): Prisma.Sql =>
  one(
    by === 'queue'
      ? P.sql`c."queueEnd" = 'abandoned'`
      : P.sql`c."direction" = 'inbound' AND (c."cause" = 'caller-gave-up' OR c."queueEnd" = 'abandoned')`,
  );

async function namesOf({ client }: Store, by: ReportBy, rows: readonly Row[]): Promise<ReadonlyMap<string, string>> {
  const where = { id: { in: rows.map(({ key }) => String(key)) } };
  switch (by) {
    case 'user':
      return new Map((await client.user.findMany({ where })).map(({ id, name }) => [id, name]));
    case 'number':
      return new Map((await client.ownNumber.findMany({ where })).map((row) => [row.id, row.name ?? row.number]));
    case 'queue':
      return new Map((await client.officeObject.findMany({ where })).map(({ id, name }) => [id, name]));
    default:
      return new Map();
  }
}

function lineOf(row: Row, { by }: Request, names: ReadonlyMap<string, string>): ReportLine {
  const n = (column: string): number => Number(row[column] ?? 0);
  const average = (sum: string, count: string): number => (n(count) === 0 ? 0 : round(n(sum) / n(count) / 1000));
  const key = by === 'hour' || by === 'day' ? momentOf(by, Number(row.key)) : String(row.key);
  const name = names.get(key);
  return {
    key,
    ...(name === undefined ? {} : { name }),
    offered: n('offered'),
    answered: n('answered'),
    missed: n('missed'),
    abandoned: n('abandoned'),
    inbound: n('inbound'),
    outbound: n('outbound'),
    talkS: round(n('talkMs') / 1000),
    talkAverageS: average('talkMs', 'talks'),
    ringAverageS: average('ringMs', 'talks'),
    waitAverageS: average('waitMs', 'waits'),
    ...(n('queued') === 0 ? {} : { serviceLevel: Math.round((n('inTime') / n('queued')) * 1000) / 1000 }),
  };
}

const round = (seconds: number): number => Math.round(seconds * 10) / 10;

/** As the clock of the office shows it. */
function momentOf(by: 'hour' | 'day', number: number): string {
  const iso = new Date(Math.floor(number) * (by === 'hour' ? hourMs : dayMs)).toISOString();
  return iso.slice(0, by === 'hour' ? 13 : 10);
}
