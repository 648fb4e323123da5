/**
 * What the recorder thread says becomes events for the router; its alarms and counters are kept for who asks. If the
 * thread is lost, every running recording is reported incomplete, and the alarm stays until another thread is ready.
 */
import type { MessagePort, Worker } from 'node:worker_threads';
import type { RecordingSidecar } from '../call-router/effect';
import type { RecordingEvent } from '../call-router/event';
import type { CallId, EpochMs } from '../call-router/values/ids';
import type { AlarmChange, AlarmKind, FromRecorder, RecorderCounters } from './messages';

type Answer<Type extends FromRecorder['type']> = Extract<FromRecorder, { readonly type: Type }>;

export interface EarOptions {
  readonly clock: { readonly now: () => EpochMs };
  readonly post: (event: RecordingEvent) => void;
  readonly onAlarm?: (change: AlarmChange) => void;
  /** Recordings whose `finished` has not come yet: the loss of the thread is a loss for each. */
  readonly running: Map<CallId, RunningRecording>;
  /** Without being asked to, the thread has ended. */
  readonly onLost: () => void;
}

/** What another thread must be told to go on with it. */
export interface RunningRecording {
  readonly sidecar: RecordingSidecar;
  readonly isFinishing: boolean;
}

interface Waiting {
  readonly take: (message: FromRecorder) => boolean;
  readonly reject: (error: Error) => void;
}

/** Listens to one recorder thread after the other. */
export class RecorderEars {
  private readonly raised = new Set<AlarmKind>();
  private waiting: Waiting[] = [];
  private lastCounters: RecorderCounters | undefined;
  private ending = false;
  /** The one that is listened to. */
  private worker: Worker | undefined;
  private readonly options: EarOptions;

  constructor(options: EarOptions) {
    this.options = options;
  }

  listenTo(port: MessagePort, worker: Worker): void {
    this.worker = worker;
    port.on('message', (message: FromRecorder) => this.hear(message));
    worker.once('error', (error) => this.lose(worker, error));
    void endOf(worker, port).then(() => this.lose(worker, new Error('The recorder thread ended')));
  }

  readonly alarms = (): readonly AlarmKind[] => [...this.raised];
  readonly counters = (): RecorderCounters | undefined => this.lastCounters;
  /** The thread is asked to end: its exit is no loss. */
  readonly expectEnd = (): void => {
    this.ending = true;
  };

  /** It could not begin; that is said elsewhere. */
  forget(worker: Worker): void {
    if (this.worker === worker) this.worker = undefined;
  }

  /** Another thread records. */
  found(): void {
    if (this.raised.has('recorder-lost')) this.changeAlarm({ alarm: 'recorder-lost', state: 'cleared' });
  }

  postIncomplete(call: CallId): void {
    this.options.post({ from: 'recordings', type: 'recording-incomplete', call, at: this.options.clock.now() });
  }

  /** The next message of one of these types; rejects if the thread is lost. */
  readonly next = <Type extends FromRecorder['type']>(types: readonly Type[]): Promise<Answer<Type>> =>
    new Promise((resolve, reject) => {
      const isWanted = (message: FromRecorder): message is Answer<Type> => types.some((type) => type === message.type);
      const take = (message: FromRecorder): boolean => {
        if (!isWanted(message)) return false;
        resolve(message);
        return true;
      };
      if (this.worker === undefined) reject(new Error('The recorder thread is lost'));
      else this.waiting.push({ take, reject });
    });

  private hear(message: FromRecorder): void {
    this.waiting = this.waiting.filter(({ take }) => !take(message));
    switch (message.type) {
      case 'incomplete':
        return this.postIncomplete(message.call);
      case 'finished':
        return this.postFinished(message);
      case 'alarm':
        return this.changeAlarm({
          alarm: message.alarm,
          state: message.state,
          ...(message.code === undefined ? {} : { code: message.code }),
        });
      case 'counters':
        this.lastCounters = message.counters;
        return;
      case 'ready':
      case 'not-ready':
      case 'recovered':
      case 'stopped':
        return; // Answers: somebody waits for them.
    }
  }

  private lose(worker: Worker, error: Error): void {
    if (this.worker !== worker) return; // its `exit` follows its `error`
    this.worker = undefined;
    for (const { reject } of this.waiting) reject(error);
    this.waiting = [];
    if (this.ending) return;
    // What it said of the disk nobody will take back; the next thread looks for itself.
    for (const alarm of this.raised) if (alarm !== 'recorder-lost') this.changeAlarm({ alarm, state: 'cleared' });
    if (!this.raised.has('recorder-lost')) this.changeAlarm({ alarm: 'recorder-lost', state: 'raised' });
    for (const call of this.options.running.keys()) this.postIncomplete(call);
    this.options.onLost();
  }

  private postFinished(finished: Answer<'finished'>): void {
    this.options.running.delete(finished.call);
    const { call, durationMs, sizeBytes, leftRmsDb, rightRmsDb, incomplete } = finished;
    this.options.post({
      from: 'recordings',
      type: 'recording-finished',
      at: this.options.clock.now(),
      call,
      durationMs,
      sizeBytes,
      ...(leftRmsDb === undefined ? {} : { leftRmsDb }),
      ...(rightRmsDb === undefined ? {} : { rightRmsDb }),
      incomplete,
    });
  }

  private changeAlarm(change: AlarmChange): void {
    if (change.state === 'raised') this.raised.add(change.alarm);
    else this.raised.delete(change.alarm);
    this.options.onAlarm?.(change);
  }
}

/** The thread is gone and its last words are heard: they may come after its end, and its port closes behind them. */
export async function endOf(worker: Worker, port: MessagePort): Promise<void> {
  const gone = new Promise<void>((done) => worker.once('exit', () => done()));
  const heardOut = new Promise<void>((done) => port.once('close', () => done()));
  await Promise.all([gone, heardOut]);
}
