/**
 * From where people may log in (by role), and which proxies are believed when they say whom they speak for. Both are
 * settings in the database, kept in memory because each request asks. An address is compared as a number: `::ffff:10.0.0.1`
 * is 10.0.0.1 (RFC 4291 section 2.5.5.2).
 */
import ipaddr from 'ipaddr.js';
import type { AskReading } from './deps';
import type { LoginRanges, Role } from './messages';

const rangesKey = 'login-ranges';
const proxiesKey = 'trusted-proxies';
const fromAnywhere: LoginRanges = { administrator: [], manager: [], operator: [] };

export interface AccessRules {
  readonly ranges: () => LoginRanges;
  readonly proxies: () => readonly string[];
  readonly mayLogIn: (role: Role, address: string) => boolean;
  readonly isTrustedProxy: (address: string) => boolean;
  readonly setRanges: (ranges: LoginRanges) => Promise<void>;
  readonly setProxies: (proxies: readonly string[]) => Promise<void>;
}

export async function loadAccessRules(reading: AskReading): Promise<AccessRules> {
  let ranges = { ...fromAnywhere, ...parsed<LoginRanges>(await reading('get-setting', { key: rangesKey })) };
  let proxies = parsed<readonly string[]>(await reading('get-setting', { key: proxiesKey })) ?? [];
  return {
    ranges: () => ranges,
    proxies: () => proxies,
    mayLogIn: (role, address) => isAllowed(ranges[role], address),
    isTrustedProxy: (address) => isInside(proxies, address),
    async setRanges(next) {
      await reading('set-setting', { key: rangesKey, value: JSON.stringify(next) });
      ranges = next;
    },
    async setProxies(next) {
      await reading('set-setting', { key: proxiesKey, value: JSON.stringify(next) });
      proxies = next;
    },
  };
}

/** No range at all means from anywhere. */
export function isAllowed(ranges: readonly string[], address: string): boolean {
  return ranges.length === 0 || isInside(ranges, address);
}

export function isRange(text: string): boolean {
  return ipaddr.isValidCIDR(text) || (ipaddr.isValid(text) && !ipaddr.isValidCIDR(text) && !isShortened(text));
}

/** One number for all addresses of a household or a server: an IPv6 /64, an IPv4 address. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return 'unreadable';
  const parsedAddress = ipaddr.process(address);
  if (parsedAddress.kind() === 'ipv4') return parsedAddress.toString();
  return parsedAddress.toByteArray().slice(0, 8).join('.');
}

export function isLoopback(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';
}

/** Multicast, broadcast (255.255.255.255) and unspecified (0.0.0.0/8, ::) addresses and ranges of them. A name is none. */
export function isNobodysHost(text: string): boolean {
  const [address = ''] = text.replace(/^\[(.*)\]$/, '$1').split('/');
  if (!ipaddr.isValid(address)) return false;
  return ['multicast', 'broadcast', 'unspecified'].includes(ipaddr.process(address).range());
}

/** Whether an address is in one of the ranges; what is no address is in none. */
export function isInside(ranges: readonly string[], text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  return ranges.some((range) => {
    const [network, bits] = networkAndBits(range);
    return network.kind() === address.kind() && address.match(network, bits);
  });
}

function networkAndBits(range: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  if (ipaddr.isValidCIDR(range)) return ipaddr.parseCIDR(range);
  const address = ipaddr.process(range);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/** ipaddr.js also reads `10.1` and `0x7f000001`; a person who writes that means something else. */
function isShortened(text: string): boolean {
  return !text.includes(':') && !ipaddr.IPv4.isValidFourPartDecimal(text);
}

function parsed<Value>(text: string | undefined): Value | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as Value); // written by setRanges and setProxies only
}
