// Connections remembered by the address a peer registered or subscribed with, so that a later request to that address of record
// goes back over the connection it came by: the only way to a peer behind NAT on TCP, and to browsers (`…@x.invalid`).

import { parseSipUri } from '../message/uri';
import type { Flow } from './flow';

const ALIASES_MAX = 50_000;

export class FlowAliases {
  private readonly flows = new Map<string, Flow>();

  /** Remembers the connection under this Contact URI until it closes. */
  remember(uri: string, flow: Flow): void {
    const key = keyOf(uri);
    if (key === undefined || flow.reliability !== 'reliable') return;
    if (this.flows.size >= ALIASES_MAX) this.flows.delete(this.flows.keys().next().value ?? '');
    this.flows.set(key, flow);
    flow.watchClose(() => {
      if (this.flows.get(key) === flow) this.flows.delete(key);
    });
  }

  forget(uri: string): void {
    const key = keyOf(uri);
    if (key !== undefined) this.flows.delete(key);
  }

  find(uri: string): Flow | undefined {
    if (this.flows.size === 0) return undefined;
    const key = keyOf(uri);
    const flow = key === undefined ? undefined : this.flows.get(key);
    return flow?.isOpen ? flow : undefined;
  }
}

function keyOf(uri: string): string | undefined {
  const parsed = parseSipUri(uri);
  return parsed ? `${parsed.user}@${parsed.host}:${parsed.port ?? ''}` : undefined;
}
