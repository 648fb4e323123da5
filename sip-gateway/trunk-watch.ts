/**
 * One watch for each trunk, by its kind: we register at it, we ask it with OPTIONS, or (a pbx that registers at us) its
 * binding speaks for it. A trunk whose settings change starts anew; one that is gone is left properly.
 */
import type { PbxEvent } from '../call-router/event';
import type { TrunkState } from '../call-router/state/view';
import { trunkIdOf } from '../call-router/values/ids';
import { type AccountBook, type TrunkAccount, weRegisterAt } from './accounts';
import type { GatewayClock } from './clock';
import type { SipLink } from './srf-link';
import type { TrunkAddressBook } from './trunk-addresses';
import { watchTrunk } from './trunk-health';
import { registerTrunk } from './trunk-registration';

export interface TrunkWatchParts {
  readonly link: () => SipLink | undefined;
  readonly clock: GatewayClock;
  readonly addresses: TrunkAddressBook;
  readonly post: (event: PbxEvent) => void;
}

interface Watched {
  readonly settings: string;
  retry(): void;
  stop(): Promise<void>;
}

export class TrunkWatch {
  private readonly watched = new Map<string, Watched>();
  private readonly registered = new Map<string, TrunkAccount>();
  private readonly parts: TrunkWatchParts;

  constructor(parts: TrunkWatchParts) {
    this.parts = parts;
  }

  configure(book: AccountBook): void {
    for (const [id, watched] of this.watched) {
      const trunk = book.trunks.get(id);
      if (trunk !== undefined && settingsOf(trunk) === watched.settings) continue;
      this.watched.delete(id);
      this.registered.delete(id);
      void watched.stop();
    }
    for (const trunk of book.accounts.trunks) {
      if (!this.watched.has(trunk.id)) this.start(trunk, book.contactUserOf(trunk));
    }
  }

  /** Registered by us with this very account: a second Contact might take its calls away. */
  isRegisteredAs({ host, username }: TrunkAccount): boolean {
    return [...this.registered.values()].some((other) => other.host === host && other.username === username);
  }

  /** An engine is connected (again). */
  retry(): void {
    for (const watched of this.watched.values()) watched.retry();
  }

  show(trunk: string, state: TrunkState): void {
    const { clock, post } = this.parts;
    post({ from: 'sip', type: 'trunk-state-changed', at: clock.now(), trunk: trunkIdOf(trunk), state });
  }

  async stop(): Promise<void> {
    const all = [...this.watched.values()];
    this.watched.clear();
    await Promise.all(all.map((watched) => watched.stop()));
  }

  private start(trunk: TrunkAccount, contactUser: string): void {
    if (trunk.host === undefined) return; // a pbx that registers: bindings.ts speaks for it
    const { link, clock, addresses } = this.parts;
    const settings = settingsOf(trunk);
    const heardFrom = (address: string) => addresses.learn(trunk, address);
    const changed = (state: TrunkState) => this.show(trunk.id, state);
    if (weRegisterAt(trunk)) {
      const turned = (state: TrunkState): void => {
        if (state === 'up') this.registered.set(trunk.id, trunk);
        else this.registered.delete(trunk.id);
        changed(state);
      };
      const registration = registerTrunk({ trunk, contactUser, link, clock, changed: turned, heardFrom });
      this.watched.set(trunk.id, {
        settings,
        retry: () => registration.retry(),
        stop: () => registration.stop(),
      });
      return;
    }
    const health = watchTrunk({ trunk, link, clock, changed, heardFrom });
    this.watched.set(trunk.id, {
      settings,
      retry: () => undefined,
      stop: async () => health.stop(),
    });
  }
}

const settingsOf = (trunk: TrunkAccount): string => JSON.stringify(trunk);
