/**
 * What the recorder thread says becomes events for the router; its alarms and counters are kept for who asks. If the
 * thread is lost, every running recording is reported incomplete, and the alarm stays until the next start.
 */
import type { MessagePort, Worker } from 'node:worker_threads';
import type { RecordingEvent } from '../call-router/event';
import type { CallId, EpochMs } from '../call-router/values/ids';
import type { AlarmChange, AlarmKind, FromRecorder, RecorderCounters } from './messages';

type Answer<Type extends FromRecorder['type']> = Extract<FromRecorder, { readonly type: Type }>;

export interface RecorderEars {
  /** The next message of one of these types; rejects if the thread is lost. */
  readonly next: <Type extends FromRecorder['type']>(types: readonly Type[]) => Promise<Answer<Type>>;
  /** From here on the loss of the thread is a loss for this call. */
  readonly expectFinish: (call: CallId) => void;
  /** The thread is asked to end: its exit is no loss. */
  readonly expectEnd: () => void;
  readonly alarms: () => readonly AlarmKind[];
  readonly counters: () => RecorderCounters | undefined;
}

interface EarOptions {
  readonly port: MessagePort;
  readonly worker: Worker;
  readonly clock: { readonly now: () => EpochMs };
  readonly post: (event: RecordingEvent) => void;
  readonly onAlarm?: (change: AlarmChange) => void;
}

interface Waiting {
  readonly take: (message: FromRecorder) => boolean;
  readonly reject: (error: Error) => void;
}

/** Listens to the thread until it ends. */
export function receiveRecorderEvents(options: EarOptions): RecorderEars {
  const ears = new Ears(options);
  options.port.on('message', (message: FromRecorder) => ears.hear(message));
  options.worker.once('error', (error) => ears.lose(error));
  options.worker.once('exit', () => ears.lose(new Error('The recorder thread ended')));
  return ears;
}

class Ears implements RecorderEars {
  private readonly raised = new Set<AlarmKind>();
  private readonly running = new Set<CallId>();
  private waiting: Waiting[] = [];
  private lastCounters: RecorderCounters | undefined;
  private ending = false;
  private lost = false;
  private readonly options: EarOptions;

  constructor(options: EarOptions) {
    this.options = options;
  }

  readonly alarms = (): readonly AlarmKind[] => [...this.raised];
  readonly counters = (): RecorderCounters | undefined => this.lastCounters;
  readonly expectFinish = (call: CallId): void => void this.running.add(call);
  readonly expectEnd = (): void => {
    this.ending = true;
  };

  readonly next = <Type extends FromRecorder['type']>(types: readonly Type[]): Promise<Answer<Type>> =>
    new Promise((resolve, reject) => {
      const isWanted = (message: FromRecorder): message is Answer<Type> => types.some((type) => type === message.type);
      const take = (message: FromRecorder): boolean => {
        if (!isWanted(message)) return false;
        resolve(message);
        return true;
      };
      if (this.lost) reject(new Error('The recorder thread is lost'));
      else this.waiting.push({ take, reject });
    });

  hear(message: FromRecorder): void {
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

  lose(error: Error): void {
    if (this.lost) return;
    this.lost = true;
    for (const { reject } of this.waiting) reject(error);
    this.waiting = [];
    if (this.ending) return;
    this.changeAlarm({ alarm: 'recorder-lost', state: 'raised' });
    for (const call of this.running) this.postIncomplete(call);
    this.running.clear();
  }

  private postIncomplete(call: CallId): void {
    this.options.post({ from: 'recordings', type: 'recording-incomplete', call, at: this.options.clock.now() });
  }

  private postFinished(finished: Answer<'finished'>): void {
    this.running.delete(finished.call);
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
