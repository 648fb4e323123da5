/** Audio without SIP: for the bare relay, and end to end without anything between, to know what the generator itself adds. */
import type { Ends } from './call-runs';
import { LegPool } from './leg-pool';
import type { Order } from './messages';
import { Tally } from './tally';

let pool: LegPool | undefined;

/** Sockets for two legs a call; the notice has their ports, caller and callee in turn. */
export async function openLegs({ clock, tell }: Ends, calls: number): Promise<void> {
  pool?.close();
  pool = await LegPool.open(calls, clock);
  tell({ type: 'legs-open', ports: pool.pairs.flatMap(({ caller, callee }) => [caller.port, callee.port]) });
}

export async function runLegs({ clock, pacer, tell }: Ends, order: Extract<Order, { do: 'run-legs' }>): Promise<void> {
  if (pool === undefined) throw new Error('no legs are open');
  const tally = new Tally();
  const pause = (ms: number): Promise<void> => new Promise((resolve) => clock.after(ms, resolve));
  const legs = pool.pairs.flatMap(({ caller, callee }) => [caller, callee]);
  legs.forEach((leg, i) => {
    leg.start({ call: i >> 1, side: i % 2 === 0 ? 0 : 1, targetPort: order.targets[i] ?? 0, tally });
    pacer.add(leg);
  });
  await pause(order.settleMs);
  const fromMs = clock.nowMs();
  for (const leg of legs) [leg.countFrom, leg.countTo] = [fromMs, fromMs + order.windowMs];
  pacer.late = tally.late;
  tell({ type: 'window-begins' });
  await pause(order.windowMs);
  tell({ type: 'window-ends' });
  pacer.late = undefined;
  tally.windowMs = clock.nowMs() - fromMs;
  for (const leg of legs) pacer.remove(leg);
  await pause(300);
  for (const pair of pool.pairs) pool.giveBack(pair, tally);
  pool.close();
  pool = undefined;
  tell({ type: 'report', report: tally.report() });
}
