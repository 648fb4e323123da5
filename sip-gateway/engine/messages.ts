// What the engine's thread and its starter say to each other: plain data, so that the thread could become a process.

import type { EngineConfig } from './config';
import type { Counters } from './counters';
import type { FromDoor, ToDoor } from './transport/door';
import type { Wire } from './transport/flow';
import type { CertificateAndKey } from './transport/listen-address';
import type { TcpCounters } from './transport/tcp-flow';

export type EngineCounters = Counters & TcpCounters & { readonly dialogs: number; readonly transactions: number };

export type ToEngine =
  | { readonly type: 'start'; readonly config: EngineConfig }
  | { readonly type: 'counters'; readonly id: number }
  | { readonly type: 'silence'; readonly address: string; readonly forMs: number }
  /** The next connection over TLS is shown this one. */
  | { readonly type: 'certificate'; readonly certificate: CertificateAndKey }
  /** Hang up on this far end: it does not answer any more. */
  | { readonly type: 'end-flow'; readonly address: string; readonly port: number }
  | ToDoor
  | { readonly type: 'stop' };

export type FromEngine =
  | { readonly type: 'ready'; readonly port: number; readonly hostports: string; readonly localHostports: string }
  | { readonly type: 'failed'; readonly problem: string }
  | { readonly type: 'counters'; readonly id: number; readonly counters: EngineCounters }
  /** A connection over which SIP was spoken is gone. */
  | { readonly type: 'flow-lost'; readonly wire: Wire; readonly address: string; readonly port: number }
  | FromDoor
  /** A fault of our own in one message or timer; the text is a stack, without anything of a caller. */
  | { readonly type: 'fault'; readonly stack: string }
  | { readonly type: 'stopped' };

/** A MessagePort, or anything that behaves so. */
export interface EnginePort {
  postMessage(message: FromEngine): void;
  on(event: 'message', listener: (message: ToEngine) => void): unknown;
}
