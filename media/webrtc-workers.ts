/**
 * mediasoup's worker process, the half of browser audio that speaks ICE and DTLS-SRTP. It may be absent (it is native
 * code, built at set-up): the service then runs without browser audio and readiness says so.
 */
import { existsSync } from 'node:fs';
import type { types } from 'mediasoup';
import type { ThreadClock } from './engine-thread';

/** `no-worker`: not installed. `failed`: it does not start; tried again. */
export type WebrtcState = 'starting' | 'ready' | 'no-worker' | 'failed' | 'stopped';

export interface WebrtcWorkers {
  readonly state: () => WebrtcState;
  readonly stop: () => Promise<void>;
}

const restartAfterMs = 1000;

/** Starts the worker in the background; `failed` hears why if it cannot live. */
export function startWebrtcWorkers(clock: ThreadClock, failed: (error: Error) => void): WebrtcWorkers {
  const workers = new WebrtcWorker(clock, failed);
  return { state: () => workers.state, stop: () => workers.stop() };
}

class WebrtcWorker {
  state: WebrtcState = 'starting';
  private readonly clock: ThreadClock;
  private readonly failed: (error: Error) => void;
  private worker: types.Worker | undefined;
  private starting: Promise<void>;
  private cancelRestart: () => void = () => undefined;

  constructor(clock: ThreadClock, failed: (error: Error) => void) {
    this.clock = clock;
    this.failed = failed;
    this.starting = this.start();
  }

  async stop(): Promise<void> {
    this.state = 'stopped';
    this.cancelRestart();
    await this.starting;
    const worker = this.worker;
    this.worker = undefined;
    if (worker === undefined) return;
    const gone = new Promise<void>((resolve) => worker.once('subprocessclose', resolve));
    worker.close();
    await gone;
  }

  private async start(): Promise<void> {
    // Loaded late: the library looks for its binary when it is loaded.
    const mediasoup = await import('mediasoup');
    if (!existsSync(mediasoup.workerBin)) {
      if (this.state !== 'stopped') this.state = 'no-worker';
      return;
    }
    try {
      const worker = await mediasoup.createWorker({ logLevel: 'error' });
      worker.on('died', (error) => this.again(error));
      this.worker = worker;
      if (this.state !== 'stopped') this.state = 'ready';
    } catch (error) {
      this.again(new Error('the mediasoup worker does not start', { cause: error }));
    }
  }

  private again(error: Error): void {
    this.worker = undefined;
    if (this.state === 'stopped') return;
    this.state = 'failed';
    this.failed(error);
    this.cancelRestart = this.clock.after(restartAfterMs, () => {
      this.starting = this.start();
    });
  }
}
