// What the engine is told at its start, and its limits with their defaults.

import type { TcpLimits } from './transport/tcp-flow';
import { TRANSACTION_MS } from './transaction/timers';
import type { CertificateAndKey, ListenAddress } from './transport/listen-address';

export interface EngineLimits {
  readonly tcp: TcpLimits;
  /** New requests waiting for the application or ringing; more get 503 with Retry-After. */
  readonly openRequestsMax: number;
  /**
   * New requests outside dialogs one stranger may send in a second; more are dropped. A source is none as long as the application
   * takes its calls or registrations, or it answers ours: trunks and phones have no limit. 0: no limit for anybody.
   */
  readonly newRequestsPerSourcePerSecondMax: number;
  /** Unreadable messages one source may send in a minute before it is silenced for `silenceMs`. 0: no limit. */
  readonly badMessagesPerSourcePerMinuteMax: number;
  readonly silenceMs: number;
  /**
   * For the first response to an INVITE, 100 too. Timer B of RFC 3261 is 32 s: no caller waits so long for a dead trunk before the
   * next is tried. A peer that lives answers 100 within 200 ms (section 17.2.1).
   */
  readonly firstAnswerMs: number;
  /** How long a name may take to resolve. */
  readonly resolveMs: number;
}

export const DEFAULT_LIMITS: EngineLimits = {
  tcp: { connectionsMax: 10_000, connectionsPerSourceMax: 500, idleMs: 600_000, patienceMs: 10_000 },
  openRequestsMax: 20_000,
  newRequestsPerSourcePerSecondMax: 100,
  badMessagesPerSourcePerMinuteMax: 100,
  silenceMs: 60_000,
  firstAnswerMs: TRANSACTION_MS,
  resolveMs: 4_000,
};

export interface EngineConfig {
  readonly listen: readonly ListenAddress[];
  /** For `tls` and `wss` addresses. */
  readonly certificate?: CertificateAndKey | undefined;
  readonly publicAddress?: string | undefined;
  readonly localNetworks?: readonly string[] | undefined;
  /** Applications must know it; a fresh random one for each start. */
  readonly secret: string;
  /** Their port on 127.0.0.1; 0 or undefined: a free one. */
  readonly appPort?: number | undefined;
  readonly limits: EngineLimits;
}
