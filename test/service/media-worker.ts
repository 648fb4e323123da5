/** The mediasoup workers of a running service: its child processes of that name. */
import { readFileSync, readdirSync } from 'node:fs';

/** Their process ids, the oldest first. */
export function mediaWorkersOf(servicePid: number): readonly number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids
    .filter((pid) => isWorkerOf(pid, servicePid))
    .map(Number)
    .sort((a, b) => a - b);
}

function isWorkerOf(pid: string, parent: number): boolean {
  try {
    // proc(5): pid, name in brackets, state, parent. The name is cut after 15 letters.
    const [, name, rest = ''] = /^\d+ \((.*)\) (.*)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return name === 'mediasoup-worke' && Number(rest.split(' ')[1]) === parent;
  } catch {
    return false; // it ended while we looked
  }
}
