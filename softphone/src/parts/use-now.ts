/** The time, again every so often. */
import { useEffect, useState } from 'react';
import { every, now } from '../clock';

export function useNow(periodMs: number): number {
  const [at, setAt] = useState(now);
  useEffect(() => every(periodMs, () => setAt(now())), [periodMs]);
  return at;
}
