/** Conferences and supervision: who is on a call, and who hears it. Answers as in call-command-routes.ts. */
import { maySupervise } from '../../../call-router/features/supervise';
import type { Call } from '../../../call-router/state/call';
import { callIdOf, legIdFrom, type UserId, userIdOf } from '../../../call-router/values/ids';
import { askerOf } from '../access';
import { mustTalk, talkerOf } from '../call-rights';
import type { ApiDeps } from '../deps';
import { maySee } from '../live-calls';
import { invalid, ProblemError } from '../problems';
import { conferenceToMake, liveCall, supervisionToBegin } from '../schemas/call-schemas';
import { type Api, idInPath } from '../schemas/schema';
import { type Asker, viewerOf } from '../who-asks';
import { after, commanded } from './call-command-routes';

const tags = ['calls'];
const params = idInPath;
const response = { 202: liveCall };

export function conferenceRoutes(app: Api, deps: ApiDeps): void {
  app.post(
    '/api/calls/:id/conference',
    {
      schema: {
        tags,
        summary: 'All together: the legs of a consultation, a further party, another call of the same phone',
        params,
        body: conferenceToMake,
        response,
      },
    },
    async (request, reply) => {
      const { legIds, add } = request.body;
      return reply.code(202).send(
        await commanded(deps, request, (asker, live) => {
          mustTalk(asker, live);
          const by = talkerOf(asker, live) ?? (asker.userId === undefined ? undefined : userIdOf(asker.userId));
          return deps.commands.confer({
            call: live.id,
            ...(legIds === undefined ? {} : { legs: legIds.map(legIdFrom) }),
            ...(add === undefined ? {} : { add }),
            ...(by === undefined ? {} : { by }),
          });
        }),
      );
    },
  );
  app.post(
    '/api/calls/:id/supervise',
    {
      schema: {
        tags,
        summary: 'Hear a call on one’s own phone: nobody on it is told',
        params,
        body: supervisionToBegin,
        response,
      },
    },
    async (request, reply) => {
      const asker = askerOf(request);
      const { userId, how = 'listen' } = request.body;
      const user = supervisorOf(asker, userId);
      const live = supervisedCall(deps, asker, { id: request.params.id, user });
      const done = deps.commands.supervise({ call: live.id, user, how });
      return reply.code(202).send(await after(deps, viewerOf(asker), { before: live, done }));
    },
  );
}

function supervisorOf(asker: Asker, userId: string | undefined): UserId {
  const wanted = userId ?? asker.userId;
  if (wanted === undefined) throw invalid('userId', 'is missing: this token is nobody’s');
  if (asker.role === 'operator' && wanted !== asker.userId) throw invalid('userId', 'must be yourself');
  return userIdOf(wanted);
}

/** The head of a group hears calls of the group that are not their own; any other operator is not told of them. */
function supervisedCall(
  deps: ApiDeps,
  asker: Asker,
  { id, user }: { readonly id: string; readonly user: UserId },
): Call {
  const live = deps.liveCalls().get(callIdOf(id));
  if (live === undefined || live.state.in === 'ended') throw new ProblemError('not-found');
  if (!maySee(viewerOf(asker), live) && !maySupervise({ directory: deps.directory() }, live, user))
    throw new ProblemError('not-found');
  return live;
}
