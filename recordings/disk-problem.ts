/**
 * What a disk may answer, sorted into two: no room (it may come back by itself) and broken. The system's name of the
 * error goes to the alarm; paths do not.
 */

export interface DiskProblem {
  readonly kind: 'disk-full' | 'write-failed';
  /** ENOSPC, EDQUOT, EIO, EROFS, EMFILE … */
  readonly code: string;
}

export function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown';
}

export function diskProblemOf(error: unknown): DiskProblem {
  const code = codeOf(error);
  return { kind: code === 'ENOSPC' || code === 'EDQUOT' ? 'disk-full' : 'write-failed', code };
}
