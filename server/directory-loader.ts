/**
 * People, devices, trunks and numbers from the database to those who keep them: the router gets them without secrets as an
 * event, the gateway its accounts. Loaded at the start and after each change through REST; changes that come meanwhile are
 * loaded together.
 */
import type { PbxEvent } from '../call-router/event';
import type { Directory } from '../call-router/state/directory';
import { directoryOf } from '../prisma/load-directory';
import type { LoadedDirectory } from '../prisma/operations';
import type { StoreRunner } from '../prisma/run-store-effect';
import type { Clock } from './clock';

export interface DirectoryLoaderParts {
  readonly load: () => Promise<LoadedDirectory>;
  readonly country: string;
  /** The store runner: a calendar that is turned by its code while it is loaded must not be turned back. */
  readonly calendars?: Pick<StoreRunner, 'calendarsTurned' | 'calendarsTried'>;
  readonly clock: Clock;
  readonly post: (event: PbxEvent) => void;
  readonly configure: (loaded: LoadedDirectory, directory: Directory) => void;
}

/** @returns a function that resolves when everything saved before its call is in force. */
export function directoryLoader(parts: DirectoryLoaderParts): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | undefined;
  const load = async (): Promise<void> => {
    waiting = undefined;
    const loaded = await loadedAnew(parts);
    const directory = directoryOf(loaded, parts.country);
    parts.post({ from: 'store', type: 'directory-loaded', at: parts.clock.now(), directory });
    parts.configure(loaded, directory);
  };
  return () => {
    waiting ??= running.then(load, load);
    running = waiting;
    return waiting;
  };
}

/** Turned after we looked, it would come back as it was: looked again. The directory is posted in the same turn. */
async function loadedAnew(parts: DirectoryLoaderParts): Promise<LoadedDirectory> {
  const { load, calendars } = parts;
  await calendars?.calendarsTried();
  const turned = calendars?.calendarsTurned();
  const loaded = await load();
  return turned === calendars?.calendarsTurned() ? loaded : loadedAnew(parts);
}
