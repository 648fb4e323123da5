// A flow whose transport carries whole messages over a connection: WebSocket (RFC 7118), our own or one that another thread holds.
// One frame is one message, so there is no framing to lose; keep-alives are two line ends, answered with one (RFC 5626 §3.5.1).

import type { Clock } from '../clock';
import type { Flow, TransportUser } from './flow';

/** What carries the messages. */
export interface MessagePipe {
  /** False: it could not be taken. */
  send(text: string): boolean;
  /** Hangs up; `closed` of the flow follows. */
  abort(): void;
}

export interface MessageFlowOptions {
  readonly wire: 'ws' | 'wss';
  readonly remote: FlowPlace;
  readonly local: FlowPlace;
  /** The host we name to the far end. */
  readonly advertised: () => string;
  /** The one account that may speak here. Undefined: any that proves itself. */
  readonly account?: string;
  readonly clock: Clock;
  readonly user: TransportUser;
}

export interface FlowPlace {
  readonly address: string;
  readonly port: number;
}

const KEEP_ALIVE = /^(?:\r\n){1,2}$/;

export class MessageFlow implements Flow {
  readonly reliability = 'reliable';
  readonly wire: 'ws' | 'wss';
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly localAddress: string;
  readonly localPort: number;
  readonly account: string | undefined;
  isOpen = true;
  /** When the last message came or went. */
  lastActiveMs: number;
  /** Something that looks like a message has come. */
  hasSpoken = false;
  private readonly options: MessageFlowOptions;
  private readonly pipe: MessagePipe;
  private readonly closeListeners = new Set<() => void>();

  constructor(options: MessageFlowOptions, pipe: MessagePipe) {
    this.options = options;
    this.pipe = pipe;
    this.wire = options.wire;
    this.remoteAddress = options.remote.address;
    this.remotePort = options.remote.port;
    this.localAddress = options.local.address;
    this.localPort = options.local.port;
    this.account = options.account;
    this.lastActiveMs = options.clock.nowMs();
  }

  get advertisedHost(): string {
    return this.options.advertised();
  }

  send(text: string, failed?: () => void): void {
    const { clock } = this.options;
    this.lastActiveMs = clock.nowMs();
    if (this.isOpen && this.pipe.send(text)) return;
    if (failed) clock.soon(failed);
  }

  /** One frame has come, in byte text. */
  receive(text: string): void {
    if (!this.isOpen) return;
    this.lastActiveMs = this.options.clock.nowMs();
    if (KEEP_ALIVE.test(text)) {
      if (text.length === 4) this.send('\r\n');
      return;
    }
    this.hasSpoken = true;
    this.options.user.received(this, text);
  }

  watchClose(listener: () => void): void {
    this.closeListeners.add(listener);
  }

  unwatchClose(listener: () => void): void {
    this.closeListeners.delete(listener);
  }

  abort(): void {
    this.pipe.abort();
  }

  /** The connection is gone. */
  closed(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    const listeners = [...this.closeListeners];
    this.closeListeners.clear();
    for (const listener of listeners) listener();
    if (this.hasSpoken) this.options.user.closed(this);
  }
}
