/** Leads, newest first: opened, converted into a contact (with a company, a deal), changed and removed. */
import { askerOf } from '../access';
import type { ApiDeps } from '../deps';
import { valueOf } from '../problems';
import { switchedOff } from '../route-features';
import {
  converted,
  lead,
  leadConversion,
  leadPatch,
  leadQuery,
  leadToCreate,
  phonesToStore,
} from '../schemas/card-schemas';
import { type Api, idInPath, nothing, pageOf } from '../schemas/schema';
import { authorOf, viewerOf } from '../who-asks';
import { timelineRoute } from './timeline-route';

const tags = ['leads'];

export function leadRoutes(app: Api, deps: ApiDeps): void {
  const { reading } = deps;
  app.get(
    '/api/leads',
    {
      schema: { tags, summary: 'Find leads', querystring: leadQuery, response: { 200: pageOf(lead) } },
    },
    (request) => reading('list-leads', { viewer: viewerOf(askerOf(request)), ...request.query }),
  );
  app.post(
    '/api/leads',
    { schema: { tags, summary: 'Add a lead', body: leadToCreate, response: { 201: lead } } },
    async (request, reply) => {
      const fields = { ...phonesToStore(request.body), ...authorOf(askerOf(request)) };
      return reply.code(201).send(valueOf(await reading('create-lead', fields)));
    },
  );
  app.get(
    '/api/leads/:id',
    { schema: { tags, summary: 'One lead', params: idInPath, response: { 200: lead } } },
    async (request) => valueOf(await reading('get-lead', { viewer: viewerOf(askerOf(request)), ...request.params })),
  );
  app.patch(
    '/api/leads/:id',
    {
      schema: { tags, summary: 'Change a lead', params: idInPath, body: leadPatch, response: { 200: lead } },
    },
    async (request) => {
      const patch = phonesToStore(request.body);
      return valueOf(await reading('change-lead', { viewer: viewerOf(askerOf(request)), ...request.params, patch }));
    },
  );
  app.delete(
    '/api/leads/:id',
    { schema: { tags, summary: 'Remove a lead', params: idInPath, response: { 204: nothing } } },
    async (request, reply) => {
      valueOf(await reading('remove-lead', { viewer: viewerOf(askerOf(request)), ...request.params }));
      return reply.code(204).send(null);
    },
  );
  leadSteps(app, deps);
  timelineRoute(app, reading, 'lead');
}

function leadSteps(app: Api, { reading, directory }: ApiDeps): void {
  app.post(
    '/api/leads/:id/open',
    { schema: { tags, summary: 'Somebody looked at it: no longer new', params: idInPath, response: { 200: lead } } },
    async (request) => valueOf(await reading('open-lead', { viewer: viewerOf(askerOf(request)), ...request.params })),
  );
  app.post(
    '/api/leads/:id/convert',
    {
      schema: {
        tags,
        summary: 'Make a contact (a company, a deal) of it; calls and recordings go along',
        params: idInPath,
        body: leadConversion,
        response: { 200: converted },
      },
    },
    async (request) => {
      if (request.body.dealTitle !== undefined && !directory().features.deals) throw switchedOff('deals');
      const asked = { viewer: viewerOf(askerOf(request)), ...request.params, ...request.body };
      return valueOf(await reading('convert-lead', asked));
    },
  );
}
