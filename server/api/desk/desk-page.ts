/**
 * One page of one person: its socket, kept to limits both ways. Whether the page is awake is asked all the time, because a frozen
 * page answers pings (its browser does, RFC 6455 section 5.5.2) but not us: who answers no `are-you-there` is asleep, is told
 * nothing until it wakes, and then all anew. A reader that is too slow loses its socket: nothing waits for it without end.
 */
import { WebSocket } from 'ws';
import type { Viewer } from '../../../prisma/who';
import type { Clock } from '../../clock';
import type { DeskLimits } from '../../limits';
import type { FromDesk, ToDesk } from '../desk-messages';
import type { Entrant } from '../open-sockets';
import { viewerOf } from '../who-asks';
import { readFromDesk } from './read-from-desk';

export interface DeskPageParts {
  readonly socket: WebSocket;
  readonly entrant: Entrant;
  readonly clock: Clock;
  readonly limits: DeskLimits;
  readonly told: {
    readonly said: (page: DeskPage, message: Exclude<FromDesk, { readonly type: 'here' }>) => void;
    readonly fellAsleep: (page: DeskPage) => void;
    readonly wokeUp: (page: DeskPage) => void;
    readonly gone: (page: DeskPage, why: PageEnd) => void;
  };
}
/** `unreadable`: said what is no message; `flooded`: said too much; `slow`: did not read. */
export type PageEnd = 'left' | 'unreadable' | 'flooded' | 'slow';

/** Policy violation (RFC 6455 section 7.4.1). */
const refusedCode = 1008;

export class DeskPage {
  readonly entrant: Entrant;
  /** What they may see; the people they lead may change. */
  viewer: Viewer;
  private readonly parts: DeskPageParts;
  private readonly stopAsking: () => void;
  private asked = 0;
  private answered = 0;
  private saidSinceAsked = 0;
  private sleeps = false;
  private end: PageEnd = 'left';

  constructor(parts: DeskPageParts) {
    this.parts = parts;
    this.entrant = parts.entrant;
    this.viewer = viewerOf(parts.entrant.asker);
    parts.socket.on('message', (bytes: Buffer, isBinary) => this.hear(isBinary ? '' : bytes.toString()));
    parts.socket.on('close', () => this.close());
    this.stopAsking = parts.clock.every(parts.limits.askEveryMs, () => this.ask());
  }

  get userId(): string {
    return this.entrant.userId;
  }

  get isAsleep(): boolean {
    return this.sleeps;
  }

  send(message: ToDesk): void {
    this.sendText(JSON.stringify(message));
  }

  /** A message as text, made once for all who get it. */
  sendText(text: string): void {
    if (!this.sleeps) this.write(text);
  }

  private write(text: string): void {
    const { socket, limits } = this.parts;
    if (socket.readyState !== WebSocket.OPEN) return;
    if (socket.bufferedAmount > limits.waitingBytesMax) return this.cut('slow');
    socket.send(text);
  }

  private ask(): void {
    this.saidSinceAsked = 0;
    if (!this.sleeps && this.asked - this.answered >= this.parts.limits.unansweredMax) {
      this.sleeps = true;
      this.parts.told.fellAsleep(this);
    }
    this.asked += 1;
    this.write(JSON.stringify({ type: 'are-you-there', count: this.asked } satisfies ToDesk));
  }

  private hear(text: string): void {
    this.saidSinceAsked += 1;
    if (this.saidSinceAsked > this.parts.limits.messagesPerAskMax) return this.cut('flooded');
    const message = readFromDesk(text);
    if (message === undefined) return this.cut('unreadable');
    if (message.type === 'here') this.note(message.count);
    else this.parts.told.said(this, message);
  }

  /** An old answer, out of a queue that has just begun to move, shows as well that its scripts run. */
  private note(count: number): void {
    this.answered = Math.max(this.answered, Math.min(count, this.asked));
    if (!this.sleeps) return;
    this.answered = this.asked;
    this.sleeps = false;
    this.parts.told.wokeUp(this);
  }

  private cut(why: PageEnd): void {
    this.end = why;
    // A slow reader would not read the close frame either.
    if (why === 'slow') this.parts.socket.terminate();
    else this.parts.socket.close(refusedCode);
  }

  private close(): void {
    this.stopAsking();
    this.parts.told.gone(this, this.end);
  }
}
