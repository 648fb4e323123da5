/**
 * Whether a connection still leads to the server, for which a socket may wait many minutes: after a while without a word, and
 * whenever there is a doubt, a ping goes out (RFC 5626 section 3.5.1), and with no word at all after it the connection is dead.
 */

export interface KeepAliveParts {
  readonly after: (delayMs: number, task: () => void) => () => void;
  readonly ping: () => void;
  readonly dead: () => void;
}

/** The server asks its browsers every 10 s (sip-gateway/binding-watch.ts): mostly it speaks first. */
const quietMs = 12_000;
const answerWithinMs = 2_000;

export class KeepAlive {
  private readonly parts: KeepAliveParts;
  private isAsked = false;
  private cancelTimer = (): void => undefined;

  constructor(parts: KeepAliveParts) {
    this.parts = parts;
  }

  /** Something has come, or the connection has just opened. */
  heard(): void {
    this.isAsked = false;
    this.setTimer(quietMs, () => this.ask());
  }

  /** Asks now. An answer that is waited for already gets no more time. */
  ask(): void {
    if (this.isAsked) return;
    this.isAsked = true;
    this.setTimer(answerWithinMs, this.parts.dead);
    this.parts.ping();
  }

  stop(): void {
    this.isAsked = false;
    this.cancelTimer();
  }

  private setTimer(delayMs: number, task: () => void): void {
    this.cancelTimer();
    this.cancelTimer = this.parts.after(delayMs, task);
  }
}
