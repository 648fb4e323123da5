/**
 * Where mediasoup listens for browsers: each address of this machine by itself, so that a packet goes out from where its
 * answer is awaited, over UDP and TCP. A public address in front of us is announced beside the local one.
 */
import { isIP } from 'node:net';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import type { types } from 'mediasoup';

export interface WebrtcListening {
  /** An address of this machine; `0.0.0.0`: all of IPv4, `::`: all. */
  readonly host: string;
  /** One worker listens on each, over UDP and TCP. */
  readonly ports: readonly number[];
  /** Told to browsers beside the local address; a name is allowed. */
  readonly publicAddress?: string;
}

type Interfaces = NodeJS.Dict<readonly NetworkInterfaceInfo[]>;

export function listenInfosOf(
  { host, publicAddress }: WebrtcListening,
  port: number,
  interfaces: Interfaces = networkInterfaces(),
): types.TransportListenInfo[] {
  const addresses = concreteAddresses(host, interfaces);
  return addresses.flatMap((ip) => {
    const announced = announcedFor(ip, publicAddress, addresses);
    return (['udp', 'tcp'] as const).map((protocol) => ({ protocol, ip, port, ...announced }));
  });
}

/** Loopback only where there is nothing else: no browser elsewhere could use it, and one here reaches the others. */
function concreteAddresses(host: string, interfaces: Interfaces): readonly string[] {
  if (host !== '0.0.0.0' && host !== '::') return [host];
  const rows = Object.values(interfaces).flatMap((of) => of ?? []);
  const usable = rows.filter((row) => !isLinkLocal(row.address) && (host === '::' || row.family === 'IPv4'));
  const outside = usable.filter((row) => !row.internal);
  const addresses = (outside.length > 0 ? outside : usable).map((row) => row.address);
  return [...new Set(addresses.length > 0 ? addresses : ['127.0.0.1'])];
}

const isLinkLocal = (address: string): boolean => /^(169\.254\.|fe[89ab][0-9a-f]:)/i.test(address);

function announcedFor(
  ip: string,
  publicAddress: string | undefined,
  addresses: readonly string[],
): Pick<types.TransportListenInfo, 'announcedAddress' | 'exposeInternalIp'> {
  if (publicAddress === undefined || addresses.includes(publicAddress)) return {};
  const family = isIP(publicAddress);
  if (family !== 0 && family !== isIP(ip)) return {};
  return { announcedAddress: publicAddress, exposeInternalIp: true };
}
