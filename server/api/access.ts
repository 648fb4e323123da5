/**
 * The door of every route: who may use it is part of its declaration (`config: { audience }`), and a route under /api that
 * says nothing is for people who are logged in. Runs before the body is read. State changes by cookie need JSON and our own
 * Origin, because a browser sends the cookie for any page that asks (DESIGN section 7).
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isLoopback, type AccessRules } from './access-rules';
import type { ApiDeps } from './deps';
import { ProblemError } from './problems';
import { featureOfRoute, switchedOff } from './route-features';
import { type Asker, whoAsks } from './who-asks';

/** `local`: anybody on this machine itself, else an administrator. */
export type Audience = 'everyone' | 'logged-in' | 'administrator' | 'local';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; undefined on routes for everyone. Use `askerOf(request)`. */
    asker: Asker | undefined;
  }
  interface FastifyContextConfig {
    /** The body is sound, not JSON. No form of another page can send that either. */
    readonly takes?: 'audio';
    readonly audience?: Audience;
    /** Also for people who must change their password first. */
    readonly beforePasswordChange?: boolean;
  }
}

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
const methodsWithBody: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

export function guardRoutes(app: FastifyInstance, deps: ApiDeps, rules: AccessRules): void {
  app.decorateRequest('asker', undefined);
  app.addHook('onRequest', async (request) => {
    if (request.is404) return;
    const { config, url = '' } = request.routeOptions;
    const audience = config.audience ?? audienceOf(url);
    if (audience === 'everyone' || (audience === 'local' && isFromThisMachine(request))) return;
    const asker = await whoAsks(request, deps);
    if (asker === undefined) throw new ProblemError('not-logged-in');
    if (asker.by === 'cookie') checkCookieRequest(request, asker, rules);
    if (asker.mustChangePassword && config.beforePasswordChange !== true) {
      throw new ProblemError('password-change-required');
    }
    if (audience !== 'logged-in' && asker.role !== 'administrator') throw new ProblemError('not-allowed');
    const feature = featureOfRoute(url);
    if (feature !== undefined && !deps.directory().features[feature]) throw switchedOff(feature);
    request.asker = asker;
  });
}

/** Where a route says nothing: the pages to read, which come with their own routes, are for everyone. */
function audienceOf(url: string): Audience {
  return url.startsWith('/api/') && !url.startsWith('/api/docs') ? 'logged-in' : 'everyone';
}

/** Who asks, on a route that is not for everyone. */
export function askerOf(request: FastifyRequest): Asker {
  if (request.asker === undefined) throw new ProblemError('not-logged-in');
  return request.asker;
}

/** A page of another origin cannot set this header, and cannot leave it out of a state change. */
export function checkOrigin(request: FastifyRequest): void {
  const { origin } = request.headers;
  const own = `${request.protocol}://${request.host}`.toLowerCase();
  if (origin?.toLowerCase() !== own) throw new ProblemError('wrong-origin');
}

/** The connection comes from loopback, by no proxy, and was asked for by a name of loopback (no DNS rebinding). */
export function isFromThisMachine(request: FastifyRequest): boolean {
  const { headers, socket } = request;
  const isForwarded = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
  const host = (headers.host ?? '').replace(/:\d+$/, '');
  const isLocalName = host === 'localhost' || isLoopback(host.replace(/^\[|\]$/g, ''));
  return !isForwarded && isLocalName && isLoopback(socket.remoteAddress ?? '');
}

function checkCookieRequest(request: FastifyRequest, asker: Asker, rules: AccessRules): void {
  if (!rules.mayLogIn(asker.role, request.ip)) throw new ProblemError('log-in-not-allowed-here');
  if (safeMethods.has(request.method)) return;
  checkOrigin(request);
  const type = request.headers['content-type'] ?? '';
  const wanted =
    request.routeOptions.config.takes === 'audio' ? /^audio\/[\w.+-]+\s*(?:;|$)/i : /^application\/json\s*(?:;|$)/i;
  if (methodsWithBody.has(request.method) && !wanted.test(type)) throw new ProblemError('unsupported-media-type');
}
