// The mediasoup makers' prebuilt worker, where their release page can be reached within a few seconds.
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { outcomeOf } from './run.mjs';

const answerTimeoutMs = 4_000;
const bodyTimeoutMs = 60_000;
const releases = 'https://github.com/versatica/mediasoup/releases/download';

/** The archive's name as mediasoup's own installer forms it; the kernel's generation is a part of it. */
function archiveName(version) {
  return `mediasoup-worker-${version}-linux-${process.arch}-kernel${os.release().split('.')[0]}.tgz`;
}

/** Puts the worker at `to` and returns true, or returns false if it cannot be had or `runs` says no. */
export async function download(version, to, runs) {
  const archive = await fetchArchive(`${releases}/${version}/${archiveName(version)}`);
  if (!archive) return false;
  const folder = mkdtempSync(path.join(path.dirname(to), 'download-'));
  try {
    writeFileSync(path.join(folder, 'worker.tgz'), archive);
    await outcomeOf('tar', ['-xzf', path.join(folder, 'worker.tgz'), '-C', folder]);
    const program = path.join(folder, 'mediasoup-worker');
    if (!(await runs(program))) return false;
    renameSync(program, to);
    return true;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fetchArchive(url) {
  const stop = new AbortController();
  let timer = setTimeout(() => stop.abort(), answerTimeoutMs);
  try {
    const response = await fetch(url, { signal: stop.signal });
    if (!response.ok) return undefined;
    clearTimeout(timer);
    timer = setTimeout(() => stop.abort(), bodyTimeoutMs);
    return Buffer.from(await response.arrayBuffer());
  } catch {
    // No way to that host from here: the caller builds the worker instead.
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
