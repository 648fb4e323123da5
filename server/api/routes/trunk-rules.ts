/**
 * What the database does not ask of a trunk (prisma/settings/trunks.ts does the rest): that an office PBX can be known at
 * all, and that nobody opens the installation to the whole Internet. Checked on the whole trunk, also after a change.
 */
import { isNobodysHost } from '../access-rules';
import { ProblemError } from '../problems';

export interface TrunkToCheck {
  readonly kind: 'address' | 'registration' | 'pbx';
  readonly host?: string | undefined;
  readonly username?: string | undefined;
  readonly hasPassword: boolean;
  readonly allowedAddresses?: readonly string[] | undefined;
}

/** Throws `invalid` with every fault. */
export function checkTrunk(trunk: TrunkToCheck): void {
  const addresses = trunk.allowedAddresses ?? [];
  const errors = [
    ...(trunk.kind === 'pbx' ? pbxFaults(trunk) : []),
    ...wideRanges(addresses),
    ...nobodysAddresses(trunk.host, addresses),
  ];
  if (errors.length > 0) throw new ProblemError('invalid', { errors });
}

/** An office PBX is known by its address, or registers at us with a password. */
function pbxFaults({ host, username, hasPassword, allowedAddresses }: TrunkToCheck) {
  const isKnown = host !== undefined || (allowedAddresses ?? []).length > 0 || (username !== undefined && hasPassword);
  const message = 'is missing: a pbx needs host, allowedAddresses, or username and password';
  return isKnown ? [] : [{ field: 'host', message }];
}

/** Whoever calls from an allowed address calls at our cost. */
function wideRanges(addresses: readonly string[]) {
  return addresses.flatMap((address, index) =>
    /\/0*[0-7]$/.test(address) ? [{ field: `allowedAddresses.${index}`, message: 'must be narrower than /8' }] : [],
  );
}

/** No exchange lives at a multicast, broadcast or unspecified address; packets to one go to all or to ourselves. */
function nobodysAddresses(host: string | undefined, addresses: readonly string[]) {
  const places = [['host', host ?? ''], ...addresses.map((address, index) => [`allowedAddresses.${index}`, address])];
  return places.flatMap(([field = '', address = '']) =>
    isNobodysHost(address) ? [{ field, message: 'must be the address of one host or a network of hosts' }] : [],
  );
}
