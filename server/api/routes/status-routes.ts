/** The lists an administrator edits: statuses of leads, stages of deals, outcomes of calls. Everybody reads them. */
import { Type } from '@sinclair/typebox';
import type { StatusOf } from '../../../prisma/records';
import type { ApiDeps } from '../deps';
import { valueOf } from '../problems';
import { status, statusesToSave } from '../schemas/card-schemas';
import { type Api, closed, list } from '../schemas/schema';

const statuses = Type.Object({ items: list(status) });
const body = Type.Object({ items: statusesToSave }, closed);

export function statusRoutes(app: Api, deps: ApiDeps): void {
  listOf(app, deps, { url: '/api/lead-statuses', of: 'lead', what: 'Statuses of leads' });
  listOf(app, deps, { url: '/api/deal-stages', of: 'deal', what: 'Stages of deals' });
  listOf(app, deps, { url: '/api/call-outcomes', of: 'call', what: 'Outcomes of calls' });
}

interface StatusList {
  readonly url: string;
  readonly of: StatusOf;
  readonly what: string;
}

function listOf(app: Api, { reading }: ApiDeps, { url, of, what }: StatusList): void {
  app.get(url, { schema: { tags: ['lists'], summary: what, response: { 200: statuses } } }, async () => ({
    items: await reading('list-statuses', { of }),
  }));
  app.put(
    url,
    {
      config: { audience: 'administrator' },
      schema: { tags: ['lists'], summary: `${what}: the whole list in its order`, body, response: { 200: statuses } },
    },
    async (request) => ({
      items: valueOf(await reading('replace-statuses', { of, statuses: request.body.items })),
    }),
  );
}
