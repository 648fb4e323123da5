/**
 * SIP accounts of a person. We make up the user name and the password; only digests of them are kept (RFC 3261 section 22,
 * RFC 8760), so the password is shown once and never again.
 */
import { type Static, Type } from '@sinclair/typebox';
import { askerOf } from '../access';
import type { ApiDeps } from '../deps';
import type { NewDevice } from '../messages';
import { ha1Of, randomPassword } from '../passwords';
import { valueOf } from '../problems';
import { device, devicePatch, deviceToCreate, newDevice } from '../schemas/office-schemas';
import { type Api, idInPath, list, nothing } from '../schemas/schema';
import { type Asker, viewerOf } from '../who-asks';

const tags = ['devices'];
const config = { audience: 'administrator' } as const;

export function deviceRoutes(app: Api, deps: ApiDeps): void {
  const { reading } = deps;
  app.get(
    '/api/users/:id/devices',
    {
      config,
      schema: {
        tags,
        summary: 'Phones of a person',
        params: idInPath,
        response: { 200: Type.Object({ items: list(device) }) },
      },
    },
    async (request) => {
      const asked = { viewer: viewerOf(askerOf(request)), userId: request.params.id };
      return { items: valueOf(await reading('list-devices', asked)) };
    },
  );
  app.post(
    '/api/users/:id/devices',
    {
      config,
      schema: {
        tags,
        summary: 'Add a SIP phone: answers its user name and, this once, its password',
        params: idInPath,
        body: deviceToCreate,
        response: { 201: newDevice },
      },
    },
    async (request, reply) => {
      const made = await makeDevice(deps, askerOf(request), { userId: request.params.id, ...request.body });
      await deps.directoryChanged();
      return reply.code(201).send(made);
    },
  );
  changeRoutes(app, deps);
}

function changeRoutes(app: Api, deps: ApiDeps): void {
  const { reading } = deps;
  app.patch(
    '/api/devices/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Rename a SIP phone, or bind it to another number',
        description: 'Its user name and password stay. `numberId` null: it shows and rings as any phone of the person.',
        params: idInPath,
        body: devicePatch,
        response: { 200: device },
      },
    },
    async (request) => {
      const asked = { viewer: viewerOf(askerOf(request)), id: request.params.id, patch: request.body };
      const changed = valueOf(await reading('change-device', asked));
      await deps.directoryChanged();
      return changed;
    },
  );
  app.delete(
    '/api/devices/:id',
    { config, schema: { tags, summary: 'Remove a SIP phone', params: idInPath, response: { 204: nothing } } },
    async (request, reply) => {
      valueOf(await reading('remove-device', { viewer: viewerOf(askerOf(request)), ...request.params }));
      await deps.directoryChanged();
      return reply.code(204).send(null);
    },
  );
}

/** RFC 3261 section 19.1.2. */
const sipPort = 5060;

type DeviceToMake = Static<typeof deviceToCreate> & { readonly userId: string };

async function makeDevice(
  { reading, config: { sip } }: ApiDeps,
  asker: Asker,
  fields: DeviceToMake,
): Promise<NewDevice> {
  const owner = valueOf(await reading('get-user', { viewer: viewerOf(asker), id: fields.userId }));
  const realm = (await reading('get-setting', { key: 'realm' })) ?? 'trunkline';
  const username = `${owner.extension ?? 'phone'}-${randomPassword(6).toLowerCase()}`;
  const password = randomPassword();
  const secret = { username, realm, password };
  const made = valueOf(
    await reading('create-device', {
      ...fields,
      username,
      ha1Md5: ha1Of('md5', secret),
      ha1Sha256: ha1Of('sha256', secret),
    }),
  );
  return { ...made, password, realm, port: sip[0]?.port ?? sipPort };
}
