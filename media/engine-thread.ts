/**
 * One media worker thread, seen from the main side: started, spoken to, started again when it dies. Legs that were in a
 * thread that died are lost; that is told, and new legs go to the new one.
 */
import path from 'node:path';
import type { EventLoopUtilization } from 'node:perf_hooks';
import { type MessagePort, Worker } from 'node:worker_threads';
import type { EngineCounters, FromEngine, ToEngine } from './engine/messages';

export interface ThreadClock {
  readonly after: (ms: number, fire: () => void) => () => void;
}

export interface ThreadSettings {
  readonly rtpPorts: readonly number[];
  readonly portRestMs: number;
  /** A new way to the recorder for each start; undefined: nothing is recorded. */
  readonly recorder: () => MessagePort | undefined;
  readonly clock: ThreadClock;
  /** Listens to the worker before anything is said to it. */
  readonly listen: (thread: EngineThread, worker: Worker) => void;
}

/** So long between a death and the next start, that a worker which cannot live does not eat a core. */
const restartAfterMs = 200;
const sampleMs = 1000;
const stopMaxMs = 3000;
const questionMaxMs = 2000;

export class EngineThread {
  private readonly settings: ThreadSettings;
  private lastLent = 0;
  private sample: { readonly at: EventLoopUtilization; readonly busy: number } | undefined;
  private worker: Worker | undefined;
  /** One event of the router says several things: they leave in one message as soon as it is worked off. */
  private unsent: ToEngine[] = [];
  private hasStarted = false;
  private isStopping = false;
  private cancelRestart: () => void = () => undefined;
  private readonly questions = new Map<number, (counters: EngineCounters | undefined) => void>();
  private lastQuestion = 0;
  private whenReady: () => void = () => undefined;
  private whenStopped: () => void = () => undefined;
  /** Settles when the worker first runs. */
  readonly started: Promise<void>;

  constructor(settings: ThreadSettings) {
    this.settings = settings;
    this.started = new Promise((resolve) => {
      this.whenReady = resolve;
    });
    this.start();
  }

  get isReady(): boolean {
    return this.hasStarted && this.worker !== undefined;
  }

  /** Share of time it was busy in the last second or two, 0..1. */
  get busyRatio(): number {
    if (this.worker === undefined) return 1;
    const now = this.worker.performance.eventLoopUtilization();
    // The first look says nothing: until then it was loading.
    const { idle = 0, active = 0 } = this.sample?.at ?? {};
    const passedMs = now.idle - idle + now.active - active;
    if (this.sample === undefined || passedMs >= sampleMs) {
      this.sample = { at: now, busy: this.sample === undefined ? 0 : (now.active - active) / passedMs };
    }
    return this.sample.busy;
  }

  /** False where no worker lives to hear it. */
  post(message: ToEngine): boolean {
    if (this.worker === undefined) return false;
    if (this.unsent.length === 0) queueMicrotask(() => this.flush());
    this.unsent.push(message);
    return true;
  }

  private flush(): void {
    const messages = this.unsent;
    this.unsent = [];
    if (messages.length > 0) this.worker?.postMessage(messages);
  }

  /** The recorder was replaced. A worker that is being replaced itself asks when it starts. */
  renewRecorder(): void {
    const recorder = this.worker === undefined ? undefined : this.settings.recorder();
    if (recorder !== undefined) this.worker?.postMessage({ type: 'recorder', recorder } satisfies ToEngine, [recorder]);
  }

  /** Undefined if it does not answer in time. */
  async counters(): Promise<EngineCounters | undefined> {
    const question = ++this.lastQuestion;
    const answer = new Promise<EngineCounters | undefined>((resolve) => this.questions.set(question, resolve));
    const cancel = this.settings.clock.after(questionMaxMs, () => this.answer(question, undefined));
    if (!this.post({ type: 'count', question })) this.answer(question, undefined);
    return answer.finally(cancel);
  }

  /** What it said about itself; the rest is events (receive-rtp-events.ts). */
  hear(message: Extract<FromEngine, { type: 'started' | 'counters' | 'stopped' }>): void {
    if (message.type === 'counters') this.answer(message.question, message.counters);
    if (message.type === 'stopped') this.whenStopped();
    if (message.type !== 'started') return;
    this.hasStarted = true;
    this.whenReady();
  }

  /** This port was lent last: the next worker begins behind it, so that those of the dead one's calls rest. */
  lent(rtpPort: number): void {
    this.lastLent = rtpPort;
  }

  /** It died. Another is started in a moment. */
  died(): void {
    this.worker = undefined;
    this.unsent = [];
    this.sample = undefined;
    this.hasStarted = false;
    for (const question of [...this.questions.keys()]) this.answer(question, undefined);
    this.whenStopped();
    if (!this.isStopping) this.cancelRestart = this.settings.clock.after(restartAfterMs, () => this.start());
  }

  /** Closes all its legs and sockets, then ends it. */
  async stop(): Promise<void> {
    this.isStopping = true;
    this.cancelRestart();
    const worker = this.worker;
    if (worker === undefined) return;
    const stopped = new Promise<void>((resolve) => {
      this.whenStopped = resolve;
    });
    const cancel = this.settings.clock.after(stopMaxMs, () => this.whenStopped());
    this.post({ type: 'stop' });
    await stopped;
    cancel();
    await worker.terminate();
  }

  private start(): void {
    const { portRestMs } = this.settings;
    const ports = this.settings.rtpPorts;
    const next = ports.indexOf(this.lastLent) + 1;
    const rtpPorts = [...ports.slice(next), ...ports.slice(0, next)];
    const worker = new Worker(workerFile, { name: 'media', env: {} });
    this.worker = worker;
    this.settings.listen(this, worker);
    const recorder = this.settings.recorder();
    const start = { type: 'start', rtpPorts, portRestMs } as const;
    if (recorder === undefined) worker.postMessage(start);
    else worker.postMessage({ ...start, recorder }, [recorder]);
  }

  private answer(question: number, counters: EngineCounters | undefined): void {
    this.questions.get(question)?.(counters);
    this.questions.delete(question);
  }
}

/** Worker threads run from dist/, also where this file runs from its source (tests). */
const workerFile = path.join(
  __filename.endsWith('.ts') ? path.join(__dirname, '../dist/media') : __dirname,
  'engine/worker.js',
);
