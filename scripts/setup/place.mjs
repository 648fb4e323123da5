// Where things are: the checkout's root, the stamps that say what was done with which inputs, and the cache outside the
// work tree for what takes minutes to compile.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

export function inRoot(...parts) {
  return path.join(root, ...parts);
}

export function exists(file) {
  return statSync(file, { throwIfNoEntry: false }) !== undefined;
}

export function digestOf(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex').slice(0, 32);
}

export function contentOf(file) {
  return exists(file) ? readFileSync(file) : '';
}

/** A digest of the names, sizes and times of all files with one of `endings` in `folders`: quick, and changed by any edit. */
export function digestOfSources(folders, endings) {
  const lines = folders.flatMap((folder) => linesOf(inRoot(folder), endings));
  return digestOf(lines.join('\n'), contentOf(inRoot('package-lock.json')));
}

function linesOf(folder, endings) {
  if (!exists(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return linesOf(file, endings);
    if (!endings.some((ending) => entry.name.endsWith(ending))) return [];
    const { size, mtimeMs } = statSync(file);
    return [`${file} ${size} ${mtimeMs}`];
  });
}

// Stamps of packages live in node_modules and those of builds in dist, so that removing either forgets them too.
export function isStamped(folder, name, value) {
  return contentOf(inRoot(folder, '.set-up', name)).toString() === value;
}

export function stamp(folder, name, value) {
  mkdirSync(inRoot(folder, '.set-up'), { recursive: true });
  writeFileSync(inRoot(folder, '.set-up', name), value);
}

/** A folder of the user's own for compiled programs, made if need be; only its owner may write there. */
export function cacheFolder() {
  const folder = path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'trunkline');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { uid, mode } = statSync(folder);
    if (uid === process.getuid() && (mode & 0o022) === 0) return folder;
  } catch {
    // No home folder that we may write to: the checkout's own folder below serves.
  }
  const own = inRoot('node_modules', '.set-up', 'cache');
  mkdirSync(own, { recursive: true });
  return own;
}
