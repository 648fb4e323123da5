/**
 * The installation's key: 32 random bytes in a file only we may read, made at the first start. It encrypts trunk
 * passwords and recordings, and keys the hash that hides callers in the log. Each use derives a key of its own
 * (HKDF, RFC 5869), so that none can be turned against another.
 */
import { hkdfSync, randomBytes } from 'node:crypto';
import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { fail, type Result, succeed } from '../call-router/values/result';

const keySizeBytes = 32;

export type KeyFileProblem = { readonly kind: 'key-file-unreadable'; readonly file: string; readonly why: string };

/** Reads the key, or makes it (mode 0600) where no file is. Closes a file that others may read. */
export function readOrMakeKey(file: string): Result<Buffer, KeyFileProblem> {
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    makeKeyFile(file);
    if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
    const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
    if (key.length === keySizeBytes) return succeed(key);
    return fail({ kind: 'key-file-unreadable', file, why: `is not ${keySizeBytes} bytes in hexadecimal digits` });
  } catch (error) {
    return fail({
      kind: 'key-file-unreadable',
      file,
      why: isObject(error) ? String(error['message']) : 'cannot be read',
    });
  }
}

/** A key of 32 bytes for one purpose. */
export function deriveKey(
  key: Buffer,
  purpose: 'trunk-passwords' | 'recordings' | 'log-mask' | 'contact-users',
): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `trunkline ${purpose}`, keySizeBytes));
}

function makeKeyFile(file: string): void {
  const descriptor = openUnlessThere(file);
  if (descriptor === undefined) return;
  try {
    writeSync(descriptor, `${randomBytes(keySizeBytes).toString('hex')}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function openUnlessThere(file: string): number | undefined {
  try {
    return openSync(file, 'wx', 0o600);
  } catch (error) {
    if (isObject(error) && error['code'] === 'EEXIST') return undefined;
    throw new Error('the key file could not be made', { cause: error });
  }
}

/** Not `instanceof Error`: errors of Node's own modules are of another realm under jest. */
function isObject(error: unknown): error is Record<string, unknown> {
  return typeof error === 'object' && error !== null;
}
