/**
 * One recording being made: the growing WAV file and its sidecar. Blocks are written where their start sample says;
 * what is missing is A-law silence. Each block is two system calls (audio, then the header's sizes), 12 µs together
 * (measured November 2026, ext4), without a detour through libuv's four threads, which the whole process shares.
 * After each of them the file can be played.
 */
import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import type { RecordingSidecar } from '../call-router/effect';
import type { CallId } from '../call-router/values/ids';
import { type Result, fail, succeed } from '../call-router/values/result';
import { type DiskProblem, diskProblemOf } from './disk-problem';
import { type RecordingPaths, livePaths } from './layout';
import { LevelMeter, type Levels } from './level';
import type { AudioBlock } from './messages';
import { type SidecarState, idsOnly, removeIfThere, writeSidecar } from './sidecar-file';
import {
  durationMsOf,
  emptyHeader,
  frameBytes,
  headerBytes,
  sampleRateHz,
  samplesInFile,
  samplesMax,
  setSamples,
  silenceByte,
  sizeOfSamples,
} from './wav-header';

/** After a failed write the disk is left alone so long; the blocks of that time are lost. */
const retryAfterMs = 1000;
/** A longer hole than this is no pause but a broken number. */
const gapSamplesMax = 8 * 3600 * sampleRateHz;
const silence = Buffer.alloc(64 * 1024, silenceByte);
const header = emptyHeader();

export type WriteProblem = DiskProblem | { readonly kind: 'bad-block' };

export interface FinishedFile {
  readonly durationMs: number;
  readonly sizeBytes: number;
  readonly levels: Levels | undefined;
}

export class RecordingFile {
  readonly call: CallId;
  readonly paths: RecordingPaths;
  /** Some audio is missing. */
  incomplete = false;
  /** Written since the last pass that made it safe against power loss. */
  dirty = false;
  sidecarDirty = true;
  fd: number | undefined;
  private sidecar: RecordingSidecar;
  private samples = 0;
  private isResumed = false;
  private readonly meter = new LevelMeter();
  private retryAtMs = 0;
  private problem: DiskProblem | undefined;

  constructor(folder: string, call: CallId, sidecar: RecordingSidecar) {
    this.call = call;
    this.paths = livePaths(folder, call);
    this.sidecar = idsOnly(sidecar);
  }

  /** Makes sidecar and file, in this order. Tried again by the next block if the disk refuses. */
  open(nowMs: number): Result<undefined, DiskProblem> {
    return this.attempt(nowMs, () => this.openFile());
  }

  /** Goes on in the file that a recorder which died left, behind what is in it; its levels are those of the rest. */
  reopen(nowMs: number): Result<undefined, DiskProblem> {
    this.isResumed = true;
    this.incomplete = true;
    return this.attempt(nowMs, () => this.openFile());
  }

  /** Puts a block at its place. `bad-block`: it cannot be from a call that lives. */
  write(block: AudioBlock, nowMs: number): Result<undefined, WriteProblem> {
    if (!this.accepts(block)) return fail({ kind: 'bad-block' });
    return this.attempt(nowMs, () => {
      this.openFile();
      this.fillTo(block.startSample);
      const length = block.stereo.byteLength & ~1;
      this.writeAt(block.stereo.subarray(0, length), sizeOfSamples(block.startSample));
      this.samples = Math.max(this.samples, block.startSample + length / frameBytes);
      this.patchHeader();
      this.meter.add(block.stereo);
    });
  }

  /** Silence up to the end of the call, if its last words were not spoken but listened to. */
  padTo(totalSamples: number, nowMs: number): Result<undefined, DiskProblem> {
    if (!this.hasAudio() || !this.isPlausible(totalSamples)) return succeed(undefined);
    return this.attempt(nowMs, () => {
      this.fillTo(totalSamples);
      this.patchHeader();
    });
  }

  /** The card became known, or changed, or audio was lost. */
  update(sidecar: RecordingSidecar | undefined, nowMs: number): Result<undefined, DiskProblem> {
    if (sidecar !== undefined) this.sidecar = idsOnly(sidecar);
    if (this.fd === undefined) return succeed(undefined);
    return this.attempt(nowMs, () => this.save('recording'));
  }

  /** Whether anything was ever heard. */
  hasAudio(): boolean {
    return this.samples > 0;
  }

  /** What is in it so far. */
  length(): FinishedFile {
    return {
      durationMs: durationMsOf(this.samples),
      sizeBytes: sizeOfSamples(this.samples),
      levels: this.meter.levels(),
    };
  }

  /** Final sizes and the sidecar's last word. The file stays open: the next sync pass closes it. */
  finish(): Result<FinishedFile, DiskProblem> {
    const finished = this.length();
    try {
      if (this.fd !== undefined) ftruncateSync(this.fd, finished.sizeBytes);
      this.patchHeader();
      this.save('finished', finished);
      return succeed(finished);
    } catch (error) {
      // The sidecar still says `recording`, so the next start repairs and links it.
      return fail(diskProblemOf(error));
    }
  }

  /** Nobody was heard: leaves nothing behind. */
  remove(): void {
    this.close();
    removeIfThere(this.paths.wav);
    removeIfThere(this.paths.sidecar);
  }

  close(): void {
    if (this.fd !== undefined) closeSync(this.fd);
    this.fd = undefined;
  }

  private attempt(nowMs: number, work: () => void): Result<undefined, DiskProblem> {
    if (this.problem !== undefined && nowMs < this.retryAtMs) return fail(this.problem);
    try {
      work();
      this.problem = undefined;
      return succeed(undefined);
    } catch (error) {
      this.problem = diskProblemOf(error);
      this.retryAtMs = nowMs + retryAfterMs;
      return fail(this.problem);
    }
  }

  private openFile(): void {
    if (this.fd !== undefined) return;
    this.save('recording');
    const isThere = this.isResumed && existsSync(this.paths.wav);
    this.fd = openSync(this.paths.wav, isThere ? 'r+' : 'w', 0o600);
    if (isThere) this.samples = samplesInFile(fstatSync(this.fd).size);
    this.patchHeader();
  }

  private save(state: SidecarState, finished?: FinishedFile): void {
    const { call, incomplete, sidecar } = this;
    writeSidecar(this.paths.sidecar, {
      version: 1,
      call,
      state,
      incomplete,
      sidecar,
      ...(finished === undefined ? {} : { durationMs: finished.durationMs, sizeBytes: finished.sizeBytes }),
      ...(finished?.levels === undefined ? {} : { levels: finished.levels }),
    });
    this.sidecarDirty = true;
  }

  private accepts(block: AudioBlock): boolean {
    return block.stereo.byteLength >= frameBytes && this.isPlausible(block.startSample);
  }

  private isPlausible(sample: number): boolean {
    const last = Math.min(this.samples + gapSamplesMax, samplesMax - silence.length);
    return Number.isSafeInteger(sample) && sample >= 0 && sample <= last;
  }

  private fillTo(sample: number): void {
    while (this.samples < sample) {
      const count = Math.min(sample - this.samples, silence.length / frameBytes);
      this.writeAt(silence.subarray(0, count * frameBytes), sizeOfSamples(this.samples));
      this.samples += count;
    }
  }

  private writeAt(bytes: Uint8Array, position: number): void {
    if (this.fd === undefined) return;
    let done = 0;
    while (done < bytes.byteLength) {
      done += writeSync(this.fd, bytes, done, bytes.byteLength - done, position + done);
    }
    this.dirty = true;
  }

  private patchHeader(): void {
    if (this.fd !== undefined) writeSync(this.fd, setSamples(header, this.samples), 0, headerBytes, 0);
  }
}
