/**
 * mediasoup's worker processes, the half of browser audio that speaks ICE and DTLS-SRTP: one for each port, each with one
 * WebRtcServer. They may be absent (native code, built at set-up): the service then runs without browser audio and
 * readiness says so. One that dies is started again in a moment, and whoever had a lease hears of it at once.
 *
 *   starting ──▶ ready ──died──▶ starting        starting ──does not start──▶ failed ──later and later──▶ starting
 */
import { existsSync } from 'node:fs';
import type { types } from 'mediasoup';
import type { ThreadClock } from './engine-thread';
import { type WebrtcListening, listenInfosOf } from './listen-infos';

/** `no-worker`: not installed, or not wanted. `failed`: none starts; tried again. */
export type WebrtcState = 'starting' | 'ready' | 'no-worker' | 'failed' | 'stopped';

export interface WorkerLease {
  readonly worker: types.Worker;
  readonly server: types.WebRtcServer;
  /** Once; after its worker's death it does nothing. */
  readonly release: () => void;
}

export interface WebrtcWorkers {
  readonly state: () => WebrtcState;
  /** The least used one. Where none runs just now it is waited for so long; undefined: none came. */
  readonly lease: (patienceMs: number) => Promise<WorkerLease | undefined>;
  /** Leases that are out. */
  readonly count: () => number;
  readonly stop: () => Promise<void>;
}

export interface WorkersWatch {
  /** Hears why if a worker cannot live. */
  readonly failed: (error: Error) => void;
  /** All that was made on this worker is gone. */
  readonly died: (worker: types.Worker) => void;
}

const retryMinMs = 250;
const retryMaxMs = 60_000;
/** Who lives so long is started again quickly; one that dies sooner is tried later and later, or it would eat a core. */
const provenAfterMs = 10_000;

/** Starts the workers in the background. */
export function startWebrtcWorkers(
  listening: WebrtcListening | undefined,
  clock: ThreadClock,
  watch: WorkersWatch,
): WebrtcWorkers {
  return new Workers(listening, clock, watch);
}

interface Running {
  readonly worker: types.Worker;
  readonly server: types.WebRtcServer;
  leases: number;
}

class Workers implements WebrtcWorkers {
  private readonly slots: readonly WorkerSlot[];
  private isStopped = false;

  constructor(listening: WebrtcListening | undefined, clock: ThreadClock, watch: WorkersWatch) {
    this.clock = clock;
    const ports = listening?.ports ?? [];
    this.slots = ports.map((port) => new WorkerSlot({ listening: listening ?? nowhere, port, clock, watch }));
  }

  private readonly clock: ThreadClock;

  state(): WebrtcState {
    if (this.isStopped) return 'stopped';
    const states = this.slots.map((slot) => slot.state);
    return (['ready', 'starting', 'failed'] as const).find((one) => states.includes(one)) ?? 'no-worker';
  }

  async lease(patienceMs: number): Promise<WorkerLease | undefined> {
    const least = this.leastUsed() ?? (await this.nextReady(patienceMs));
    if (least === undefined) return undefined;
    least.leases++;
    let isOut = true;
    const release = (): void => {
      if (isOut) least.leases--;
      isOut = false;
    };
    return { worker: least.worker, server: least.server, release };
  }

  count(): number {
    return this.slots.reduce((sum, { running }) => sum + (running?.leases ?? 0), 0);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await Promise.all(this.slots.map((slot) => slot.stop()));
  }

  private leastUsed(): Running | undefined {
    const running = this.slots.flatMap((slot) => slot.running ?? []);
    return running.toSorted((a, b) => a.leases - b.leases)[0];
  }

  private async nextReady(patienceMs: number): Promise<Running | undefined> {
    let isOver = false;
    let cancel = (): void => undefined;
    const tooLate = new Promise<void>((resolve) => {
      cancel = this.clock.after(patienceMs, () => {
        isOver = true;
        resolve();
      });
    });
    while (this.leastUsed() === undefined && !isOver && !this.isStopped && this.state() !== 'no-worker')
      await Promise.race([tooLate, ...this.slots.map((slot) => slot.nextChange())]);
    cancel();
    return this.leastUsed();
  }
}

const nowhere: WebrtcListening = { host: '127.0.0.1', ports: [] };

interface SlotSettings {
  readonly listening: WebrtcListening;
  readonly port: number;
  readonly clock: ThreadClock;
  readonly watch: WorkersWatch;
}

/** One port, and the worker on it. */
class WorkerSlot {
  state: Exclude<WebrtcState, 'stopped'> = 'starting';
  running: Running | undefined;
  private readonly settings: SlotSettings;
  private starting: Promise<void>;
  private isStopping = false;
  private retryMs = retryMinMs;
  private cancelRetry: () => void = () => undefined;
  private cancelProof: () => void = () => undefined;
  private changed: (() => void)[] = [];

  constructor(settings: SlotSettings) {
    this.settings = settings;
    this.starting = this.start();
  }

  /** Settles when it becomes ready, fails to, or is stopped. */
  nextChange(): Promise<void> {
    return new Promise((resolve) => this.changed.push(resolve));
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    this.cancelRetry();
    this.cancelProof();
    await this.starting;
    this.cancelProof();
    const worker = this.running?.worker;
    this.running = undefined;
    this.tell();
    if (worker !== undefined) await closed(worker);
  }

  private async start(): Promise<void> {
    // Loaded late: the library looks for its binary when it is loaded.
    const mediasoup = await import('mediasoup');
    if (!existsSync(mediasoup.workerBin)) return this.become('no-worker');
    let worker: types.Worker | undefined;
    try {
      worker = await mediasoup.createWorker({ logLevel: 'error' });
      const server = await worker.createWebRtcServer({
        listenInfos: listenInfosOf(this.settings.listening, this.settings.port),
      });
      this.run(worker, server);
    } catch (error) {
      if (worker !== undefined) await closed(worker);
      this.again(new Error('the mediasoup worker does not start', { cause: error }));
    }
  }

  private run(worker: types.Worker, server: types.WebRtcServer): void {
    worker.on('died', (error) => {
      this.running = undefined;
      // Before the next one starts, so that what was lost is known when it can be made anew.
      if (!this.isStopping) this.settings.watch.died(worker);
      this.again(error);
    });
    this.running = { worker, server, leases: 0 };
    this.cancelProof = this.settings.clock.after(provenAfterMs, () => {
      this.retryMs = retryMinMs;
    });
    this.become('ready');
  }

  private again(error: Error): void {
    this.cancelProof();
    if (this.isStopping) return;
    this.settings.watch.failed(error);
    // One that ran is expected back in a moment; whoever waits for a lease goes on waiting.
    if (this.state === 'ready') this.state = 'starting';
    else this.become('failed');
    this.cancelRetry = this.settings.clock.after(this.retryMs, () => {
      this.starting = this.start();
    });
    this.retryMs = Math.min(this.retryMs * 2, retryMaxMs);
  }

  private become(state: WorkerSlot['state']): void {
    this.state = state;
    this.tell();
  }

  private tell(): void {
    for (const tell of this.changed.splice(0)) tell();
  }
}

/** Ends it, and waits until its process is gone. */
async function closed(worker: types.Worker): Promise<void> {
  if (worker.subprocessClosed) return;
  const gone = new Promise<void>((resolve) => worker.once('subprocessclose', resolve));
  worker.close();
  await gone;
}
