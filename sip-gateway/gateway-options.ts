/** What the gateway is started with, and what it counts. */
import type { PbxEvent } from '../call-router/event';
import type { Binding } from '../call-router/state/view';
import type { GatewayAccounts } from './accounts';
import type { StoredBinding } from './bindings';
import type { GatewayClock, GatewayLog } from './clock';
import type { LinkAddress } from './srf-link';

export interface GatewayOptions {
  /** The embedded engine, or every drachtio-server of the farm. */
  readonly links: readonly LinkAddress[];
  readonly clock: GatewayClock;
  readonly post: (event: PbxEvent) => void;
  /** Of the digest; fixed in the database, the HA1s contain it. */
  readonly realm: string;
  /** Names and addresses of this machine, in lower case; IPv6 without brackets. */
  readonly ownHosts: readonly string[];
  /** Secret of this installation, the same after a restart: names our Contacts at providers. */
  readonly contactKey: Uint8Array;
  /** ISO 3166 code for trunks that name none. */
  readonly country: string;
  readonly log: GatewayLog;
  /** Makes the engine drop everything from an address; the embedded one has it. */
  readonly ban?: (address: string, ms: number) => void;
  /** Real drachtio-servers refresh sessions by themselves (RFC 4028); ours leaves it to us. */
  readonly enginesRefresh?: boolean;
  readonly loadBindings: () => Promise<readonly StoredBinding[]>;
  readonly saveBindings: (of: Binding['of'], bindings: readonly StoredBinding[]) => void;
  /** At the start; `configure` replaces them. */
  readonly accounts: GatewayAccounts;
}

export interface GatewayCounters {
  readonly legs: number;
  readonly bindings: number;
  /** Lamps of phones that watch somebody or a mailbox. */
  readonly subscriptions: number;
  /** Requests of strangers that got no answer. */
  readonly strangers: number;
  /** Failed authentications, and how many sources they silenced. */
  readonly failures: number;
  readonly bans: number;
}
