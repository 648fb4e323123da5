/**
 * New calls a second: whole ones (two legs, caller matched among very many contacts, 2 s of audio recorded, call record) and
 * signalling only. Afterwards every call must stand in the database with its card and its finished recording.
 */
import type { CallRow } from '../prisma/records';
import type { MenuToPass } from './generator/messages';
import { type Load, type Measured, faultsOf, isClean } from './load';
import { type Office, callsOf, pause } from './office';

export interface RateFigures {
  readonly rate: number;
  readonly isClean: boolean;
  readonly faults: string;
  readonly cpuMsPerCall: number;
  readonly generatorCpuMsPerCall: number;
  readonly measured: Measured;
  /** Undefined: not looked at (no audio, no recording). */
  readonly kept: Kept | undefined;
}

/** What stayed of the calls of one run. */
export interface Kept {
  readonly wanted: number;
  readonly records: number;
  readonly matched: number;
  readonly recordings: number;
}

export interface RatePlan {
  readonly rate: number;
  readonly windowMs: number;
  readonly audio: 'both-ways' | 'none';
  readonly menu?: MenuToPass;
}

/** Of audio in a whole call; a call without audio is held for a second. */
const talkMs = 2000;
const silentHoldMs = 1000;
const settledWithinMs = 10_000;

export async function measureRate(office: Office, load: Load, plan: RatePlan): Promise<RateFigures> {
  const { rate, windowMs, audio, menu } = plan;
  const before = new Set((await callsOf(office.service)).map((call) => call.id));
  const holdMs = audio === 'none' ? silentHoldMs : talkMs;
  const { sip: sipPort } = office.service.ports;
  const through = menu === undefined ? {} : { menu };
  const order = { do: 'churn', sipPort, rate, windowMs, holdMs, audio, ...through } as const;
  const measured = await load.run(order, office.service.pid);
  const kept = await settled(office, before, { wanted: measured.report.started, audio });
  const isKept =
    kept.records >= kept.wanted && kept.matched >= kept.wanted && (audio === 'none' || kept.recordings >= kept.wanted);
  const faults = [faultsOf(measured), isKept ? '' : `kept: ${JSON.stringify(kept)}`].filter(Boolean).join(', ');
  return {
    rate,
    isClean: isClean(measured) && isKept,
    faults,
    cpuMsPerCall: measured.cpuMs / Math.max(1, measured.report.startedInWindow),
    generatorCpuMsPerCall: measured.generatorCpuMs / Math.max(1, measured.report.startedInWindow),
    measured,
    kept,
  };
}

/** Goes up through the rates until two were not clean; answers all of them. */
export async function climb(
  office: Office,
  load: Load,
  plan: Omit<RatePlan, 'rate'> & { readonly rates: readonly number[] },
): Promise<readonly RateFigures[]> {
  const figures: RateFigures[] = [];
  for (const rate of plan.rates) {
    const one = await measureRate(office, load, { ...plan, rate });
    figures.push(one);
    if (figures.filter((made) => !made.isClean).length > 1) break;
  }
  return figures;
}

interface Wanted {
  readonly wanted: number;
  readonly audio: 'both-ways' | 'none';
}

/** What the database has, once it has everything or time is up. */
async function settled(office: Office, before: ReadonlySet<string>, { wanted, audio }: Wanted): Promise<Kept> {
  for (let waitedMs = 0; ; waitedMs += 250) {
    const calls = (await callsOf(office.service)).filter((call) => !before.has(call.id));
    const kept = keptOf(calls, wanted);
    const isAll = kept.records >= wanted && (audio === 'none' || kept.recordings >= wanted);
    if (isAll || waitedMs >= settledWithinMs) return kept;
    await pause(250);
  }
}

function keptOf(calls: readonly CallRow[], wanted: number): Kept {
  const ended = calls.filter((call) => call.endedAt !== undefined && call.answeredAt !== undefined);
  return {
    wanted,
    records: ended.length,
    matched: ended.filter((call) => call.card?.kind === 'contact').length,
    recordings: ended.filter(
      (call) => call.recording?.state === 'finished' && call.recording.durationMs >= talkMs * 0.9,
    ).length,
  };
}
