// One application connected to the engine: its socket, its log-in, and the frames we write to it. Frames written while a batch of
// packets is worked off leave in one write.

import type { Socket } from 'node:net';
import type { Clock } from '../clock';
import { newFrameId } from '../ids';
import type { Flow } from '../transport/flow';
import { protocolName } from '../transport/flow';
import { frame, FrameReader } from './frames';
import { timeOfDay } from './time-of-day';

/** Who made a message: the network, or this engine by itself. */
export type Source = 'network' | 'application';

/** A SIP message for the application, with what the meta line says of it. */
export interface ForApp {
  readonly source: Source;
  readonly text: string;
  /** Undefined for a message that never was on a wire. */
  readonly flow: Flow | undefined;
  readonly transactionId: string;
  readonly dialogId: string;
  /** For new requests: the address and port it came in on. */
  readonly receivedOn?: string;
}

/** What the echo of a sent message says. */
export interface Echo {
  readonly text: string;
  readonly flow: Flow;
  readonly transactionId: string;
}

export class AppConnection {
  isAuthenticated = false;
  isOpen = true;
  readonly reader = new FrameReader();
  private readonly socket: Socket;
  private readonly clock: Clock;
  private unwritten = '';

  constructor(socket: Socket, clock: Clock) {
    this.socket = socket;
    this.clock = clock;
  }

  /** `OK`, `NOK` or `NO` with more tokens, in answer to a command. */
  reply(commandId: string, tokens: string): void {
    this.write(`${newFrameId()}|response|${commandId}|${tokens}`);
  }

  replyProblem(commandId: string, problem: string): void {
    this.reply(commandId, `NOK|${problem}`);
  }

  /** The echo of a request we sent: 13 tokens, the address is ours. */
  replyRequestSent(commandId: string, { text, flow, transactionId }: Echo): void {
    const place = `${protocolName(flow.wire)}|${flow.localAddress}|${flow.localPort}`;
    const time = timeOfDay(this.clock.nowMs());
    this.reply(commandId, `OK|application|${text.length}|${place}|${time}|${transactionId}|Msg sent:|\r\n${text}`);
  }

  /** The echo of a response we sent: 15 tokens, the address is the peer's. */
  replyResponseSent(commandId: string, { text, flow, transactionId }: Echo, dialogId: string): void {
    const place = `${protocolName(flow.wire)}|${flow.remoteAddress}|${flow.remotePort}`;
    const time = timeOfDay(this.clock.nowMs());
    this.reply(
      commandId,
      `OK|application|${text.length}|${place}|${time}|${transactionId}|${dialogId}||Msg sent:|\r\n${text}`,
    );
  }

  /** A SIP message from the network, or one the engine made. */
  sip({ source, text, flow, transactionId, dialogId, receivedOn }: ForApp): void {
    const place = flow ? placeOf(source, flow) : 'udp||0';
    const bytes = flow ? text.length : 0;
    const tail = receivedOn === undefined ? '' : `${receivedOn}|`;
    const time = timeOfDay(this.clock.nowMs());
    this.write(
      `${newFrameId()}|sip|${source}|${bytes}|${place}|${time}|${transactionId}|${dialogId}|${tail}\r\n${text}`,
    );
  }

  /** A call detail record: `attempt`, `start` or `stop`, with its role or reason. */
  cdr(event: string, record: { readonly source: Source; readonly note: string; readonly text: string }): void {
    const note = record.note === '' ? '' : `|${record.note}`;
    this.write(
      `${newFrameId()}|cdr:${event}|${record.source}|${timeOfDay(this.clock.nowMs())}${note}\r\n${record.text}`,
    );
  }

  /** Says the last word and hangs up. */
  close(commandId: string, tokens: string): void {
    this.reply(commandId, tokens);
    this.flush();
    this.isOpen = false;
    this.socket.end();
  }

  destroy(): void {
    this.isOpen = false;
    this.socket.destroy();
  }

  private write(payload: string): void {
    if (!this.isOpen) return;
    if (this.unwritten === '') this.clock.soon(() => this.flush());
    this.unwritten += frame(payload);
  }

  private flush(): void {
    if (this.unwritten === '' || !this.isOpen) return;
    const bytes = this.unwritten;
    this.unwritten = '';
    this.socket.write(bytes, 'latin1');
  }
}

function placeOf(source: Source, flow: Flow): string {
  return source === 'network'
    ? `${protocolName(flow.wire)}|${flow.remoteAddress}|${flow.remotePort}`
    : `${protocolName(flow.wire)}|${flow.localAddress}|${flow.localPort}`;
}
