/**
 * A call centre in the office under load: a number, a plan with a menu, a queue, and very many agents on desk phones behind
 * the office PBX, so that nobody is rung who still talks. Set up through REST as an administrator would.
 */
import type { Service } from '../demo/service';

export interface CentrePlan {
  readonly agents: number;
  readonly callerTrunkId: string;
  /** Where the desk phones answer. */
  readonly calleePort: number;
  readonly strategy: 'longest-idle' | 'round-robin';
}

export interface Centre {
  readonly number: string;
  readonly digit: string;
  readonly queueId: string;
}

interface Made {
  readonly id: string;
}

const number = '800200300';
const digit = '1';
const firstExtension = 3000;
/** A password costs 64 MB and a moment to hash: so many at once. */
const atOnce = 4;

export async function openCentre({ api }: Service, plan: CentrePlan): Promise<Centre> {
  const { agents, callerTrunkId, calleePort, strategy } = plan;
  const desk = { name: 'the office PBX', kind: 'pbx', host: '127.0.0.1', port: calleePort, transport: 'udp' };
  const pbx = await api.post<Made>('/api/trunks', desk);
  const userIds = await inTurns(agents, async (i) => {
    const extension = String(firstExtension + i);
    const person = {
      name: `Agent ${i + 1}`,
      login: `agent${i + 1}`,
      password: `Agent-of-bench-${i}`,
      role: 'operator',
    };
    const { id } = await api.post<Made>('/api/users', { ...person, extension });
    const route = { to: 'external', trunkId: pbx.id, number: extension };
    await api.post('/api/numbers', { number: extension, kind: 'office', trunkId: pbx.id, route });
    return id;
  });
  const members = userIds.map((userId) => ({ userId, level: 1, skills: [] }));
  const settings = { strategy, members, ringS: 20, wrapUpS: 0, missesMax: 0, callsMax: 1000, waitMaxS: 60 };
  const queue = await api.post<Made>('/api/queues', { name: 'Bench', ...settings });
  await inTurns(agents, (i) => api.post(`/api/agents/${userIds[i]}`, { what: 'log-in', queueId: queue.id }));
  const planned = await api.post<Made>('/api/route-plans', menuPlan(queue.id));
  const route = { to: 'menu', planId: planned.id };
  await api.post('/api/numbers', { number, kind: 'rented', trunkId: callerTrunkId, route });
  return { number, digit, queueId: queue.id };
}

const menuPlan = (queueId: string): object => ({
  name: 'Bench',
  start: 'menu',
  steps: {
    menu: {
      kind: 'menu',
      prompt: [{ say: 'menu-choose' }],
      choices: [
        { digits: digit, label: 'Sales', next: 'queue' },
        { digits: '2', label: 'Support', next: 'queue' },
      ],
      directExtension: false,
      timeoutS: 10,
      triesMax: 2,
    },
    queue: { kind: 'queue', queueId },
  },
});

async function inTurns<Made>(count: number, make: (index: number) => Promise<Made>): Promise<readonly Made[]> {
  const made: Made[] = [];
  for (let from = 0; from < count; from += atOnce) {
    const some = Array.from({ length: Math.min(atOnce, count - from) }, (_, i) => make(from + i));
    made.push(...(await Promise.all(some)));
  }
  return made;
}
