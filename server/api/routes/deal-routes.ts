/** Deals: title, stage, whose, and who is responsible. Their timeline is that of their contact or company. */
import { askerOf } from '../access';
import type { ApiDeps } from '../deps';
import { valueOf } from '../problems';
import { deal, dealPatch, dealQuery, dealToCreate } from '../schemas/card-schemas';
import { type Api, idInPath, nothing, pageOf } from '../schemas/schema';
import { authorOf, viewerOf } from '../who-asks';
import { timelineRoute } from './timeline-route';

const tags = ['deals'];

export function dealRoutes(app: Api, { reading }: ApiDeps): void {
  app.get(
    '/api/deals',
    {
      schema: { tags, summary: 'Find deals', querystring: dealQuery, response: { 200: pageOf(deal) } },
    },
    (request) => reading('list-deals', { viewer: viewerOf(askerOf(request)), ...request.query }),
  );
  app.post(
    '/api/deals',
    { schema: { tags, summary: 'Add a deal', body: dealToCreate, response: { 201: deal } } },
    async (request, reply) => {
      const fields = { ...request.body, ...authorOf(askerOf(request)) };
      return reply.code(201).send(valueOf(await reading('create-deal', fields)));
    },
  );
  app.get(
    '/api/deals/:id',
    { schema: { tags, summary: 'One deal', params: idInPath, response: { 200: deal } } },
    async (request) => valueOf(await reading('get-deal', { viewer: viewerOf(askerOf(request)), ...request.params })),
  );
  app.patch(
    '/api/deals/:id',
    {
      schema: { tags, summary: 'Change a deal', params: idInPath, body: dealPatch, response: { 200: deal } },
    },
    async (request) => {
      const asked = { viewer: viewerOf(askerOf(request)), ...request.params, patch: request.body };
      return valueOf(await reading('change-deal', asked));
    },
  );
  app.delete(
    '/api/deals/:id',
    { schema: { tags, summary: 'Remove a deal', params: idInPath, response: { 204: nothing } } },
    async (request, reply) => {
      valueOf(await reading('remove-deal', { viewer: viewerOf(askerOf(request)), ...request.params }));
      return reply.code(204).send(null);
    },
  );
  timelineRoute(app, reading, 'deal');
}
