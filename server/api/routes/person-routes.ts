/** What a person sets for themselves, and whom the fraud guard has stopped. In force at once, like a code that is dialled. */
import { Type } from '@sinclair/typebox';
import { ways } from '../../../call-router/state/person';
import { userIdOf } from '../../../call-router/values/ids';
import { askerOf } from '../access';
import type { Done } from '../commands';
import type { ApiDeps } from '../deps';
import { ProblemError, valueOf } from '../problems';
import { fraudBlock, person, personToSet } from '../schemas/desk-schemas';
import { type Api, idInPath, list, nothing } from '../schemas/schema';
import { type Asker, viewerOf } from '../who-asks';
import { problemOfCommand } from './call-command-routes';

const tags = ['users'];

export function personRoutes(app: Api, deps: ApiDeps): void {
  const url = '/api/users/:id/person';
  app.get(
    url,
    { schema: { tags, summary: 'Forwarding and do not disturb', params: idInPath, response: { 200: person } } },
    async (request) => {
      await checkOwn(deps, askerOf(request), request.params.id);
      return shown(deps, request.params.id);
    },
  );
  app.put(
    url,
    { schema: { tags, summary: 'Set them', params: idInPath, body: personToSet, response: { 200: person } } },
    async (request) => {
      await checkOwn(deps, askerOf(request), request.params.id);
      await done(deps.commands.setPerson({ user: userIdOf(request.params.id), person: request.body }));
      return shown(deps, request.params.id);
    },
  );
  blockRoutes(app, deps);
}

/** Another's is not there for an operator. */
async function checkOwn({ reading }: ApiDeps, asker: Asker, id: string): Promise<void> {
  if (asker.userId !== id && asker.role !== 'administrator') throw new ProblemError('not-found');
  valueOf(await reading('get-user', { viewer: viewerOf(asker), id }));
}

function shown({ personOf }: ApiDeps, id: string) {
  const { doNotDisturb, forwards, noAnswerS, ringsOn, agentOf, pause, block } = personOf(userIdOf(id));
  return {
    doNotDisturb,
    forwards,
    ringsOn: [...(ringsOn ?? ways)],
    ...(noAnswerS === undefined ? {} : { noAnswerS }),
    agentOf,
    ...(pause === undefined ? {} : { pause: { reason: pause.reason, since: new Date(pause.since).toISOString() } }),
    isBlocked: block?.isLifted === false,
  };
}

function blockRoutes(app: Api, deps: ApiDeps): void {
  const config = { audience: 'administrator' } as const;
  app.get(
    '/api/fraud/blocks',
    {
      config,
      schema: {
        tags: ['fraud guard'],
        summary: 'People who may not call out until it is lifted',
        response: { 200: Type.Object({ items: list(fraudBlock) }) },
      },
    },
    async () => ({ items: await blocks(deps) }),
  );
  app.delete(
    '/api/fraud/blocks/:id',
    {
      config,
      schema: {
        tags: ['fraud guard'],
        summary: 'Let this person call out again (the id is the person’s)',
        params: idInPath,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      await done(deps.commands.liftBlock({ user: userIdOf(request.params.id) }));
      return reply.code(204).send(null);
    },
  );
}

async function blocks({ directory, personOf }: ApiDeps) {
  return [...directory().users.values()].flatMap(({ id, name }) => {
    const { block } = personOf(id);
    return block?.isLifted === false ? [{ userId: id, name, since: new Date(block.since).toISOString() }] : [];
  });
}

async function done(command: Done): Promise<void> {
  const outcome = await command;
  if (!outcome.ok) throw problemOfCommand(outcome.problem);
}
