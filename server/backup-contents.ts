/**
 * What a backup holds: the copy of the database, then every recording that existed at that moment (a growing one cut at
 * a whole sample, with the header to match), then the rest of the data folder: keys, certificates, uploaded sounds, the
 * first password. The database is copied first, so whatever it names is there; what came later is left to the next backup.
 */
import type { Dirent, Stats } from 'node:fs';
import { open, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { isRecordingId, liveFolder, livePaths, shelfPaths } from '../recordings/layout';
import { createStorage } from '../recordings/storage';
import type { ArchiveEntry } from './backup-archive';
import { lockFileName } from './data-lock';

export interface BackupSources {
  readonly dataFolder: string;
  /** `<data>/recordings`. */
  readonly recordingsFolder: string;
  /** May lie outside the data folder. */
  readonly keyFile: string;
  /** The copy, and the name it has in the archive. */
  readonly database: { readonly copy: string; readonly name: string };
  /** The live database, if it is a file of the data folder: never copied as it is. */
  readonly databaseFile: string | undefined;
  /** Moment of the copy of the database. */
  readonly at: number;
}

const chunkBytes = 256 * 1024;

/** All files of a backup, one after another; each is opened when its turn comes. */
export async function* backupEntries(sources: BackupSources): AsyncGenerator<ArchiveEntry> {
  const live = await idsOfLive(sources.recordingsFolder);
  yield* fileEntry(sources.database.copy, sources.database.name);
  for (const id of live) yield* liveRecording(sources, id);
  yield* walk(sources.recordingsFolder, sources, live);
  yield* walk(sources.dataFolder, sources, live);
  if (nameOf(sources, sources.keyFile) === undefined) yield* fileEntry(sources.keyFile, 'outside/trunkline.key');
}

async function idsOfLive(recordingsFolder: string): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (const name of await listIfThere(liveFolder(recordingsFolder))) {
    const id = name.replace(/\.wav$/, '');
    if (isRecordingId(id)) ids.add(id);
  }
  return ids;
}

/** In `live/` of the copy, so that the restored service finds it and links it by its sidecar. */
async function* liveRecording(sources: BackupSources, id: string): AsyncGenerator<ArchiveEntry> {
  const { recordingsFolder } = sources;
  const sidecar =
    (await contentOf(shelfPaths(recordingsFolder, id).sidecar)) ??
    (await contentOf(livePaths(recordingsFolder, id).sidecar));
  const recording = await createStorage(recordingsFolder).openRecording(id);
  if (!recording.ok || sidecar === undefined) return; // Nothing spoken yet, or removed as empty meanwhile.
  const names = livePaths('data/recordings', id);
  const { sizeBytes, createReadStream } = recording.value;
  yield { name: names.sidecar, sizeBytes: sidecar.length, modifiedMs: sources.at, chunks: once(sidecar) };
  yield { name: names.wav, sizeBytes, modifiedMs: sources.at, chunks: createReadStream() };
}

async function* walk(folder: string, sources: BackupSources, live: ReadonlySet<string>): AsyncGenerator<ArchiveEntry> {
  for (const entry of await entriesIfThere(folder)) {
    const full = path.join(folder, entry.name);
    if (isLeftOut(full, sources)) continue;
    if (entry.isDirectory()) yield* walk(full, sources, live);
    if (!entry.isFile() || live.has(path.parse(entry.name).name)) continue;
    const isRecording = full.startsWith(`${sources.recordingsFolder}${path.sep}`);
    const name = isRecording
      ? path.posix.join('data/recordings', path.relative(sources.recordingsFolder, full))
      : nameOf(sources, full);
    if (name !== undefined) yield* fileEntry(full, name, isRecording ? sources.at : undefined);
  }
}

/** The live database, what belongs to the running process, what is half-made, and what is copied by itself. */
function isLeftOut(full: string, sources: BackupSources): boolean {
  const { databaseFile, recordingsFolder } = sources;
  if (databaseFile !== undefined && [databaseFile, ...besides(databaseFile)].includes(full)) return true;
  if (full === recordingsFolder || full === liveFolder(recordingsFolder)) return true;
  const name = path.basename(full);
  return (
    name.startsWith(lockFileName) ||
    name.startsWith('.restore-') ||
    name === 'lost+found' ||
    /\.(tmp|partial|tar\.gz|sock)$/.test(name)
  );
}

function besides(databaseFile: string): readonly string[] {
  return ['-wal', '-shm', '-journal'].map((ending) => `${databaseFile}${ending}`);
}

/** Undefined: it is not in the data folder. */
function nameOf({ dataFolder }: BackupSources, full: string): string | undefined {
  const relative = path.relative(dataFolder, full);
  return relative.startsWith('..') || path.isAbsolute(relative) ? undefined : path.posix.join('data', relative);
}

/** One file as it is now; nothing if it is gone, or newer than `notAfter`. */
async function* fileEntry(file: string, name: string, notAfter?: number): AsyncGenerator<ArchiveEntry> {
  const handle = await openIfThere(file);
  if (handle === undefined) return;
  try {
    const { size, mtimeMs }: Stats = await handle.stat();
    if (notAfter !== undefined && mtimeMs > notAfter) return;
    const chunks = size === 0 ? once(Buffer.alloc(0)) : streamOf(handle, size);
    yield { name, sizeBytes: size, modifiedMs: mtimeMs, chunks };
  } finally {
    await handle.close();
  }
}

type FileHandle = Awaited<ReturnType<typeof open>>;

async function* streamOf(handle: FileHandle, sizeBytes: number): AsyncGenerator<Uint8Array> {
  for (let position = 0; position < sizeBytes; ) {
    const length = Math.min(chunkBytes, sizeBytes - position);
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(length), 0, length, position);
    if (bytesRead === 0) return; // Shorter than it was: the archive refuses it.
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function contentOf(file: string): Promise<Buffer | undefined> {
  return unlessGone(() => readFile(file), undefined);
}
function openIfThere(file: string): Promise<FileHandle | undefined> {
  return unlessGone(() => open(file, 'r'), undefined);
}
function listIfThere(folder: string): Promise<readonly string[]> {
  return unlessGone(() => readdir(folder), []);
}
function entriesIfThere(folder: string): Promise<readonly Dirent[]> {
  return unlessGone(() => readdir(folder, { withFileTypes: true }), []);
}

/** Files move and go while the service runs; only that is passed over. */
async function unlessGone<Value, None>(read: () => Promise<Value>, none: None): Promise<Value | None> {
  try {
    return await read();
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return none;
    throw error;
  }
}
