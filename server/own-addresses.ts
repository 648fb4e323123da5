/**
 * Which address of ours is written in SDP towards a peer: the same rule and the same code as in the SIP engine's headers,
 * so that a phone never hears two addresses (DESIGN section 4, TRUNKLINE_PUBLIC_ADDRESS and TRUNKLINE_LOCAL_NETWORKS).
 */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { LocalAddresses } from '../sip-gateway/engine/transport/local-address';
import type { Clock } from './clock';
import type { Config } from './config';

/** @returns what to write towards a host: an address, or the name of a trunk's host, known once it was looked up. */
export async function ownAddresses(config: Config, clock: Clock): Promise<(host: string) => string> {
  const { publicAddress, localNetworks } = config;
  const engineClock = {
    nowMs: () => clock.now(),
    after: (ms: number, task: () => void) => clock.after(ms, task),
    cancel: () => undefined,
    soon: (task: () => void) => void setImmediate(task),
  };
  const addresses = new LocalAddresses(engineClock, { publicAddress, localNetworks });
  await addresses.prepare();
  const looked = new Map<string, string>();
  return (host) => {
    if (isIP(host) !== 0) return addresses.advertisedFor(host, undefined);
    const known = looked.get(host);
    // The engine resolves the name for the request itself; a name not seen before is taken for a peer outside.
    void lookup(host).then(
      ({ address }) => looked.set(host, address),
      () => undefined, // the INVITE will fail for the same reason, and says so
    );
    return addresses.advertisedFor(known ?? outside, undefined);
  };
}

/** A documentation address (RFC 5737): stands for "somewhere on the internet". */
const outside = '192.0.2.1';
