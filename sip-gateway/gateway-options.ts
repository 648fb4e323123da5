/** The gateway as others see it: what it is started with, what it does, and what it counts. */
import type { SipEffect } from '../call-router/effect';
import type { PbxEvent } from '../call-router/event';
import type { Binding } from '../call-router/state/view';
import type { DeviceAccount, GatewayAccounts, TrunkAccount } from './accounts';
import type { StoredBinding } from './bindings';
import type { GatewayClock, GatewayLog } from './clock';
import type { FlowEnd } from './leg-flows';
import type { LinkAddress } from './srf-link';
import type { TrunkTest } from './test-trunk';

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
  /** Makes the engine hang up on a page that does not answer; the embedded one has it. */
  readonly endFlow?: (address: string, port: number) => void;
  /** Real drachtio-servers refresh sessions by themselves (RFC 4028); ours leaves it to us. */
  readonly enginesRefresh?: boolean;
  readonly loadBindings: () => Promise<readonly StoredBinding[]>;
  readonly saveBindings: (of: Binding['of'], bindings: readonly StoredBinding[]) => void;
  /** At the start; `configure` replaces them. */
  readonly accounts: GatewayAccounts;
}

export interface Gateway {
  run(effect: SipEffect): void;
  configure(accounts: GatewayAccounts): void;
  /** Tries a trunk once as it is given, saved or not. Its `id` is the saved one's, whose account may be registered just now. */
  testTrunk(trunk: TrunkAccount): Promise<TrunkTest>;
  /** From now on this account may register and call, whatever `configure` brings: a browser's, for one log-in. */
  admit(account: DeviceAccount): void;
  /** It may no longer, and its registrations end. Its calls go on. */
  dismiss(username: string): void;
  /** A connection of the engine's has closed. */
  flowLost(flow: FlowEnd): void;
  /** All have: the engine has ended. */
  flowsLost(): void;
  /** Un-registers trunks and closes the links; calls should have ended before. */
  stop(): Promise<void>;
  /** At least one engine is connected. */
  ready(): boolean;
  counters(): GatewayCounters;
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
