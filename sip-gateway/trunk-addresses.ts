/**
 * Which addresses a trunk's host name stands for now: by DNS, asked again now and then, and by where it has answered from
 * (a provider's SRV record may name other hosts, RFC 3263). Requests from there are taken for the trunk's.
 */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { TrunkAccount } from './accounts';
import type { GatewayClock } from './clock';

const refreshMs = 60_000;
const learnedMax = 16;

export class TrunkAddressBook {
  private readonly byHost = new Map<string, readonly string[]>();
  private readonly learned = new Map<string, string[]>();
  private trunks: readonly TrunkAccount[] = [];
  private timer: (() => void) | undefined;
  private readonly clock: GatewayClock;

  constructor(clock: GatewayClock) {
    this.clock = clock;
  }

  configure(trunks: readonly TrunkAccount[]): void {
    this.trunks = trunks;
    for (const id of this.learned.keys()) if (!trunks.some((trunk) => trunk.id === id)) this.learned.delete(id);
    this.refresh();
  }

  addressesOf(trunk: TrunkAccount): readonly string[] {
    if (trunk.host === undefined) return [];
    const host = bare(trunk.host);
    const named = isIP(host) === 0 ? (this.byHost.get(host) ?? []) : [host];
    const learned = this.learned.get(trunk.id);
    return learned === undefined ? named : [...named, ...learned];
  }

  /** The trunk answered a request of ours from this address. */
  learn(trunk: TrunkAccount, address: string): void {
    if (this.addressesOf(trunk).includes(address)) return;
    const known = this.learned.get(trunk.id) ?? [];
    this.learned.set(trunk.id, [...known, address].slice(-learnedMax));
  }

  /** An address where a trunk is reached. */
  has(address: string): boolean {
    return this.trunks.some((trunk) => this.addressesOf(trunk).includes(address));
  }

  stop(): void {
    this.timer?.();
    this.trunks = [];
  }

  private refresh(): void {
    this.timer?.();
    const names = this.trunks.map(({ host }) => bare(host ?? '')).filter((host) => host !== '' && isIP(host) === 0);
    if (names.length === 0) return;
    for (const name of new Set(names)) void this.resolve(name);
    this.timer = this.clock.after(refreshMs, () => this.refresh());
  }

  /** A name that does not resolve now keeps its last addresses. */
  private async resolve(name: string): Promise<void> {
    const found = await lookup(name, { all: true }).catch(() => []);
    if (found.length > 0)
      this.byHost.set(
        name,
        found.map(({ address }) => address),
      );
  }
}

const bare = (host: string): string => host.replace(/^\[|\]$/g, '');
