/**
 * Keeps one recorder thread running: one that dies is replaced, the new one goes on with the running recordings (incomplete, in
 * the same files), and what else the dead one left in `live/` is recovered.
 *
 *   running ──thread ends──▶ pause ──▶ starting ──ready──▶ running      (starting ──fails──▶ pause, twice as long)
 */
import path from 'node:path';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { RecordingEffect } from '../call-router/effect';
import type { RecordingEvent } from '../call-router/event';
import { assertNever } from '../call-router/values/assert';
import type { CallId, EpochMs } from '../call-router/values/ids';
import type { AlarmChange, RecorderSettings, RecoveredRecording, ToRecorder } from './messages';
import { endOf, RecorderEars, type RunningRecording } from './receive-recorder-events';

export interface KeeperOptions {
  readonly settings: RecorderSettings;
  readonly clock: {
    readonly now: () => EpochMs;
    readonly after: (ms: number, fire: () => void) => () => void;
  };
  readonly post: (event: RecordingEvent) => void;
  /** For the log: an alarm began or ended. */
  readonly onAlarm?: (change: AlarmChange) => void;
  /** Another thread records: connect it to media (`listen`), and link what the dead one had finished. */
  readonly onRestarted?: (left: readonly RecoveredRecording[]) => void;
}

const pauseMinMs = 100;
const pauseMaxMs = 5000;

export class RecorderKeeper {
  readonly ears: RecorderEars;
  private readonly options: KeeperOptions;
  private readonly running = new Map<CallId, RunningRecording>();
  private port: MessagePort | undefined;
  private ended: Promise<void> = Promise.resolve();
  private state: 'starting' | 'kept' | 'stopping' = 'starting';
  private pauseMs = pauseMinMs;
  private cancelPause: () => void = () => undefined;

  constructor(options: KeeperOptions) {
    this.options = options;
    this.ears = new RecorderEars({ ...options, running: this.running, onLost: () => this.pause() });
  }

  /** The first thread; from then on one is kept. Rejects if the folder cannot be written. */
  async begin(mediaPort: MessagePort): Promise<void> {
    await this.start(mediaPort);
    this.state = 'kept';
  }

  /** Carries an effect out; while there is no thread, its successor does. */
  run(effect: RecordingEffect): void {
    switch (effect.do) {
      case 'start':
        this.running.set(effect.call, { sidecar: effect.sidecar, isFinishing: false });
        // What is said until the next thread runs is lost.
        if (this.port === undefined) this.ears.postIncomplete(effect.call);
        return this.tell({ type: 'start', call: effect.call, sidecar: effect.sidecar });
      case 'update':
        this.change(effect.call, { sidecar: effect.sidecar });
        return this.tell({ type: 'update', call: effect.call, sidecar: effect.sidecar });
      case 'finish':
        this.change(effect.call, { isFinishing: true });
        return this.tell({ type: 'finish', call: effect.call });
      default:
        return assertNever(effect);
    }
  }

  tell(message: ToRecorder): void {
    this.port?.postMessage(message);
  }

  /** With no thread to listen the port is closed: media gets another when there is one. */
  listen(mediaPort: MessagePort): void {
    if (this.port === undefined) mediaPort.close();
    else this.port.postMessage({ type: 'listen', mediaPort } satisfies ToRecorder, [mediaPort]);
  }

  async recover(): Promise<readonly RecoveredRecording[]> {
    const answer = this.ears.next(['recovered']);
    this.tell({ type: 'recover' });
    return (await answer).recordings;
  }

  async stop(): Promise<void> {
    this.state = 'stopping';
    this.cancelPause();
    this.ears.expectEnd();
    this.tell({ type: 'stop' });
    await this.ended;
  }

  private async start(mediaPort?: MessagePort): Promise<void> {
    const { port1: port, port2: threadPort } = new MessageChannel();
    const worker = new Worker(workerFile('recorder-thread'), {
      name: 'recorder',
      workerData: { port: threadPort, mediaPort },
      transferList: mediaPort === undefined ? [threadPort] : [threadPort, mediaPort],
      env: {},
    });
    this.ended = endOf(worker, port);
    this.ears.listenTo(port, worker);
    port.postMessage({ type: 'begin', settings: this.options.settings } satisfies ToRecorder);
    const first = await this.ears.next(['ready', 'not-ready']);
    if (first.type === 'ready') {
      this.port = port;
      return;
    }
    this.ears.forget(worker);
    await worker.terminate();
    throw new Error(`The folder for recordings cannot be written (${first.code}): ${this.options.settings.folder}`);
  }

  private change(call: CallId, what: Partial<RunningRecording>): void {
    const known = this.running.get(call);
    if (known !== undefined) this.running.set(call, { ...known, ...what });
  }

  private pause(): void {
    this.port?.close();
    this.port = undefined;
    if (this.state !== 'kept') return;
    this.cancelPause();
    this.cancelPause = this.options.clock.after(this.pauseMs, () => void this.replace());
    this.pauseMs = Math.min(pauseMaxMs, this.pauseMs * 2);
  }

  /** Never rejects: what did not start is tried again. */
  private async replace(): Promise<void> {
    try {
      await this.start();
      if (this.state === 'stopping') return this.tell({ type: 'stop' });
      for (const [call, { sidecar, isFinishing }] of this.running) {
        this.tell({ type: 'resume', call, sidecar });
        if (isFinishing) this.tell({ type: 'finish', call });
      }
      const left = await this.recover();
      this.pauseMs = pauseMinMs;
      this.ears.found();
      this.options.onRestarted?.(left);
    } catch {
      // The alarm stands. A thread that ended has brought us to a pause already; one without a folder has not.
      this.pause();
    }
  }
}

/** Threads run from dist/, also when this file runs from its source in a test. */
function workerFile(name: string): string {
  const folder = __filename.endsWith('.ts') ? path.resolve(__dirname, '..', 'dist', 'recordings') : __dirname;
  return path.join(folder, `${name}.js`);
}
