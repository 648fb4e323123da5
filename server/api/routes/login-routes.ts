/** Logging in and out, who I am, and my password. The cookie's lifetime ends by the database, not only by the browser. */
import { Type } from '@sinclair/typebox';
import { features } from '../../../call-router/state/feature-switch';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { askerOf, checkOrigin } from '../access';
import type { AccessRules } from '../access-rules';
import type { ApiDeps } from '../deps';
import type { LoginLimiter } from '../login-limiter';
import type { Me, Preferences } from '../messages';
import { hashOfToken, type Passwords, randomToken } from '../passwords';
import { invalid, ProblemError, valueOf } from '../problems';
import { me, password, preferences } from '../schemas/office-schemas';
import { type Api, closed, nothing } from '../schemas/schema';
import { type Asker, cookieName } from '../who-asks';

export interface LoginParts {
  readonly deps: ApiDeps;
  readonly rules: AccessRules;
  readonly limiter: LoginLimiter;
  readonly passwords: Passwords;
}

const loginBody = Type.Object({ login: Type.String({ maxLength: 100 }), password }, closed);
const passwordChange = Type.Object({ currentPassword: password, newPassword: password }, closed);
const tags = ['log-in'];
const beforePasswordChange = true;

export function loginRoutes(app: Api, parts: LoginParts): void {
  app.post(
    '/api/login',
    {
      config: { audience: 'everyone' },
      schema: { tags, summary: 'Log in: answers a cookie', body: loginBody, response: { 200: me } },
    },
    async (request, reply) => logIn(parts, { request, reply, ...request.body }),
  );
  app.post(
    '/api/logout',
    { config: { beforePasswordChange }, schema: { tags, summary: 'End this log-in', response: { 204: nothing } } },
    async (request, reply) => {
      const asker = askerOf(request);
      if (asker.by === 'cookie') await parts.deps.reading('close-login', { tokenHash: asker.tokenHash });
      void reply.clearCookie(cookieName(request), cookieOptions(request));
      return reply.code(204).send(null);
    },
  );
  app.get(
    '/api/me',
    { config: { beforePasswordChange }, schema: { tags, summary: 'Who I am', response: { 200: me } } },
    async (request) => meOf(parts.deps, askerOf(request)),
  );
  app.put(
    '/api/me/preferences',
    {
      config: { beforePasswordChange },
      schema: { tags, summary: 'My language and time zone', body: preferences, response: { 200: me } },
    },
    async (request) => setPreferences(parts.deps, askerOf(request), request.body),
  );
  app.post(
    '/api/me/password',
    {
      config: { beforePasswordChange },
      schema: { tags, summary: 'Change my password', body: passwordChange, response: { 204: nothing } },
    },
    async (request, reply) => {
      await changePassword(parts, { request, ...request.body });
      return reply.code(204).send(null);
    },
  );
}

interface LoggingIn {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly login: string;
  readonly password: string;
}

async function logIn(parts: LoginParts, { request, reply, login, password: given }: LoggingIn): Promise<Me> {
  const { deps, rules, limiter, passwords } = parts;
  if (request.headers.origin !== undefined) checkOrigin(request);
  // By the account found: "Anna" and "ANNA" are one, and guesses at both count together.
  const account = await deps.reading('find-account', { login });
  const attempt = limiter.begin({ account: account?.id ?? login.toLowerCase(), address: request.ip });
  if (!attempt.ok) throw new ProblemError('too-many-attempts', attempt.problem);
  const isRight = await passwords.matches(given, account?.passwordHash);
  // A disabled account answers like a wrong password, or its existence could be asked for.
  if (account === undefined || !isRight || account.disabled) {
    deps.metrics.count('trunkline_failed_logins_total');
    throw new ProblemError('wrong-credentials');
  }
  attempt.value.succeeded();
  if (!rules.mayLogIn(account.role, request.ip)) throw new ProblemError('log-in-not-allowed-here');
  return enter(parts, { request, reply, userId: account.id });
}

interface Entering {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly userId: string;
}

/** Whoever has proved who they are gets the cookie of a new log-in. */
export async function enter({ deps }: LoginParts, { request, reply, userId }: Entering): Promise<Me> {
  const token = randomToken();
  const tokenHash = hashOfToken(token);
  const at = deps.clock.now();
  const expiresAt = at + deps.config.limits.api.loginLifetimeMs;
  await deps.reading('open-login', { tokenHash, userId, kind: 'cookie', expiresAt });
  const found = await deps.reading('find-login', { tokenHash, at });
  if (found === undefined) throw new ProblemError('wrong-credentials'); // removed in this very moment
  const maxAge = Math.floor(deps.config.limits.api.loginLifetimeMs / 1000);
  void reply.setCookie(cookieName(request), token, { ...cookieOptions(request), maxAge });
  return meOf(deps, { ...found, by: 'cookie', tokenHash, members: [] });
}

async function setPreferences(deps: ApiDeps, asker: Asker, chosen: Preferences): Promise<Me> {
  const { userId, language: _language, zone: _zone, ...rest } = asker;
  if (userId === undefined) throw new ProblemError('conflict', { detail: 'This token belongs to nobody.' });
  valueOf(await deps.reading('set-preferences', { userId, ...chosen }));
  return meOf(deps, { ...rest, userId, ...chosen });
}

interface PasswordChanging {
  readonly request: FastifyRequest;
  readonly currentPassword: string;
  readonly newPassword: string;
}

async function changePassword(parts: LoginParts, change: PasswordChanging): Promise<void> {
  const { deps, limiter, passwords } = parts;
  const { userId, tokenHash } = askerOf(change.request);
  if (userId === undefined) throw new ProblemError('conflict', { detail: 'This token belongs to nobody.' });
  checkPassword(change.newPassword, deps);
  if (change.newPassword === change.currentPassword) throw invalid('newPassword', 'must differ from the current one');
  const user = await deps.reading('get-user', { viewer: { userId: '', role: 'system' }, id: userId });
  const login = user.ok ? user.value.login : '';
  const attempt = limiter.begin({ account: userId, address: change.request.ip });
  if (!attempt.ok) throw new ProblemError('too-many-attempts', attempt.problem);
  const account = await deps.reading('find-account', { login });
  if (!(await passwords.matches(change.currentPassword, account?.passwordHash))) {
    throw invalid('currentPassword', 'is not right');
  }
  attempt.value.succeeded();
  const passwordHash = await passwords.hash(change.newPassword);
  await deps.reading('set-password', { userId, passwordHash, mustChangePassword: false });
  await deps.reading('close-logins-of-user', { userId, except: tokenHash });
}

/** Refuses what is too short. */
export function checkPassword(chosen: string, deps: ApiDeps, field = 'newPassword'): void {
  const lengthMin = deps.config.limits.api.passwordLengthMin;
  if (chosen.length < lengthMin) throw invalid(field, `must have at least ${lengthMin} characters`);
}

function meOf({ directory }: ApiDeps, asker: Asker): Me {
  const { userId, name, role, mustChangePassword, language, zone } = asker;
  const on = directory().features;
  return {
    ...(userId === undefined ? {} : { id: userId }),
    name,
    role,
    mustChangePassword,
    ...(language === undefined ? {} : { language }),
    ...(zone === undefined ? {} : { zone }),
    features: features.filter((feature) => on[feature]),
  };
}

function cookieOptions(request: FastifyRequest) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: request.protocol === 'https' } as const;
}
