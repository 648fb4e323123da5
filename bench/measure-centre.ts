/**
 * New calls a second through a call centre: our words are heard, a digit is pressed, the caller waits in a queue, an agent is
 * rung, answers and talks for 2 s. All else as in measure-rates.ts, and counted in the same way afterwards.
 */
import { openCentre } from './call-centre';
import type { Load } from './load';
import { climb, type RateFigures, type RatePlan } from './measure-rates';
import type { Office } from './office';

export interface CentreFigures {
  readonly agents: number;
  readonly strategy: string;
  readonly rates: readonly RateFigures[];
}

/** More than talk or are rung at any moment, as in an office. */
const agents = 450;
const strategy = 'longest-idle';

export async function climbCentre(
  office: Office,
  load: Load,
  plan: Omit<RatePlan, 'rate' | 'audio' | 'menu'> & { readonly rates: readonly number[] },
): Promise<CentreFigures> {
  const { callerTrunkId, calleePort } = office;
  const { number, digit } = await openCentre(office.service, { agents, callerTrunkId, calleePort, strategy });
  const rates = await climb(office, load, { ...plan, audio: 'both-ways', menu: { number, digit } });
  return { agents, strategy, rates };
}
