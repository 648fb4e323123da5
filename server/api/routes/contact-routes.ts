/** Contacts. An operator sees those they are responsible for or spoke to; others answer 404. */
import { askerOf } from '../access';
import type { ApiDeps } from '../deps';
import { valueOf } from '../problems';
import { contact, contactPatch, contactQuery, contactToCreate, phonesToStore } from '../schemas/card-schemas';
import { type Api, idInPath, nothing, pageOf } from '../schemas/schema';
import { authorOf, viewerOf } from '../who-asks';
import { timelineRoute } from './timeline-route';

const tags = ['contacts'];

export function contactRoutes(app: Api, { reading }: ApiDeps): void {
  app.get(
    '/api/contacts',
    {
      schema: { tags, summary: 'Find contacts', querystring: contactQuery, response: { 200: pageOf(contact) } },
    },
    (request) => reading('list-contacts', { viewer: viewerOf(askerOf(request)), ...request.query }),
  );
  app.post(
    '/api/contacts',
    { schema: { tags, summary: 'Add a contact', body: contactToCreate, response: { 201: contact } } },
    async (request, reply) => {
      const fields = { ...phonesToStore(request.body), ...authorOf(askerOf(request)) };
      return reply.code(201).send(valueOf(await reading('create-contact', fields)));
    },
  );
  app.get(
    '/api/contacts/:id',
    { schema: { tags, summary: 'One contact', params: idInPath, response: { 200: contact } } },
    async (request) => valueOf(await reading('get-contact', { viewer: viewerOf(askerOf(request)), ...request.params })),
  );
  app.patch(
    '/api/contacts/:id',
    {
      schema: { tags, summary: 'Change a contact', params: idInPath, body: contactPatch, response: { 200: contact } },
    },
    async (request) => {
      const patch = phonesToStore(request.body);
      return valueOf(await reading('change-contact', { viewer: viewerOf(askerOf(request)), ...request.params, patch }));
    },
  );
  app.delete(
    '/api/contacts/:id',
    { schema: { tags, summary: 'Remove a contact', params: idInPath, response: { 204: nothing } } },
    async (request, reply) => {
      valueOf(await reading('remove-contact', { viewer: viewerOf(askerOf(request)), ...request.params }));
      return reply.code(204).send(null);
    },
  );
  timelineRoute(app, reading, 'contact');
}
