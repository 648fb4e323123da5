// SIP over UDP. One socket a listening address serves all peers. Messages above 1300 bytes stay on UDP although RFC 3261 §18.1.1
// asks for a switch to TCP: most phones and trunks answer only where they were called, IP fragments pass on the links in use, and
// a retransmission covers a lost one. Responses go back as RFC 3261 §18.2.2 and RFC 3581 §4 say.

import { createSocket, type Socket } from 'node:dgram';
import { isIP } from 'node:net';
import type { Flow, TransportUser } from './flow';
import { boundHost } from './listen-address';
import type { LocalAddresses } from './local-address';

const BUFFER_BYTES = 4 * 1024 * 1024;

/** The peer's address is always a literal here, so Node's look-up on each send is short-cut. */
function noLookup(
  address: string,
  _options: unknown,
  done: (error: null, address: string, family: number) => void,
): void {
  done(null, address, isIP(address));
}

export class UdpListener {
  readonly wire = 'udp';
  readonly host: string;
  readonly port: number;
  readonly family: 4 | 6;
  /** The concrete address it is bound to; undefined if bound to all. */
  readonly bound: string | undefined;
  readonly addresses: LocalAddresses;
  private readonly socket: Socket;
  private isClosed = false;

  private constructor(socket: Socket, host: string, addresses: LocalAddresses) {
    this.socket = socket;
    this.host = host;
    this.port = socket.address().port;
    this.family = isIP(host) === 6 ? 6 : 4;
    this.bound = boundHost(host);
    this.addresses = addresses;
  }

  static open(
    place: { readonly host: string; readonly port: number },
    user: TransportUser,
    addresses: LocalAddresses,
  ): Promise<UdpListener> {
    return new Promise((resolve, reject) => {
      const socket = createSocket({
        type: isIP(place.host) === 6 ? 'udp6' : 'udp4',
        ipv6Only: isIP(place.host) === 6,
        lookup: noLookup,
      });
      socket.once('error', reject);
      socket.bind(place.port, place.host, () => {
        socket.removeListener('error', reject);
        // A datagram socket reports here only what send() could not; those callers are told themselves.
        socket.on('error', () => undefined);
        widenBuffers(socket);
        const listener = new UdpListener(socket, place.host, addresses);
        socket.on('message', (bytes, from) => {
          if (user.isWelcome(from.address)) {
            user.received(new UdpFlow(listener, from.address, from.port), bytes.toString('latin1'));
          }
        });
        resolve(listener);
      });
    });
  }

  flowTo(address: string, port: number): Flow {
    return new UdpFlow(this, address, port);
  }

  send(text: string, to: { readonly address: string; readonly port: number }, failed?: () => void): void {
    if (this.isClosed) return;
    const bytes = Buffer.from(text, 'latin1');
    if (!failed) this.socket.send(bytes, to.port, to.address);
    else this.socket.send(bytes, to.port, to.address, (error) => (error ? failed() : undefined));
  }

  close(): Promise<void> {
    if (this.isClosed) return Promise.resolve();
    this.isClosed = true;
    return new Promise((resolve) => this.socket.close(resolve));
  }
}

/** The kernel caps this at its own maximum. */
function widenBuffers(socket: Socket): void {
  socket.setRecvBufferSize(BUFFER_BYTES);
  socket.setSendBufferSize(BUFFER_BYTES);
}

class UdpFlow implements Flow {
  readonly wire = 'udp';
  readonly reliability = 'unreliable';
  readonly isOpen = true;
  readonly remoteAddress: string;
  readonly remotePort: number;
  private readonly listener: UdpListener;

  constructor(listener: UdpListener, remoteAddress: string, remotePort: number) {
    this.listener = listener;
    this.remoteAddress = remoteAddress;
    this.remotePort = remotePort;
  }

  get localAddress(): string {
    return this.listener.bound ?? this.listener.addresses.localFor(this.remoteAddress);
  }

  get localPort(): number {
    return this.listener.port;
  }

  get advertisedHost(): string {
    return this.listener.addresses.advertisedFor(this.remoteAddress, this.listener.bound);
  }

  send(text: string, failed?: () => void): void {
    this.listener.send(text, { address: this.remoteAddress, port: this.remotePort }, failed);
  }

  /** There is nothing that could close. */
  watchClose(): void {}

  unwatchClose(): void {}
}
