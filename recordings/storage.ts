/**
 * Recordings for whoever listens: finds one by its id, says how long it is now, and streams any part of it, also while
 * it grows. The header is made anew for the length that was promised, so a growing file is whole for each request.
 * Rights are not checked here, only that an id is an id.
 */
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { type Result, fail, succeed } from '../call-router/values/result';
import { codeOf } from './disk-problem';
import { type RecordingPaths, isRecordingId, livePaths, shelfPaths } from './layout';
import { type SidecarFile, parseSidecar } from './sidecar-file';
import {
  durationMsOf,
  emptyHeader,
  headerBytes,
  isRecordingHeader,
  samplesInFile,
  setSamples,
  sizeOfSamples,
} from './wav-header';

export type StorageProblem =
  /** No such recording, or nothing in it yet. */
  | { readonly kind: 'not-found' }
  /** It is there, and the disk does not give it, or it is no recording of ours. */
  | { readonly kind: 'unreadable'; readonly code: string };

/** Both ends included, as in a Range header (RFC 9110 section 14.1.2); 0 ≤ start ≤ end < sizeBytes. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export interface StoredRecording {
  readonly sizeBytes: number;
  readonly durationMs: number;
  readonly contentType: 'audio/wav';
  /** Weak and without the length while it grows: what a player has already keeps its meaning (RFC 9110 section 8.8.3). */
  readonly etag: string;
  readonly isGrowing: boolean;
  readonly incomplete: boolean;
  /** Opens the file when read; closes it when it ends or is destroyed. Without a range: all of it. */
  readonly createReadStream: (range?: ByteRange) => Readable;
}

export interface RecordingStorage {
  readonly openRecording: (id: string) => Promise<Result<StoredRecording, StorageProblem>>;
}

const chunkBytes = 64 * 1024;

/** The recordings under `folder`, the one `startRecordings` was given. */
export function createStorage(folder: string): RecordingStorage {
  return { openRecording: (id) => openRecording(folder, id) };
}

async function openRecording(folder: string, id: string): Promise<Result<StoredRecording, StorageProblem>> {
  if (!isRecordingId(id)) return fail({ kind: 'not-found' });
  try {
    const sidecar = await readSidecar(folder, id);
    const file = await openEither(folder, id);
    try {
      return await describe({ folder, id, sidecar }, file);
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = codeOf(error);
    return fail(code === 'ENOENT' ? { kind: 'not-found' } : { kind: 'unreadable', code });
  }
}

interface Named {
  readonly folder: string;
  readonly id: string;
  readonly sidecar: SidecarFile | undefined;
}

async function describe(named: Named, file: FileHandle): Promise<Result<StoredRecording, StorageProblem>> {
  const { folder, id, sidecar } = named;
  const samples = samplesInFile((await file.stat()).size);
  if (samples === 0) return fail({ kind: 'not-found' });
  const { buffer } = await file.read(Buffer.alloc(headerBytes), 0, headerBytes, 0);
  if (!isRecordingHeader(buffer)) return fail({ kind: 'unreadable', code: 'not-a-recording' });
  const sizeBytes = sizeOfSamples(samples);
  const isGrowing = sidecar?.state === 'recording';
  return succeed({
    sizeBytes,
    durationMs: durationMsOf(samples),
    contentType: 'audio/wav',
    etag: isGrowing ? `W/"${id}"` : `"${id}-${sizeBytes}"`,
    isGrowing,
    incomplete: sidecar?.incomplete ?? true,
    createReadStream: (range = { start: 0, end: sizeBytes - 1 }) =>
      Readable.from(bytesOf(folder, id, { start: range.start, end: Math.min(range.end, sizeBytes - 1), samples }), {
        objectMode: false,
        highWaterMark: chunkBytes,
      }),
  });
}

async function* bytesOf(
  folder: string,
  id: string,
  part: ByteRange & { readonly samples: number },
): AsyncGenerator<Buffer> {
  if (part.start < headerBytes) {
    yield setSamples(emptyHeader(), part.samples).subarray(part.start, Math.min(headerBytes, part.end + 1));
  }
  let position = Math.max(part.start, headerBytes);
  if (position > part.end) return;
  const file = await openEither(folder, id);
  try {
    while (position <= part.end) {
      const length = Math.min(chunkBytes, part.end + 1 - position);
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(length), 0, length, position);
      if (bytesRead === 0) throw new Error('The recording is shorter than it was');
      position += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** It moves from `live/` to its shelf at some time, so the first place is looked at twice. */
async function eitherOf<Value>(
  folder: string,
  id: string,
  read: (paths: RecordingPaths) => Promise<Value>,
): Promise<Value> {
  const places = [shelfPaths(folder, id), livePaths(folder, id)];
  for (const paths of places) {
    try {
      return await read(paths);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
    }
  }
  return read(shelfPaths(folder, id));
}

function openEither(folder: string, id: string): Promise<FileHandle> {
  return eitherOf(folder, id, ({ wav }) => open(wav, 'r'));
}

/** Undefined: unreadable. That there is none at all is ENOENT, for such audio belongs to nobody. */
async function readSidecar(folder: string, id: string): Promise<SidecarFile | undefined> {
  return parseSidecar(await eitherOf(folder, id, ({ sidecar }) => readFile(sidecar, 'utf8')), id);
}
