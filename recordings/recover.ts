/**
 * After a crash: each recording in `live/` gets the sizes its file really has, and is reported with the card its
 * sidecar names. What was finished just before the end is reported too, for the database may not have heard of it.
 * Audio without a readable sidecar of its own id is kept in `orphans/`, and linked to nobody.
 */
import {
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
} from 'node:fs';
import { renameSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { isRecordingId, liveFolder, livePaths, orphansFolder, pathsIn, shelfPaths } from './layout';
import type { RecoveredRecording } from './messages';
import { type SidecarFile, parseSidecar, removeIfThere, writeSidecar } from './sidecar-file';
import { durationMsOf, emptyHeader, headerBytes, samplesInFile, setSamples, sizeOfSamples } from './wav-header';

/** So many files before other work of the thread gets its turn. */
const filesInOneTurn = 20;
const sidecarBytesMax = 64 * 1024;

export interface Recovery {
  readonly recordings: readonly RecoveredRecording[];
  readonly orphans: number;
  /** Files or sidecars the disk refused to repair now; the next start tries again. */
  readonly failed: number;
}

interface Found {
  readonly recordings: RecoveredRecording[];
  orphans: number;
  failed: number;
}

/** Repairs and lists all recordings in `live/` but those for which `isOurs` says that this process makes them. */
export async function recoverRecordings(folder: string, isOurs: (id: string) => boolean): Promise<Recovery> {
  const found: Found = { recordings: [], orphans: 0, failed: 0 };
  for (const [index, id] of idsIn(liveFolder(folder)).entries()) {
    if (index % filesInOneTurn === filesInOneTurn - 1) await new Promise((done) => setImmediate(done));
    if (isOurs(id)) continue;
    try {
      recoverOne(folder, id, found);
    } catch {
      found.failed += 1; // The recorder raises an alarm for it; one bad file must not keep back the others.
    }
  }
  return found;
}

function idsIn(live: string): readonly string[] {
  const ids = new Set<string>();
  for (const name of readdirSync(live)) {
    const [id, ...rest] = name.split('.');
    if (rest.at(-1) === 'tmp') removeIfThere(path.join(live, name));
    else if (isRecordingId(id)) ids.add(id);
  }
  return [...ids];
}

function recoverOne(folder: string, id: string, found: Found): void {
  const live = livePaths(folder, id);
  if (!existsSync(live.wav)) return finishMove(folder, id, found);
  const samples = samplesInFile(statSync(live.wav).size);
  if (samples === 0) {
    removeIfThere(live.wav);
    removeIfThere(live.sidecar);
    return;
  }
  repairSizes(live.wav, samples);
  const sidecar = readSidecar(live.sidecar, id);
  if (sidecar === undefined) keepOrphan(folder, id, found);
  else report(live.sidecar, sidecar, { samples, found });
}

/** Only a sidecar: we died between the two renames of a move to the shelf, or before the first byte. */
function finishMove(folder: string, id: string, found: Found): void {
  const live = livePaths(folder, id);
  const shelf = shelfPaths(folder, id);
  const sidecar = readSidecar(live.sidecar, id);
  if (sidecar === undefined || !existsSync(shelf.wav)) return removeIfThere(live.sidecar);
  report(live.sidecar, sidecar, { samples: samplesInFile(statSync(shelf.wav).size), found });
  renameSync(live.sidecar, shelf.sidecar);
}

function repairSizes(file: string, samples: number): void {
  const fd = openSync(file, 'r+');
  try {
    if (fstatSync(fd).size !== sizeOfSamples(samples)) ftruncateSync(fd, sizeOfSamples(samples));
    writeSync(fd, setSamples(emptyHeader(), samples), 0, headerBytes, 0);
  } finally {
    closeSync(fd);
  }
}

function asRepaired(sidecar: SidecarFile, samples: number): SidecarFile {
  const length = { durationMs: durationMsOf(samples), sizeBytes: sizeOfSamples(samples) };
  if (sidecar.state === 'finished') return { ...sidecar, ...length };
  return { ...sidecar, ...length, state: 'recovered', incomplete: true };
}

function report(file: string, before: SidecarFile, { samples, found }: { samples: number; found: Found }): void {
  const repaired = asRepaired(before, samples);
  const { call, sidecar, incomplete, durationMs = 0, sizeBytes = 0, levels } = repaired;
  const loudness = levels === undefined ? {} : { leftRmsDb: levels.leftRmsDb, rightRmsDb: levels.rightRmsDb };
  const cut = before.state === 'recording' ? ({ wasCut: true } as const) : {};
  found.recordings.push({ call, sidecar, incomplete, durationMs, sizeBytes, ...loudness, ...cut });
  writeSidecar(file, repaired); // If the disk refuses, it is reported all the same, and again at the next start.
}

function keepOrphan(folder: string, id: string, found: Found): void {
  const live = livePaths(folder, id);
  const kept = pathsIn(orphansFolder(folder), id);
  mkdirSync(orphansFolder(folder), { recursive: true, mode: 0o700 });
  renameSync(live.wav, kept.wav);
  if (existsSync(live.sidecar)) renameSync(live.sidecar, kept.sidecar);
  found.orphans += 1;
}

function readSidecar(file: string, id: string): SidecarFile | undefined {
  if (!existsSync(file) || statSync(file).size > sidecarBytesMax) return undefined;
  return parseSidecar(readFileSync(file, 'utf8'), id);
}
