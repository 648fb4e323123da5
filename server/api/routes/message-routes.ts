/** Voicemail: the messages of a mailbox and of all that are mine. Their sound is a stretch of their call's recording. */
import { askerOf } from '../access';
import type { ApiDeps } from '../deps';
import { valueOf } from '../problems';
import { message, messagePatch } from '../schemas/desk-schemas';
import { type Api, idInPath, nothing, pageOf, pagingQuery } from '../schemas/schema';
import { viewerOf } from '../who-asks';

const tags = ['messages'];
const response = { 200: pageOf(message) };

export function messageRoutes(app: Api, deps: ApiDeps): void {
  const { reading } = deps;
  app.get(
    '/api/messages',
    { schema: { tags, summary: 'Mine: of my mailbox and my groups', querystring: pagingQuery, response } },
    async (request) =>
      valueOf(await reading('list-messages', { viewer: viewerOf(askerOf(request)), ...request.query })),
  );
  app.get(
    '/api/mailboxes/:id/messages',
    {
      schema: { tags, summary: 'Of one mailbox, newest first', params: idInPath, querystring: pagingQuery, response },
    },
    async (request) => {
      const asked = { viewer: viewerOf(askerOf(request)), mailboxId: request.params.id };
      return valueOf(await reading('list-messages', { ...asked, ...request.query }));
    },
  );
  app.patch(
    '/api/messages/:id',
    {
      schema: {
        tags,
        summary: 'It was heard, or is new again',
        params: idInPath,
        body: messagePatch,
        response: { 200: message },
      },
    },
    async (request) => {
      const as = request.body.heard ? ('heard' as const) : ('new' as const);
      const asked = { viewer: viewerOf(askerOf(request)), ...request.params, as };
      const { message: after, count } = valueOf(await reading('change-message', asked));
      deps.mailboxCounted(count);
      return after;
    },
  );
  app.delete(
    '/api/messages/:id',
    { schema: { tags, summary: 'Remove a message', params: idInPath, response: { 204: nothing } } },
    async (request, reply) => {
      const asked = { viewer: viewerOf(askerOf(request)), ...request.params, as: 'removed' as const };
      deps.mailboxCounted(valueOf(await reading('change-message', asked)).count);
      return reply.code(204).send(null);
    },
  );
}
