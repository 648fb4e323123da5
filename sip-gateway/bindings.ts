/**
 * The state of the registrar: which contacts each account has registered (RFC 3261 section 10), until when, and the
 * source they came from, where requests go (a phone behind NAT is reached only there). Kept by the store over a restart.
 */
import type { Binding } from '../call-router/state/view';
import { type BindingId, bindingIdOf, deviceIdOf, epochMs, trunkIdOf } from '../call-router/values/ids';
import type { Account } from './accounts';
import type { GatewayClock } from './clock';
import { parseUri } from './header-values';
import { randomHex } from './random';

/** Plain data; what is saved and restored. */
export interface StoredBinding {
  readonly id: string;
  readonly of: Binding['of'];
  /** URI of the Contact as sent. */
  readonly contact: string;
  readonly source: { readonly address: string; readonly port: number; readonly protocol: string };
  /** Name of the engine that holds the flow. */
  readonly link: string;
  readonly sipCallId: string;
  readonly cseq: number;
  readonly expiresAt: number;
  /** `+sip.instance` (RFC 5626): the same phone with a new address replaces its old contact. */
  readonly instance?: string;
  /** Left out: a phone. */
  readonly media?: 'webrtc';
  /** The account that registered it, where its device may have several. */
  readonly username?: string;
}

export interface BindingsEvents {
  readonly changed: (of: Binding['of'], bindings: readonly StoredBinding[]) => void;
  /** The watch over a binding starts and ends. */
  readonly added: (binding: StoredBinding) => void;
  readonly gone: (id: string) => void;
}

export class Bindings {
  private readonly byId = new Map<string, StoredBinding>();
  private readonly byAccount = new Map<string, Set<string>>();
  /** How many came from an address, and from an address and port. */
  private readonly bySource = new Map<string, number>();
  private readonly expiry = new Map<string, () => void>();
  private readonly clock: GatewayClock;
  private readonly events: BindingsEvents;

  constructor(clock: GatewayClock, events: BindingsEvents) {
    this.clock = clock;
    this.events = events;
  }

  get size(): number {
    return this.byId.size;
  }

  of(id: BindingId | string): StoredBinding | undefined {
    return this.byId.get(id);
  }

  ofAccount(of: Binding['of']): StoredBinding[] {
    const ids = this.byAccount.get(accountKey(of)) ?? [];
    return [...ids].map((id) => this.byId.get(id)).filter((binding) => binding !== undefined);
  }

  /** The trunks and devices that registered from this very address and port. */
  hasSource(address: string, port: number): boolean {
    return this.bySource.has(`${address}|${port}`);
  }

  hasAddress(address: string): boolean {
    return this.bySource.has(address);
  }

  fromSource(address: string, port: number): StoredBinding[] {
    if (!this.hasSource(address, port)) return [];
    return [...this.byId.values()].filter(({ source }) => source.address === address && source.port === port);
  }

  /** Applies one REGISTER: all of it or, by its caller's check, nothing. */
  apply(of: Binding['of'], change: { readonly put: readonly StoredBinding[]; readonly drop: readonly string[] }): void {
    for (const id of change.drop) {
      this.forget(id);
      this.events.gone(id);
    }
    for (const binding of change.put) {
      const isNew = !this.byId.has(binding.id);
      this.forget(binding.id);
      this.remember(binding);
      if (isNew) this.events.added(binding);
    }
    this.events.changed(of, this.ofAccount(of));
  }

  /** A contact that expired, or whose phone is dead. */
  drop(id: string): void {
    const binding = this.byId.get(id);
    if (binding !== undefined) this.apply(binding.of, { put: [], drop: [id] });
  }

  /** Those of browsers went with their connections. */
  restore(saved: readonly StoredBinding[]): void {
    const alive = saved.filter(({ expiresAt, media }) => expiresAt > this.clock.now() && media !== 'webrtc');
    for (const binding of alive) this.remember(binding);
    for (const binding of alive) this.events.added(binding);
    const accounts = new Map(alive.map((binding) => [accountKey(binding.of), binding.of]));
    for (const of of accounts.values()) this.events.changed(of, this.ofAccount(of));
  }

  /** Accounts that are no more lose their contacts. */
  keepOnly(isKept: (binding: StoredBinding) => boolean): void {
    for (const binding of [...this.byId.values()]) if (!isKept(binding)) this.drop(binding.id);
  }

  /** Stops the timers; what is saved stays. */
  stop(): void {
    for (const cancel of this.expiry.values()) cancel();
    this.expiry.clear();
  }

  private remember(binding: StoredBinding): void {
    this.byId.set(binding.id, binding);
    const key = accountKey(binding.of);
    const ids = this.byAccount.get(key) ?? new Set();
    this.byAccount.set(key, ids.add(binding.id));
    for (const source of sourceKeys(binding)) this.bySource.set(source, (this.bySource.get(source) ?? 0) + 1);
    const left = Math.max(0, binding.expiresAt - this.clock.now());
    this.expiry.set(
      binding.id,
      this.clock.after(left, () => this.drop(binding.id)),
    );
  }

  private forget(id: string): void {
    const binding = this.byId.get(id);
    if (binding === undefined) return;
    this.byId.delete(id);
    this.expiry.get(id)?.();
    this.expiry.delete(id);
    const key = accountKey(binding.of);
    const ids = this.byAccount.get(key);
    ids?.delete(id);
    if (ids?.size === 0) this.byAccount.delete(key);
    for (const source of sourceKeys(binding)) {
      const left = (this.bySource.get(source) ?? 1) - 1;
      if (left === 0) this.bySource.delete(source);
      else this.bySource.set(source, left);
    }
  }
}

export const newBindingId = (): string => randomHex(16);

export const ownerOf = (account: Account): Binding['of'] =>
  account.kind === 'device'
    ? { kind: 'device', device: deviceIdOf(account.device.id) }
    : { kind: 'trunk', trunk: trunkIdOf(account.trunk.id) };

/** What the router sees of it. */
export const seenByRouter = (binding: StoredBinding): Binding => ({
  id: bindingIdOf(binding.id),
  of: binding.of,
  host: binding.source.address,
  media: binding.media ?? 'rtp',
  expiresAt: epochMs(binding.expiresAt),
});

export const accountKey = (of: Binding['of']): string =>
  of.kind === 'device' ? `device:${of.device}` : `trunk:${of.trunk}`;

/**
 * The next hop to a contact: the source its REGISTER came from, never the host it wrote. A browser's contact is a name that
 * only its own connection answers to (RFC 7118 section 5): the engine knows it. In a URI, secure WebSocket is `ws` too.
 */
export function nextHopOf(binding: StoredBinding): string | undefined {
  const { address, port, protocol } = binding.source;
  if (protocol !== 'udp' && parseUri(binding.contact)?.host.endsWith('.invalid') === true) return undefined;
  const transport = protocol === 'wss' ? 'ws' : protocol;
  return `sip:${address.includes(':') ? `[${address}]` : address}:${port};transport=${transport}`;
}

const sourceKeys = ({ source }: StoredBinding): readonly string[] => [
  source.address,
  `${source.address}|${source.port}`,
];
