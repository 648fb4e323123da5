// All listening sockets of the engine, and the choice of one for a destination.

import { isIP } from 'node:net';
import type { Clock } from '../clock';
import type { Flow, TransportUser, Wire } from './flow';
import { type AddressPolicy, LocalAddresses } from './local-address';
import { TcpListener } from './tcp';
import type { TcpCounters, TcpLimits } from './tcp-flow';
import { UdpListener } from './udp';

export interface ListenAddress {
  readonly transport: 'udp' | 'tcp';
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
}

export interface TransportOptions {
  readonly listen: readonly ListenAddress[];
  readonly addresses: AddressPolicy;
  readonly tcpLimits: TcpLimits;
  readonly clock: Clock;
  readonly user: TransportUser;
}

type Listener = UdpListener | TcpListener;

export class Transports {
  readonly addresses: LocalAddresses;
  readonly tcpCounters: TcpCounters = { connectionsRefused: 0, framingBroken: 0, halfMessages: 0 };
  private readonly listeners: Listener[] = [];

  private constructor(addresses: LocalAddresses) {
    this.addresses = addresses;
  }

  /** Opens all of them, or none: rejects with the first failure. */
  static async open(options: TransportOptions): Promise<Transports> {
    const addresses = new LocalAddresses(options.clock, options.addresses);
    await addresses.prepare();
    const transports = new Transports(addresses);
    try {
      for (const place of options.listen) transports.listeners.push(await transports.listenAt(place, options));
    } catch (error) {
      await transports.close();
      throw error;
    }
    return transports;
  }

  private listenAt(place: ListenAddress, options: TransportOptions): Promise<Listener> {
    if (place.transport === 'udp') return UdpListener.open(place, options.user, this.addresses);
    return TcpListener.open({
      host: place.host,
      port: place.port,
      limits: options.tcpLimits,
      clock: options.clock,
      addresses: this.addresses,
      user: options.user,
      counters: this.tcpCounters,
    });
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
    return this.listenerFor(wire, address)?.flowTo(address, port);
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
    await Promise.all(this.listeners.map((listener) => listener.close()));
  }
}
