/**
 * Who calls, as signalled: P-Asserted-Identity before From, and only from peers we trust (RFC 3325 section 9);
 * P-Preferred-Identity is a wish and is not read. Privacy: RFC 3323 section 4.2 and the anonymous From.
 * For a device its account is its identity, whatever its From says.
 */
import type { SignalledCaller } from '../call-router/event';
import { hasExtensionDigits, userPartOf } from '../call-router/values/number';
import type { TrunkAccount } from './accounts';
import { type NameAddr, parseNameAddr, parseUri, splitOutside } from './header-values';
import { headerOf } from './srf-message';

interface Message {
  readonly headers: Readonly<Record<string, string>>;
}

const callerUserMax = 64;

/**
 * A call from a trunk: what the provider or the PBX asserts, else what From says. The office PBX is in our domain of trust
 * (RFC 3325 section 5): an extension of its that hides its number from others is no stranger to us.
 */
export function callerFromTrunk(message: Message, kind: TrunkAccount['kind']): SignalledCaller {
  const from = parseNameAddr(headerOf(message, 'from') ?? '');
  const asserted = assertedIdentity(headerOf(message, 'p-asserted-identity'));
  const shown = asserted ?? from;
  const user = userPartOf(shown?.uri ?? '').slice(0, callerUserMax);
  if (shown === undefined || isWithheld(message, from))
    return { user: kind === 'pbx' && hasExtensionDigits(user) ? user : '', withheld: true };
  const displayName = asserted?.displayName ?? from?.displayName;
  return displayName === undefined || displayName === user
    ? { user, withheld: false }
    : { user, displayName, withheld: false };
}

/** A call from a device of ours; it may ask to hide its number. */
export function callerFromDevice(message: Message, username: string): SignalledCaller {
  return { user: username, withheld: isWithheld(message, parseNameAddr(headerOf(message, 'from') ?? '')) };
}

/** Up to two values, one sip: and one tel: (RFC 3325 section 9.1): the first whose user is a number wins. */
function assertedIdentity(value: string | undefined): NameAddr | undefined {
  if (value === undefined) return undefined;
  const all = splitOutside(value, ',')
    .map(parseNameAddr)
    .filter((identity) => identity !== undefined);
  return all.find((identity) => /\d/.test(userPartOf(identity.uri))) ?? all[0];
}

function isWithheld(message: Message, from: NameAddr | undefined): boolean {
  const privacy = (headerOf(message, 'privacy') ?? '').toLowerCase().split(/[;,\s]+/);
  if (privacy.includes('id') || privacy.includes('user')) return true;
  const uri = parseUri(from?.uri ?? '');
  return uri === undefined || uri.host === 'anonymous.invalid' || uri.user.toLowerCase() === 'anonymous';
}
