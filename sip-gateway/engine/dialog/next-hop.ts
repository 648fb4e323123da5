// Where a request inside a dialog goes: the first route, else the remote target (RFC 3261 §12.2.1.1), corrected for peers behind
// address translation, whose Contact names a place we cannot reach: those are reached the way their last message came.

import { isIP } from 'node:net';
import { uriOf } from '../message/name-addr';
import { parseSipUri, type SipUri } from '../message/uri';
import type { Flow } from '../transport/flow';
import { type FlowAliases, isFlowName } from '../transport/flow-aliases';
import { isPrivateAddress } from '../transport/networks';
import type { Dialog } from './dialog';

/** Either a known way, or a URI to resolve. */
export type NextHop = { readonly kind: 'flow'; readonly flow: Flow } | { readonly kind: 'uri'; readonly uri: SipUri };

export function nextHopOf(aliases: FlowAliases, dialog: Dialog): NextHop {
  const route = dialog.routeSet[0];
  // A browser may have come back on another connection since (RFC 5626 §5.3): its name leads to the newest.
  const named = route === undefined ? aliases.find(dialog.remoteTarget) : undefined;
  if (named) return { kind: 'flow', flow: named };
  const uri = parseSipUri(route === undefined ? dialog.remoteTarget : uriOf(route));
  if (!uri || isFlowName(uri.host) || isReachedByFlow(uri, dialog.flow)) return { kind: 'flow', flow: dialog.flow };
  return { kind: 'uri', uri };
}

/** True if the last message's way is better than what the URI says. */
export function isReachedByFlow(uri: SipUri, flow: Flow): boolean {
  const isLiteral = isIP(uri.host) !== 0;
  // A connection that stands is the way (RFC 5626 in spirit), unless the URI names another public host.
  if (flow.reliability === 'reliable') {
    return flow.isOpen && (!isLiteral || uri.host === flow.remoteAddress || isPrivateAddress(uri.host));
  }
  return isLiteral && uri.host !== flow.remoteAddress && isPrivateAddress(uri.host);
}

/** Request-URI and Route values: a loose router (lr) keeps the remote target, a strict one takes its place (§12.2.1.1). */
export function routedTo(dialog: Dialog, uri: string): { readonly uri: string; readonly routes: readonly string[] } {
  const first = dialog.routeSet[0];
  if (first === undefined || /;\s*lr\b/i.test(first)) return { uri, routes: dialog.routeSet };
  return { uri: uriOf(first), routes: [...dialog.routeSet.slice(1), `<${uri}>`] };
}
