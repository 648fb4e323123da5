/**
 * The two listeners that serve the one application: HTTPS for the network, and plain HTTP in full on loopback only; bound
 * elsewhere, plain HTTP leads to HTTPS and does nothing else. Limits on time and number keep slow senders from holding it.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Certificates } from '../certificate/certificates';
import type { Clock } from '../clock';
import type { Config } from '../config';
import type { ListenAddress } from '../config-values';
import type { ApiLimits } from '../limits';
import { isLoopback } from './access-rules';

export interface Listeners {
  /** As bound: port 0 has become a real one. */
  readonly http: ListenAddress;
  readonly https: ListenAddress;
  /** For WebSocket upgrades. Plain HTTP is only among them on loopback. */
  readonly servers: readonly (Server | TlsServer)[];
  readonly close: () => Promise<void>;
}

export interface ListenerDeps {
  readonly app: FastifyInstance;
  readonly config: Config;
  readonly certificates: Certificates;
  readonly clock: Clock;
}

/** Rejects with a message that names the key where an address cannot be listened on. */
export async function startListeners({ app, config, certificates, clock }: ListenerDeps): Promise<Listeners> {
  const { api } = config.limits;
  const serve = (request: IncomingMessage, response: ServerResponse): void => app.routing(request, response);
  const tlsServer = createTlsServer({ ...certificates.current(), minVersion: 'TLSv1.2', ...timesOf(api) }, serve);
  certificates.onChange((next) => tlsServer.setSecureContext({ ...next, minVersion: 'TLSv1.2' }));
  const https = await listen(tlsServer, config.https, { key: 'TRUNKLINE_HTTPS', limits: api });
  const isFull = isLoopback(config.http.host) || config.http.host === 'localhost';
  const server = createServer(timesOf(api), isFull ? serve : leadTo(https.port));
  try {
    const http = await listen(server, config.http, { key: 'TRUNKLINE_HTTP', limits: api });
    const servers = isFull ? [server, tlsServer] : [tlsServer];
    return { http, https, servers, close: () => closeAll([server, tlsServer], clock, api.closeMs) };
  } catch (error) {
    await closeAll([tlsServer], clock, api.closeMs);
    throw error;
  }
}

function timesOf(limits: ApiLimits) {
  return { requestTimeout: limits.requestMs, headersTimeout: limits.requestMs, keepAliveTimeout: 65_000 };
}

interface ListenOptions {
  readonly key: string;
  readonly limits: ApiLimits;
}

function listen(
  server: Server | TlsServer,
  address: ListenAddress,
  { key, limits }: ListenOptions,
): Promise<ListenAddress> {
  server.maxConnections = limits.openSocketsMax;
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => refuse(error, socket));
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const { host, port } = address;
      reject(new Error(`${key}: cannot listen on ${host}:${port} (${error.code ?? error.name})`, { cause: error }));
    });
    server.listen(address.port, address.host, () => {
      const bound: AddressInfo | string | null = server.address();
      resolve({ host: address.host, port: typeof bound === 'object' && bound !== null ? bound.port : address.port });
    });
  });
}

/** What is no HTTP, too long in its headers, or too slow. */
function refuse(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status: Readonly<Record<string, string>> = {
    HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
    ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  };
  socket.end(
    `HTTP/1.1 ${status[error.code ?? ''] ?? '400 Bad Request'}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}

/** The method stays (308), so that a program notices nothing. */
function leadTo(port: number) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const host = hostOf(request.headers.host ?? '');
    const target = request.url ?? '/';
    if (host === undefined || !target.startsWith('/')) {
      response.writeHead(400, { 'content-length': 0, connection: 'close' }).end();
      return;
    }
    const location = `https://${host}${port === 443 ? '' : `:${port}`}${target}`;
    response.writeHead(308, { location, 'content-length': 0, connection: 'close' }).end();
  };
}

function hostOf(header: string): string | undefined {
  return /^(\[[0-9a-f:.]+\]|[a-z0-9.-]{1,253})(?::\d{1,5})?$/i.exec(header)?.[1];
}

async function closeAll(servers: readonly (Server | TlsServer)[], clock: Clock, withinMs: number): Promise<void> {
  const cancel = clock.after(withinMs, () => {
    for (const server of servers) server.closeAllConnections();
  });
  await Promise.all(
    servers.map(
      (server) =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeIdleConnections();
        }),
    ),
  );
  cancel();
}
