// SIP over WebSocket (RFC 7118): a listening address for clients of other makers, plain or over TLS. Our own pages come by another
// door (door.ts). The subprotocol `sip` must be asked for; text and binary frames carry one message each. A far end that answers no
// ping (RFC 6455 §5.5.2) is hung up on, and so is one that opened a connection and says nothing.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { isUtf8 } from 'node:buffer';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { Timer } from '../clock';
import { MESSAGE_BYTES_MAX } from '../message/parse';
import { Connections } from './connections';
import { boundHost, type CertificateAndKey, MIN_TLS } from './listen-address';
import { MessageFlow } from './message-flow';
import { plainAddress } from './networks';
import { type TcpOptions, UNSENT_BYTES_MAX } from './tcp-flow';

const PING_MS = 15_000;

interface Client {
  readonly flow: MessageFlow;
  readonly socket: WebSocket;
  isAnswering: boolean;
}

export class WsListener {
  readonly wire: 'ws' | 'wss';
  readonly host: string;
  readonly family: 4 | 6;
  readonly bound: string | undefined;
  private readonly options: TcpOptions;
  private readonly server: Server | TlsServer;
  private readonly sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MESSAGE_BYTES_MAX,
    handleProtocols: () => 'sip',
  });
  private readonly clients = new Map<string, Client>();
  private readonly connections: Connections;
  private pingTimer: Timer | undefined;

  private constructor(options: TcpOptions, server: Server | TlsServer) {
    this.options = options;
    this.server = server;
    this.wire = options.certificate === undefined ? 'ws' : 'wss';
    this.host = options.host;
    this.family = isIP(options.host) === 6 ? 6 : 4;
    this.bound = boundHost(options.host);
    this.connections = new Connections(options);
    server.on('connection', (socket: Socket) => this.connections.admit(socket));
    server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
    this.pingLater();
  }

  static open(options: TcpOptions): Promise<WsListener> {
    const { certificate, limits, host, port } = options;
    const times = { requestTimeout: limits.patienceMs, headersTimeout: limits.patienceMs, keepAliveTimeout: 1 };
    const server =
      certificate === undefined
        ? createServer(times, refusePlain)
        : createTlsServer(
            { ...times, ...certificate, minVersion: MIN_TLS, handshakeTimeout: limits.patienceMs },
            refusePlain,
          );
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen({ port, host, ipv6Only: isIP(host) === 6, backlog: 1024 }, () => {
        server.removeListener('error', reject);
        server.on('error', () => undefined);
        resolve(new WsListener(options, server));
      });
    });
  }

  get port(): number {
    const address = this.server.address();
    return address !== null && typeof address === 'object' ? address.port : this.options.port;
  }

  /** Nobody can be called over WebSocket who has not come to us first. */
  flowTo(address: string, port: number): MessageFlow | undefined {
    const flow = this.clients.get(`${address} ${port}`)?.flow;
    return flow?.isOpen ? flow : undefined;
  }

  showCertificate(certificate: CertificateAndKey): void {
    if ('setSecureContext' in this.server) this.server.setSecureContext({ ...certificate, minVersion: MIN_TLS });
  }

  async close(): Promise<void> {
    if (this.pingTimer) this.options.clock.cancel(this.pingTimer);
    for (const { socket } of this.clients.values()) socket.terminate();
    this.connections.close();
    if (this.server.listening) await new Promise((resolve) => this.server.close(resolve));
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => undefined);
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
    if (!offered.includes('sip')) {
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    this.sockets.handleUpgrade(request, socket, head, (webSocket) => this.take(webSocket, request.socket));
  }

  private take(socket: WebSocket, { remoteAddress, remotePort, localAddress }: Socket): void {
    const { addresses, clock, user, counters } = this.options;
    const remote = { address: plainAddress(remoteAddress ?? ''), port: remotePort ?? 0 };
    const local = { address: this.bound ?? plainAddress(localAddress ?? ''), port: this.port };
    const advertised = () => addresses.advertisedFor(remote.address, this.bound);
    const flow = new MessageFlow({ wire: this.wire, remote, local, advertised, clock, user }, pipeOf(socket));
    const key = `${remote.address} ${remote.port}`;
    const client: Client = { flow, socket, isAnswering: true };
    this.clients.set(key, client);
    socket.on('message', (data) => flow.receive(bytesOf(data).toString('latin1')));
    socket.on('pong', () => (client.isAnswering = true));
    // Too large, or no frame of the protocol: `close` follows.
    socket.on('error', () => counters.framingBroken++);
    socket.on('close', () => {
      if (this.clients.get(key) === client) this.clients.delete(key);
      flow.closed();
    });
  }

  private pingLater(): void {
    const { clock, limits } = this.options;
    this.pingTimer = clock.after(PING_MS, () => {
      for (const client of this.clients.values()) {
        const isSilent = !client.flow.hasSpoken && clock.nowMs() - client.flow.lastActiveMs > limits.patienceMs;
        if (!client.isAnswering || isSilent) client.socket.terminate();
        else client.socket.ping();
        client.isAnswering = false;
      }
      this.pingLater();
    });
  }
}

function pipeOf(socket: WebSocket) {
  return {
    send: (text: string): boolean => {
      if (socket.readyState !== socket.OPEN || socket.bufferedAmount > UNSENT_BYTES_MAX) return false;
      const bytes = Buffer.from(text, 'latin1');
      socket.send(bytes, { binary: !isUtf8(bytes) });
      return true;
    },
    abort: () => socket.terminate(),
  };
}

const bytesOf = (data: RawData): Buffer =>
  Array.isArray(data) ? Buffer.concat(data) : data instanceof ArrayBuffer ? Buffer.from(data) : data;

function refusePlain(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(426, { connection: 'close', upgrade: 'websocket', 'content-length': 0 }).end();
}
