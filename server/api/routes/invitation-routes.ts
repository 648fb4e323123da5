/**
 * People set their own password by a link: made by an administrator, shown to copy and, where SMTP is set up, sent by e-mail;
 * it holds for a week and once. The token stands behind the # of the link, so that no log and no proxy sees it.
 */
import { Type } from '@sinclair/typebox';
import type { FastifyRequest } from 'fastify';
import { sendMail } from '../../mailer';
import { invitationText } from '../../mail-texts';
import { askerOf, checkOrigin } from '../access';
import type { ApiDeps } from '../deps';
import type { Invitation } from '../messages';
import { hashOfToken, randomToken } from '../passwords';
import { ProblemError, valueOf } from '../problems';
import { me, password } from '../schemas/office-schemas';
import { invitation } from '../schemas/people-schemas';
import { type Api, closed, idInPath, nothing } from '../schemas/schema';
import { viewerOf } from '../who-asks';
import { checkPassword, enter, type LoginParts } from './login-routes';

const tags = ['users'];
const config = { audience: 'administrator' } as const;
const everyone = { audience: 'everyone' } as const;
const token = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$', description: 'what stands behind the # of the link' });

export function invitationRoutes(app: Api, parts: LoginParts): void {
  const { deps } = parts;
  app.post(
    '/api/users/:id/invitation',
    {
      config,
      schema: {
        tags,
        summary: 'A link to set their own password, shown this once; an older one ends',
        description:
          'Holds for a week and once. Sent by e-mail too, where SMTP is set up and the person has an address.',
        params: idInPath,
        body: Type.Object({}, closed),
        response: { 201: invitation },
      },
    },
    async (request, reply) => reply.code(201).send(await invite(deps, request, request.params.id)),
  );
  app.delete(
    '/api/users/:id/invitation',
    { config, schema: { tags, summary: 'The link ends', params: idInPath, response: { 204: nothing } } },
    async (request, reply) => {
      await deps.reading('close-invitation', { userId: request.params.id });
      return reply.code(204).send(null);
    },
  );
  guestRoutes(app, parts);
}

/** For whoever holds the link. */
function guestRoutes(app: Api, parts: LoginParts): void {
  const { deps } = parts;
  const guest = Type.Object({ name: Type.String(), login: Type.String() });
  app.post(
    '/api/invitations/find',
    {
      config: everyone,
      schema: { tags, summary: 'Whose link it is', body: Type.Object({ token }, closed), response: { 200: guest } },
    },
    async (request) => {
      const found = await findGuest(parts, request, request.body.token);
      return { name: found.name, login: found.login };
    },
  );
  app.post(
    '/api/invitations/accept',
    {
      config: everyone,
      schema: {
        tags,
        summary: 'Set the password and log in: answers a cookie; the link has ended',
        body: Type.Object({ token, password }, closed),
        response: { 200: me },
      },
    },
    async (request, reply) => {
      const found = await findGuest(parts, request, request.body.token);
      checkPassword(request.body.password, deps, 'password');
      if (!parts.rules.mayLogIn(found.role, request.ip)) throw new ProblemError('log-in-not-allowed-here');
      const passwordHash = await parts.passwords.hash(request.body.password);
      const tokenHash = hashOfToken(request.body.token);
      const accepted = await deps.reading('accept-invitation', { tokenHash, at: deps.clock.now(), passwordHash });
      return enter(parts, { request, reply, userId: valueOf(accepted).id });
    },
  );
}

/** Guesses count like guesses at a password. */
async function findGuest({ deps, limiter }: LoginParts, request: FastifyRequest, given: string) {
  if (request.headers.origin !== undefined) checkOrigin(request);
  const attempt = limiter.begin({ account: `invitation ${hashOfToken(given)}`, address: request.ip });
  if (!attempt.ok) throw new ProblemError('too-many-attempts', attempt.problem);
  const found = valueOf(await deps.reading('find-invitation', { tokenHash: hashOfToken(given), at: deps.clock.now() }));
  attempt.value.succeeded();
  return found;
}

async function invite(deps: ApiDeps, request: FastifyRequest, id: string): Promise<Invitation> {
  const { reading, clock, config: settings } = deps;
  const user = valueOf(await reading('get-user', { viewer: viewerOf(askerOf(request)), id }));
  if (user.disabled) throw new ProblemError('conflict', { detail: 'This person works here no more.' });
  const made = randomToken();
  const expiresAt = clock.now() + settings.limits.api.invitationLifetimeMs;
  valueOf(await reading('open-invitation', { userId: id, tokenHash: hashOfToken(made), expiresAt }));
  const link = `${request.protocol}://${request.host}/welcome#${made}`;
  const text = invitationText({ name: user.name, login: user.login, link }, deps.directory().language);
  const mailed = user.email === undefined ? 'no-address' : await sendMail(deps, { to: user.email, text });
  return { link, expiresAt: new Date(expiresAt).toISOString(), mailed };
}
