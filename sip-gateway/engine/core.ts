// What all parts of the engine share: the tables of what is under way, and the ways out.

import type { AppServer } from './app-link/app-server';
import type { Clock } from './clock';
import type { EngineLimits } from './config';
import type { Counters } from './counters';
import type { DialogTable } from './dialog/dialog-table';
import type { FloodGuard } from './flood-guard';
import type { ClientTransactions } from './transaction/client-transaction';
import type { ServerTransactions } from './transaction/server-transaction';
import type { FlowAliases } from './transport/flow-aliases';
import type { Transports } from './transport/transports';
import type { Resolver } from './resolve';
import type { ReceivedRequest } from './uas/received-request';
import type { SentRequest } from './uac/sent-request';

export interface Core {
  readonly clock: Clock;
  readonly limits: EngineLimits;
  readonly counters: Counters;
  readonly guard: FloodGuard;
  readonly transports: Transports;
  readonly aliases: FlowAliases;
  readonly apps: AppServer;
  readonly serverTransactions: ServerTransactions;
  readonly clientTransactions: ClientTransactions;
  readonly dialogs: DialogTable;
  /** Requests the application has not finally answered, by transaction id. */
  readonly received: Map<string, ReceivedRequest>;
  /** The INVITEs among them, by transaction key: CANCEL looks for them. */
  readonly receivedInvites: Map<string, ReceivedRequest>;
  /** Call-IDs of the INVITEs among them that begin a call. */
  readonly ringingCallIds: Set<string>;
  /** Requests of the application without a final response, by transaction id. */
  readonly sent: Map<string, SentRequest>;
  readonly resolver: Resolver;
  /** SUBSCRIBEs of ours by Call-ID and From tag: their NOTIFY may come before the response (RFC 6665 §4.1.2.4). */
  readonly sentSubscribes: Map<string, SentRequest>;
}
