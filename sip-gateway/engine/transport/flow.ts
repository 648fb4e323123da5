// A flow is the way to one peer and back: for UDP our socket and the peer's address, for TCP one connection. Transactions and
// dialogs know flows only; TLS and WebSocket become further kinds of it.

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
  /** False for a source that is silenced: its packets and connections are dropped unread. */
  isWelcome(address: string): boolean;
}

/** `host:port` as it stands in Via and Contact. */
export function advertisedAddress(flow: Flow): string {
  return `${hostText(flow.advertisedHost)}:${flow.localPort}`;
}

/** The URI under which this flow's peer reaches us. */
export function ownUri(flow: Flow): string {
  const transport = flow.wire === 'udp' ? '' : `;transport=${flow.wire}`;
  return `sip:${advertisedAddress(flow)}${transport}`;
}

/** How the application protocol names a wire: WebSocket flows are reported as tcp. */
export function protocolName(wire: Wire): string {
  return wire === 'ws' || wire === 'wss' ? 'tcp' : wire;
}
