/**
 * Calls that an office PBX kept on its own lines, as it reports them (its call log, a script beside it): they reach the client's
 * card and the call list like any other, with no recording of ours. Reported again by the same `reportId`, the newer word counts.
 */
import { createHash } from 'node:crypto';
import { type Static, Type } from '@sinclair/typebox';
import type { Directory, Trunk, User } from '../../../call-router/state/directory';
import { faultOf } from '../../../call-router/values/cause';
import type { CallRecord } from '../../../call-router/values/cdr';
import { callIdOf, epochMs, legIdOf } from '../../../call-router/values/ids';
import { parseE164 } from '../../../call-router/values/number';
import type { ApiDeps } from '../deps';
import { invalid, ProblemError } from '../problems';
import { type Api, closed, id, idInPath, line, moment, oneOf } from '../schemas/schema';

const report = Type.Object(
  {
    reportId: line(200, 'the PBX’s own name of the call'),
    direction: oneOf(['inbound', 'outbound']),
    number: line(64, 'the outside party, in any format'),
    extension: Type.Optional(Type.String({ pattern: '^[0-9]{2,6}$', description: 'whose phone it was' })),
    startedAt: moment,
    answeredAt: Type.Optional(moment),
    endedAt: moment,
    outcome: Type.Optional(oneOf(['busy', 'no-answer', 'rejected', 'caller-gave-up'])),
  },
  closed,
);
type Report = Static<typeof report>;

export function reportedCallRoutes(app: Api, deps: ApiDeps): void {
  app.post(
    '/api/trunks/:id/calls',
    {
      config: { audience: 'administrator' },
      schema: {
        tags: ['trunks'],
        summary: 'A call that this office PBX kept on its own lines',
        params: idInPath,
        body: report,
        response: { 201: Type.Object({ callId: id }) },
      },
    },
    async (request, reply) => {
      const record = recordOf(deps, request.params.id, request.body);
      await deps.keepCall(record);
      return reply.code(201).send({ callId: record.id });
    },
  );
}

function recordOf(deps: ApiDeps, trunkId: string, body: Report): CallRecord {
  const trunk = [...deps.directory().trunks.values()].find((one) => one.id === trunkId);
  if (trunk === undefined) throw new ProblemError('not-found');
  if (trunk.kind !== 'pbx') throw new ProblemError('conflict', { detail: 'Only an office PBX reports calls.' });
  const user = [...deps.directory().users.values()].find(({ extension }) => extension === body.extension);
  const id = callIdOf(createHash('sha256').update(`${trunkId}\n${body.reportId}`).digest('hex').slice(0, 32));
  const client = clientOf(deps.directory(), trunk, body);
  return {
    id,
    direction: body.direction,
    ...timesOf(body),
    ...client,
    ...partiesOf(trunk, body, user),
    ...legsOf({ id, trunk, body, user }),
  };
}

function timesOf({
  startedAt,
  answeredAt,
  endedAt,
  outcome,
}: Report): Pick<
  CallRecord,
  'startedAt' | 'answeredAt' | 'endedAt' | 'ringMs' | 'talkMs' | 'totalMs' | 'cause' | 'fault'
> {
  const [began, answered, ended] = [startedAt, answeredAt ?? endedAt, endedAt].map((at) => Date.parse(at));
  if (
    began === undefined ||
    answered === undefined ||
    ended === undefined ||
    !(began <= answered && answered <= ended)
  ) {
    throw invalid('endedAt', 'a call begins, is answered and ends in this order');
  }
  const cause = answeredAt === undefined ? (outcome ?? 'no-answer') : 'caller-hung-up';
  return {
    startedAt: epochMs(began),
    ...(answeredAt === undefined ? {} : { answeredAt: epochMs(answered) }),
    endedAt: epochMs(ended),
    ringMs: answered - began,
    talkMs: ended - answered,
    totalMs: ended - began,
    cause,
    fault: faultOf(cause),
  };
}

/** The store asks who the client is, and makes of an unknown one what it makes of any caller: a lead. */
function clientOf(
  { neverMakeRecords, numbers }: Directory,
  trunk: Trunk,
  { number }: Report,
): Pick<CallRecord, 'ifUnknown' | 'otherCards'> {
  const e164 = parseE164(number, trunk.country);
  if (!e164.ok) return { otherCards: [] };
  const isOurs = numbers.some(({ match }) => match.kind === 'exact' && match.number === e164.value);
  const makes = isOurs || neverMakeRecords.has(e164.value) ? 'nothing' : 'lead';
  return { otherCards: [], ifUnknown: { number: e164.value, typed: number, makes, source: trunk.name } };
}

type Parties = Pick<
  CallRecord,
  | 'callerTyped'
  | 'callerNumber'
  | 'calleeTyped'
  | 'calleeNumber'
  | 'callerUserId'
  | 'answeredByUserId'
  | 'rangUserIds'
  | 'missedBy'
>;

function partiesOf(
  trunk: Trunk,
  { direction, number, extension = '', answeredAt }: Report,
  user: User | undefined,
): Parties {
  const e164 = parseE164(number, trunk.country);
  const outside = e164.ok ? e164.value : undefined;
  if (direction === 'outbound') {
    return {
      callerTyped: extension,
      calleeTyped: number,
      ...(outside === undefined ? {} : { calleeNumber: outside }),
      ...(user === undefined ? {} : { callerUserId: user.id }),
      rangUserIds: [],
    };
  }
  const rang = user === undefined ? [] : [user.id];
  return {
    callerTyped: number,
    calleeTyped: extension,
    ...(outside === undefined ? {} : { callerNumber: outside }),
    rangUserIds: rang,
    ...(answeredAt === undefined ? { missedBy: rang } : user === undefined ? {} : { answeredByUserId: user.id }),
  };
}

interface Reported {
  readonly id: CallRecord['id'];
  readonly trunk: Trunk;
  readonly body: Report;
  readonly user: User | undefined;
}

/** The one leg we know of: the PBX's. Nothing of it was recorded here. */
function legsOf({ id, trunk, body, user }: Reported): Pick<CallRecord, 'trunkId' | 'legs' | 'recording'> {
  return {
    trunkId: trunk.id,
    recording: 'none',
    legs: [
      {
        id: legIdOf(id, 1),
        direction: body.direction === 'inbound' ? 'incoming' : 'outgoing',
        kind: 'trunk',
        trunkId: trunk.id,
        ...(user === undefined ? {} : { userId: user.id }),
        startedAt: epochMs(Date.parse(body.startedAt)),
        ...(body.answeredAt === undefined ? {} : { answeredAt: epochMs(Date.parse(body.answeredAt)) }),
        endedAt: epochMs(Date.parse(body.endedAt)),
      },
    ],
  };
}
