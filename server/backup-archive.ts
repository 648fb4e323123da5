/**
 * The backup's container: a gzipped tar (POSIX ustar) of plain files, the last of them a manifest with the SHA-256 and
 * size of each. Written in one stream to a temporary name, synced, then renamed: a file of the final name is whole.
 * The reader takes nothing but what the writer makes: other kinds of entries and other names are refused.
 */
import { createHash, randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Header } from 'tar';

export const manifestName = 'manifest.txt';
export const blockBytes = 512;
/** Of a manifest, for a reader: two million files. */
export const manifestBytesMax = 512 * 1024 * 1024;
/** A-law hardly shrinks: the fastest level leaves the CPU to the calls. */
const gzipLevel = 1;

export interface ArchiveEntry {
  /** `data/…` (below the data folder) or `outside/…`. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** Exactly `sizeBytes` in all. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** First line of the manifest; the others are `<sha256> <size> <name>`. */
export interface ManifestHead {
  readonly format: 'trunkline-backup';
  readonly version: 1;
  readonly createdAt: string;
  readonly database: 'sqlite' | 'postgresql';
  readonly files: number;
}

/** A name that stays below the folder it is put into, and that every file system takes. */
export function isSafeName(name: string): boolean {
  const parts = name.split('/');
  return (
    (parts[0] === 'data' || parts[0] === 'outside') &&
    parts.length >= 2 &&
    parts.every((part) => /^[\w.+@=, -]+$/.test(part) && part !== '.' && part !== '..')
  );
}

/** Writes all entries and their manifest to `file` (0600), which must not be there yet. */
export async function writeArchive(
  file: string,
  head: Pick<ManifestHead, 'createdAt' | 'database'>,
  entries: AsyncIterable<ArchiveEntry>,
): Promise<void> {
  const unfinished = `${file}.${randomBytes(6).toString('hex')}.partial`;
  try {
    const target = await open(unfinished, 'wx', 0o600);
    const bytes = Readable.from(tarOf(head, entries), { objectMode: false, highWaterMark: 256 * 1024 });
    // The stream syncs and closes the file itself: with `autoClose: false` a pipeline never ends (Node 20).
    await pipeline(bytes, createGzip({ level: gzipLevel }), target.createWriteStream({ flush: true }));
    await rename(unfinished, file);
    await syncFolder(path.dirname(file));
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function* tarOf(
  head: Pick<ManifestHead, 'createdAt' | 'database'>,
  entries: AsyncIterable<ArchiveEntry>,
): AsyncGenerator<Uint8Array> {
  const lines: string[] = [];
  for await (const entry of entries) {
    if (!isSafeName(entry.name)) throw new Error(`A file with this name cannot be put into a backup: ${entry.name}`);
    const hash = createHash('sha256');
    yield headerOf(entry);
    let count = 0;
    for await (const chunk of entry.chunks) {
      count += chunk.byteLength;
      if (count > entry.sizeBytes) break;
      hash.update(chunk);
      yield chunk;
    }
    if (count !== entry.sizeBytes) throw new Error(`A file changed its size while it was copied: ${entry.name}`);
    yield padding(entry.sizeBytes);
    lines.push(`${hash.digest('hex')} ${entry.sizeBytes} ${entry.name}\n`);
  }
  const first: ManifestHead = { format: 'trunkline-backup', version: 1, ...head, files: lines.length };
  yield* manifestOf([`${JSON.stringify(first)}\n`, ...lines], Date.parse(head.createdAt));
  yield Buffer.alloc(2 * blockBytes); // End of archive.
}

function* manifestOf(lines: readonly string[], modifiedMs: number): Generator<Uint8Array> {
  const sizeBytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
  yield headerOf({ name: manifestName, sizeBytes, modifiedMs });
  for (const line of lines) yield Buffer.from(line);
  yield padding(sizeBytes);
}

function headerOf({ name, sizeBytes, modifiedMs }: Omit<ArchiveEntry, 'chunks'>): Buffer {
  const mtime = new Date(Math.floor(modifiedMs / 1000) * 1000);
  const header = new Header({ path: name, size: sizeBytes, mode: 0o600, uid: 0, gid: 0, type: 'File', mtime });
  const block = Buffer.alloc(blockBytes);
  if (header.encode(block, 0)) throw new Error(`The name is too long for a backup: ${name}`);
  return block;
}

function padding(sizeBytes: number): Buffer {
  return Buffer.alloc((blockBytes - (sizeBytes % blockBytes)) % blockBytes);
}

/** Makes a rename in this folder outlive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
