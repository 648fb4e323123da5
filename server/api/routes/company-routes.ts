/** Companies. Calls of their contacts show in their timeline, each with its person. */
import { askerOf } from '../access';
import type { ApiDeps } from '../deps';
import { valueOf } from '../problems';
import { company, companyPatch, companyQuery, companyToCreate, phonesToStore } from '../schemas/card-schemas';
import { type Api, idInPath, nothing, pageOf } from '../schemas/schema';
import { authorOf, viewerOf } from '../who-asks';
import { timelineRoute } from './timeline-route';

const tags = ['companies'];

export function companyRoutes(app: Api, { reading }: ApiDeps): void {
  app.get(
    '/api/companies',
    {
      schema: { tags, summary: 'Find companies', querystring: companyQuery, response: { 200: pageOf(company) } },
    },
    (request) => reading('list-companies', { viewer: viewerOf(askerOf(request)), ...request.query }),
  );
  app.post(
    '/api/companies',
    { schema: { tags, summary: 'Add a company', body: companyToCreate, response: { 201: company } } },
    async (request, reply) => {
      const fields = { ...phonesToStore(request.body), ...authorOf(askerOf(request)) };
      return reply.code(201).send(valueOf(await reading('create-company', fields)));
    },
  );
  app.get(
    '/api/companies/:id',
    { schema: { tags, summary: 'One company', params: idInPath, response: { 200: company } } },
    async (request) => valueOf(await reading('get-company', { viewer: viewerOf(askerOf(request)), ...request.params })),
  );
  app.patch(
    '/api/companies/:id',
    {
      schema: { tags, summary: 'Change a company', params: idInPath, body: companyPatch, response: { 200: company } },
    },
    async (request) => {
      const patch = phonesToStore(request.body);
      return valueOf(await reading('change-company', { viewer: viewerOf(askerOf(request)), ...request.params, patch }));
    },
  );
  app.delete(
    '/api/companies/:id',
    { schema: { tags, summary: 'Remove a company', params: idInPath, response: { 204: nothing } } },
    async (request, reply) => {
      valueOf(await reading('remove-company', { viewer: viewerOf(askerOf(request)), ...request.params }));
      return reply.code(204).send(null);
    },
  );
  timelineRoute(app, reading, 'company');
}
