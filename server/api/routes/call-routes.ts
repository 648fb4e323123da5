/** Calls: the list of what was, and what lives now. Commands on them are in call-command-routes.ts. */
import type { Static } from '@sinclair/typebox';
import { groupIdOf } from '../../../call-router/values/ids';
import type { CallFilter } from '../../../prisma/operations';
import { askerOf } from '../access';
import type { ApiDeps } from '../deps';
import { liveCallOf, maySee } from '../live-calls';
import { ProblemError, valueOf } from '../problems';
import { call, callNotes, callQuery, liveCall } from '../schemas/call-schemas';
import { type Api, idInPath, pageOf } from '../schemas/schema';
import { viewerOf } from '../who-asks';

const tags = ['calls'];

type Asked = Omit<Static<typeof callQuery>, 'cursor' | 'limit'>;

/** A group stands for its people; whose calls of them one may see is another matter. 404: there is no such group. */
export function callFilterOf({ directory }: ApiDeps, { groupId, ...filter }: Asked): CallFilter {
  if (groupId === undefined) return filter;
  const group = directory().groups.get(groupIdOf(groupId));
  if (group === undefined) throw new ProblemError('not-found');
  return { ...filter, userIds: group.userIds };
}

export function callRoutes(app: Api, deps: ApiDeps): void {
  const { reading } = deps;
  app.get(
    '/api/calls',
    { schema: { tags, summary: 'Calls, newest first', querystring: callQuery, response: { 200: pageOf(call) } } },
    async (request) => {
      const { cursor, limit, ...query } = request.query;
      const asker = askerOf(request);
      const asked = { viewer: viewerOf(asker), filter: callFilterOf(deps, query) };
      const part = { ...(cursor === undefined ? {} : { cursor }), ...(limit === undefined ? {} : { limit }) };
      return reading('list-calls', { ...asked, ...part });
    },
  );
  app.get(
    '/api/calls/:id',
    { schema: { tags, summary: 'One call', params: idInPath, response: { 200: call } } },
    async (request) => valueOf(await reading('get-call', { viewer: viewerOf(askerOf(request)), ...request.params })),
  );
  app.patch(
    '/api/calls/:id',
    {
      schema: {
        tags,
        summary: 'Note and outcome, during the call or after it: by whoever was on it, and by managers',
        params: idInPath,
        body: callNotes,
        response: { 200: call },
      },
    },
    async (request) => {
      const { note, outcome } = request.body;
      const written = {
        ...(note === undefined ? {} : { note }),
        ...(outcome === undefined ? {} : { outcome }),
      };
      return valueOf(await reading('note-call', { viewer: viewerOf(askerOf(request)), ...request.params, ...written }));
    },
  );
  app.get(
    '/api/live',
    { schema: { tags, summary: 'Calls that live now', response: { 200: pageOf(liveCall) } } },
    async (request) => {
      const viewer = viewerOf(askerOf(request));
      const calls = [...deps.liveCalls().values()].filter((one) => one.state.in !== 'ended' && maySee(viewer, one));
      return { items: calls.map((one) => liveCallOf(viewer, one)) };
    },
  );
}
