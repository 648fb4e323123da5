/** One search for a person at a desk: contacts, companies and leads by a piece of the name or of a number. */
import { Type } from '@sinclair/typebox';
import { askerOf } from '../access';
import type { ApiDeps } from '../deps';
import { foundCard } from '../schemas/card-schemas';
import { type Api, closed, line, pageOf, paging } from '../schemas/schema';
import { viewerOf } from '../who-asks';

const query = Type.Object({ ...paging, q: line(200, 'a piece of the name or of a number') }, closed);

export function searchRoutes(app: Api, { reading }: ApiDeps): void {
  app.get(
    '/api/search',
    {
      schema: { tags: ['search'], summary: 'Find a client', querystring: query, response: { 200: pageOf(foundCard) } },
    },
    (request) => {
      const { q, ...part } = request.query;
      return reading('search-cards', { viewer: viewerOf(askerOf(request)), text: q, ...part });
    },
  );
}
