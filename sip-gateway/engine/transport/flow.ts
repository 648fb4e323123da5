// A flow is the way to one peer and back: for UDP our socket and the peer's address, for TCP one connection. Transactions and
// dialogs know flows only.

import type { Reliability } from '../transaction/timers';
import { hostText } from '../message/uri';

export type Wire = 'udp' | 'tcp' | 'tls' | 'ws' | 'wss';

export interface Flow {
  readonly wire: Wire;
  readonly reliability: Reliability;
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** The address and port of ours at which this peer's messages arrive. */
  readonly localAddress: string;
  readonly localPort: number;
  /** The host we name to this peer in Via and Contact: the local address, or the public one for peers outside. */
  readonly advertisedHost: string;
  /** The one account that may speak here; undefined: any that proves itself. */
  readonly account?: string | undefined;
  /** False once messages can no longer go this way. */
  readonly isOpen: boolean;
  /** Sends one message in byte text. `failed` is called if the transport says it could not. */
  send(text: string, failed?: () => void): void;
  /** Calls the listener once the flow can carry nothing more; never for UDP. */
  watchClose(listener: () => void): void;
  unwatchClose(listener: () => void): void;
}

/** What a transport does with what it reads. */
export interface TransportUser {
  /** One message (framed, unparsed) has arrived. */
  received(flow: Flow, text: string): void;
  /** A connection over which SIP was spoken is gone. */
  closed(flow: Flow): void;
  /** False for a source that is silenced: its packets and connections are dropped unread. */
  isWelcome(address: string): boolean;
}

/** `host:port` as it stands in Via and Contact. */
export function advertisedAddress(flow: Flow): string {
  return `${hostText(flow.advertisedHost)}:${flow.localPort}`;
}

/** The URI under which this flow's peer reaches us. */
export function ownUri(flow: Flow): string {
  return `sip:${advertisedAddress(flow)}${transportParameter(flow.wire)}`;
}

/** Of a URI; UDP goes without saying. Secure WebSocket has no name of its own there (RFC 7118 §5.4). */
export function transportParameter(wire: Wire): string {
  return wire === 'udp' ? '' : `;transport=${wire === 'wss' ? 'ws' : wire}`;
}

/** One frame or packet is one message, with or without Content-Length. */
export function carriesWholeMessages(wire: Wire): boolean {
  return wire === 'udp' || isWebSocket(wire);
}

export function isWebSocket(wire: string): wire is 'ws' | 'wss' {
  return wire === 'ws' || wire === 'wss';
}

/** How the application protocol names a wire: WebSocket flows are reported as tcp. */
export function protocolName(wire: Wire): string {
  return isWebSocket(wire) ? 'tcp' : wire;
}
