/**
 * Main side of the recordings: starts the recorder thread, carries the router's recording effects to it, and holds what
 * it said last (alarms, counters). Audio does not pass here: it goes from the media engine straight to the thread.
 */
import type { MessagePort } from 'node:worker_threads';
import type { RecordingEffect } from '../call-router/effect';
import type { CallId } from '../call-router/values/ids';
import type { AlarmKind, RecorderCounters, RecorderSettings, RecoveredRecording } from './messages';
import { type KeeperOptions, RecorderKeeper } from './recorder-keeper';

export interface RecordingsOptions
  extends Partial<Omit<RecorderSettings, 'folder'>>,
    Pick<KeeperOptions, 'clock' | 'post' | 'onAlarm' | 'onRestarted'> {
  /** Where recordings are kept, `<data>/recordings`; made if it is not there. */
  readonly folder: string;
  /** The recorder's end of the first channel to the media engine; it moves to the thread. */
  readonly mediaPort: MessagePort;
}

export interface Recordings {
  readonly run: (effect: RecordingEffect) => void;
  /** Repairs and lists what a crash left, once at the start. Link each to its card; it may be linked already. */
  readonly recover: () => Promise<readonly RecoveredRecording[]>;
  /** The database has this recording: it may move from `live/` to its shelf. */
  readonly linked: (call: CallId) => void;
  /** One more channel, of a media worker that took the place of a dead one; the port moves to the thread. */
  readonly listen: (mediaPort: MessagePort) => void;
  /** What is wrong now, for `/readyz` and the administrator. `recorder-lost`: nothing is recorded until it clears. */
  readonly alarms: () => readonly AlarmKind[];
  readonly counters: () => RecorderCounters | undefined;
  /** Everything written is made safe; recordings still open are linked by the next start. */
  readonly stop: () => Promise<void>;
}

const defaults = { minFreeBytes: 1024 ** 3, syncEveryMs: 5000, settleAfterMs: 60_000 };

/** Starts the recorder thread and keeps one; resolves when it takes audio, rejects if its folder cannot be written. */
export async function startRecordings(options: RecordingsOptions): Promise<Recordings> {
  const keeper = new RecorderKeeper({ ...options, settings: settingsOf(options) });
  await keeper.begin(options.mediaPort);
  return {
    run: (effect) => keeper.run(effect),
    recover: () => keeper.recover(),
    linked: (call) => keeper.tell({ type: 'linked', call }),
    listen: (mediaPort) => keeper.listen(mediaPort),
    alarms: keeper.ears.alarms,
    counters: keeper.ears.counters,
    stop: () => keeper.stop(),
  };
}

function settingsOf(options: RecordingsOptions): RecorderSettings {
  const { folder, minFreeBytes, syncEveryMs, settleAfterMs } = { ...defaults, ...options };
  return { folder, minFreeBytes, syncEveryMs, settleAfterMs };
}
