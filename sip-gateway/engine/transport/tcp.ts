// SIP over TCP: a listening socket and all connections, whoever opened them. A connection is reused for everything between the
// two ends (RFC 3261 §18, RFC 5923 in spirit), answers pings, and is closed when idle, when its framing breaks or when it stalls.

import { createConnection, createServer, isIP, type Server, type Socket } from 'node:net';
import type { Clock, Timer } from '../clock';
import type { Flow, TransportUser } from './flow';
import type { LocalAddresses } from './local-address';
import { StreamFraming } from './stream-framing';

export interface TcpLimits {
  readonly connectionsMax: number;
  readonly connectionsPerSourceMax: number;
  readonly idleMs: number;
  /** For the first message of a connection, for the rest of a half-read one, and for connecting. */
  readonly patienceMs: number;
}

const UNSENT_BYTES_MAX = 1024 * 1024;
const SWEEP_MS = 5_000;

export interface TcpCounters {
  connectionsRefused: number;
  framingBroken: number;
  halfMessages: number;
}

export interface TcpOptions {
  readonly host: string;
  readonly port: number;
  readonly limits: TcpLimits;
  readonly clock: Clock;
  readonly addresses: LocalAddresses;
  readonly user: TransportUser;
  readonly counters: TcpCounters;
}

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

class TcpFlow implements Flow {
  readonly wire = 'tcp';
  readonly reliability = 'reliable';
  readonly remoteAddress: string;
  readonly remotePort: number;
  isOpen = true;
  private readonly listener: TcpListener;
  private readonly socket: Socket;
  private readonly framing = new StreamFraming();
  private waiting: (() => void)[] = [];
  private hasSpoken = false;
  private lastActiveMs: number;

  constructor(listener: TcpListener, socket: Socket, remote: { readonly address: string; readonly port: number }) {
    this.listener = listener;
    this.socket = socket;
    this.remoteAddress = remote.address;
    this.remotePort = remote.port;
    this.lastActiveMs = listener.options.clock.nowMs();
    socket.on('data', (bytes: Buffer) => this.read(bytes.toString('latin1')));
    socket.on('connect', () => this.opened());
    // 'close' follows and does the work.
    socket.on('error', () => undefined);
    socket.on('end', () => this.close());
    socket.on('close', () => this.closed());
  }

  get localAddress(): string {
    return (
      this.listener.bound ??
      plainAddress(this.socket.localAddress ?? this.listener.options.addresses.localFor(this.remoteAddress))
    );
  }

  get localPort(): number {
    return this.listener.port;
  }

  get advertisedHost(): string {
    return this.listener.options.addresses.advertisedFor(this.remoteAddress, this.listener.bound);
  }

  send(text: string, failed?: () => void): void {
    if (!this.isOpen || this.socket.writableLength > UNSENT_BYTES_MAX) {
      if (failed) this.listener.options.clock.soon(failed);
      return;
    }
    this.lastActiveMs = this.listener.options.clock.nowMs();
    if (failed && this.socket.connecting) this.waiting.push(failed);
    this.socket.write(text, 'latin1');
  }

  abort(): void {
    this.socket.destroy();
  }

  /** Ends what has been quiet, has said nothing useful since it opened, or stopped in the middle of a message. */
  abortIfStale(nowMs: number): void {
    const { idleMs, patienceMs } = this.listener.options.limits;
    const quietMs = nowMs - this.lastActiveMs;
    const isImpatient = !this.hasSpoken || this.framing.isInMessage || this.socket.connecting;
    if (quietMs > (isImpatient ? patienceMs : idleMs)) this.abort();
  }

  private opened(): void {
    this.waiting = [];
    this.hasSpoken = true;
    this.lastActiveMs = this.listener.options.clock.nowMs();
  }

  private read(bytes: string): void {
    const { user, counters, clock } = this.listener.options;
    for (const piece of this.framing.push(bytes)) {
      if (!this.isOpen) return;
      this.lastActiveMs = clock.nowMs();
      this.hasSpoken = true;
      if (piece.kind === 'ping') this.send('\r\n');
      else if (piece.text !== '') user.received(this, piece.text);
      if (piece.kind === 'broken') {
        counters.framingBroken++;
        this.close();
      }
    }
  }

  private close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.socket.end();
  }

  private closed(): void {
    this.isOpen = false;
    if (this.framing.isInMessage) this.listener.options.counters.halfMessages++;
    this.listener.remove(this);
    const waiting = this.waiting;
    this.waiting = [];
    for (const failed of waiting) failed();
  }
}

/** IPv4 peers of a dual-stack socket come as `::ffff:1.2.3.4`. */
function plainAddress(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address;
}
