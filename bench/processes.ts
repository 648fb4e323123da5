/** What processes and the machine used, from /proc (Linux; proc(5)). A process counts with all its threads and children. */
import { readdirSync, readFileSync } from 'node:fs';
import { cpus, totalmem, type as systemName, release } from 'node:os';

/** USER_HZ: what /proc counts in, 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;

export interface Usage {
  readonly cpuMs: number;
  /** Resident, the whole tree; shared pages are counted once for each process. */
  readonly memoryBytes: number;
}

interface Stat {
  readonly parent: number;
  readonly ticks: number;
}

export function usageOf(pid: number): Usage {
  const all = new Map<number, Stat>();
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : undefined;
    if (stat !== undefined) all.set(Number(name), stat);
  }
  const tree = treeOf(pid, all);
  const ticks = tree.reduce((sum, one) => sum + (all.get(one)?.ticks ?? 0), 0);
  return {
    cpuMs: (ticks * 1000) / ticksPerSecond,
    memoryBytes: tree.reduce((sum, one) => sum + residentBytesOf(one), 0),
  };
}

export interface MachineTimes {
  readonly totalTicks: number;
  readonly idleTicks: number;
  readonly stolenTicks: number;
}

export function machineTimes(): MachineTimes {
  const line = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0] ?? '';
  const ticks = line.split(/\s+/).slice(1, 9).map(Number);
  const [idle = 0, waiting = 0, stolen = 0] = [ticks[3], ticks[4], ticks[7]];
  return { totalTicks: ticks.reduce((a, b) => a + b, 0), idleTicks: idle + waiting, stolenTicks: stolen };
}

/** One line that says on what the figures were made. */
export function machineLine(): string {
  const [cpu] = cpus();
  const gigabytes = Math.round(totalmem() / 1e9);
  const model = cpu?.model.trim() ?? 'unknown CPU';
  return `${cpus().length} × ${model}, ${gigabytes} GB, ${systemName()} ${release()}, Node ${process.version}`;
}

function treeOf(pid: number, all: ReadonlyMap<number, Stat>): readonly number[] {
  const tree = [pid];
  for (const parent of tree) for (const [one, stat] of all) if (stat.parent === parent) tree.push(one);
  return tree;
}

/** Undefined: it ended while we looked. */
function statOf(pid: number): Stat | undefined {
  const text = textOf(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
}

const residentBytesOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(textOf(`/proc/${pid}/status`) ?? '')?.[1] ?? 0) * 1024;

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined; // the process has ended
  }
}
