/**
 * The RTP ports our legs hold, which no description may name: a leg that sends to another leg of ours, and that one back,
 * would go round without end. Only ports that are lent now count: a PBX or a softphone on this machine may use others of the
 * same range. Addresses are compared by value, not by spelling, and asked of the system anew each second, for they change.
 */
import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { FarDescription, MediaLine } from './sdp';

export interface OwnPorts {
  /** True where it would have us send to ourselves. */
  readonly areNamedIn: (description: FarDescription) => boolean;
  /** Which of these hosts are ours: the engine takes nothing from a lent port there. */
  readonly among: (hosts: readonly string[]) => readonly string[];
}

export interface OwnPortSettings {
  /** A leg of ours, of any worker, holds this RTP or RTCP port now. */
  readonly isLent: (port: number) => boolean;
  readonly addressTowards: (host: string) => string;
  readonly bindAddress: string;
  readonly now: () => number;
}

/** To ask costs as much as the rest of a negotiation. */
const askAgainMs = 1000;
/** Hosts whose answer is kept in that time. */
const knownMax = 1000;

export function createOwnPorts({ isLent, addressTowards, bindAddress, now }: OwnPortSettings): OwnPorts {
  const known = new Map<string, boolean>();
  let own = new BlockList();
  let askedAt = Number.NEGATIVE_INFINITY;
  const isOurs = (host: string): boolean => {
    if (now() - askedAt >= askAgainMs || known.size > knownMax) {
      known.clear();
      own = ownAddresses(bindAddress);
      askedAt = now();
    }
    const before = known.get(host);
    if (before !== undefined) return before;
    const family = familyOf(host);
    const isAmong = (list: BlockList) => family !== undefined && list.check(withoutZone(host), family);
    const ours = isAmong(own) || isAmong(listOf([addressTowards(host)]));
    known.set(host, ours);
    return ours;
  };
  const isNamedBy = (line: MediaLine): boolean => {
    if (!('host' in line) || typeof line.host !== 'string' || line.port === 0) return false;
    const rtcpPort = 'rtcpPort' in line && typeof line.rtcpPort === 'number' ? line.rtcpPort : line.port + 1;
    // The addresses are asked for only where the port is one of ours.
    return (isLent(line.port) || isLent(rtcpPort)) && isOurs(line.host);
  };
  return {
    areNamedIn: ({ lines }) => lines.some(isNamedBy),
    among: (hosts) => hosts.filter(isOurs),
  };
}

function ownAddresses(bindAddress: string): BlockList {
  const interfaces = Object.values(networkInterfaces()).flatMap((rows) => rows ?? []);
  const own = listOf(['::1', bindAddress, ...interfaces.map((row) => row.address)]);
  own.addSubnet('127.0.0.0', 8);
  return own;
}

function listOf(addresses: readonly string[]): BlockList {
  const list = new BlockList();
  for (const address of addresses) {
    const family = familyOf(address);
    if (family !== undefined) list.addAddress(withoutZone(address), family);
  }
  return list;
}

function familyOf(host: string): 'ipv4' | 'ipv6' | undefined {
  const version = isIP(host);
  if (version === 0) return undefined;
  return version === 4 ? 'ipv4' : 'ipv6';
}

/** A link-local address may carry its interface (RFC 4007 section 11). */
function withoutZone(host: string): string {
  return host.split('%')[0] ?? host;
}
