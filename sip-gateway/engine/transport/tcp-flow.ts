// One TCP connection: framing, pings, staleness, and who must know when it closes.

import type { Socket } from 'node:net';
import type { Clock } from '../clock';
import type { ConnectionMaxima } from './connections';
import type { Flow, TransportUser } from './flow';
import type { CertificateAndKey } from './listen-address';
import type { LocalAddresses } from './local-address';
import { plainAddress } from './networks';
import { StreamFraming } from './stream-framing';

/** Of TCP, TLS and WebSocket, for each listening address. */
export interface TcpLimits extends ConnectionMaxima {
  readonly idleMs: number;
  /** For the first message of a connection, for the rest of a half-read one, and for connecting. */
  readonly patienceMs: number;
}

export interface TcpCounters {
  connectionsRefused: number;
  framingBroken: number;
  halfMessages: number;
}

export interface TcpOptions {
  readonly host: string;
  readonly port: number;
  /** Over TLS. */
  readonly certificate?: CertificateAndKey;
  readonly limits: TcpLimits;
  readonly clock: Clock;
  readonly addresses: LocalAddresses;
  readonly user: TransportUser;
  readonly counters: TcpCounters;
}

export const UNSENT_BYTES_MAX = 1024 * 1024;

/** The listener a connection belongs to, whoever opened it. */
export interface TcpOwner {
  readonly wire: 'tcp' | 'tls';
  readonly options: TcpOptions;
  readonly bound: string | undefined;
  readonly port: number;
  remove(flow: TcpFlow): void;
}

export class TcpFlow implements Flow {
  readonly wire: 'tcp' | 'tls';
  readonly reliability = 'reliable';
  readonly remoteAddress: string;
  readonly remotePort: number;
  isOpen = true;
  private readonly listener: TcpOwner;
  private readonly socket: Socket;
  private readonly framing = new StreamFraming();
  private readonly closeListeners = new Set<() => void>();
  private hasSpoken = false;
  /** A message has come. */
  private hasHeard = false;
  private lastActiveMs: number;

  constructor(listener: TcpOwner, socket: Socket, remote: { readonly address: string; readonly port: number }) {
    this.listener = listener;
    this.wire = listener.wire;
    this.socket = socket;
    this.remoteAddress = remote.address;
    this.remotePort = remote.port;
    this.lastActiveMs = listener.options.clock.nowMs();
    socket.on('data', (bytes: Buffer) => this.read(bytes));
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
    this.socket.write(text, 'latin1');
  }

  watchClose(listener: () => void): void {
    this.closeListeners.add(listener);
  }

  unwatchClose(listener: () => void): void {
    this.closeListeners.delete(listener);
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
    this.hasSpoken = true;
    this.lastActiveMs = this.listener.options.clock.nowMs();
  }

  private read(bytes: Buffer): void {
    const { user, counters, clock } = this.listener.options;
    for (const piece of this.framing.push(bytes)) {
      if (!this.isOpen) return;
      this.lastActiveMs = clock.nowMs();
      this.hasSpoken = true;
      if (piece.kind === 'ping') this.send('\r\n');
      else if (piece.text !== '') {
        this.hasHeard = true;
        user.received(this, piece.text);
      }
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
    const listeners = [...this.closeListeners];
    this.closeListeners.clear();
    for (const listener of listeners) listener();
    if (this.hasHeard) this.listener.options.user.closed(this);
  }
}
