/**
 * Looks at the free space of the recordings' disk, so that the alarm comes before the disk is full. The figure is what
 * is left for a service without root's reserve.
 */
import { statfs } from 'node:fs/promises';
import type { Alarms } from './alarms';
import { codeOf } from './disk-problem';

/** Cleared only when there is a tenth more than the limit, or the alarm would flicker. */
const clearRatio = 1.1;

/** Raises or clears `disk-low` for the disk `folder` is on. */
export async function watchDisk(folder: string, minFreeBytes: number, alarms: Alarms): Promise<void> {
  try {
    const { bavail, bsize } = await statfs(folder);
    const freeBytes = bavail * bsize;
    if (freeBytes < minFreeBytes) alarms.raise('disk-low');
    else if (freeBytes >= minFreeBytes * clearRatio) alarms.clear('disk-low');
  } catch (error) {
    alarms.raise('write-failed', codeOf(error)); // The folder is gone or unreadable.
  }
}
