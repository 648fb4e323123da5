/**
 * The recorder thread: takes audio blocks from the media engine and writes them, each call to its own file, and answers
 * each with a credit once `write()` has returned. What the disk refuses costs that audio, a mark on the recording and
 * an alarm; never a call.
 */
import { mkdirSync } from 'node:fs';
import type { MessagePort } from 'node:worker_threads';
import type { RecordingSidecar } from '../call-router/effect';
import type { CallId } from '../call-router/values/ids';
import type { Result } from '../call-router/values/result';
import { Alarms } from './alarms';
import type { RecorderClock } from './clock';
import { codeOf } from './disk-problem';
import { watchDisk } from './disk-watch';
import { EarlyBlocks } from './early-blocks';
import { isRecordingId, liveFolder, livePaths } from './layout';
import type { AudioBlock, FromMedia, FromRecorder, RecorderCounters, RecorderSettings, ToRecorder } from './messages';
import { type Recovery, recoverRecordings } from './recover';
import { RecordingFile, type WriteProblem } from './recording-file';
import { SyncPass } from './sync-pass';

/** The media engine's `end` may come so long after `finish`; without it the recording is closed as incomplete. */
export const endDeadlineMs = 5000;
const tickMs = 1000;

interface OpenRecording {
  readonly file: RecordingFile;
  /** From the media engine's `end`. */
  totalSamples?: number;
  /** When `finish` came. */
  finishAskedMs?: number;
}

/** The folder itself cannot be read. */
const nothingRecovered: Recovery = { recordings: [], orphans: 0, failed: 1 };

type Counters = { -readonly [Name in keyof RecorderCounters]: number };

/**
 * Runs the recorder on two ports: `port` from the main thread (first message: `begin`), `mediaPort` from media. Without the
 * second, media's ports come by `listen`.
 */
export function run(port: MessagePort, mediaPort: MessagePort | undefined, clock: RecorderClock): void {
  port.once('message', (message: ToRecorder) => {
    if (message.type !== 'begin') return;
    try {
      mkdirSync(liveFolder(message.settings.folder), { recursive: true, mode: 0o700 });
    } catch (error) {
      port.postMessage({ type: 'not-ready', code: codeOf(error) } satisfies FromRecorder);
      return;
    }
    new Recorder(port, mediaPort, clock, message.settings).begin();
  });
}

class Recorder {
  private readonly port: MessagePort;
  private readonly mediaPorts = new Set<MessagePort>();
  private readonly clock: RecorderClock;
  private readonly settings: RecorderSettings;
  private readonly open = new Map<string, OpenRecording>();
  private readonly early = new EarlyBlocks();
  private readonly alarms: Alarms;
  private readonly syncs: SyncPass;
  private readonly counters: Counters = {
    recordingsStarted: 0,
    recordingsFinished: 0,
    recordingsEmpty: 0,
    recordingsIncomplete: 0,
    blocksWritten: 0,
    blocksDropped: 0,
    blocksUnknown: 0,
    orphansFound: 0,
  };
  private lastSyncMs = 0;
  private stopTicking: () => void = () => undefined;

  constructor(port: MessagePort, mediaPort: MessagePort | undefined, clock: RecorderClock, settings: RecorderSettings) {
    this.port = port;
    if (mediaPort !== undefined) this.listen(mediaPort);
    this.clock = clock;
    this.settings = settings;
    this.alarms = new Alarms((change) => this.tell({ type: 'alarm', ...change }));
    this.syncs = new SyncPass(settings, this.alarms);
  }

  begin(): void {
    this.port.on('message', (message: ToRecorder) => this.takeOrder(message));
    this.stopTicking = this.clock.every(tickMs, () => this.tick());
    void watchDisk(this.settings.folder, this.settings.minFreeBytes, this.alarms);
    this.tell({ type: 'ready' });
  }

  private listen(mediaPort: MessagePort): void {
    this.mediaPorts.add(mediaPort);
    mediaPort.on('message', (message: FromMedia) => {
      this.takeAudio(message);
      // Also for what is lost: a credit kept back would make the media engine drop what could be written again.
      if (message.type === 'block')
        mediaPort.postMessage({ type: 'written', call: message.call, sequence: message.sequence });
    });
    mediaPort.once('close', () => this.mediaPorts.delete(mediaPort));
  }

  private takeOrder(message: ToRecorder): void {
    switch (message.type) {
      case 'begin':
        return; // Once is enough.
      case 'start':
        return this.start(message.call, message.sidecar);
      case 'resume':
        return this.resume(message.call, message.sidecar);
      case 'update':
        return this.update(message.call, message.sidecar);
      case 'finish':
        return this.askFinish(message.call);
      case 'linked':
        return this.syncs.noteLinked(message.call);
      case 'recover':
        return void this.recover();
      case 'listen':
        return this.listen(message.mediaPort);
      case 'stop':
        return void this.stop();
    }
  }

  private start(call: CallId, sidecar: RecordingSidecar): void {
    if (this.open.has(call)) return this.update(call, sidecar);
    if (!isRecordingId(call)) return; // Never part of a path; its audio is counted as unknown.
    const recording: OpenRecording = { file: new RecordingFile(this.settings.folder, call, sidecar) };
    this.take(recording, recording.file.open(this.clock.monotonicMs()));
    this.counters.recordingsStarted += 1;
  }

  private resume(call: CallId, sidecar: RecordingSidecar): void {
    if (this.open.has(call) || !isRecordingId(call)) return;
    const recording: OpenRecording = { file: new RecordingFile(this.settings.folder, call, sidecar) };
    this.take(recording, recording.file.reopen(this.clock.monotonicMs()));
    this.counters.recordingsIncomplete += 1;
  }

  private take(recording: OpenRecording, opened: Result<undefined, WriteProblem>): void {
    const { call } = recording.file;
    this.open.set(call, recording);
    this.judge(recording, opened);
    for (const message of this.early.take(call)) this.takeAudio(message);
  }

  private update(call: CallId, sidecar: RecordingSidecar): void {
    const recording = this.open.get(call);
    // A card that became known after the end: the database links it, the file is closed.
    if (recording !== undefined) this.judgeFailure(recording, recording.file.update(sidecar, this.clock.monotonicMs()));
  }

  private takeAudio(message: FromMedia): void {
    const recording = this.open.get(message.call);
    if (recording === undefined) return this.holdEarly(message);
    if (message.type === 'block') return this.write(recording, message);
    recording.totalSamples = message.totalSamples;
    if (recording.finishAskedMs !== undefined) this.finish(recording);
  }

  private holdEarly(message: FromMedia): void {
    const held = this.early.hold(message, this.clock.monotonicMs());
    if (!held && message.type === 'block') this.counters.blocksUnknown += 1;
  }

  private write(recording: OpenRecording, block: AudioBlock): void {
    if (block.overflowed) this.markIncomplete(recording);
    const written = recording.file.write(block, this.clock.monotonicMs());
    if (written.ok) this.counters.blocksWritten += 1;
    else this.counters.blocksDropped += 1;
    this.judge(recording, written);
  }

  /** Of what certainly touched the disk: success is news too. */
  private judge(recording: OpenRecording, outcome: Result<undefined, WriteProblem>): void {
    if (!outcome.ok) return this.judgeFailure(recording, outcome);
    this.alarms.clear('disk-full');
    this.alarms.clear('write-failed');
  }

  private judgeFailure(recording: OpenRecording, outcome: Result<unknown, WriteProblem>): void {
    if (outcome.ok) return;
    const { problem } = outcome;
    if (problem.kind !== 'bad-block') this.alarms.raise(problem.kind, problem.code);
    this.markIncomplete(recording);
  }

  private markIncomplete(recording: OpenRecording): void {
    const { file } = recording;
    if (file.incomplete) return;
    file.incomplete = true;
    this.counters.recordingsIncomplete += 1;
    this.tell({ type: 'incomplete', call: file.call });
    // For whoever recovers it; on a full disk the old sidecar stays and `finish` writes the mark.
    file.update(undefined, this.clock.monotonicMs());
  }

  private askFinish(call: CallId): void {
    const recording = this.open.get(call);
    if (recording === undefined) return; // Repeated, or never started.
    recording.finishAskedMs ??= this.clock.monotonicMs();
    if (recording.totalSamples !== undefined) this.finish(recording);
  }

  private finish(recording: OpenRecording): void {
    const { file, totalSamples } = recording;
    this.open.delete(file.call);
    if (totalSamples === undefined) this.markIncomplete(recording);
    else this.judgeFailure(recording, file.padTo(totalSamples, this.clock.monotonicMs()));
    if (file.hasAudio()) this.keep(recording);
    else this.removeEmpty(recording);
  }

  private keep(recording: OpenRecording): void {
    const { file } = recording;
    const finished = file.finish();
    this.counters.recordingsFinished += 1;
    if (finished.ok) this.syncs.addFinished(file, this.clock.monotonicMs());
    else {
      this.judgeFailure(recording, finished);
      file.close();
    }
    const { durationMs, sizeBytes, levels } = finished.ok ? finished.value : file.length();
    this.tell({
      type: 'finished',
      call: file.call,
      durationMs,
      sizeBytes,
      ...(levels === undefined ? {} : { leftRmsDb: levels.leftRmsDb, rightRmsDb: levels.rightRmsDb }),
      incomplete: file.incomplete,
    });
  }

  private removeEmpty({ file }: OpenRecording): void {
    this.counters.recordingsEmpty += 1;
    try {
      file.remove();
    } catch (error) {
      this.alarms.raise('write-failed', codeOf(error)); // The next start removes it.
    }
    this.tell({ type: 'finished', call: file.call, durationMs: 0, sizeBytes: 0, incomplete: file.incomplete });
  }

  private tick(): void {
    const nowMs = this.clock.monotonicMs();
    this.counters.blocksUnknown += this.early.expire(nowMs);
    for (const recording of this.open.values()) {
      const { finishAskedMs } = recording;
      if (finishAskedMs !== undefined && nowMs - finishAskedMs >= endDeadlineMs) this.finish(recording);
    }
    if (nowMs - this.lastSyncMs < this.settings.syncEveryMs) return;
    this.lastSyncMs = nowMs;
    void this.syncs.run(this.openFiles(), nowMs);
    void watchDisk(this.settings.folder, this.settings.minFreeBytes, this.alarms);
    this.tell({ type: 'counters', counters: { ...this.counters } });
  }

  private async recover(): Promise<void> {
    const { folder } = this.settings;
    const isOurs = (id: string): boolean => this.open.has(id) || this.syncs.holds(id);
    const { recordings, orphans, failed } = await recoverRecordings(folder, isOurs).catch(() => nothingRecovered);
    this.counters.orphansFound += orphans;
    if (failed > 0) this.alarms.raise('write-failed');
    const nowMs = this.clock.monotonicMs();
    for (const { call } of recordings) this.syncs.settle({ call, paths: livePaths(folder, call) }, nowMs);
    this.tell({ type: 'recovered', recordings });
    this.tell({ type: 'counters', counters: { ...this.counters } });
  }

  /** What still records stays marked so: the next start repairs and links it. */
  private async stop(): Promise<void> {
    this.stopTicking();
    for (const recording of this.open.values()) if (recording.finishAskedMs !== undefined) this.finish(recording);
    await this.syncs.runLast(this.openFiles(), this.clock.monotonicMs());
    for (const { file } of this.open.values()) file.close();
    this.open.clear();
    this.tell({ type: 'counters', counters: { ...this.counters } });
    this.tell({ type: 'stopped' });
    for (const mediaPort of this.mediaPorts) mediaPort.close();
    this.port.close();
  }

  private openFiles(): readonly RecordingFile[] {
    return [...this.open.values()].map(({ file }) => file);
  }

  private tell(message: FromRecorder): void {
    this.port.postMessage(message);
  }
}
