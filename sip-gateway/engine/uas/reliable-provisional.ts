// Reliable provisional responses of ours: RSeq, repetition until PRACK, one at a time. RFC 3262 §3.

import { randomInt } from 'node:crypto';
import type { Clock, Timer } from '../clock';
import type { Dialog } from '../dialog/dialog';
import { parseCseq } from '../message/cseq';
import type { SipRequest } from '../message/sip-message';
import { T1_MS, TRANSACTION_MS } from '../transaction/timers';

export interface ReliableOptions {
  /** CSeq number of the INVITE. */
  readonly seq: number;
  readonly rseq: number;
  /** True if it carries SDP: then a 2xx must wait for the PRACK. */
  readonly hasBody: boolean;
  repeat(): void;
  /** No PRACK came within 64 x T1. */
  givenUp(): void;
}

export class ReliableProvisional {
  readonly rseq: number;
  readonly hasBody: boolean;
  private readonly clock: Clock;
  private readonly options: ReliableOptions;
  private readonly waiting: (() => void)[] = [];
  private timer: Timer | undefined;
  private intervalMs = T1_MS;
  private passedMs = 0;
  private isAcknowledged = false;

  constructor(clock: Clock, options: ReliableOptions) {
    this.clock = clock;
    this.options = options;
    this.rseq = options.rseq;
    this.hasBody = options.hasBody;
    this.wait();
  }

  get isPending(): boolean {
    return this.timer !== undefined;
  }

  /** True if this PRACK names this response and it has not been acknowledged before. */
  matches(prack: SipRequest): boolean {
    const [rseq = '', ...rest] = (prack.headers.first('rack') ?? '').trim().split(/\s+/);
    const cseq = parseCseq(rest.join(' '));
    return (
      !this.isAcknowledged && Number(rseq) === this.rseq && cseq?.seq === this.options.seq && cseq.method === 'INVITE'
    );
  }

  /** Runs the task once the PRACK has come. */
  whenAcknowledged(task: () => void): void {
    this.waiting.push(task);
  }

  acknowledged(): void {
    this.isAcknowledged = true;
    this.stop();
    for (const task of this.waiting.splice(0)) task();
  }

  stop(): void {
    if (this.timer) this.clock.cancel(this.timer);
    this.timer = undefined;
  }

  private wait(): void {
    const delayMs = Math.min(this.intervalMs, TRANSACTION_MS - this.passedMs);
    this.timer = this.clock.after(delayMs, () => {
      this.passedMs += delayMs;
      if (this.passedMs >= TRANSACTION_MS) {
        this.stop();
        return this.options.givenUp();
      }
      this.intervalMs *= 2;
      this.options.repeat();
      this.wait();
    });
  }
}

/** The first RSeq is random, the next ones follow (RFC 3262 §3). */
export function nextRseq(dialog: Dialog): number {
  return dialog.reliable ? dialog.reliable.rseq + 1 : randomInt(1, 0x40000000);
}

/** A PRACK that `matches` has come. Tasks that waited run after it has been passed on. */
export function takePrack(dialog: Dialog): void {
  dialog.reliable?.acknowledged();
}
