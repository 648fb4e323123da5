/**
 * One request of a demo phone and its answers: sent again until something comes back (RFC 3261 section 17.1, T1 = 500 ms),
 * for 32 s at the most.
 */
import type { Clock } from '../../server/clock';
import type { WireMessage } from './wire';

const firstWaitMs = 500;
const longestWaitMs = 4000;
const giveUpMs = 32_000;

export class Exchange {
  readonly final: Promise<WireMessage>;
  private readonly clock: Clock;
  private readonly send: () => void;
  private readonly provisional: (message: WireMessage) => void;
  private settle:
    | { readonly resolve: (message: WireMessage) => void; readonly reject: (error: Error) => void }
    | undefined;
  private cancelWait: () => void = () => undefined;
  private readonly cancelGiveUp: () => void;

  constructor(clock: Clock, send: () => void, provisional: (message: WireMessage) => void) {
    this.clock = clock;
    this.send = send;
    this.provisional = provisional;
    this.final = new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
    });
    this.cancelGiveUp = clock.after(giveUpMs, () => this.fail(new Error('no answer within 32 s')));
    this.repeat(firstWaitMs);
  }

  private repeat(waitMs: number): void {
    this.send();
    this.cancelWait = this.clock.after(waitMs, () => this.repeat(Math.min(2 * waitMs, longestWaitMs)));
  }

  receive(message: WireMessage): void {
    this.cancelWait();
    if ((message.status ?? 0) < 200) return this.provisional(message);
    this.cancelGiveUp();
    this.settle?.resolve(message);
  }

  fail(error: Error): void {
    this.cancelWait();
    this.cancelGiveUp();
    this.settle?.reject(error);
  }
}

/** Sends a 2xx at once and again (T1 doubling to 4 s, RFC 3261 section 13.3.1.4) until stopped, 32 s at the most. */
export function repeated(clock: Clock, send: () => void): () => void {
  let stop: () => void = () => undefined;
  const again = (waitMs: number): void => {
    send();
    if (waitMs < giveUpMs) stop = clock.after(Math.min(waitMs, longestWaitMs), () => again(2 * waitMs));
  };
  again(firstWaitMs);
  return () => stop();
}
