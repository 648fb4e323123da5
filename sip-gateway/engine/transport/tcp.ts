// SIP over TCP: a listening socket and all connections, whoever opened them. A connection is reused for everything between the
// two ends (RFC 3261 §18, RFC 5923 in spirit), answers pings, and is closed when idle, when its framing breaks or when it stalls.

import { createConnection, createServer, isIP, type Server, type Socket } from 'node:net';
import type { Timer } from '../clock';
import type { Flow } from './flow';
import { plainAddress, TcpFlow, type TcpOptions } from './tcp-flow';

const SWEEP_MS = 5_000;

export class TcpListener {
  readonly wire = 'tcp';
  readonly host: string;
  readonly family: 4 | 6;
  readonly bound: string | undefined;
  readonly options: TcpOptions;
  private readonly server: Server;
  private readonly flows = new Map<string, TcpFlow>();
  private readonly perSource = new Map<string, number>();
  private sweepTimer: Timer | undefined;
  private isClosed = false;

  private constructor(options: TcpOptions, server: Server) {
    this.options = options;
    this.server = server;
    this.host = options.host;
    this.family = isIP(options.host) === 6 ? 6 : 4;
    this.bound = options.host === '0.0.0.0' || options.host === '::' ? undefined : options.host;
    this.sweepLater();
  }

  static open(options: TcpOptions): Promise<TcpListener> {
    return new Promise((resolve, reject) => {
      const server = createServer({ noDelay: true });
      server.once('error', reject);
      server.listen(
        { port: options.port, host: options.host, ipv6Only: isIP(options.host) === 6, backlog: 1024 },
        () => {
          server.removeListener('error', reject);
          // Accepting may fail when the process is out of descriptors; the listener lives on.
          server.on('error', () => undefined);
          const listener = new TcpListener(options, server);
          server.on('connection', (socket) => listener.accept(socket));
          resolve(listener);
        },
      );
    });
  }

  get port(): number {
    const address = this.server.address();
    return address !== null && typeof address === 'object' ? address.port : this.options.port;
  }

  get connectionCount(): number {
    return this.flows.size;
  }

  /** The open connection with that peer, or a new one. */
  flowTo(address: string, port: number): Flow {
    return this.existingFlow(address, port) ?? this.connect(address, port);
  }

  existingFlow(address: string, port: number): Flow | undefined {
    const flow = this.flows.get(`${address} ${port}`);
    return flow?.isOpen ? flow : undefined;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    if (this.sweepTimer) this.options.clock.cancel(this.sweepTimer);
    for (const flow of this.flows.values()) flow.abort();
    if (this.server.listening) await new Promise((resolve) => this.server.close(resolve));
  }

  private accept(socket: Socket): void {
    const address = plainAddress(socket.remoteAddress ?? '');
    const { limits, user, counters } = this.options;
    const isTooMany =
      this.flows.size >= limits.connectionsMax || (this.perSource.get(address) ?? 0) >= limits.connectionsPerSourceMax;
    if (isTooMany || this.isClosed || address === '' || !user.isWelcome(address)) {
      counters.connectionsRefused++;
      socket.destroy();
      return;
    }
    this.add(new TcpFlow(this, socket, { address, port: socket.remotePort ?? 0 }));
  }

  private connect(address: string, port: number): Flow {
    const socket = createConnection({
      host: address,
      port,
      noDelay: true,
      ...(this.bound ? { localAddress: this.bound } : {}),
    });
    const flow = new TcpFlow(this, socket, { address, port });
    this.add(flow);
    return flow;
  }

  private add(flow: TcpFlow): void {
    this.flows.set(`${flow.remoteAddress} ${flow.remotePort}`, flow);
    this.perSource.set(flow.remoteAddress, (this.perSource.get(flow.remoteAddress) ?? 0) + 1);
  }

  /** Called by a flow when its socket has closed. */
  remove(flow: TcpFlow): void {
    const key = `${flow.remoteAddress} ${flow.remotePort}`;
    if (this.flows.get(key) === flow) this.flows.delete(key);
    const left = (this.perSource.get(flow.remoteAddress) ?? 1) - 1;
    if (left > 0) this.perSource.set(flow.remoteAddress, left);
    else this.perSource.delete(flow.remoteAddress);
  }

  private sweepLater(): void {
    this.sweepTimer = this.options.clock.after(SWEEP_MS, () => {
      const now = this.options.clock.nowMs();
      for (const flow of this.flows.values()) flow.abortIfStale(now);
      this.sweepLater();
    });
  }
}
