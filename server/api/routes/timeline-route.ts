/** The timeline of a card, the same for each kind: calls with their recordings, newest first. */
import { askerOf } from '../access';
import type { AskReading } from '../deps';
import { valueOf } from '../problems';
import { timelineEntry } from '../schemas/call-schemas';
import { type Api, idInPath, pageOf, pagingQuery } from '../schemas/schema';
import { viewerOf } from '../who-asks';

/** Kind of card and the plural its paths and its tag have. */
const plurals = { contact: 'contacts', company: 'companies', lead: 'leads', deal: 'deals' } as const;

export function timelineRoute(app: Api, reading: AskReading, kind: keyof typeof plurals): void {
  app.get(
    `/api/${plurals[kind]}/:id/timeline`,
    {
      schema: {
        tags: [plurals[kind]],
        summary: 'Calls with their recordings, newest first',
        params: idInPath,
        querystring: pagingQuery,
        response: { 200: pageOf(timelineEntry) },
      },
    },
    async (request) => {
      const viewer = viewerOf(askerOf(request));
      return valueOf(await reading('timeline', { viewer, kind, ...request.params, ...request.query }));
    },
  );
}
