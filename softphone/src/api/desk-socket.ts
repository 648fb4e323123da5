/**
 * The page's one WebSocket to `/api/desk` (docs/DESK-SOCKET.md): what is new comes by it, commands go by REST. It is opened for
 * who is logged in, and comes back by itself.
 *
 *   closed ──open──▶ opening ──welcome──▶ open ──lost──▶ waiting ──time over, network back──▶ opening
 *   any state ──close, log-in ended──▶ closed
 */
import type { FromDesk, ToDesk } from '../../../server/api/desk-messages';
import { after, chance } from '../clock';
import { retryDelayMs } from './desk-socket-retry';

export type DeskSocketState = 'closed' | 'opening' | 'open' | 'waiting';

/** The part of a browser's WebSocket that is used here. */
export interface Wire {
  readonly send: (text: string) => void;
  readonly close: () => void;
}
export interface WireListener {
  readonly text: (text: string) => void;
  readonly closed: (code: number) => void;
}
export interface DeskSocketParts {
  readonly connect: (listener: WireListener) => Wire;
  readonly after: (delayMs: number, task: () => void) => () => void;
  /** 0 to 1. */
  readonly chance: () => number;
}

/** An attempt that has brought no `welcome` by then has failed. */
const openingMs = 4_000;
/** The server asks every 10 s whether we are there: after so long without a word the socket is dead. */
const silentMs = 25_000;
/** The server closes with it when the log-in has ended (4403: its rights changed, come again). */
const loginEndedCode = 4401;

type Welcome = Extract<ToDesk, { readonly type: 'welcome' }>;

export class DeskSocket {
  private readonly parts: DeskSocketParts;
  private now: DeskSocketState = 'closed';
  private wire: Wire | undefined;
  private failures = 0;
  private welcome: Welcome | undefined;
  private cancelTimer = (): void => undefined;
  private readonly watchers = new Set<() => void>();
  private readonly listeners = new Set<(message: ToDesk) => void>();

  constructor(parts: DeskSocketParts) {
    this.parts = parts;
  }

  readonly state = (): DeskSocketState => this.now;

  /** Calls `watcher` when the state changes; the answer ends that. */
  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  /** Calls `listener` with each message; the answer ends that. Who comes late gets the last `welcome` at once. */
  subscribe(listener: (message: ToDesk) => void): () => void {
    this.listeners.add(listener);
    if (this.welcome !== undefined) listener(this.welcome);
    return () => this.listeners.delete(listener);
  }

  /** Dropped while the socket is not open. */
  send(message: FromDesk): void {
    if (this.now === 'open') this.wire?.send(JSON.stringify(message));
  }

  open(): void {
    if (this.now === 'closed') this.attempt();
  }

  close(): void {
    this.letGo();
    this.failures = 0;
    this.become('closed');
  }

  /** The network is there again: no need to wait for the next attempt. */
  retryNow(): void {
    if (this.now === 'waiting') this.attempt();
  }

  /** The network is gone: what is open is dead, even if nobody has said so yet. */
  noteNetworkLost(): void {
    if (this.now === 'open' || this.now === 'opening') this.lose();
  }

  private attempt(): void {
    this.letGo();
    this.become('opening');
    this.setTimer(openingMs, () => this.lose());
    const mine: Wire = this.parts.connect({
      text: (text) => {
        if (this.wire === mine) this.take(text);
      },
      closed: (code) => {
        if (this.wire !== mine) return; // let go before
        if (code === loginEndedCode) this.close();
        else this.lose();
      },
    });
    this.wire = mine;
  }

  private take(text: string): void {
    const message = JSON.parse(text) as ToDesk; // the border: the server's own words
    if (this.now === 'open') this.setTimer(silentMs, () => this.lose());
    if (message.type === 'are-you-there') this.send({ type: 'here', count: message.count });
    if (message.type === 'welcome') {
      this.welcome = message;
      this.failures = 0;
      this.setTimer(silentMs, () => this.lose());
      this.become('open');
    }
    for (const listener of [...this.listeners]) listener(message);
  }

  private lose(): void {
    this.letGo();
    this.setTimer(retryDelayMs(this.failures, this.parts.chance()), () => this.attempt());
    this.failures += 1;
    this.become('waiting');
  }

  private letGo(): void {
    const old = this.wire;
    this.wire = undefined;
    this.welcome = undefined;
    this.cancelTimer();
    old?.close();
  }

  private setTimer(delayMs: number, task: () => void): void {
    this.cancelTimer();
    this.cancelTimer = this.parts.after(delayMs, task);
  }

  private become(next: DeskSocketState): void {
    if (this.now === next) return;
    this.now = next;
    for (const watcher of [...this.watchers]) watcher();
  }
}

/** The page's own. */
export const deskSocket = new DeskSocket({
  connect: ({ text, closed }) => {
    const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/desk`);
    socket.addEventListener('message', ({ data }) => text(String(data)));
    socket.addEventListener('close', ({ code }) => closed(code));
    return {
      send: (words) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(words);
      },
      close: () => socket.close(),
    };
  },
  after,
  chance,
});
