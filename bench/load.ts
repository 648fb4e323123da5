/** The generator as the bench uses it: an order is given, the window's CPU is read as it opens and closes, a report comes. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { GeneratorPlace, LoadReport, Notice, Order } from './generator/messages';
import { type MachineTimes, type Usage, machineTimes, usageOf } from './processes';

export interface Measured {
  readonly report: LoadReport;
  /** Of the process under load, in the window. */
  readonly cpuMs: number;
  readonly memoryBytes: number;
  readonly generatorCpuMs: number;
  readonly idleShare: number;
  readonly stolenShare: number;
}

interface Moment {
  readonly usage: Usage;
  readonly generator: Usage;
  readonly machine: MachineTimes;
}

export class Load {
  private readonly child: ChildProcess;
  private readonly notices: Notice[] = [];
  private wake: () => void = () => undefined;

  private constructor(child: ChildProcess) {
    this.child = child;
    const take = (notice: Notice): void => {
      this.notices.push(notice);
      this.wake();
    };
    child.on('message', take);
    child.on('exit', () => take({ type: 'failed', why: 'it ended by itself' }));
  }

  static async start(place: GeneratorPlace): Promise<Load> {
    const load = new Load(fork(path.join(__dirname, 'generator', 'main.js'), [JSON.stringify(place)]));
    await load.next('ready');
    return load;
  }

  /** Ports of audio ends without SIP, caller and callee in turn. */
  async openLegs(calls: number): Promise<readonly number[]> {
    this.child.send({ do: 'open-legs', calls } satisfies Order);
    return (await this.next('legs-open')).ports;
  }

  /** @param pid the process under load; its threads and children count too. */
  async run(order: Order, pid: number): Promise<Measured> {
    this.child.send(order);
    await this.next('window-begins');
    const before = this.momentOf(pid);
    await this.next('window-ends');
    const after = this.momentOf(pid);
    const { report } = await this.next('report');
    if (process.argv.includes('--verbose')) console.error(JSON.stringify({ order: order.do, report }));
    const total = Math.max(1, after.machine.totalTicks - before.machine.totalTicks);
    return {
      report,
      cpuMs: after.usage.cpuMs - before.usage.cpuMs,
      memoryBytes: after.usage.memoryBytes,
      generatorCpuMs: after.generator.cpuMs - before.generator.cpuMs,
      idleShare: (after.machine.idleTicks - before.machine.idleTicks) / total,
      stolenShare: (after.machine.stolenTicks - before.machine.stolenTicks) / total,
    };
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.disconnect();
    await gone;
  }

  private momentOf(pid: number): Moment {
    return { usage: usageOf(pid), generator: usageOf(this.child.pid ?? 0), machine: machineTimes() };
  }

  private async next<Type extends Notice['type']>(type: Type): Promise<Extract<Notice, { type: Type }>> {
    for (;;) {
      const notice = this.notices.shift();
      if (notice?.type === 'failed') throw new Error(`the generator failed: ${notice.why}`);
      if (notice?.type === type) return notice as Extract<Notice, { type: Type }>;
      if (notice !== undefined) throw new Error(`the generator said ${notice.type} where ${type} was due`);
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }
}

/** No failed call, retransmissions and loss at most 0.1 %, every call its own audio both ways. */
export function isClean({ report }: Measured): boolean {
  const { started, ended, failures, retransmissions, packetsSent, packetsLost, crossedPackets, unheardCalls } = report;
  return (
    Object.keys(failures).length === 0 &&
    ended === started &&
    retransmissions <= started / 1000 &&
    packetsLost <= packetsSent / 1000 &&
    crossedPackets === 0 &&
    unheardCalls === 0
  );
}

/** Why a run was not clean, in a few words; '' when it was. */
export function faultsOf({ report }: Measured): string {
  const { started, ended, retransmissions, packetsSent, packetsLost, crossedPackets, unheardCalls } = report;
  return [
    ...Object.entries(report.failures).map(([why, count]) => `${count} × ${why}`),
    ...(ended === started ? [] : [`${started - ended} of ${started} calls not ended`]),
    ...(retransmissions <= started / 1000 ? [] : [`${retransmissions} retransmissions`]),
    ...(packetsLost <= packetsSent / 1000 ? [] : [`${((packetsLost / packetsSent) * 100).toFixed(2)} % lost`]),
    ...(crossedPackets === 0 ? [] : [`${crossedPackets} packets of other calls`]),
    ...(unheardCalls === 0 ? [] : [`${unheardCalls} calls not heard whole`]),
  ].join(', ');
}
