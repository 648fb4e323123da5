/**
 * Where a recording lies. `live/` holds those being made and those finished a moment ago, so that recovery looks into
 * one small folder; then they move to a shelf named by their id, `<folder>/ab/cd/<id>.wav`: 65,536 folders, so ten
 * million recordings are 300 files in each. `orphans/` keeps audio whose sidecar is lost. A path is made from an id
 * only here, and only from 32 lower-case hexadecimal digits.
 */
import path from 'node:path';

export interface RecordingPaths {
  readonly wav: string;
  readonly sidecar: string;
}

/** 128 random bits as lower-case hexadecimal: nothing else may become part of a path. */
export function isRecordingId(text: unknown): text is string {
  return typeof text === 'string' && /^[0-9a-f]{32}$/.test(text);
}

export function liveFolder(folder: string): string {
  return path.join(folder, 'live');
}

export function orphansFolder(folder: string): string {
  return path.join(folder, 'orphans');
}

export function shelfFolder(folder: string, id: string): string {
  return path.join(folder, id.slice(0, 2), id.slice(2, 4));
}

export function livePaths(folder: string, id: string): RecordingPaths {
  return pathsIn(liveFolder(folder), id);
}

export function shelfPaths(folder: string, id: string): RecordingPaths {
  return pathsIn(shelfFolder(folder, id), id);
}

export function pathsIn(folder: string, id: string): RecordingPaths {
  return { wav: path.join(folder, `${id}.wav`), sidecar: path.join(folder, `${id}.json`) };
}
