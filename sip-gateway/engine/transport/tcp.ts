// SIP over TCP or TLS: a listening socket and all connections, whoever opened them. A connection is reused for everything between the
// two ends (RFC 3261 §18, RFC 5923 in spirit), answers pings, and is closed when idle, when its framing breaks or when it stalls.

import { createConnection, createServer, isIP, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls';
import type { Timer } from '../clock';
import { Connections } from './connections';
import type { Flow } from './flow';
import { boundHost, type CertificateAndKey, MIN_TLS } from './listen-address';
import { plainAddress } from './networks';
import { TcpFlow, type TcpOptions } from './tcp-flow';

const SWEEP_MS = 5_000;

export class TcpListener {
  readonly wire: 'tcp' | 'tls';
  readonly host: string;
  readonly family: 4 | 6;
  readonly bound: string | undefined;
  readonly options: TcpOptions;
  private readonly server: Server | TlsServer;
  private readonly flows = new Map<string, TcpFlow>();
  private readonly connections: Connections;
  private sweepTimer: Timer | undefined;

  private constructor(options: TcpOptions, server: Server | TlsServer) {
    this.options = options;
    this.wire = options.certificate === undefined ? 'tcp' : 'tls';
    this.connections = new Connections(options);
    this.server = server;
    this.host = options.host;
    this.family = isIP(options.host) === 6 ? 6 : 4;
    this.bound = boundHost(options.host);
    this.sweepLater();
  }

  static open(options: TcpOptions): Promise<TcpListener> {
    return new Promise((resolve, reject) => {
      const { certificate, limits } = options;
      const server =
        certificate === undefined
          ? createServer({ noDelay: true })
          : createTlsServer({
              noDelay: true,
              ...certificate,
              minVersion: MIN_TLS,
              handshakeTimeout: limits.patienceMs,
            });
      server.once('error', reject);
      server.listen(
        { port: options.port, host: options.host, ipv6Only: isIP(options.host) === 6, backlog: 1024 },
        () => {
          server.removeListener('error', reject);
          // Accepting may fail when the process is out of descriptors; the listener lives on.
          server.on('error', () => undefined);
          const listener = new TcpListener(options, server);
          server.on('connection', (socket: Socket) => listener.connections.admit(socket));
          server.on(certificate === undefined ? 'connection' : 'secureConnection', (socket: Socket) =>
            listener.accept(socket),
          );
          resolve(listener);
        },
      );
    });
  }

  get port(): number {
    const address = this.server.address();
    return address !== null && typeof address === 'object' ? address.port : this.options.port;
  }

  /** The open connection with that peer, or a new one; over TLS we open none. */
  flowTo(address: string, port: number): Flow | undefined {
    const existing = this.existingFlow(address, port);
    return existing !== undefined || this.wire === 'tls' ? existing : this.connect(address, port);
  }

  showCertificate(certificate: CertificateAndKey): void {
    if ('setSecureContext' in this.server) this.server.setSecureContext({ ...certificate, minVersion: MIN_TLS });
  }

  private existingFlow(address: string, port: number): Flow | undefined {
    const flow = this.flows.get(`${address} ${port}`);
    return flow?.isOpen ? flow : undefined;
  }

  async close(): Promise<void> {
    if (this.sweepTimer) this.options.clock.cancel(this.sweepTimer);
    for (const flow of this.flows.values()) flow.abort();
    this.connections.close();
    if (this.server.listening) await new Promise((resolve) => this.server.close(resolve));
  }

  private accept(socket: Socket): void {
    if (socket.destroyed) return;
    this.add(
      new TcpFlow(this, socket, { address: plainAddress(socket.remoteAddress ?? ''), port: socket.remotePort ?? 0 }),
    );
  }

  private connect(address: string, port: number): Flow {
    const socket = createConnection({
      host: address,
      port,
      noDelay: true,
      ...(this.bound ? { localAddress: this.bound } : {}),
    });
    this.connections.add(socket, address);
    const flow = new TcpFlow(this, socket, { address, port });
    this.add(flow);
    return flow;
  }

  private add(flow: TcpFlow): void {
    this.flows.set(`${flow.remoteAddress} ${flow.remotePort}`, flow);
  }

  /** Called by a flow when its socket has closed. */
  remove(flow: TcpFlow): void {
    const key = `${flow.remoteAddress} ${flow.remotePort}`;
    if (this.flows.get(key) === flow) this.flows.delete(key);
  }

  private sweepLater(): void {
    this.sweepTimer = this.options.clock.after(SWEEP_MS, () => {
      const now = this.options.clock.nowMs();
      for (const flow of this.flows.values()) flow.abortIfStale(now);
      this.sweepLater();
    });
  }
}
