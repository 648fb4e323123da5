// Which addresses are ours and which networks are inside. The interfaces are read again now and then, because a laptop or a
// container gets its addresses late.

import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Loopback, private, shared, link-local and unique local ranges: RFC 1918, 6598, 3927, 4193, 4291. */
const PRIVATE: readonly string[] = [
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
];

export interface OwnInterface {
  readonly address: string;
  readonly family: 4 | 6;
  readonly isInternal: boolean;
  readonly subnet: BlockList;
}

/** The addresses of this machine with their subnets. */
export function readInterfaces(): OwnInterface[] {
  const found: OwnInterface[] = [];
  for (const addresses of Object.values(networkInterfaces())) {
    for (const entry of addresses ?? []) {
      const cidr = entry.cidr;
      if (cidr === null || (entry.family === 'IPv6' && entry.scopeid !== 0)) continue;
      const subnet = new BlockList();
      addNetwork(subnet, cidr);
      found.push({
        address: entry.address,
        family: entry.family === 'IPv6' ? 6 : 4,
        isInternal: entry.internal,
        subnet,
      });
    }
  }
  return found;
}

/** Networks in `address/bits` form as one list; a plain address counts as a network of one. */
export function networkList(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) addNetwork(list, cidr);
  return list;
}

export function privateNetworks(): BlockList {
  return networkList(PRIVATE);
}

function addNetwork(list: BlockList, cidr: string): void {
  const [address = '', bits] = cidr.split('/');
  const version = isIP(address);
  if (version === 0) return;
  const family = version === 6 ? 'ipv6' : 'ipv4';
  list.addSubnet(address, bits === undefined ? (version === 6 ? 128 : 32) : Number(bits), family);
}

/** True if the address is in the list. */
export function isWithin(list: BlockList, address: string): boolean {
  const version = isIP(address);
  return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4');
}

const privateList = privateNetworks();

/** True for an address that makes sense only near its owner. */
export function isPrivateAddress(address: string): boolean {
  return isWithin(privateList, address);
}

/** IPv4 peers of a dual-stack socket come as `::ffff:1.2.3.4`. */
export function plainAddress(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address;
}
