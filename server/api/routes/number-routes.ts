/** Numbers of ours: rented, mobile and of the office, and where their calls go. */
import type { Static } from '@sinclair/typebox';
import type { NumberRow } from '../../../prisma/records';
import { askerOf } from '../access';
import type { ApiDeps } from '../deps';
import { valueOf } from '../problems';
import { numberPatch, numberToCreate, ownNumber } from '../schemas/office-schemas';
import { type Api, idInPath, nothing, pageOf, pagingQuery } from '../schemas/schema';
import { type Asker, viewerOf } from '../who-asks';
import { checkRoute } from './number-rules';

const tags = ['numbers'];
const config = { audience: 'administrator' } as const;

export function numberRoutes(app: Api, deps: ApiDeps): void {
  const { reading } = deps;
  app.get(
    '/api/numbers',
    { config, schema: { tags, summary: 'Numbers', querystring: pagingQuery, response: { 200: pageOf(ownNumber) } } },
    (request) => reading('list-numbers', { viewer: viewerOf(askerOf(request)), ...request.query }),
  );
  app.post(
    '/api/numbers',
    { config, schema: { tags, summary: 'Add a number', body: numberToCreate, response: { 201: ownNumber } } },
    async (request, reply) => reply.code(201).send(await addNumber(deps, request.body)),
  );
  app.get(
    '/api/numbers/:id',
    { config, schema: { tags, summary: 'One number', params: idInPath, response: { 200: ownNumber } } },
    async (request) => valueOf(await reading('get-number', { viewer: viewerOf(askerOf(request)), ...request.params })),
  );
  app.patch(
    '/api/numbers/:id',
    {
      config,
      schema: { tags, summary: 'Change a number', params: idInPath, body: numberPatch, response: { 200: ownNumber } },
    },
    (request) => changeNumber(deps, askerOf(request), { ...request.params, patch: request.body }),
  );
  app.delete(
    '/api/numbers/:id',
    { config, schema: { tags, summary: 'Remove a number', params: idInPath, response: { 204: nothing } } },
    async (request, reply) => {
      valueOf(await reading('remove-number', { viewer: viewerOf(askerOf(request)), ...request.params }));
      await deps.directoryChanged();
      return reply.code(204).send(null);
    },
  );
}

async function addNumber(deps: ApiDeps, body: Static<typeof numberToCreate>): Promise<NumberRow> {
  checkRoutes(body);
  const made = valueOf(await deps.reading('create-number', body));
  await deps.directoryChanged();
  return made;
}

interface NumberChange {
  readonly id: string;
  readonly patch: Static<typeof numberPatch>;
}

async function changeNumber(deps: ApiDeps, asker: Asker, { id, patch }: NumberChange): Promise<NumberRow> {
  checkRoutes(patch);
  const after = valueOf(await deps.reading('change-number', { viewer: viewerOf(asker), id, patch }));
  await deps.directoryChanged();
  return after;
}

function checkRoutes({ route, fallback }: Static<typeof numberPatch>): void {
  if (route !== undefined) checkRoute(route, 'route');
  if (fallback != null) checkRoute(fallback, 'fallback');
}
