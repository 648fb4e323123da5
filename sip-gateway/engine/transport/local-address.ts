// Which of our addresses a peer sees, for sockets bound to all addresses: the one whose subnet holds the peer, else the one the
// kernel would send from (a connected UDP socket tells; nothing is sent). And which address we name to it: the public one for
// peers outside the local networks. Answers are immediate and kept; a better one replaces the first guess when the kernel has spoken.

import { createSocket } from 'node:dgram';
import { type BlockList, isIP } from 'node:net';
import type { Clock } from '../clock';
import { isWithin, networkList, type OwnInterface, privateNetworks, readInterfaces } from './networks';

const KEPT_MS = 60_000;
const PEERS_MAX = 20_000;
/** Each question takes a socket for a moment; a flood of forged sources must not take them all. */
const ASKING_MAX = 8;
/** Addresses of nobody (RFC 5737, 3849), to ask the kernel for its way out. */
const OUTSIDE = { 4: '198.51.100.1', 6: '2001:db8::1' } as const;

export interface AddressPolicy {
  readonly publicAddress?: string | undefined;
  /** `address/bits`; default: private ranges and our own subnets. */
  readonly localNetworks?: readonly string[] | undefined;
}

interface Known {
  local: string;
  advertised: string;
}

export class LocalAddresses {
  private readonly clock: Clock;
  private readonly publicAddress: string | undefined;
  private readonly inside: BlockList;
  private readonly hasOwnPolicy: boolean;
  private interfaces: OwnInterface[] = readInterfaces();
  private readonly peers = new Map<string, Known>();
  private readonly outwards: Record<4 | 6, string | undefined> = { 4: undefined, 6: undefined };
  private staleAt = 0;
  private asking = 0;

  constructor(clock: Clock, policy: AddressPolicy) {
    this.clock = clock;
    this.publicAddress = policy.publicAddress;
    this.hasOwnPolicy = policy.localNetworks !== undefined;
    this.inside = policy.localNetworks ? networkList(policy.localNetworks) : privateNetworks();
    this.staleAt = clock.nowMs() + KEPT_MS;
  }

  /** Learns the addresses used towards the outside; call once before use. */
  async prepare(): Promise<void> {
    this.outwards[4] = await kernelChoice(OUTSIDE[4]);
    this.outwards[6] = await kernelChoice(OUTSIDE[6]);
  }

  /** The address of ours that this peer's packets arrive at, when the socket is bound to all. */
  localFor(remote: string): string {
    return this.known(remote).local;
  }

  /** What to name to this peer, when the socket is bound to `bound` (undefined: to all addresses). */
  advertisedFor(remote: string, bound: string | undefined): string {
    const known = this.known(remote);
    return bound !== undefined && known.advertised === known.local ? bound : known.advertised;
  }

  /** True if the address is one of this machine's. */
  isOwn(address: string): boolean {
    return address === this.publicAddress || this.interfaces.some((own) => own.address === address);
  }

  private known(remote: string): Known {
    if (this.clock.nowMs() > this.staleAt) this.forget();
    const known = this.peers.get(remote);
    if (known) return known;
    const near = this.interfaces.find((own) => isWithin(own.subnet, remote));
    const entry = this.entryFor(remote, near?.address ?? this.guess(isIP(remote) === 6 ? 6 : 4));
    if (this.peers.size >= PEERS_MAX) this.peers.clear();
    this.peers.set(remote, entry);
    if (!near && this.asking < ASKING_MAX) this.ask(entry, remote);
    return entry;
  }

  private ask(entry: Known, remote: string): void {
    this.asking++;
    void kernelChoice(remote).then((address) => {
      this.asking--;
      this.correct(entry, remote, address);
    });
  }

  private correct(entry: Known, remote: string, address: string | undefined): void {
    if (address !== undefined) Object.assign(entry, this.entryFor(remote, address));
  }

  private entryFor(remote: string, local: string): Known {
    const isInside = isWithin(this.inside, remote) || (!this.hasOwnPolicy && this.isOnOwnSubnet(remote));
    const outside = isInside || isIP(this.publicAddress ?? '') !== isIP(remote) ? undefined : this.publicAddress;
    return { local, advertised: outside ?? local };
  }

  private isOnOwnSubnet(remote: string): boolean {
    return this.interfaces.some((own) => isWithin(own.subnet, remote));
  }

  /** What we are called from outside on a socket of this family, bound to `bound` or to all addresses. */
  outwardHost(family: 4 | 6, bound: string | undefined): string {
    if (bound !== undefined && (bound === '::1' || bound.startsWith('127.'))) return bound;
    if (this.publicAddress !== undefined && isIP(this.publicAddress) === family) return this.publicAddress;
    return bound ?? this.guess(family);
  }

  private guess(family: 4 | 6): string {
    const outwards = this.outwards[family];
    if (outwards !== undefined) return outwards;
    const own = this.interfaces.find((entry) => entry.family === family && !entry.isInternal);
    return own?.address ?? (family === 6 ? '::1' : '127.0.0.1');
  }

  private forget(): void {
    this.staleAt = this.clock.nowMs() + KEPT_MS;
    this.interfaces = readInterfaces();
    this.peers.clear();
  }
}

/** The source address the kernel picks towards a remote address; undefined if it has no way there. */
function kernelChoice(remote: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket(isIP(remote) === 6 ? 'udp6' : 'udp4');
    const finish = (address: string | undefined) => {
      socket.close();
      resolve(address);
    };
    socket.once('error', () => finish(undefined));
    socket.connect(9, remote, () => finish(socket.address().address));
  });
}
