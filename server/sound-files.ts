/**
 * The files of uploaded sounds: `<data>/sounds/<id>.al`, A-law, 8 kHz, mono, 0600. A new one is converted first and gets its
 * place when the database knows its id; what a crash left half made has the ending .tmp and goes at the next start.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fail, type Result, succeed } from '../call-router/values/result';
import { convertedInWorker } from '../media/sound/convert-in-worker';
import type { SoundProblem } from '../media/sound/read-wav';

export interface SoundFiles {
  readonly take: (wav: Uint8Array) => Promise<Result<NewSound, SoundProblem | { readonly kind: 'overloaded' }>>;
  /** Raw A-law; undefined: there is none. */
  readonly read: (id: string) => Promise<Buffer | undefined>;
  readonly remove: (id: string) => Promise<void>;
}

/** Converted and on the disk, not yet in its place: one of `keep` and `drop` follows. */
export interface NewSound {
  readonly durationMs: number;
  readonly keep: (id: string) => Promise<void>;
  readonly drop: () => Promise<void>;
}

export interface SoundLimits {
  /** A longer sound is refused. */
  readonly secondsMax: number;
  /** One is converted at a time; so many may wait, further ones are refused (503). */
  readonly waitingMax: number;
}

const samplesPerMs = 8;

export async function openSoundFiles(folder: string, limits: SoundLimits): Promise<SoundFiles> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) {
    if (name.endsWith('.tmp')) await rm(path.join(folder, name), { force: true });
  }
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
    waiting++;
    const turn = last.then(work).finally(() => void waiting--);
    last = turn.catch(() => undefined);
    return turn;
  };
  return {
    async take(wav) {
      if (waiting > limits.waitingMax) return fail({ kind: 'overloaded' });
      const audio = await inTurn(() => convertedInWorker(wav, limits.secondsMax));
      return audio.ok ? succeed(await writtenBeside(folder, audio.value)) : audio;
    },
    read: (id) => (isId(id) ? contentOf(fileOf(folder, id)) : Promise.resolve(undefined)),
    async remove(id) {
      if (isId(id)) await rm(fileOf(folder, id), { force: true });
    },
  };
}

const fileOf = (folder: string, id: string): string => path.join(folder, `${id}.al`);

/** Ids are ours; no other text becomes part of a path. */
const isId = (id: string): boolean => /^[\w-]{1,80}$/.test(id);

async function writtenBeside(folder: string, audio: Uint8Array): Promise<NewSound> {
  const temporary = path.join(folder, `${randomBytes(12).toString('hex')}.tmp`);
  const handle = await open(temporary, 'wx', 0o600);
  try {
    await handle.writeFile(audio);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return {
    durationMs: Math.round(audio.length / samplesPerMs),
    keep: (id) => rename(temporary, fileOf(folder, id)),
    drop: () => rm(temporary, { force: true }),
  };
}

async function contentOf(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
