/**
 * The main thread's end of one database thread: requests by number, a deadline for each, and a new thread when one died (its
 * requests are rejected with `StoreUnavailable`: whoever asked knows whether to ask again).
 */
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Clock } from './clock';
import {
  allOf,
  type FromThread,
  type Operations,
  StoreError,
  type ThreadSettings,
  type Together,
  type ToThread,
} from './thread-messages';

export interface ThreadOptions {
  readonly file: 'calls-worker' | 'reading-worker';
  readonly settings: ThreadSettings;
  readonly clock: Clock;
  readonly deadlineMs: number;
}

type Settling = Extract<FromThread, { readonly id: number }>;

interface Pending {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly cancelDeadline: () => void;
}

const restartAfterMs = 100;
const restartAfterMsMax = 5000;
const closeMs = 10_000;
/** More than this waiting means that the database stands still. */
const requestsMax = 20_000;

/** Started from sources (jest) or from dist: a thread runs compiled files only. */
const folder = __filename.endsWith('.ts') ? path.join(__dirname, '../dist/prisma') : __dirname;

export class DatabaseThread<Ops extends Operations<Ops>> {
  readonly #options: ThreadOptions;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | undefined;
  #state: 'starting' | 'ready' | 'down' | 'closed' = 'starting';
  /** Asked in this turn of the loop. */
  #unsent: ToThread[] = [];
  #nextId = 1;
  #deaths = 0;

  constructor(options: ThreadOptions) {
    this.#options = options;
  }

  isReady(): boolean {
    return this.#state === 'ready';
  }

  /** Resolves when the database is open and migrated; rejects with what the thread says. */
  start(): Promise<void> {
    this.#state = 'starting';
    const { file, settings } = this.#options;
    const worker = new Worker(path.join(folder, `${file}.js`), { workerData: settings });
    this.#worker = worker;
    return new Promise((resolve, reject) => {
      let problem = new StoreError('StoreUnavailable', `the ${file} thread ended`);
      const hear = (message: FromThread): void => {
        if (message.type === 'ready') {
          this.#state = 'ready';
          this.#deaths = 0;
          resolve();
        } else if (message.type === 'not-started') problem = new StoreError(message.name, message.message);
        else this.#settle(message);
      };
      worker.on('message', (said: Together<FromThread>) => allOf(said).forEach(hear));
      worker.on('error', (error: Error) => {
        problem = new StoreError('StoreUnavailable', error.message);
      });
      worker.on('exit', () => {
        reject(problem);
        if (this.#worker === worker) this.#died(problem);
      });
    });
  }

  ask<Op extends keyof Ops & string>(op: Op, request: Ops[Op]['request']): Promise<Ops[Op]['answer']> {
    const worker = this.#worker;
    if (worker === undefined || this.#state === 'down' || this.#state === 'closed')
      return Promise.reject(new StoreError('StoreUnavailable', 'the database thread is not running'));
    if (this.#pending.size >= requestsMax)
      return Promise.reject(new StoreError('StoreOverloaded', 'too many requests wait for the database'));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const cancelDeadline = this.#options.clock.after(this.#options.deadlineMs, () => {
        this.#pending.delete(id);
        reject(new StoreError('StoreTooSlow', `no answer to ${op} in time`));
      });
      this.#pending.set(id, { resolve, reject, cancelDeadline });
      this.#say(worker, { type: 'request', id, op, request });
    });
  }

  #say(worker: Worker, message: ToThread): void {
    if (this.#unsent.length === 0) setImmediate(() => this.#flush(worker));
    this.#unsent.push(message);
  }

  #flush(worker: Worker): void {
    const messages = this.#unsent;
    this.#unsent = [];
    if (this.#worker === worker && messages.length > 0) worker.postMessage(messages satisfies Together<ToThread>);
  }

  /** What was asked before is still carried out. */
  async close(): Promise<void> {
    const worker = this.#worker;
    const wasRunning = this.#state === 'ready' || this.#state === 'starting';
    this.#state = 'closed';
    if (worker === undefined || !wasRunning) return;
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    this.#say(worker, { type: 'close' });
    const cancelTerminate = this.#options.clock.after(closeMs, () => void worker.terminate());
    await ended;
    cancelTerminate();
  }

  #settle(message: Settling): void {
    const pending = this.#pending.get(message.id);
    if (pending === undefined) return; // its deadline has passed
    this.#pending.delete(message.id);
    pending.cancelDeadline();
    if (message.type === 'answer') pending.resolve(message.answer);
    else pending.reject(new StoreError(message.name, message.message));
  }

  #died(problem: StoreError): void {
    this.#worker = undefined;
    this.#unsent = [];
    for (const pending of this.#pending.values()) {
      pending.cancelDeadline();
      pending.reject(problem);
    }
    this.#pending.clear();
    // A thread that never came up at the first start is the caller's problem, not to be tried again behind its back.
    if (this.#state === 'closed' || (this.#state === 'starting' && this.#deaths === 0)) return;
    this.#state = 'down';
    const waitMs = Math.min(restartAfterMsMax, restartAfterMs * 2 ** this.#deaths);
    this.#deaths += 1;
    this.#options.clock.after(waitMs, () => {
      if (this.#state === 'down') this.start().catch(() => undefined); // its end brings us here again
    });
  }
}
