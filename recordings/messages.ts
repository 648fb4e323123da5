/**
 * What crosses the recorder thread's two ports, as plain structured data: one port from the main thread (which call is
 * recorded, and for whom), one straight from the media engine (the audio and its credits).
 */
import type { MessagePort } from 'node:worker_threads';
import type { RecordingSidecar } from '../call-router/effect';
import type { CallId } from '../call-router/values/ids';

/** Limits of the recorder, in `server/config.ts`. */
export interface RecorderSettings {
  /** Where recordings are kept; made 0700 if it is not there. */
  readonly folder: string;
  /** Below so much free space the alarm `disk-low` is raised. Default 1 GiB. */
  readonly minFreeBytes: number;
  /** Audio is made safe against power loss so often. Default 5000: a pass and its duration stay below 10 s. */
  readonly syncEveryMs: number;
  /**
   * How long a finished recording stays in `live/` at the least, where a crash has it reported again, before it moves to its
   * shelf. It never moves before the database has it. Default 60,000.
   */
  readonly settleAfterMs: number;
}

export type AlarmKind = 'disk-low' | 'disk-full' | 'write-failed' | 'sync-failed' | 'recorder-lost';

/** One of `AlarmKind`, raised until it is cleared. `code` is the system's error name (ENOSPC, EIO). */
export interface AlarmChange {
  readonly alarm: AlarmKind;
  readonly state: 'raised' | 'cleared';
  readonly code?: string;
}

/** Counted since the start of the thread. */
export interface RecorderCounters {
  readonly recordingsStarted: number;
  readonly recordingsFinished: number;
  /** Nobody was heard: the file was removed. */
  readonly recordingsEmpty: number;
  readonly recordingsIncomplete: number;
  readonly blocksWritten: number;
  /** Lost to a full or broken disk, or unreadable. */
  readonly blocksDropped: number;
  /** Of calls nobody asked to record. */
  readonly blocksUnknown: number;
  /** Files without a readable sidecar, found by recovery and kept in `orphans/`. */
  readonly orphansFound: number;
}

/** A recording that a crash left, or that was finished so late that the database may not have heard of it. */
export interface RecoveredRecording {
  readonly call: CallId;
  readonly sidecar: RecordingSidecar;
  readonly durationMs: number;
  readonly sizeBytes: number;
  /** Known of those that were finished. */
  readonly leftRmsDb?: number;
  readonly rightRmsDb?: number;
  readonly incomplete: boolean;
  /** It was running when the process ended; absent: it was whole and only waited for its shelf. */
  readonly wasCut?: true;
}

export type ToRecorder =
  | { readonly type: 'begin'; readonly settings: RecorderSettings }
  | { readonly type: 'start'; readonly call: CallId; readonly sidecar: RecordingSidecar }
  /** As `start`, of a recording that a recorder which died had begun: it goes on in the same file, incomplete. */
  | { readonly type: 'resume'; readonly call: CallId; readonly sidecar: RecordingSidecar }
  | { readonly type: 'update'; readonly call: CallId; readonly sidecar: RecordingSidecar }
  | { readonly type: 'finish'; readonly call: CallId }
  /** The database has this finished or recovered recording. */
  | { readonly type: 'linked'; readonly call: CallId }
  | { readonly type: 'recover' }
  /** A media worker that took the place of a dead one sends its audio here. */
  | { readonly type: 'listen'; readonly mediaPort: MessagePort }
  | { readonly type: 'stop' };

export interface FinishedRecording {
  readonly call: CallId;
  readonly durationMs: number;
  readonly sizeBytes: number;
  readonly leftRmsDb?: number;
  readonly rightRmsDb?: number;
  readonly incomplete: boolean;
}

export type FromRecorder =
  | { readonly type: 'ready' }
  | { readonly type: 'not-ready'; readonly code: string }
  | { readonly type: 'incomplete'; readonly call: CallId }
  | ({ readonly type: 'finished' } & FinishedRecording)
  | { readonly type: 'recovered'; readonly recordings: readonly RecoveredRecording[] }
  | ({ readonly type: 'alarm' } & AlarmChange)
  | { readonly type: 'counters'; readonly counters: RecorderCounters }
  | { readonly type: 'stopped' };

/** Media engine → recorder. Samples count from the `record` effect; `stereo` is interleaved A-law, left the customer. */
export interface AudioBlock {
  readonly type: 'block';
  readonly call: string;
  readonly sequence: number;
  readonly startSample: number;
  readonly stereo: Uint8Array;
  /** Blocks before this one were thrown away because the recorder was behind. */
  readonly overflowed: boolean;
}
export type FromMedia = AudioBlock | { readonly type: 'end'; readonly call: string; readonly totalSamples: number };

/** Recorder → media engine: this block needs no more room; media keeps at most 20 without it. */
export interface BlockWritten {
  readonly type: 'written';
  readonly call: string;
  readonly sequence: number;
}
