/**
 * Who sends a request: a person by the cookie of their log-in, or a program by a bearer token (RFC 6750, header only).
 * A cookie counts only under the name that fits the connection: `__Host-trunkline` over HTTPS, `trunkline` on plain HTTP,
 * which only loopback offers. Nothing is remembered between requests, so an ended log-in ends at once.
 */
import type { FastifyRequest } from 'fastify';
import type { Preferences } from '../../prisma/records';
import type { Viewer } from '../../prisma/who';
import type { ApiDeps } from './deps';
import type { Role } from './messages';
import { hashOfToken, isSameSecret } from './passwords';

export interface Asker extends Preferences {
  readonly by: 'cookie' | 'token' | 'environment-token';
  /** Undefined for the token from the environment: it is nobody's. */
  readonly userId?: string;
  readonly name: string;
  readonly role: Role;
  readonly mustChangePassword: boolean;
  readonly tokenHash: string;
  /** People of the groups this person is the head of. */
  readonly members: readonly string[];
}

const tokenPattern = /^[A-Za-z0-9_-]{43}$/;

export async function whoAsks(request: FastifyRequest, deps: ApiDeps): Promise<Asker | undefined> {
  const { authorization } = request.headers;
  if (authorization !== undefined) return holderOf(bearerOf(authorization), deps);
  const token = cookieOf(request);
  return token === undefined ? undefined : askerByHash(hashOfToken(token), 'cookie', deps);
}

/** What the database shows them: by their own rights, or an administrator's for the environment's token. */
export function viewerOf(asker: Asker): Viewer {
  return { userId: asker.userId ?? '', role: asker.role, members: asker.members };
}

/** Who becomes responsible for what they make. */
export function authorOf(asker: Asker): { readonly by?: Viewer } {
  return asker.userId === undefined ? {} : { by: viewerOf(asker) };
}

export function cookieName(request: FastifyRequest): string {
  return request.protocol === 'https' ? '__Host-trunkline' : 'trunkline';
}

async function holderOf(token: string | undefined, deps: ApiDeps): Promise<Asker | undefined> {
  if (token === undefined) return undefined;
  const ofEnvironment = deps.config.apiToken;
  if (ofEnvironment !== undefined && isSameSecret(token, ofEnvironment)) {
    const name = 'API token';
    return {
      by: 'environment-token',
      name,
      role: 'administrator',
      mustChangePassword: false,
      tokenHash: '',
      members: [],
    };
  }
  return tokenPattern.test(token) ? askerByHash(hashOfToken(token), 'token', deps) : undefined;
}

/** Who has the log-in whose token has this hash. Undefined: there is none any more. */
export async function askerByHash(
  tokenHash: string,
  kind: 'cookie' | 'token',
  deps: Pick<ApiDeps, 'reading' | 'clock' | 'directory'>,
): Promise<Asker | undefined> {
  const login = await deps.reading('find-login', { tokenHash, at: deps.clock.now() });
  // A cookie's token in the header, or the other way round, would step around the checks of its own kind.
  if (login === undefined || login.kind !== kind) return undefined;
  const { kind: by, ...person } = login;
  return { by, ...person, tokenHash, members: membersOf(login.userId, deps) };
}

/** People of the groups this person is the head of. */
export function membersOf(userId: string, { directory }: Pick<ApiDeps, 'directory'>): readonly string[] {
  return [...directory().groups.values()].flatMap((group) => (group.headUserId === userId ? group.userIds : []));
}

function bearerOf(authorization: string): string | undefined {
  return /^Bearer +([\x21-\x7e]{1,512})$/i.exec(authorization)?.[1];
}

function cookieOf(request: FastifyRequest): string | undefined {
  const token = request.cookies[cookieName(request)];
  return token !== undefined && tokenPattern.test(token) ? token : undefined;
}
