/**
 * One process to a data folder: `trunkline.lock` names who holds it (process id, when that process began, which boot of
 * the machine), so that a lock left by a crash is known for what it is, also where process ids repeat, as in containers.
 * It is made whole (written aside, then linked), and a stale one is taken over by one process only.
 */
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fail, type Result, succeed } from '../call-router/values/result';

export const lockFileName = 'trunkline.lock';
/** Others may take and leave the lock while we look; more often than this is no accident. */
const triesMax = 5;

export interface DataLock {
  /** Gives the folder free; a lock that is not ours any more stays. */
  readonly release: () => void;
}

/** `held`: a living process has it. `unusable`: the folder cannot be written. */
export type DataLockProblem =
  | { readonly kind: 'held'; readonly pid: number }
  | { readonly kind: 'unusable'; readonly code: string };

interface Holder {
  readonly pid: number;
  /** Clock ticks between boot and the start of the process; undefined where there is no /proc. */
  readonly startTicks: string | undefined;
  readonly bootId: string | undefined;
}

/** Takes the folder for this process, making it (0700) if it is not there. */
export function takeDataLock(folder: string): Result<DataLock, DataLockProblem> {
  const file = path.join(folder, lockFileName);
  const mine = { ...holderOf(process.pid), token: randomBytes(8).toString('hex') };
  const text = JSON.stringify(mine);
  try {
    makeFolder(folder);
    for (let tries = 0; tries < triesMax; tries++) {
      if (linkNew(file, text)) return succeed({ release: () => releaseIfOurs(file, text) });
      const holder = holderAt(file);
      if (holder !== undefined && isAlive(holder)) return fail({ kind: 'held', pid: holder.pid });
      removeStale(file);
    }
    return fail({ kind: 'unusable', code: 'contended' });
  } catch (error) {
    return fail({ kind: 'unusable', code: codeOf(error) });
  }
}

/** The living process that holds a folder, if any. */
export function dataLockHolder(folder: string): number | undefined {
  const holder = holderAt(path.join(folder, lockFileName));
  return holder !== undefined && isAlive(holder) ? holder.pid : undefined;
}

/** Folder by folder: below /proc, where no folder can be made, Node's recursive `mkdirSync` tries without end. */
function makeFolder(folder: string): void {
  const missing: string[] = [];
  let nearest = path.resolve(folder);
  for (; !existsSync(nearest) && path.dirname(nearest) !== nearest; nearest = path.dirname(nearest))
    missing.push(nearest);
  accessSync(nearest, constants.W_OK);
  for (const next of missing.reverse()) {
    try {
      mkdirSync(next, { mode: 0o700 });
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error; // Another process was faster; the lock says which of us stays.
    }
  }
}

function linkNew(file: string, text: string): boolean {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(aside, text, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(aside, file);
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Moved aside first: if what we moved proves alive (another was faster than we), it is put back. */
function removeStale(file: string): void {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  const moved = holderAt(aside);
  if (moved !== undefined && isAlive(moved)) {
    try {
      linkSync(aside, file);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
  rmSync(aside, { force: true });
}

function releaseIfOurs(file: string, text: string): void {
  try {
    if (readFileSync(file, 'utf8') === text) rmSync(file, { force: true });
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/** Undefined: there is none, or it names nobody. */
function holderAt(file: string): Holder | undefined {
  try {
    const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof json !== 'object' || json === null || !('pid' in json)) return undefined;
    const { pid } = json;
    if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid < 1) return undefined;
    const startTicks = 'startTicks' in json && typeof json.startTicks === 'string' ? json.startTicks : undefined;
    const bootId = 'bootId' in json && typeof json.bootId === 'string' ? json.bootId : undefined;
    return { pid, startTicks, bootId };
  } catch {
    return undefined; // Not there or not readable as a lock: nobody holds the folder by it.
  }
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false; // EPERM: it lives and is another user's.
  }
  const now = holderOf(holder.pid);
  const isSameBoot = holder.bootId === undefined || now.bootId === undefined || holder.bootId === now.bootId;
  const isSameStart =
    holder.startTicks === undefined || now.startTicks === undefined || holder.startTicks === now.startTicks;
  return isSameBoot && isSameStart;
}

function holderOf(pid: number): Holder {
  // Field 22 of /proc/pid/stat; the name in field 2 may hold spaces, so counting begins behind its bracket.
  const stat = readIfThere(`/proc/${pid}/stat`);
  const startTicks = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return { pid, startTicks, bootId: readIfThere('/proc/sys/kernel/random/boot_id')?.trim() };
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined; // No /proc: the process id alone decides.
  }
}

function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown';
}
