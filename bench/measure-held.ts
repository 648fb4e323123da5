/** CPU, loss and delay of recorded calls that are held, by turns with the bare relay: relay, service, relay, service. */
import type { Percentiles } from './generator/histogram';
import { type Load, type Measured, faultsOf, isClean } from './load';
import type { Office } from './office';
import { pause } from './office';
import { measureRelay } from './relay';
import { usageOf } from './processes';

export interface HeldFigures {
  readonly calls: number;
  /** Percent of one core a call. */
  readonly servicePercent: number;
  readonly relayPercent: number;
  readonly generatorPercent: number;
  readonly ratios: readonly number[];
  readonly delay: Percentiles;
  readonly relayDelay: Percentiles;
  readonly lossRatio: number;
  readonly relayLossRatio: number;
  readonly isClean: boolean;
  readonly faults: string;
  /** Resident memory above that of the idle service, a call. */
  readonly memoryBytesPerCall: number;
  readonly idleShare: number;
  readonly stolenShare: number;
}

export interface HeldPlan {
  readonly calls: number;
  readonly windowMs: number;
  readonly turns: number;
}

const setUpRate = 50;
const settleMs = 2000;

export async function measureHeld(office: Office, load: Load, plan: HeldPlan): Promise<HeldFigures> {
  const { calls, windowMs, turns } = plan;
  const relays: Measured[] = [];
  const services: Measured[] = [];
  const idleBytes = usageOf(office.service.pid).memoryBytes;
  for (let turn = 0; turn < turns; turn++) {
    relays.push(await measureRelay(load, { calls, windowMs }));
    const order = {
      do: 'hold',
      sipPort: office.service.ports.sip,
      calls,
      rate: setUpRate,
      settleMs,
      windowMs,
    } as const;
    services.push(await load.run(order, office.service.pid));
    await pause(settleMs); // what the service does after a hang-up must not count against the next relay
  }
  const percent = (runs: readonly Measured[], of: (run: Measured) => number): number =>
    mean(runs.map((run) => ((of(run) / run.report.windowMs) * 100) / calls));
  return {
    calls,
    servicePercent: percent(services, (run) => run.cpuMs),
    relayPercent: percent(relays, (run) => run.cpuMs),
    generatorPercent: percent(services, (run) => run.generatorCpuMs),
    ratios: services.map((run, i) => run.cpuMs / (relays[i]?.cpuMs ?? Number.NaN)),
    delay: worst(services),
    relayDelay: worst(relays),
    lossRatio: lossOf(services),
    relayLossRatio: lossOf(relays),
    isClean: services.every(isClean),
    faults: services.map(faultsOf).filter(Boolean).join('; '),
    memoryBytesPerCall: (Math.max(...services.map((run) => run.memoryBytes)) - idleBytes) / calls,
    idleShare: mean(services.map((run) => run.idleShare)),
    stolenShare: mean(services.map((run) => run.stolenShare)),
  };
}

export const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

const lossOf = (runs: readonly Measured[]): number =>
  mean(runs.map(({ report }) => report.packetsLost / Math.max(1, report.packetsSent)));

/** The largest of each percentile over the turns. */
function worst(runs: readonly Measured[]): Percentiles {
  const most = (of: (delay: Percentiles) => number): number =>
    Math.max(...runs.map(({ report }) => of(report.delayMs)));
  return { p50: most((d) => d.p50), p99: most((d) => d.p99), p999: most((d) => d.p999), max: most((d) => d.max) };
}
