/**
 * Main side of the recordings: starts the recorder thread, carries the router's recording effects to it, and holds what
 * it said last (alarms, counters). Audio does not pass here: it goes from the media engine straight to the thread.
 */
import path from 'node:path';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { RecordingEffect } from '../call-router/effect';
import type { RecordingEvent } from '../call-router/event';
import type { CallId, EpochMs } from '../call-router/values/ids';
import { assertNever } from '../call-router/values/assert';
import type {
  AlarmChange,
  AlarmKind,
  RecorderCounters,
  RecorderSettings,
  RecoveredRecording,
  ToRecorder,
} from './messages';
import { receiveRecorderEvents } from './receive-recorder-events';

export interface RecordingsOptions extends Partial<Omit<RecorderSettings, 'folder'>> {
  /** Where recordings are kept, `<data>/recordings`; made if it is not there. */
  readonly folder: string;
  readonly clock: { readonly now: () => EpochMs };
  readonly post: (event: RecordingEvent) => void;
  /** The recorder's end of the first channel to the media engine; it moves to the thread. */
  readonly mediaPort: MessagePort;
  /** For the log: an alarm began or ended. */
  readonly onAlarm?: (change: AlarmChange) => void;
}

export interface Recordings {
  readonly run: (effect: RecordingEffect) => void;
  /** Repairs and lists what a crash left, once at the start. Link each to its card; it may be linked already. */
  readonly recover: () => Promise<readonly RecoveredRecording[]>;
  /** The database has this recording: it may move from `live/` to its shelf. */
  readonly linked: (call: CallId) => void;
  /** One more channel, of a media worker that took the place of a dead one; the port moves to the thread. */
  readonly listen: (mediaPort: MessagePort) => void;
  /** What is wrong now, for `/readyz` and the administrator. `recorder-lost`: nothing is recorded any more. */
  readonly alarms: () => readonly AlarmKind[];
  readonly counters: () => RecorderCounters | undefined;
  /** Everything written is made safe; recordings still open are linked by the next start. */
  readonly stop: () => Promise<void>;
}

const defaults = { minFreeBytes: 1024 ** 3, syncEveryMs: 5000, settleAfterMs: 60_000 };

/** Starts the recorder thread; resolves when it takes audio, rejects if its folder cannot be written. */
export async function startRecordings(options: RecordingsOptions): Promise<Recordings> {
  const { port1: port, port2: threadPort } = new MessageChannel();
  const worker = new Worker(workerFile('recorder-thread'), {
    name: 'recorder',
    workerData: { port: threadPort, mediaPort: options.mediaPort },
    transferList: [threadPort, options.mediaPort],
    env: {},
  });
  const ended = new Promise<void>((done) => worker.once('exit', () => done()));
  const heard = receiveRecorderEvents({ port, worker, ...options });
  const tell = (message: ToRecorder): void => port.postMessage(message);
  tell({ type: 'begin', settings: settingsOf(options) });
  const first = await heard.next(['ready', 'not-ready']);
  if (first.type === 'not-ready') {
    await worker.terminate();
    throw new Error(`The folder for recordings cannot be written (${first.code}): ${options.folder}`);
  }
  return {
    run: (effect) => {
      if (effect.do === 'start') heard.expectFinish(effect.call);
      tell(orderOf(effect));
    },
    recover: async () => {
      const answer = heard.next(['recovered']);
      tell({ type: 'recover' });
      return (await answer).recordings;
    },
    linked: (call) => tell({ type: 'linked', call }),
    listen: (mediaPort) => port.postMessage({ type: 'listen', mediaPort } satisfies ToRecorder, [mediaPort]),
    alarms: heard.alarms,
    counters: heard.counters,
    stop: async () => {
      heard.expectEnd();
      tell({ type: 'stop' });
      await ended;
      port.close();
    },
  };
}

function orderOf(effect: RecordingEffect): ToRecorder {
  switch (effect.do) {
    case 'start':
      return { type: 'start', call: effect.call, sidecar: effect.sidecar };
    case 'update':
      return { type: 'update', call: effect.call, sidecar: effect.sidecar };
    case 'finish':
      return { type: 'finish', call: effect.call };
    default:
      return assertNever(effect);
  }
}

function settingsOf(options: RecordingsOptions): RecorderSettings {
  const { folder, minFreeBytes, syncEveryMs, settleAfterMs } = { ...defaults, ...options };
  return { folder, minFreeBytes, syncEveryMs, settleAfterMs };
}

/** Threads run from dist/, also when this file runs from its source in a test. */
function workerFile(name: string): string {
  const folder = __filename.endsWith('.ts') ? path.resolve(__dirname, '..', 'dist', 'recordings') : __dirname;
  return path.join(folder, `${name}.js`);
}
