/**
 * The way of a WebSocket (RFC 6455): an upgrade goes through the routes of the application like any request, so that its door,
 * headers, log and problems are the same; then by its path to who speaks there. Only a person's cookie from our own page opens
 * one: a browser sends the cookie with an upgrade for any page that asks, and nothing but Origin tells them apart.
 */
import { type IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type WebSocket, WebSocketServer } from 'ws';
import { askerOf, checkOrigin } from './access';
import type { AccessRules } from './access-rules';
import type { ApiDeps } from './deps';
import { type Entrant, type GoodbyeReason, openSockets } from './open-sockets';
import { ProblemError } from './problems';
import type { Api } from './schemas/schema';

/** One path at which sockets are opened. */
export interface SocketRoute {
  readonly path: '/api/desk' | '/api/sip';
  /** Subprotocol that must be asked for (RFC 6455 section 1.9). */
  readonly protocol?: string;
  /** A larger message closes the socket (1009). */
  readonly messageSizeBytesMax: number;
  /** Open at once in one log-in; further ones get 429. */
  readonly perLoginMax: number;
  /** False: nothing could be said there now (503). */
  readonly isReady: () => boolean;
  readonly opened: (socket: WebSocket, entrant: Entrant) => void;
  /** The last word before we close it. */
  readonly ending?: (socket: WebSocket, why: GoodbyeReason, entrant: Entrant) => void;
}

interface Upgrade {
  readonly socket: Duplex;
  readonly head: Buffer;
}

const upgrades = new WeakMap<IncomingMessage, Upgrade>();

/** Adds the paths. Their sockets end with the log-in they were opened in, and with the application. */
export function socketRoutes(app: Api, deps: ApiDeps, rules: AccessRules): void {
  const open = openSockets(deps, rules);
  for (const route of deps.sockets) {
    const server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: route.messageSizeBytesMax,
      handleProtocols: () => route.protocol ?? false,
    });
    app.get(
      route.path,
      { config: { audience: 'logged-in' }, schema: { hide: true } },
      (request: FastifyRequest, reply: FastifyReply) => {
        const upgrade = upgrades.get(request.raw);
        if (upgrade === undefined) throw new ProblemError('malformed-request', { detail: 'Open it as a WebSocket.' });
        const entrant = entrantOf(request, route);
        if (open.isClosed() || !route.isReady()) throw new ProblemError('not-ready');
        if (upgrade.socket.destroyed) return void reply.hijack();
        const place = open.place(route, entrant);
        if (place === undefined) throw new ProblemError('too-many-attempts');
        upgrade.socket.once('close', place.leave);
        reply.hijack();
        reply.raw.detachSocket(request.raw.socket);
        server.handleUpgrade(request.raw, upgrade.socket, upgrade.head, (socket) => {
          // What is no WebSocket frame, or too large: `close` follows.
          socket.on('error', () => undefined);
          place.take(socket);
          route.opened(socket, entrant);
        });
      },
    );
  }
  app.addHook('preClose', async () => open.close());
  app.decorate('openSockets', open);
}

declare module 'fastify' {
  interface FastifyInstance {
    readonly openSockets: ReturnType<typeof openSockets>;
  }
}

/** Takes upgrades at these listeners. One that ends in an ordinary answer ends its connection with it. */
export function acceptUpgrades(app: FastifyInstance, servers: readonly (Server | TlsServer)[]): void {
  for (const server of servers)
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      // Gone while we look up who asks: nobody is left to hear.
      socket.on('error', () => socket.destroy());
      const response = new ServerResponse(request);
      response.shouldKeepAlive = false;
      response.once('finish', () => socket.end());
      upgrades.set(request, { socket, head });
      response.assignSocket(request.socket);
      app.routing(request, response);
    });
}

function entrantOf(request: FastifyRequest, route: SocketRoute): Entrant {
  const asker = askerOf(request);
  if (asker.by !== 'cookie' || asker.userId === undefined) throw new ProblemError('not-logged-in');
  checkOrigin(request);
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  if (route.protocol !== undefined && !offered.includes(route.protocol))
    throw new ProblemError('malformed-request', { detail: `Ask for the subprotocol ${route.protocol}.` });
  const { userId, tokenHash } = asker;
  const { remotePort = 0, localPort = 0, localAddress = '' } = request.raw.socket;
  const local = { address: localAddress, port: localPort };
  const remote = { address: request.ip, port: remotePort };
  return { asker, userId, loginId: tokenHash, remote, local, isSecure: request.protocol === 'https' };
}
