/** Whose turn it is, by strategy. */
import { type Candidate, pickAgents, type Turn } from '../../../call-router/features/pick-agent';
import type { Queue } from '../../../call-router/state/office';
import { newAgentWork } from '../../../call-router/state/person';
import { epochMs, userIdOf } from '../../../call-router/values/ids';
import { support } from '../../fakes/queues';

interface Agent {
  readonly name: string;
  readonly level?: number;
  readonly skills?: readonly string[];
  readonly idleSince?: number;
  readonly calls?: number;
}

const candidate = ({ name, level = 1, skills = [], idleSince = 0, calls = 0 }: Agent): Candidate => ({
  member: { userId: userIdOf(name), level, skills },
  work: { ...newAgentWork, idleSince: epochMs(idleSince), callsTaken: calls },
});

const agents: readonly Agent[] = [
  { name: 'anna', level: 2, skills: ['german'], idleSince: 300, calls: 1 },
  { name: 'boris', level: 1, skills: [], idleSince: 100, calls: 4 },
  { name: 'cyril', level: 1, skills: ['german'], idleSince: 200, calls: 1 },
  { name: 'dana', level: 1, skills: ['german'], idleSince: 150, calls: 9 },
];

function picked(queue: Partial<Queue>, turn: { tried?: string[]; lastOffered?: string; without?: string } = {}) {
  const members = agents.map(candidate).map(({ member }) => member);
  const free = agents.filter(({ name }) => name !== turn.without).map(candidate);
  const asked: Turn = {
    candidates: free,
    tried: (turn.tried ?? []).map(userIdOf),
    ...(turn.lastOffered === undefined ? {} : { lastOffered: userIdOf(turn.lastOffered) }),
  };
  return pickAgents({ ...support, members, ...queue }, asked).join(' ');
}

test.each([
  ['all', 'anna boris cyril dana'],
  ['longest-idle', 'boris dana cyril anna'],
  ['fewest-calls', 'cyril anna boris dana'],
  ['round-robin', 'anna boris cyril dana'],
  ['in-order', 'boris cyril dana anna'],
  ['skills', 'boris dana cyril anna'],
] as const)('%s: %s', (strategy, order) => {
  expect(picked({ strategy })).toBe(order);
});

test.each([
  ['after the first, the second', { lastOffered: 'anna' }, 'boris cyril dana anna'],
  ['after the last, the first', { lastOffered: 'dana' }, 'anna boris cyril dana'],
  ['whose turn it is may be busy', { lastOffered: 'anna', without: 'boris' }, 'cyril dana anna'],
  ['the last one may be busy', { lastOffered: 'boris', without: 'boris' }, 'cyril dana anna'],
  ['the last one is no member any more', { lastOffered: 'eva' }, 'anna boris cyril dana'],
])('round robin: %s', (_, turn, order) => {
  expect(picked({ strategy: 'round-robin' }, turn)).toBe(order);
});

test('skills: only who has the skill, by level, then by idleness', () => {
  expect(picked({ strategy: 'skills', skill: 'german' })).toBe('dana cyril anna');
  expect(picked({ strategy: 'skills', skill: 'korean' })).toBe('');
});

test('who was offered this call and did not take it comes last', () => {
  expect(picked({ strategy: 'longest-idle' }, { tried: ['boris', 'dana'] })).toBe('cyril anna boris dana');
  expect(picked({ strategy: 'in-order' }, { tried: ['boris', 'cyril', 'dana', 'anna'] })).toBe('boris cyril dana anna');
});
