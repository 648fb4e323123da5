/** Calls: the list of what was, what lives now, and commands. A command answers 202 with the call as it is then. */
import type { Static } from '@sinclair/typebox';
import { assertNever } from '../../../call-router/values/assert';
import { type CallId, callIdOf, legIdFrom, numberIdOf, userIdOf } from '../../../call-router/values/ids';
import { askerOf } from '../access';
import type { CommandProblem } from '../commands';
import type { ApiDeps } from '../deps';
import { liveCallOf, maySee } from '../live-calls';
import type { LiveCall } from '../messages';
import { invalid, ProblemError, valueOf } from '../problems';
import { call, callQuery, callToMake, legOfCall, liveCall } from '../schemas/call-schemas';
import { type Api, idInPath, pageOf } from '../schemas/schema';
import { type Asker, viewerOf } from '../who-asks';

const tags = ['calls'];

export function callRoutes(app: Api, deps: ApiDeps): void {
  const { reading } = deps;
  app.get(
    '/api/calls',
    { schema: { tags, summary: 'Calls, newest first', querystring: callQuery, response: { 200: pageOf(call) } } },
    (request) => {
      const { cursor, limit, ...filter } = request.query;
      const asked = { viewer: viewerOf(askerOf(request)), filter };
      const part = { ...(cursor === undefined ? {} : { cursor }), ...(limit === undefined ? {} : { limit }) };
      return reading('list-calls', { ...asked, ...part });
    },
  );
  app.get(
    '/api/calls/:id',
    { schema: { tags, summary: 'One call', params: idInPath, response: { 200: call } } },
    async (request) => valueOf(await reading('get-call', { viewer: viewerOf(askerOf(request)), ...request.params })),
  );
  app.get(
    '/api/live',
    { schema: { tags, summary: 'Calls that live now', response: { 200: pageOf(liveCall) } } },
    async (request) => {
      const viewer = viewerOf(askerOf(request));
      const calls = [...deps.liveCalls().values()].filter((one) => one.state.in !== 'ended' && maySee(viewer, one));
      return { items: calls.map(liveCallOf) };
    },
  );
  commandRoutes(app, deps);
}

function commandRoutes(app: Api, deps: ApiDeps): void {
  app.post(
    '/api/calls',
    {
      schema: {
        tags,
        summary: 'Call for a person: their phones ring first',
        body: callToMake,
        response: { 202: liveCall },
      },
    },
    async (request, reply) => reply.code(202).send(await makeCall(deps, askerOf(request), request.body)),
  );
  app.post(
    '/api/calls/:id/hangup',
    {
      schema: {
        tags,
        summary: 'End a call, or one leg of it',
        params: idInPath,
        body: legOfCall,
        response: { 202: liveCall },
      },
    },
    async (request, reply) => {
      const asked = { id: callIdOf(request.params.id), legId: request.body.legId };
      return reply.code(202).send(await hangUp(deps, askerOf(request), asked));
    },
  );
}

async function makeCall(deps: ApiDeps, asker: Asker, body: Static<typeof callToMake>): Promise<LiveCall> {
  if (asker.role === 'operator' && body.fromUserId !== asker.userId) throw invalid('fromUserId', 'must be yourself');
  const made = await deps.commands.call({
    user: userIdOf(body.fromUserId),
    to: body.to,
    ...(body.fromNumberId === undefined ? {} : { number: numberIdOf(body.fromNumberId) }),
  });
  if (!made.ok) throw problemOfCommand(made.problem);
  return liveAfter(deps, made.value, undefined);
}

interface HangUp {
  readonly id: CallId;
  readonly legId: string | undefined;
}

async function hangUp(deps: ApiDeps, asker: Asker, { id, legId }: HangUp): Promise<LiveCall> {
  const viewer = viewerOf(asker);
  const live = deps.liveCalls().get(id);
  if (live === undefined || live.state.in === 'ended' || !maySee(viewer, live)) {
    valueOf(await deps.reading('get-call', { viewer, id })); // 404 for a call they may not see, or none
    throw new ProblemError('conflict', { detail: 'The call has ended.' });
  }
  const leg = legId === undefined ? undefined : [...live.legs.keys()].find((one) => one === legIdFrom(legId));
  if (legId !== undefined && leg === undefined) throw invalid('legId', 'is no leg of this call');
  const done = await deps.commands.hangUp({ call: id, ...(leg === undefined ? {} : { leg }) });
  if (!done.ok) throw problemOfCommand(done.problem);
  return liveAfter(deps, id, liveCallOf(live));
}

/** The call as it is now; it may have gone in the meantime. */
function liveAfter(deps: ApiDeps, id: CallId, before: LiveCall | undefined): LiveCall {
  const now = deps.liveCalls().get(id);
  if (now !== undefined) return liveCallOf(now);
  if (before !== undefined) return { ...before, state: 'ended' };
  throw new ProblemError('conflict', { detail: 'The call ended at once.' });
}

function problemOfCommand(problem: CommandProblem): ProblemError {
  switch (problem.kind) {
    case 'not-found':
      return new ProblemError('not-found');
    case 'not-now':
      return new ProblemError('conflict', { detail: problem.why });
    case 'invalid':
      return invalid(problem.field, problem.why);
    case 'overloaded':
      return new ProblemError('overloaded', { retryAfterS: problem.retryAfterS });
    default:
      return assertNever(problem);
  }
}
