// Connections remembered by the name a browser registered or subscribed with (`…@x.invalid`, RFC 7118 §5): the only way back to it,
// because the name means nothing to anybody else. Peers with an address are never remembered here: they are reached at it, and
// whoever calls one may not be led elsewhere by what somebody else wrote in a Contact.

import { parseSipUri } from '../message/uri';
import type { Flow } from './flow';

const ALIASES_MAX = 50_000;

interface Named {
  readonly flow: Flow;
  /** The address of record that registered the name, proven to the application. */
  readonly owner: string;
}

export class FlowAliases {
  private readonly named = new Map<string, Named>();

  /** Remembers the connection under this Contact URI until it closes. A name in use is its owner's: another's is not taken. */
  remember(uri: string, flow: Flow, owner: string): void {
    const key = keyOf(uri);
    if (key === undefined || flow.reliability !== 'reliable' || this.isTaken(key, owner)) return;
    const known = this.named.get(key);
    if (known?.flow === flow && known.owner === owner) return;
    if (this.named.size >= ALIASES_MAX) this.named.delete(this.named.keys().next().value ?? '');
    this.named.set(key, { flow, owner });
    flow.watchClose(() => {
      if (this.named.get(key)?.flow === flow) this.named.delete(key);
    });
  }

  forget(uri: string, owner: string): void {
    const key = keyOf(uri);
    if (key !== undefined && !this.isTaken(key, owner)) this.named.delete(key);
  }

  find(uri: string): Flow | undefined {
    if (this.named.size === 0) return undefined;
    const key = keyOf(uri);
    const flow = key === undefined ? undefined : this.named.get(key)?.flow;
    return flow?.isOpen ? flow : undefined;
  }

  private isTaken(key: string, owner: string): boolean {
    const known = this.named.get(key);
    return known !== undefined && known.flow.isOpen && known.owner !== owner;
  }
}

/** True for a host that only the connection it was registered over leads to. */
export function isFlowName(host: string): boolean {
  return host.toLowerCase().endsWith('.invalid');
}

function keyOf(uri: string): string | undefined {
  const parsed = parseSipUri(uri);
  return parsed && isFlowName(parsed.host) ? `${parsed.user}@${parsed.host.toLowerCase()}` : undefined;
}
