/** Trunks: how calls come in and go out. A password goes in and never comes out; `state` is what the gateway sees now. */
import type { Static } from '@sinclair/typebox';
import { trunkIdOf } from '../../../call-router/values/ids';
import type { TrunkRow } from '../../../prisma/records';
import { askerOf } from '../access';
import type { ApiDeps } from '../deps';
import type { Trunk } from '../messages';
import { valueOf } from '../problems';
import { trunk, trunkPatch, trunkToCreate } from '../schemas/office-schemas';
import { type Api, idInPath, nothing, pageOf, pagingQuery } from '../schemas/schema';
import { type Asker, viewerOf } from '../who-asks';
import { checkTrunk } from './trunk-rules';

const tags = ['trunks'];
const config = { audience: 'administrator' } as const;

export function trunkRoutes(app: Api, deps: ApiDeps): void {
  const { reading } = deps;
  const stated = (row: TrunkRow): Trunk => ({ ...row, state: deps.trunkStates().get(trunkIdOf(row.id)) ?? 'unknown' });
  app.get(
    '/api/trunks',
    { config, schema: { tags, summary: 'Trunks', querystring: pagingQuery, response: { 200: pageOf(trunk) } } },
    async (request) => {
      const page = await reading('list-trunks', { viewer: viewerOf(askerOf(request)), ...request.query });
      return { ...page, items: page.items.map(stated) };
    },
  );
  app.post(
    '/api/trunks',
    { config, schema: { tags, summary: 'Add a trunk', body: trunkToCreate, response: { 201: trunk } } },
    async (request, reply) => {
      checkTrunk({ ...request.body, hasPassword: request.body.password !== undefined });
      const made = valueOf(await reading('create-trunk', request.body));
      await deps.directoryChanged();
      return reply.code(201).send(stated(made));
    },
  );
  app.get(
    '/api/trunks/:id',
    { config, schema: { tags, summary: 'One trunk', params: idInPath, response: { 200: trunk } } },
    async (request) =>
      stated(valueOf(await reading('get-trunk', { viewer: viewerOf(askerOf(request)), ...request.params }))),
  );
  app.patch(
    '/api/trunks/:id',
    {
      config,
      schema: { tags, summary: 'Change a trunk', params: idInPath, body: trunkPatch, response: { 200: trunk } },
    },
    async (request) => stated(await changeTrunk(deps, askerOf(request), { ...request.params, patch: request.body })),
  );
  app.delete(
    '/api/trunks/:id',
    { config, schema: { tags, summary: 'Remove a trunk', params: idInPath, response: { 204: nothing } } },
    async (request, reply) => {
      valueOf(await reading('remove-trunk', { viewer: viewerOf(askerOf(request)), ...request.params }));
      await deps.directoryChanged();
      return reply.code(204).send(null);
    },
  );
}

interface TrunkChange {
  readonly id: string;
  readonly patch: Static<typeof trunkPatch>;
}

async function changeTrunk(deps: ApiDeps, asker: Asker, { id, patch }: TrunkChange): Promise<TrunkRow> {
  const asked = { viewer: viewerOf(asker), id };
  const before = valueOf(await deps.reading('get-trunk', asked));
  checkTrunk({
    kind: patch.kind ?? before.kind,
    host: afterPatch(patch.host, before.host),
    username: afterPatch(patch.username, before.username),
    hasPassword: patch.password === undefined ? before.hasPassword : patch.password !== null,
    allowedAddresses: patch.allowedAddresses ?? before.allowedAddresses,
  });
  const after = valueOf(await deps.reading('change-trunk', { ...asked, patch }));
  await deps.directoryChanged();
  return after;
}

function afterPatch(next: string | null | undefined, before: string | undefined): string | undefined {
  return next === undefined ? before : (next ?? undefined);
}
