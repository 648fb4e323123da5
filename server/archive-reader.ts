/**
 * Reads a backup archive into an empty folder and proves it: names that could leave the folder, links, wrong checksums,
 * missing files and a cut-off end are each refused with their own problem. Nothing outside that folder is touched.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Header } from 'tar';
import { fail, type Result, succeed } from '../call-router/values/result';
import { blockBytes, isSafeName, type ManifestHead, manifestBytesMax, manifestName } from './backup-archive';

export type ArchiveProblem =
  | { readonly kind: 'unreadable'; readonly why: string }
  /** No gzip, no tar, or a tar of somebody else. */
  | { readonly kind: 'not-a-backup' }
  | { readonly kind: 'cut-off' }
  | { readonly kind: 'unsafe-entry'; readonly name: string }
  | { readonly kind: 'damaged'; readonly name: string }
  | { readonly kind: 'later-version'; readonly version: number };

export interface ReadArchive {
  readonly head: ManifestHead;
  /** In the order of the archive, as in it: `data/…`, `outside/…`. */
  readonly names: readonly string[];
}

/** Thrown inside this file only, to leave the nested reading at once. */
class Refused extends Error {
  readonly problem: ArchiveProblem;
  constructor(problem: ArchiveProblem) {
    super(problem.kind);
    this.problem = problem;
  }
}

interface Digest {
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** Unpacks `file` below `folder` and checks every byte against the manifest. On a problem the folder holds rubbish. */
export async function readArchive(file: string, folder: string): Promise<Result<ReadArchive, ArchiveProblem>> {
  const bytes = new ByteReader(unzipped(file));
  try {
    return succeed(await unpack(bytes, folder));
  } catch (error) {
    return fail(error instanceof Refused ? error.problem : problemOf(error));
  } finally {
    await bytes.close();
  }
}

async function unpack(bytes: ByteReader, folder: string): Promise<ReadArchive> {
  const found = new Map<string, Digest>();
  for (;;) {
    const block = await bytes.exactly(blockBytes);
    if (block.every((byte) => byte === 0)) throw new Refused({ kind: 'cut-off' }); // An end without a manifest.
    const entry = entryOf(block, found);
    if (entry.name === manifestName) {
      const manifest = await manifestText(bytes, entry.sizeBytes);
      await bytes.skipToEnd();
      return compare(manifest, found);
    }
    found.set(entry.name, await unpackFile(bytes, path.join(folder, entry.name), entry.sizeBytes));
  }
}

function entryOf(block: Buffer, found: ReadonlyMap<string, Digest>): { name: string; sizeBytes: number } {
  const header = new Header(block, 0);
  if (!header.cksumValid) throw new Refused(found.size === 0 ? { kind: 'not-a-backup' } : { kind: 'cut-off' });
  const name = header.path ?? '';
  const isPlain = header.type === 'File' && (header.linkpath ?? '') === '';
  if (!isPlain || found.has(name) || (name !== manifestName && !isSafeName(name))) {
    throw new Refused({ kind: 'unsafe-entry', name: name.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 100) });
  }
  const sizeBytes = header.size ?? -1;
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0) throw new Refused({ kind: 'damaged', name });
  return { name, sizeBytes };
}

async function unpackFile(bytes: ByteReader, file: string, sizeBytes: number): Promise<Digest> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'wx', 0o600);
  try {
    const hash = createHash('sha256');
    for await (const chunk of bytes.chunksOf(sizeBytes)) {
      hash.update(chunk);
      await handle.writeFile(chunk);
    }
    await bytes.exactly((blockBytes - (sizeBytes % blockBytes)) % blockBytes);
    await handle.datasync();
    return { sha256: hash.digest('hex'), sizeBytes };
  } finally {
    await handle.close();
  }
}

async function manifestText(bytes: ByteReader, sizeBytes: number): Promise<string> {
  if (sizeBytes > manifestBytesMax) throw new Refused({ kind: 'damaged', name: manifestName });
  const text = (await bytes.exactly(sizeBytes)).toString('utf8');
  await bytes.exactly((blockBytes - (sizeBytes % blockBytes)) % blockBytes);
  return text;
}

function compare(manifest: string, found: ReadonlyMap<string, Digest>): ReadArchive {
  const [first = '', ...lines] = manifest.split('\n').slice(0, -1);
  const head = headOf(first);
  const names: string[] = [];
  for (const line of lines) {
    const [, sha256, size, name = ''] = /^([0-9a-f]{64}) (\d+) (.+)$/.exec(line) ?? [];
    const digest = found.get(name);
    if (digest === undefined || digest.sha256 !== sha256 || String(digest.sizeBytes) !== size) {
      throw new Refused({ kind: 'damaged', name: name || manifestName });
    }
    names.push(name);
  }
  if (names.length !== found.size || names.length !== head.files) {
    throw new Refused({ kind: 'damaged', name: manifestName });
  }
  return { head, names };
}

function headOf(line: string): ManifestHead {
  const json: unknown = JSON.parse(line);
  if (typeof json !== 'object' || json === null) throw new Refused({ kind: 'not-a-backup' });
  const { format, version, createdAt, database, files }: Partial<Record<keyof ManifestHead, unknown>> = json;
  if (format !== 'trunkline-backup' || typeof version !== 'number') throw new Refused({ kind: 'not-a-backup' });
  if (version !== 1) throw new Refused({ kind: 'later-version', version });
  if (
    typeof createdAt !== 'string' ||
    typeof files !== 'number' ||
    (database !== 'sqlite' && database !== 'postgresql')
  ) {
    throw new Refused({ kind: 'damaged', name: manifestName });
  }
  return { format, version, createdAt, database, files };
}

function problemOf(error: unknown): ArchiveProblem {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (code === 'Z_BUF_ERROR') return { kind: 'cut-off' };
  if (code === 'Z_DATA_ERROR') return { kind: 'not-a-backup' };
  if (error instanceof SyntaxError) return { kind: 'damaged', name: manifestName };
  return { kind: 'unreadable', why: error instanceof Error ? error.message : String(code) };
}

function unzipped(file: string): AsyncIterable<Buffer> {
  // The error of either end comes out of the iteration.
  return pipeline(createReadStream(file, { highWaterMark: 256 * 1024 }), createGunzip(), () => undefined);
}

/** Bytes in the portions we ask for, whatever the stream's own are. */
class ByteReader {
  private readonly source: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.source = source[Symbol.asyncIterator]();
  }

  /** @throws Refused cut-off at the end of the stream. */
  async exactly(count: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const chunk of this.chunksOf(count)) parts.push(chunk);
    return Buffer.concat(parts);
  }

  async *chunksOf(count: number): AsyncGenerator<Buffer> {
    for (let missing = count; missing > 0; ) {
      if (this.rest.length === 0) {
        const next = await this.source.next();
        if (next.done === true) throw new Refused({ kind: 'cut-off' });
        this.rest = next.value;
      }
      const chunk = this.rest.subarray(0, missing);
      this.rest = this.rest.subarray(chunk.length);
      missing -= chunk.length;
      yield chunk;
    }
  }

  /** The zip's own checksum stands at its end. */
  async skipToEnd(): Promise<void> {
    while ((await this.source.next()).done !== true) this.rest = Buffer.alloc(0);
  }

  async close(): Promise<void> {
    await this.source.return?.();
  }
}
