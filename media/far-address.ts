/** Reads where a far end wants RTP: the c= line of a description. Only one host can be named, never many. */
import { BlockList, isIP } from 'node:net';

export interface FarAddress {
  /** Literal address for RTP; undefined: a name, or one that takes nothing (0.0.0.0, RFC 2543 hold). */
  readonly host?: string;
  readonly isHeldByAddress: boolean;
}

/** Where nothing is taken; in any spelling. */
const nobody = new BlockList();
nobody.addAddress('0.0.0.0');
nobody.addAddress('::', 'ipv6');

/** Groups and broadcast, and "this network": nobody calls from there, and many could be sent to. */
const many = new BlockList();
many.addSubnet('224.0.0.0', 4);
many.addAddress('255.255.255.255');
many.addSubnet('0.0.0.0', 8);
many.addSubnet('ff00::', 8, 'ipv6');

/** RFC 8866 section 5.7. A name is not resolved: its packets show where it is. */
export function readConnection(value: string | undefined): FarAddress | 'bad' {
  const [net, family, address = ''] = (value ?? '').trim().split(/ +/);
  if (net !== 'IN' || (family !== 'IP4' && family !== 'IP6')) return 'bad';
  // With a TTL it is a multicast group, and nobody calls one.
  if (address === '' || address.includes('/')) return 'bad';
  const version = isIP(address);
  if (version === 0) return /^[\w.-]+$/.test(address) && !/^[\d.]+$/.test(address) ? { isHeldByAddress: false } : 'bad';
  // An interface of theirs (RFC 4007) means nothing here.
  if (version !== (family === 'IP4' ? 4 : 6) || address.includes('%')) return 'bad';
  const kind = version === 4 ? 'ipv4' : 'ipv6';
  if (nobody.check(address, kind)) return { isHeldByAddress: true };
  return many.check(address, kind) ? 'bad' : { host: address, isHeldByAddress: false };
}
