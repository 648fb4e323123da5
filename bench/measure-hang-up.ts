/** From a hang-up to the moment in which the interface shows the recording finished, seen by asking every 20 ms. */
import type { CallRow, Page } from '../prisma/records';
import { systemClock } from '../server/clock';
import type { Load } from './load';
import { type Office, pause } from './office';

const clock = systemClock();
const askEveryMs = 20;

/** Milliseconds, one a call; sorted. */
export async function measureHangUps(office: Office, load: Load): Promise<readonly number[]> {
  const finishedMs = new Map<string, number>();
  const { api, ports, pid } = office.service;
  const known = new Set((await api.get<Page<CallRow>>('/api/calls?limit=50')).items.map((call) => call.id));
  const order = { do: 'churn', sipPort: ports.sip, rate: 5, windowMs: 4000, holdMs: 2000, audio: 'both-ways' } as const;
  let isRunning = true;
  const run = load.run(order, pid).finally(() => {
    isRunning = false;
  });
  while (isRunning) {
    const { items } = await api.get<Page<CallRow>>('/api/calls?limit=50');
    for (const call of items) {
      if (known.has(call.id) || finishedMs.has(call.id)) continue;
      if (call.endedAt === undefined || call.recording?.state !== 'finished') continue;
      finishedMs.set(call.id, clock.now() - Date.parse(call.endedAt));
    }
    await pause(askEveryMs);
  }
  await run;
  return [...finishedMs.values()].sort((a, b) => a - b);
}
