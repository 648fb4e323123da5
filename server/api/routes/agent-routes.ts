/** Agents of queues: how they stand, and log-in, log-out, pause and resume by button. In force at once, like the codes. */
import { type Static, Type } from '@sinclair/typebox';
import type { AgentNow } from '../../../call-router/features/queue-now';
import { queueIdOf, userIdOf } from '../../../call-router/values/ids';
import { askerOf } from '../access';
import type { ApiDeps } from '../deps';
import { ProblemError } from '../problems';
import { agentAsked, agentNow } from '../schemas/queue-schemas';
import { type Api, idInPath, list } from '../schemas/schema';
import type { Asker } from '../who-asks';
import { problemOfCommand } from './call-command-routes';

const tags = ['queues'];

export function agentRoutes(app: Api, deps: ApiDeps): void {
  app.get(
    '/api/agents',
    {
      schema: {
        tags,
        summary: 'Everybody who is a member of a queue, and how they stand now',
        response: { 200: Type.Object({ items: list(agentNow) }) },
      },
    },
    async () => ({ items: deps.agentsNow().map((agent) => shown(deps, agent)) }),
  );
  app.post(
    '/api/agents/:id',
    {
      schema: {
        tags,
        summary: 'Log an agent in or out, pause or resume (the id is the person’s)',
        params: idInPath,
        body: agentAsked,
        response: { 202: agentNow },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      checkRight(askerOf(request), id);
      return reply.code(202).send(await agentTurned(deps, id, request.body));
    },
  );
}

/** An operator for themself; a manager or an administrator for everybody. */
function checkRight(asker: Asker, id: string): void {
  if (asker.role === 'operator' && asker.userId !== id) throw new ProblemError('not-allowed');
}

async function agentTurned(
  deps: ApiDeps,
  id: string,
  { what, queueId, reason }: Static<typeof agentAsked>,
): Promise<Static<typeof agentNow>> {
  const user = userIdOf(id);
  const outcome = await deps.commands.agent({
    user,
    what,
    ...(queueId === undefined ? {} : { queue: queueIdOf(queueId) }),
    ...(reason === undefined ? {} : { reason }),
  });
  if (!outcome.ok) throw problemOfCommand(outcome.problem);
  const now = deps.agentsNow().find((agent) => agent.user === user);
  if (now === undefined) throw new ProblemError('not-found');
  return shown(deps, now);
}

const isoOf = (ms: number): string => new Date(ms).toISOString();

function shown({ directory }: ApiDeps, agent: AgentNow): Static<typeof agentNow> {
  const { user, standing, memberOf, agentOf, pause, wrapUpUntil, callsTaken } = agent;
  return {
    userId: user,
    name: directory().users.get(user)?.name ?? '',
    standing,
    memberOfQueueIds: memberOf,
    agentOfQueueIds: agentOf,
    ...(pause === undefined ? {} : { pause: { reason: pause.reason, since: isoOf(pause.since) } }),
    ...(wrapUpUntil === undefined ? {} : { wrapUpUntil: isoOf(wrapUpUntil) }),
    callsTaken,
  };
}
