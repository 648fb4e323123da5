// All listening sockets of the engine, and the choice of one for a destination.

import { isIP } from 'node:net';
import type { Clock } from '../clock';
import { Door, type FromDoor } from './door';
import { type Flow, isWebSocket, type TransportUser, type Wire } from './flow';
import type { CertificateAndKey, ListenAddress } from './listen-address';
import { type AddressPolicy, LocalAddresses } from './local-address';
import type { MessageFlow } from './message-flow';
import { TcpListener } from './tcp';
import type { TcpCounters, TcpLimits } from './tcp-flow';
import { UdpListener } from './udp';
import { WsListener } from './ws';

export interface TransportOptions {
  readonly listen: readonly ListenAddress[];
  /** For `tls` and `wss`. */
  readonly certificate: CertificateAndKey | undefined;
  /** To who holds the sockets of our own pages. */
  readonly toDoor: (message: FromDoor) => void;
  readonly addresses: AddressPolicy;
  readonly tcpLimits: TcpLimits;
  readonly clock: Clock;
  readonly user: TransportUser;
}

type Listener = UdpListener | TcpListener | WsListener;

export class Transports {
  readonly addresses: LocalAddresses;
  readonly door: Door;
  readonly tcpCounters: TcpCounters = { connectionsRefused: 0, framingBroken: 0, halfMessages: 0 };
  private readonly listeners: Listener[] = [];

  private constructor(addresses: LocalAddresses, { clock, user, toDoor }: TransportOptions) {
    this.addresses = addresses;
    this.door = new Door({ clock, addresses, user, post: toDoor });
  }

  /** Opens all of them, or none: rejects with the first failure. */
  static async open(options: TransportOptions): Promise<Transports> {
    const addresses = new LocalAddresses(options.clock, options.addresses);
    await addresses.prepare();
    const transports = new Transports(addresses, options);
    try {
      for (const place of options.listen) transports.listeners.push(await transports.listenAt(place, options));
    } catch (error) {
      await transports.close();
      throw error;
    }
    return transports;
  }

  private listenAt({ transport, ...place }: ListenAddress, options: TransportOptions): Promise<Listener> {
    const { tcpLimits: limits, clock, user, certificate } = options;
    if (transport === 'udp') return UdpListener.open(place, user, this.addresses);
    const plain = { ...place, limits, clock, user, addresses: this.addresses, counters: this.tcpCounters };
    if (transport === 'tcp') return TcpListener.open(plain);
    if (transport === 'ws') return WsListener.open(plain);
    if (certificate === undefined) return Promise.reject(new Error(`${transport}/ needs a certificate`));
    const secure = { ...plain, certificate };
    return transport === 'tls' ? TcpListener.open(secure) : WsListener.open(secure);
  }

  /** New connections get this one. */
  showCertificate(certificate: CertificateAndKey): void {
    for (const listener of this.listeners)
      if (listener.wire === 'tls' || listener.wire === 'wss') listener.showCertificate(certificate);
  }

  /** `udp/127.0.0.1:5060,tcp/...`: where we are reached from outside, and where the sockets are bound. */
  hostports(kind: 'advertised' | 'bound'): string {
    return this.listeners
      .map((listener) => {
        const host =
          kind === 'advertised' ? this.addresses.outwardHost(listener.family, listener.bound) : listener.host;
        return `${listener.wire}/${host.includes(':') ? `[${host}]` : host}:${listener.port}`;
      })
      .join(',');
  }

  /** The way to a destination; undefined if we speak no such transport or address family. */
  flowTo(wire: Wire, address: string, port: number): Flow | undefined {
    if (isWebSocket(wire)) return this.webSocketFrom(address, port);
    return this.listenerFor(wire, address)?.flowTo(address, port);
  }

  /** A URI does not tell WebSockets apart: whoever came from there, plain or secure, by whichever door. */
  private webSocketFrom(address: string, port: number): MessageFlow | undefined {
    for (const listener of this.listeners) {
      const flow = listener instanceof WsListener ? listener.flowTo(address, port) : undefined;
      if (flow !== undefined) return flow;
    }
    return this.door.find(address, port);
  }

  /** Hangs up on a WebSocket; other transports have none to spare: their far ends are called at an address. */
  endFlow(address: string, port: number): void {
    this.webSocketFrom(address, port)?.abort();
  }

  /** Some way out, to have an address of ours to name; undefined if we listen nowhere. */
  anyFlow(): Flow | undefined {
    const udp = this.listeners.find((listener) => listener instanceof UdpListener);
    return udp instanceof UdpListener ? udp.flowTo(udp.family === 6 ? '::1' : '127.0.0.1', 9) : undefined;
  }

  /** True if a message sent there would come back to us. */
  isOwn(wire: Wire, address: string, port: number): boolean {
    return this.listeners.some(
      (listener) =>
        listener.wire === wire &&
        listener.port === port &&
        (listener.bound === address || (listener.bound === undefined && this.addresses.isOwn(address))),
    );
  }

  private listenerFor(wire: Wire, address: string): Listener | undefined {
    const family = isIP(address);
    const fitting = this.listeners.filter((listener) => listener.wire === wire && listener.family === family);
    if (fitting.length <= 1) return fitting[0];
    const local = this.addresses.localFor(address);
    return (
      fitting.find((listener) => listener.bound === local) ??
      fitting.find((listener) => listener.bound === undefined) ??
      fitting[0]
    );
  }

  async close(): Promise<void> {
    this.door.close();
    await Promise.all(this.listeners.map((listener) => listener.close()));
  }
}
