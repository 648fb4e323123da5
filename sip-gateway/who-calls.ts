/**
 * Which trunk sent a request, if one did (DESIGN section 7): by a pbx's registration, by our own unique Contact user at a
 * provider, then address and port, then address alone; where several share an address, by the number that was called.
 */
import { userPartOf } from '../call-router/values/number';
import type { AccountBook, TrunkAccount } from './accounts';
import { parseUri } from './header-values';
import type { ReceivedRequest } from './srf-link';
import { headerOf } from './srf-message';

export interface TrunkAddresses {
  /** Addresses that a trunk's host name stands for now. */
  readonly addressesOf: (trunk: TrunkAccount) => readonly string[];
  /** Trunks that registered at us from this address and port. */
  readonly registeredFrom: (address: string, port: number) => readonly string[];
}

export type TrunkMatch =
  /** `address`: by the address alone, which others may share. */
  { readonly trunk: TrunkAccount; readonly by: 'contact' | 'registration' | 'address-and-port' | 'address' };

export function trunkOf(book: AccountBook, known: TrunkAddresses, request: ReceivedRequest): TrunkMatch | undefined {
  const { source_address: address, source_port: port } = request;
  const registered = known.registeredFrom(address, port).map((id) => book.trunks.get(id));
  const first = registered.find((trunk) => trunk !== undefined);
  if (first !== undefined) return { trunk: first, by: 'registration' };
  const byContact = book.trunkOfContactUser.get(parseUri(request.uri)?.user ?? '');
  if (byContact !== undefined && mayCallFrom(book, known, { trunk: byContact, address }))
    return { trunk: byContact, by: 'contact' };
  const trunks = book.accounts.trunks;
  const atHost = trunks.filter((trunk) => known.addressesOf(trunk).includes(address));
  const atPort = atHost.filter((trunk) => (trunk.port ?? 5060) === port);
  const exact = chosen(book, atPort, request);
  if (exact !== undefined) return { trunk: exact, by: 'address-and-port' };
  const allowed = trunks.filter((trunk) => atHost.includes(trunk) || book.isAllowed(trunk, address));
  const byAddress = chosen(book, allowed, request);
  return byAddress === undefined ? undefined : { trunk: byAddress, by: 'address' };
}

/**
 * A provider may call from any of its machines, and nobody else has our Contact user from it: the name alone is enough, as
 * long as nobody has listed the provider's addresses. Where they are listed, the list counts.
 */
function mayCallFrom(
  book: AccountBook,
  known: TrunkAddresses,
  { trunk, address }: { readonly trunk: TrunkAccount; readonly address: string },
): boolean {
  if (trunk.allowedAddresses.length === 0) return true;
  return book.isAllowed(trunk, address) || known.addressesOf(trunk).includes(address);
}

/** The dialled digits, from where this trunk puts them. Our Contact user is no number: then To has it. */
export function dialledOn(book: AccountBook, trunk: TrunkAccount, request: ReceivedRequest): string {
  const called = headerOf(request, 'p-called-party-id');
  if (trunk.numberFrom === 'p-called-party-id' && called !== undefined) return userPartOf(called);
  const inUri = userPartOf(request.uri);
  if (trunk.numberFrom === 'to' || inUri === book.contactUserOf(trunk))
    return userPartOf(headerOf(request, 'to') ?? '');
  return inUri;
}

function chosen(
  book: AccountBook,
  trunks: readonly TrunkAccount[],
  request: ReceivedRequest,
): TrunkAccount | undefined {
  if (trunks.length < 2) return trunks[0];
  const hasNumber = (trunk: TrunkAccount): boolean => {
    const dialled = digitsOf(dialledOn(book, trunk, request));
    return (book.accounts.numbers ?? []).some(
      ({ number, trunkId }) => trunkId === trunk.id && isNumber(number, dialled),
    );
  };
  return trunks.find(hasNumber) ?? trunks[0];
}

/** Providers write numbers in many ways; the last nine digits tell trunks apart. The router reads them in earnest. */
function isNumber(number: string, dialled: string): boolean {
  const digits = digitsOf(number);
  if (digits === '') return false; // `*`: anything, so it does not tell
  if (number.endsWith('*')) return dialled.startsWith(digits) || dialled.startsWith(`00${digits}`);
  return digits === dialled || (digits.length >= 9 && dialled.endsWith(digits.slice(-9)));
}

const digitsOf = (text: string): string => text.replace(/\D/g, '');
