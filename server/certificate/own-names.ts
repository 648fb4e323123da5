/** By which names and addresses people may reach this machine: what our certificate must be good for. */
import { hostname, networkInterfaces } from 'node:os';

const hostNamePattern = /^(?!-)[a-z0-9-]{1,63}(?:\.(?!-)[a-z0-9-]{1,63})*$/;

/** @param extra a public address, or the host that HTTPS is bound to. */
export function ownNames(extra: readonly string[]): readonly string[] {
  const host = hostname().toLowerCase();
  const names = ['localhost', host, ...(host.includes('.') ? [] : [`${host}.local`])].filter((name) =>
    hostNamePattern.test(name),
  );
  const addresses = Object.values(networkInterfaces()).flatMap((ofOne) => (ofOne ?? []).map(({ address }) => address));
  // Link-local addresses need a zone, which no certificate can hold.
  const reachable = addresses.filter((address) => !address.toLowerCase().startsWith('fe80:'));
  return [...new Set([...names, '127.0.0.1', '::1', ...reachable, ...extra])].sort();
}
