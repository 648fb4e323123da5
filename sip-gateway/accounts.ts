/**
 * Who may talk to us: devices with their HA1s and trunks with their passwords, indexed for one look-up a request.
 * Replaced as a whole by `configure`. Fits what prisma's load-directory gives; secrets stay in this folder.
 */
import { createHmac } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import type { DigestAlgorithm } from './digest';
import { ha1Of } from './digest';

export interface DeviceAccount {
  readonly id: string;
  /** Whose it is; the message lamp shows that person's mailbox. */
  readonly userId?: string;
  readonly username: string;
  readonly algorithm: 'MD5' | 'SHA-256';
  readonly ha1Md5: string;
  readonly ha1Sha256: string;
}

export interface TrunkAccount {
  readonly id: string;
  readonly kind: 'address' | 'registration' | 'pbx';
  /** `pbx`: we register at it, as at a provider; its user name and password are ours there. */
  readonly weRegister?: boolean;
  readonly host?: string;
  readonly port?: number;
  readonly transport: 'udp' | 'tcp';
  readonly username?: string;
  readonly password?: string;
  /** Peers besides `host`: addresses or CIDR ranges. */
  readonly allowedAddresses: readonly string[];
  readonly numberFrom: 'request-uri' | 'to' | 'p-called-party-id';
  readonly numberFormat: 'e164' | 'international-00' | 'national';
  readonly country?: string;
}

export interface GatewayAccounts {
  readonly devices: readonly DeviceAccount[];
  readonly trunks: readonly TrunkAccount[];
  /** Used where several trunks share one address: the called number tells them apart. */
  readonly numbers?: readonly { readonly number: string; readonly trunkId?: string }[];
}

/** Who proves themselves by digest: a device, or a pbx that registers at us. */
export type Account =
  | { readonly kind: 'device'; readonly device: DeviceAccount }
  | { readonly kind: 'trunk'; readonly trunk: TrunkAccount };

export type AccountsByName = Pick<ReadonlyMap<string, Account>, 'get' | 'has'>;

export interface AccountBook {
  readonly accounts: GatewayAccounts;
  readonly trunks: ReadonlyMap<string, TrunkAccount>;
  /** Only trunks we register at: nobody else has been told a Contact of ours to call. */
  readonly trunkOfContactUser: ReadonlyMap<string, TrunkAccount>;
  /** What our Contact says to this trunk; it proves something only at a peer we register at. */
  readonly contactUserOf: (trunk: TrunkAccount) => string;
  readonly byUsername: AccountsByName;
  readonly usernameOfDevice: ReadonlyMap<string, string>;
  /** The algorithm a user name is challenged with; a name nobody has gets one that tells nothing. */
  readonly algorithmFor: (username: string) => DigestAlgorithm;
  readonly ha1: (account: Account, algorithm: DigestAlgorithm) => string;
  /** The address is one of `allowedAddresses`. */
  readonly isAllowed: (trunk: TrunkAccount, address: string) => boolean;
}

export interface BookParts {
  /** Of the digest; fixed in the database. */
  readonly realm: string;
  /** Secret of this installation, the same after a restart. */
  readonly contactKey: Uint8Array;
  /** Accounts that come and go without the directory: those of browsers, each for one log-in, by user name. */
  readonly guests: ReadonlyMap<string, DeviceAccount>;
}

export function accountBook(accounts: GatewayAccounts, { realm, contactKey, guests }: BookParts): AccountBook {
  const named = new Map<string, Account>();
  for (const trunk of accounts.trunks) {
    const registersHere = trunk.kind === 'pbx' && !weRegisterAt(trunk);
    if (registersHere && trunk.username !== undefined && trunk.password !== undefined)
      named.set(trunk.username, { kind: 'trunk', trunk });
  }
  for (const device of accounts.devices) named.set(device.username, { kind: 'device', device });
  const byUsername = withGuests(named, guests);
  const registered = accounts.trunks.filter(weRegisterAt);
  const contactUsers = new Map(registered.map((trunk) => [trunk.id, contactUser(trunk, contactKey)]));
  const contactUserOf = (trunk: TrunkAccount) => contactUsers.get(trunk.id) ?? plainContactUser;
  const allowed = new Map(accounts.trunks.map((trunk) => [trunk.id, addressList(trunk.allowedAddresses)]));
  return {
    accounts,
    trunks: new Map(accounts.trunks.map((trunk) => [trunk.id, trunk])),
    trunkOfContactUser: new Map(registered.map((trunk) => [contactUserOf(trunk), trunk])),
    contactUserOf,
    byUsername,
    usernameOfDevice: new Map(accounts.devices.map((device) => [device.id, device.username])),
    algorithmFor: algorithmChooser(accounts, byUsername),
    ha1: (account, algorithm) => ha1For(account, algorithm, realm),
    isAllowed: (trunk, address) =>
      isIP(address) !== 0 && (allowed.get(trunk.id)?.check(address, familyOf(address)) ?? false),
  };
}

function withGuests(named: AccountsByName, guests: BookParts['guests']): AccountsByName {
  return {
    has: (username) => named.has(username) || guests.has(username),
    get: (username) => {
      const device = guests.get(username);
      return named.get(username) ?? (device === undefined ? undefined : { kind: 'device', device });
    },
  };
}

/** A provider, or an office PBX that has an account for us. */
export const weRegisterAt = (trunk: TrunkAccount): boolean =>
  trunk.kind === 'registration' || (trunk.kind === 'pbx' && trunk.weRegister === true);

/** At every other peer: it says who we are and opens nothing. */
const plainContactUser = 'trunkline';

/**
 * The user of our Contact at a provider. An INVITE to it is taken for the provider's, so nobody else may compute it; and it
 * must be the same after a restart, or the provider would ring a binding that is gone. Hence a MAC under a key of ours.
 */
function contactUser(trunk: TrunkAccount, contactKey: Uint8Array): string {
  return `t${createHmac('sha256', contactKey).update(`contact\n${trunk.id}`).digest('hex').slice(0, 32)}`;
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Addresses and CIDR ranges; what is neither was refused when the trunk was saved. */
function addressList(allowed: readonly string[]): BlockList {
  const list = new BlockList();
  for (const text of allowed) {
    const [address = '', bits] = text.split('/');
    if (isIP(address) === 0) continue;
    const most = isIP(address) === 4 ? 32 : 128;
    if (bits === undefined) list.addAddress(address, familyOf(address));
    else if (/^\d{1,3}$/.test(bits) && Number(bits) <= most) list.addSubnet(address, Number(bits), familyOf(address));
  }
  return list;
}

/** An unknown name is challenged with SHA-256 as often as known ones are, always alike for the same name. */
function algorithmChooser(accounts: GatewayAccounts, byUsername: AccountsByName) {
  const stronger = accounts.devices.filter((device) => device.algorithm === 'SHA-256').length;
  const share = stronger / Math.max(1, accounts.devices.length);
  const key = accounts.devices[0]?.ha1Sha256 ?? '';
  return (username: string): DigestAlgorithm => {
    const known = byUsername.get(username);
    if (known !== undefined) return known.kind === 'device' ? known.device.algorithm : 'MD5';
    if (stronger === 0) return 'MD5';
    const drawn = createHmac('sha256', key).update(username).digest().readUInt32BE(0) / 2 ** 32;
    return drawn < share ? 'SHA-256' : 'MD5';
  };
}

function ha1For(account: Account, algorithm: DigestAlgorithm, realm: string): string {
  if (account.kind === 'device') return algorithm === 'MD5' ? account.device.ha1Md5 : account.device.ha1Sha256;
  return ha1Of({ username: account.trunk.username ?? '', realm, password: account.trunk.password ?? '' }, algorithm);
}
