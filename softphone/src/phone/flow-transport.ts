/**
 * The connection of the phone to our SIP socket, as a transport of sip.js (RFC 7118). Unlike the one of sip.js it can be dropped in one
 * step: after a change of network the old connection would take half a minute to close, and a call has no such time. And a path that
 * died in silence is noticed (keep-alive.ts).
 */
import { EmitterImpl, type Transport, TransportState } from 'sip.js';
import { after } from '../clock';
import { KeepAlive } from './keep-alive';
import { Unanswered } from './unanswered';

export interface FlowOptions {
  /** `wss://host/api/sip`. */
  readonly server: string;
  readonly opened: () => void;
  readonly closed: () => void;
  /** Before `closed`, where nothing was answered any more: whatever else goes the same way is dead too. */
  readonly pathDied: () => void;
}

/** Whoever does not open by then has failed. */
const openingMs = 4_000;
const ping = '\r\n\r\n';

export class FlowTransport implements Transport {
  readonly stateChange = new EmitterImpl<TransportState>();
  onConnect: (() => void) | undefined;
  onDisconnect: ((error?: Error) => void) | undefined;
  onMessage: ((message: string) => void) | undefined;
  private readonly options: FlowOptions;
  private readonly unanswered = new Unanswered();
  private now = TransportState.Disconnected;
  private socket: WebSocket | undefined;
  private readonly keepAlive = new KeepAlive({
    after,
    ping: () => this.socket?.send(ping),
    dead: () => this.died(),
  });
  private cancelTimer = (): void => undefined;

  constructor(_logger: unknown, options: FlowOptions) {
    this.options = options;
  }

  get protocol(): string {
    return this.options.server.startsWith('wss:') ? 'WSS' : 'WS';
  }

  get state(): TransportState {
    return this.now;
  }

  readonly isConnected = (): boolean => this.now === TransportState.Connected;

  /** A new connection in place of whatever there is. */
  connect(): Promise<void> {
    this.drop();
    this.become(TransportState.Connecting);
    const mine = new WebSocket(this.options.server, 'sip');
    this.socket = mine;
    this.cancelTimer = after(openingMs, () => this.lost(mine));
    mine.addEventListener('open', () => this.open(mine));
    mine.addEventListener('close', () => this.lost(mine));
    mine.addEventListener('message', ({ data }) => this.take(mine, String(data)));
    return Promise.resolve();
  }

  /** There is a doubt whether it still leads anywhere: closed, unless the server answers soon. */
  probe(): void {
    if (this.now === TransportState.Connected) this.keepAlive.ask();
  }

  disconnect(): Promise<void> {
    this.drop();
    return Promise.resolve();
  }

  dispose(): Promise<void> {
    return this.disconnect();
  }

  send(message: string): Promise<void> {
    if (this.socket?.readyState !== WebSocket.OPEN) return Promise.reject(new Error('the connection is not open'));
    this.unanswered.sent(message);
    this.socket.send(message);
    return Promise.resolve();
  }

  private open(mine: WebSocket): void {
    if (this.socket !== mine) return mine.close(); // dropped while it opened
    this.cancelTimer();
    this.become(TransportState.Connected);
    this.keepAlive.heard();
    this.onConnect?.();
    this.options.opened();
  }

  private died(): void {
    if (this.socket === undefined) return;
    this.options.pathDied();
    this.lost(this.socket);
  }

  private take(mine: WebSocket, message: string): void {
    if (this.socket !== mine) return;
    this.keepAlive.heard();
    if (message.trim() === '') return; // a pong (RFC 5626 section 3.5.1)
    this.unanswered.received(message);
    this.onMessage?.(message);
  }

  private lost(mine: WebSocket): void {
    if (this.socket !== mine) return; // we let it go ourselves
    this.drop();
    this.options.closed();
  }

  private drop(): void {
    const old = this.socket;
    this.socket = undefined;
    this.cancelTimer();
    this.keepAlive.stop();
    if (old === undefined) return;
    old.close();
    this.become(TransportState.Disconnected);
    for (const response of this.unanswered.drained()) this.onMessage?.(response);
    this.onDisconnect?.(new Error('the connection is gone'));
  }

  private become(state: TransportState): void {
    if (this.now === state) return;
    this.now = state;
    this.stateChange.emit(state);
  }
}
