/** People and their log-ins. A change of role, password or access ends what they were logged in with. */
import type { Static } from '@sinclair/typebox';
import { askerOf } from '../access';
import type { ApiDeps } from '../deps';
import type { User } from '../messages';
import { type Passwords, randomToken } from '../passwords';
import { ProblemError, valueOf } from '../problems';
import { colleague, user, userPatch, userToCreate } from '../schemas/people-schemas';
import { type Api, idInPath, nothing, pageOf, pagingQuery } from '../schemas/schema';
import { type Asker, viewerOf } from '../who-asks';
import { checkPassword } from './login-routes';

const tags = ['users'];
const config = { audience: 'administrator' } as const;

export function userRoutes(app: Api, deps: ApiDeps, passwords: Passwords): void {
  const { reading } = deps;
  app.get(
    '/api/users',
    { config, schema: { tags, summary: 'People', querystring: pagingQuery, response: { 200: pageOf(user) } } },
    (request) => reading('list-users', { viewer: viewerOf(askerOf(request)), ...request.query }),
  );
  app.post(
    '/api/users',
    { config, schema: { tags, summary: 'Add a person', body: userToCreate, response: { 201: user } } },
    async (request, reply) => {
      // Without one nobody can log in as them until they have set it by an invitation.
      const { password = randomToken(), ...fields } = request.body;
      checkPassword(password, deps, 'password');
      const passwordHash = await passwords.hash(password);
      const made = valueOf(await reading('create-user', { ...fields, passwordHash }));
      await deps.directoryChanged();
      return reply.code(201).send(made);
    },
  );
  app.get(
    '/api/users/:id',
    { config, schema: { tags, summary: 'One person', params: idInPath, response: { 200: user } } },
    async (request) => valueOf(await reading('get-user', { viewer: viewerOf(askerOf(request)), ...request.params })),
  );
  app.patch(
    '/api/users/:id',
    {
      config,
      schema: { tags, summary: 'Change a person', params: idInPath, body: userPatch, response: { 200: user } },
    },
    (request) => changeUser({ deps, passwords, asker: askerOf(request) }, { ...request.params, patch: request.body }),
  );
  app.delete(
    '/api/users/:id',
    { config, schema: { tags, summary: 'Remove a person', params: idInPath, response: { 204: nothing } } },
    async (request, reply) => {
      const asked = { viewer: viewerOf(askerOf(request)), ...request.params };
      await keepOneAdministrator(valueOf(await reading('get-user', asked)), deps);
      valueOf(await reading('remove-user', asked));
      await deps.directoryChanged();
      return reply.code(204).send(null);
    },
  );
  colleagueRoute(app, deps);
}

/** Everybody may know who works here: to show names beside calls and to dial. */
function colleagueRoute(app: Api, { reading }: ApiDeps): void {
  app.get(
    '/api/colleagues',
    {
      schema: { tags, summary: 'Names and extensions', querystring: pagingQuery, response: { 200: pageOf(colleague) } },
    },
    (request) => reading('list-users', { viewer: { userId: '', role: 'system' }, ...request.query }),
  );
}

interface Changing {
  readonly deps: ApiDeps;
  readonly passwords: Passwords;
  readonly asker: Asker;
}
interface UserChange {
  readonly id: string;
  readonly patch: Static<typeof userPatch>;
}

async function changeUser({ deps, passwords, asker }: Changing, { id, patch }: UserChange): Promise<User> {
  const { password, ...fields } = patch;
  const asked = { viewer: viewerOf(asker), id };
  const before = valueOf(await deps.reading('get-user', asked));
  if (password !== undefined) checkPassword(password, deps, 'password');
  const losesRole = fields.role !== undefined && fields.role !== before.role;
  if (losesRole || fields.disabled === true) await keepOneAdministrator(before, deps);
  const hashed = password === undefined ? {} : { passwordHash: await passwords.hash(password) };
  const after = valueOf(await deps.reading('change-user', { ...asked, patch: { ...fields, ...hashed } }));
  if (losesRole || fields.disabled === true || password !== undefined) {
    await deps.reading('close-logins-of-user', { userId: id, except: asker.tokenHash });
  }
  await deps.directoryChanged();
  return after;
}

/** The last one cannot take the installation's keys along. */
async function keepOneAdministrator(before: User, { reading }: ApiDeps): Promise<void> {
  if (before.role !== 'administrator' || before.disabled) return;
  if ((await reading('count-administrators', undefined)) > 1) return;
  throw new ProblemError('conflict', { detail: 'This is the last administrator.' });
}
