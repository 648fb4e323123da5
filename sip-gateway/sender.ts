/**
 * Who sends a request outside a dialog: a trunk known by its address or registration, or an account that proves itself by
 * digest. A stranger gets the challenge of authenticate.ts and nothing else.
 */
import type { Account, TrunkAccount } from './accounts';
import { type AuthenticationParts, authenticate, authorizationOf } from './authenticate';
import type { Bindings } from './bindings';
import { parseNameAddr, parseUri } from './header-values';
import type { ReceivedRequest, SipLink } from './srf-link';
import { headerOf, webSocketOf } from './srf-message';
import { type TrunkAddresses, trunkOf } from './who-calls';

export interface SenderParts extends AuthenticationParts {
  readonly addresses: TrunkAddresses;
  readonly bindings: Bindings;
}

/** Undefined: the request has been answered. */
export function provenSender(parts: SenderParts, request: ReceivedRequest, link: SipLink): Account | undefined {
  // No trunk speaks over WebSocket: at a trunk's own address it is a browser there.
  const match = webSocketOf(request) === undefined ? trunkOf(parts.book(), parts.addresses, request) : undefined;
  if (match !== undefined && !(match.by === 'address' && isFromDevice(parts, match.trunk, request)))
    return { kind: 'trunk', trunk: match.trunk };
  return authenticate(parts, request, link);
}

/** A phone and a trunk behind one address: whoever shows signs of an account of ours must prove it. */
function isFromDevice(parts: SenderParts, trunk: TrunkAccount, request: ReceivedRequest): boolean {
  if (authorizationOf(request, parts.realm) !== undefined) return true;
  const { source_address: address, source_port: port } = request;
  if (parts.bindings.fromSource(address, port).some(({ of }) => of.kind === 'device')) return true;
  const user = parseUri(parseNameAddr(headerOf(request, 'from') ?? '')?.uri ?? '')?.user ?? '';
  return trunk.kind !== 'pbx' && parts.book().byUsername.get(user)?.kind === 'device';
}
